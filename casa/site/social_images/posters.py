"""What stands on the share image of an edition, and of the site."""

from dataclasses import astuple
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from casa.appearance import reading
from casa.lib import languages
from casa.site.social_images.drawing import Poster
from signatories.core import tally
from signatories.core.tally import Signed, Tally, tally_in_words
from statements import lead_pictures
from statements.models import Edition, Statement
from statements.public.outcomes import outcome_of
from statements.public.parts import visible_deliveries

TALLY_KEPT_FOR = 60  # seconds: however fast people sign, a picture is drawn once in that time
PICTURE_KEPT_FOR = 24 * 3600  # seconds; keys change with what is drawn, so this bounds memory


def of_site(language: str) -> Poster:
    said = reading.current().in_language(language)
    return Poster(
        site_name=said.name,
        title=said.tagline,
        rtl=languages.is_rtl(language),
        **_look(),
    )


def _look() -> dict[str, Any]:
    """What the office chose: its colour, its logo, and whether its name stands beside it."""
    look = reading.current()
    logo = look.content["pictures"].get("logo") or []
    return {
        "accent": look.accent.on_light,
        "shows_name": look.shows_name,
        "logo": f"appearance/{logo[-1]['filename']}" if logo else "",
    }


def of_edition(edition: Edition) -> Poster:
    """The count is at most a minute old; the language is the edition's own."""
    statement = edition.statement
    with translation.override(_interface_language(edition.language)):
        return Poster(
            site_name=reading.words().name,
            title=edition.title,
            rtl=languages.is_rtl(edition.language),
            **_look(),
            picture=lead_pictures.beside_words(statement),
            call=gettext("Sign this statement") if statement.is_open() else "",
            kind=" · ".join(
                part for part in (str(statement.get_kind_display()), _came(statement)) if part
            ),
            **_signed_words(statement),
        )


def _came(statement: Statement) -> str:
    """To whom it was handed over, or that it was answered; "" while nothing came of it."""
    came = outcome_of(list(visible_deliveries(statement)))
    return (came.answered or came.handed_over) if came else ""


def _signed_words(statement: Statement) -> dict[str, Any]:
    signed = _tally_lately(statement)
    if signed:
        words = tally_in_words(*astuple(signed.all))
        told = gettext("Signed by %(tally)s") % {"tally": words}
        return {"tally": told, "condition": signed.short_condition}
    return {"tally": gettext("Be the first to sign") if statement.is_open() else ""}


def _tally_lately(statement: Statement) -> Signed:
    key = f"share:tally:{statement.pk}"
    if (cached := cache.get(key)) is not None:
        counted, earlier = cached
        return Signed(Tally(*counted), Tally(*earlier))
    signed = tally.signed(statement)
    cache.set(key, (astuple(signed.all), astuple(signed.earlier)), TALLY_KEPT_FOR)
    return signed


def _interface_language(code: str) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def drawn(poster: Poster) -> bytes:
    """The picture, drawn when it is asked for first."""
    key = f"share:{poster.fingerprint}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        kept = poster.file()
        cache.set(key, kept, PICTURE_KEPT_FOR)
    return kept


def address(edition: Edition) -> str:
    """The path of an edition's picture."""
    name = "share:edition-photo" if has_photo(edition) else "share:edition"
    return reverse(name, args=[edition.statement.slug, edition.number, edition.language])


def has_photo(edition: Edition) -> bool:
    """Whether a picture stands beside the words, so that the file is a JPEG."""
    return bool(lead_pictures.beside_words(edition.statement))

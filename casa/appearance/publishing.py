"""From the draft to what visitors see, and back to what they saw before."""

import json
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction

from casa.appearance import looks, pictures, reading
from casa.appearance.looks import PICTURES, WORDS, Content, Look
from casa.appearance.models import Appearance, PublishedAppearance

PLAIN = ("accent", "second", "typefaces", "header", "shows_name")


def draft() -> Appearance:
    """The draft; the first one says what the settings say."""
    first = looks.of_settings()
    row, is_new = Appearance.objects.get_or_create(pk=1, defaults={"accent": first.accent.on_light})
    if is_new:
        said = first.content["words"][settings.LANGUAGE_CODE]
        row.texts.create(language=settings.LANGUAGE_CODE, **said)
    return row


def content_of(row: Appearance) -> Content:
    links = row.links.order_by("language", "position", "pk").values(
        "language", "place", "label", "address"
    )
    every = groupby(links, key=lambda link: str(link["language"]))
    return Content(
        accent=row.accent,
        second=row.second,
        typefaces=row.typefaces,
        header=row.header,
        shows_name=row.shows_name,
        pictures={
            name: sizes for name in PICTURES if (sizes := pictures.sizes_of(getattr(row, name)))
        },
        words={
            text.language: {name: said for name in WORDS if (said := getattr(text, name))}
            for text in row.texts.order_by("language")
        },
        links={
            code: [{name: link[name] for name in ("place", "label", "address")} for link in group]
            for code, group in every
        },
    )


def is_changed(row: Appearance) -> bool:
    """Whether the draft is another than what visitors see."""
    return content_of(row) != reading.public().content


class UnseenError(Exception):
    """The draft is another than the one that was looked at."""


def mark_of(content: Content) -> str:
    """A short mark of all that a draft says."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def publish(*, by: Any, seen: str = "", restored: PublishedAppearance | None = None) -> bool:
    """Show visitors the draft as it is now; False if they see it already.

    Raises UnseenError if it is no longer the one with the mark `seen`.
    """
    row = Appearance.objects.select_for_update().get(pk=1)
    content = content_of(row)
    if seen and seen != mark_of(content):
        raise UnseenError
    newest = PublishedAppearance.objects.first()
    if newest and newest.content == content:
        return False
    PublishedAppearance.objects.create(content=content, by=by, restored=restored)
    reading.mark.move_on_commit()
    reading.forget()
    return True


@transaction.atomic
def restore(earlier: PublishedAppearance, *, by: Any) -> bool:
    """Show visitors an appearance that was public before, and go on from it in the draft.

    False if they see it already. What the draft held and nobody made public is in its history.
    """
    row = Appearance.objects.select_for_update().get(pk=1)
    look = looks.of_stored(str(earlier.pk), earlier.content)
    for name in PLAIN:
        setattr(row, name, look.content[name])  # type: ignore[literal-required]
    for name in PICTURES:
        setattr(row, name, pictures.key_of(look.content["pictures"].get(name, [])))
    row.save()
    _restore_words(row, look)
    _restore_links(row, look)
    return publish(by=by, restored=earlier)


def _restore_words(row: Appearance, look: Look) -> None:
    words = look.content["words"]
    for text in row.texts.exclude(language__in=words):
        text.delete()
    for code, said in words.items():
        row.texts.update_or_create(
            language=code, defaults={name: said.get(name, "") for name in WORDS}
        )


def _restore_links(row: Appearance, look: Look) -> None:
    for before in row.links.all():
        before.delete()
    for code, links in look.content["links"].items():
        for position, link in enumerate(links):
            row.links.create(language=code, position=position, **link)

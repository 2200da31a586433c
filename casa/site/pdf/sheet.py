"""A sheet to sign a statement on paper: plain data for sheet.typ, in the reader's language."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from casa.appearance import reading
from casa.lib import languages
from casa.lib.html.plain import plain
from signatories.public.badges import qr
from signatories.signing.questions import paper_consent
from statements import set_words
from statements.models import Ask, Edition, Statement
from statements.public.parts import parts_of

SHORT = 900  # characters of words that leave room for lines below them
BOX = "☐"


def of_edition(edition: Edition, *, is_whole: bool = False) -> dict[str, Any]:
    """`edition` is public. All words of it stand there if `is_whole`, or if they are few."""
    statement = edition.statement
    address = settings.SITE_URL + statement.get_absolute_url()
    return {
        "paper": settings.PAPER_SIZE,
        "reader": set_words.language(languages.interface()),
        "words": set_words.language(edition.language),
        "original": set_words.language(statement.language),
        "from": reading.words().name,
        "address": address,
        "qr": qr(address).decode(),
        "qr_alt": gettext("QR code: the address of this statement"),
        "labels": {
            "addressed_to": gettext("Addressed to"),
            "whole": gettext("Read all of it, or sign here"),
        },
        "targets": ", ".join(one.name for one in parts_of(statement)["targets"]),
        "behind": set_words.behind(edition),
        **_words(edition, is_whole=is_whole),
        "columns": columns(statement),
        "consent": " ".join(_agreed(statement)),
        "back": _way_back(),
        "sheet": gettext("Sheet ____ · collected by ________________ on ________"),
        "edition": gettext("Edition %(number)s") % {"number": edition.number},
    }


def has_short_form(edition: Edition) -> bool:
    """Whether something less than all words can stand for them."""
    return bool(edition.summary or edition.ask) and len(plain(edition.body)) > SHORT


def _words(edition: Edition, *, is_whole: bool) -> dict[str, Any]:
    words = set_words.words(edition)
    if not is_whole and has_short_form(edition):
        words["body"] = []
    return words


def columns(statement: Statement) -> list[dict[str, Any]]:
    """What each line asks: its heading, its share of the width, and what stands in it already."""
    found = [(gettext("Name, in capital letters"), 5, "")]
    if statement.signers == Statement.Signers.ORGANIZATIONS:
        found = [
            (gettext("Organization"), 5, ""),
            (gettext("Name and role of who signs for it"), 5, ""),
        ]
    if {statement.ask_city, statement.ask_postal_code} != {Ask.NO}:
        found.append((gettext("Town or postal code"), 3, ""))
    found.append((gettext("E-mail (if you like)"), 4, ""))
    if statement.may_withhold and statement.signers != Statement.Signers.ORGANIZATIONS:
        found.append((gettext("Not in public"), 2, BOX))
    found.append((gettext("Signature"), 4, ""))
    return [{"name": name, "share": share, "sign": sign} for name, share, sign in found]


def _agreed(statement: Statement) -> list[str]:
    sentences = [paper_consent(statement)]
    if statement.minimum_age is not None:
        told = gettext("Whoever signs is %(age)s years old or older.")
        sentences.append(told % {"age": statement.minimum_age})
    return sentences


def _way_back() -> str:
    """Where full sheets go; "" where the site names no postal address."""
    lines = [part.strip() for part in reading.words().postal_address.split("\n") if part.strip()]
    if not lines:
        return ""
    address = set_words.isolated(", ".join(lines))
    return gettext("Send full sheets to: %(address)s") % {"address": address}

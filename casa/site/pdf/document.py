"""What stands on a statement's PDF: plain data for statement.typ, in the reader's language."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from casa.appearance import reading
from casa.lib import languages
from casa.lib.moments.words import last_moment_in_words, written_out
from signatories.core import paper, tally
from signatories.core.tally import Signed, tally_in_words
from signatories.public.badges import qr
from signatories.public.under_editions import by_edition
from statements.models import Edition, Statement
from statements.public.parts import corrections, parts_of
from statements.public.printed_names import Volume, volume
from statements.set_words import (
    COLUMN,
    LINE,
    attached,
    behind,
    breakable,
    cited,
    language,
    words,
)
from statements.templatetags.reading import listed

CORRECTIONS_PRINTED = 5
MOST_VOLUMES_NAMED = 100


def of_edition(edition: Edition, now: datetime, number: int = 1) -> dict[str, Any] | None:
    """The volume of that number; None if there is none. The words stand in the first one.

    `edition` is public and comes with its statement and tally.
    """
    statement, here = edition.statement, volume(edition, number)
    if here is None:
        return None
    parts = parts_of(statement)
    address = settings.SITE_URL + statement.get_absolute_url()
    return {
        "paper": settings.PAPER_SIZE,
        "reader": language(languages.interface()),
        "words": language(edition.language),
        "original": language(statement.language),
        "from": reading.words().name,
        "postal_address": [part for part in reading.words().postal_address.split("\n") if part],
        "address": address,
        "qr": qr(address).decode(),
        "labels": _labels(),
        "qr_alt": gettext("QR code: the address of this statement"),
        "targets": [
            {"name": breakable(one.name, LINE), "office": breakable(one.office, LINE)}
            for one in parts["targets"]
        ],
        **words(edition),
        "behind": behind(edition),
        **_signed(edition, here, now),
        "volume": _volume(statement, here),
        "references": [cited(one) for one in parts["references"]],
        "attachments": [attached(statement, one) for one in parts["documents"]],
        "edition": gettext("Edition %(number)s, published on %(date)s.")
        % {"number": edition.number, "date": written_out(edition.published_at)},
        "sha256": edition.sha256,
    }


def _labels() -> dict[str, str]:
    return {
        "addressed_to": gettext("Addressed to"),
        "asks": gettext("What it asks"),
        "cited": gettext("Cited in the statement"),
        "attached": gettext("Documents"),
        "fingerprint": gettext("Fingerprint of these words (SHA-256):"),
    }


def _volume(statement: Statement, here: Volume) -> dict[str, Any]:
    """Which volume it is, and where the others are; nothing of that where there is only one."""
    return {
        "number": here.number,
        "label": _called(here.number, here.total) if here.total > 1 else "",
        "reach": breakable(here.reach, LINE),
        "others_lead": gettext("The names go on in further volumes:"),
        "others": [
            {"label": _called(number, here.total), "url": _address(statement, number)}
            for number in range(2, min(here.total, MOST_VOLUMES_NAMED) + 1)
        ]
        if here.number == 1
        else [],
    }


def _called(number: int, total: int) -> str:
    return gettext("Volume %(volume)s of %(total)s") % {"volume": number, "total": total}


def _address(statement: Statement, number: int) -> str:
    return settings.SITE_URL + reverse("paper:volume", args=[statement.slug, number])


def _moment(now: datetime) -> str:
    """ "24 November 2026, 14:05 UTC" as the reader's language writes it."""
    local = timezone.localtime(now)
    return f"{written_out(local)}, {local:%H:%M} {local.tzname()}"


def _open_until(statement: Statement, now: datetime) -> str:
    closes = statement.signing_closes_at
    if closes is None or not statement.is_open(now):
        return ""
    return gettext("Open until %(moment)s.") % {"moment": last_moment_in_words(closes)}


def _signed(edition: Edition, here: Volume, now: datetime) -> dict[str, Any]:
    signed, names = tally.signed_beside(edition), here.names
    others = tally_in_words(**here.others) if here.number == here.total else ""
    groups = [
        (gettext("Submitted by"), names.leads, True),
        (gettext("Organizations"), names.organizations, False),
        (gettext("People"), names.people, False),
    ]
    return {
        "signed": gettext("Signed by %(tally)s") % {"tally": signed.in_words}
        if signed
        else paper.alone_in_words(edition.statement),
        **_corrected(edition, signed),
        "as_of": _as_of(edition.statement, signed, now),
        "open_until": _open_until(edition.statement, now),
        "groups": [
            {
                "heading": heading,
                "one_column": one_column,
                "lists": [
                    {"label": one.label, "names": [_name(signed) for signed in one.signatures]}
                    for one in by_edition(signatures, edition.statement)
                ],
            }
            for heading, signatures, one_column in groups
            if signatures
        ],
        "more": gettext(
            "And %(not_printed)s more. The whole list, with the number of names withheld:"
        )
        % {"not_printed": others}
        if others
        else "",
        "list_address": settings.SITE_URL
        + reverse("signatories:list", args=[edition.statement.slug]),
    }


def _as_of(statement: Statement, signed: Signed, now: datetime) -> str:
    """When it was made, how much of the count the organizer collected, and what is on paper."""
    told = gettext("As of %(moment)s.") % {"moment": _moment(now)}
    on_paper = paper.in_words(statement) if signed else ""
    return " ".join(part for part in (told, tally.collected_in_words(statement), on_paper) if part)


def _corrected(edition: Edition, signed: Signed) -> dict[str, Any]:
    """What changed since the earlier text that somebody signed, and where all of it stands."""
    told = corrections(edition.statement, edition.language) if signed.earlier else []
    page = reverse("statements:editions", args=[edition.statement.slug])
    return {
        "corrections": [
            {
                "edition": gettext("Edition %(number)s, %(date)s:")
                % {"number": one.number, "date": written_out(one.published_at)},
                "note": breakable(one.change_note, LINE),
                "language": language(one.change_note_language or one.language),
            }
            for one in told[-CORRECTIONS_PRINTED:]
        ],
        "corrections_lead": gettext("What was corrected since the earlier text:"),
        "corrections_more": gettext("All editions, with the difference between them:"),
        "corrections_address": settings.SITE_URL + page,
    }


def _name(signature: Any) -> dict[str, Any]:
    """A name and the lines below it, as the pages of the site show them."""
    if signature.name_withheld:
        return {"name": gettext("Name withheld"), "notes": []}
    organization = signature.organization
    if organization is None:
        notes = [signature.particulars, signature.place]
    else:
        is_lead = signature.lead_position is not None
        spokesperson = listed(signature.name, signature.role) if is_lead and signature.name else ""
        notes = [spokesperson, organization.place or signature.place]
    return {
        "name": breakable(signature.displayed_name, COLUMN),
        "notes": [breakable(str(note), COLUMN) for note in notes if note],
    }

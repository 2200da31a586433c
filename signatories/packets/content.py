"""What a packet says besides its names: plain data for packet.typ and the page, frozen with it."""

from collections.abc import Iterable
from dataclasses import astuple
from typing import Any

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.translation import gettext

from casa.appearance import reading
from casa.lib import alphabets, countries, languages
from casa.lib.db.sealed import Unreadable
from casa.lib.moments.words import moment_in_words, written_out
from signatories.core import paper
from signatories.core.tally import Signed, Tally, tally_in_words
from signatories.models import Packet, Signature
from signatories.packets.names import Counts
from signatories.public.badges import qr
from statements import set_words
from statements.models import Edition, Target
from statements.public.parts import corrections, parts_of
from statements.public.words import body_beside_ask
from statements.set_words import LINE, breakable

PERSON, ORGANIZATION = Signature.Kind.PERSON, Signature.Kind.ORGANIZATION


def content(packet: Packet, edition: Edition, counts: Counts) -> dict[str, Any]:
    """`packet` is frozen; `edition` is the one whose words it has. In the active language."""
    statement, parts = packet.statement, parts_of(packet.statement)
    address = settings.SITE_URL + statement.get_absolute_url()
    signed = _signed(edition, counts)
    assert packet.frozen_at is not None  # noqa: S101 - for the type checker
    return {
        "paper": packet.paper,
        "reader": set_words.language(languages.interface()),
        "words": set_words.language(edition.language),
        "original": set_words.language(statement.language),
        "from": reading.words().name,
        "postal_address": [part for part in reading.words().postal_address.split("\n") if part],
        "address": address,
        "qr": qr(address).decode(),
        "qr_alt": gettext("QR code: the address of this statement"),
        "labels": _labels(),
        "targets": _targets(packet, parts["targets"]),
        **set_words.words(edition),
        "html": body_beside_ask(edition),
        "behind": set_words.behind(edition),
        "letter": set_words.paragraphs(_letter(packet, edition, signed)),
        "signed": gettext("Signed by %(tally)s") % {"tally": signed.in_words} if signed else "",
        "as_of": gettext("As of %(moment)s.") % {"moment": moment_in_words(packet.frozen_at)},
        "counts": _counts(packet, edition, counts),
        "places": _places(packet, counts),
        "corrections": _corrections(edition),
        "comments": _comments(packet),
        "references": [set_words.cited(one) for one in parts["references"]],
        "attachments": [
            {**set_words.attached(statement, one), "sha256": one.sha256}
            for one in parts["attachments"]
        ],
        "edition": gettext("Edition %(number)s, published on %(date)s.")
        % {"number": edition.number, "date": written_out(edition.published_at)},
        "sha256": edition.sha256,
    }


def _targets(packet: Packet, targets: Iterable[Target]) -> list[dict[str, str]]:
    """The one it is for, or all whom the statement is addressed to."""
    return [
        {"name": breakable(one.name, LINE), "office": breakable(one.office, LINE)}
        for one in targets
        if packet.target_id in (None, one.pk)
    ]


def _labels() -> dict[str, str]:
    return {
        "addressed_to": gettext("Addressed to"),
        "asks": gettext("What it asks"),
        "cited": gettext("Cited in the statement"),
        "attached": gettext("Documents"),
        "fingerprint": gettext("Fingerprint of these words (SHA-256):"),
        "contents": gettext("Contents"),
        "statement": gettext("Statement"),
        "figures": gettext("Who signed, in figures"),
        "changed": gettext("What was corrected"),
        "comments": gettext("What signers say"),
        "volumes": gettext("Volumes"),
    }


def _signed(edition: Edition, counts: Counts) -> Signed:
    return Signed(_tally(counts.kinds), _tally(counts.earlier), edition.is_behind)


def _tally(kinds: Any) -> Tally:
    return Tally(organizations=kinds[ORGANIZATION], people=kinds[PERSON])


def _letter(packet: Packet, edition: Edition, signed: Signed) -> str:
    """The letter with what stands in braces filled in; any other brace stays as it is."""
    given = {
        "addressee": packet.addressee,
        "title": edition.title,
        "count": signed.in_words,
        "date": written_out(packet.frozen_at),
    }
    text = packet.letter
    for name, value in given.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _counts(packet: Packet, edition: Edition, counts: Counts) -> list[list[str]]:
    """The figures, each with what it counts; what is none is left out."""
    collected, earlier = _tally(counts.collected), _tally(counts.earlier)
    rows = [
        (gettext("Organizations"), _number(counts.kinds[ORGANIZATION])),
        (gettext("of these, verified"), _number(counts.verified)),
        (gettext("People"), _number(counts.kinds[PERSON])),
        (gettext("counted, and not named at their wish"), _number(counts.withheld)),
        (gettext("collected by the organizer"), tally_in_words(*astuple(collected))),
        (gettext("under an earlier text"), tally_in_words(*astuple(earlier))),
        (gettext("on paper, not in these figures"), _number(paper.number_of(packet.statement))),
    ]
    return [[label, value] for label, value in rows if value]


def _number(number: int) -> str:
    return str(intcomma(number)) if number else ""


def _places(packet: Packet, counts: Counts) -> list[dict[str, Any]]:
    """Tables of how many signed where, the most first; only where more than one place is known."""
    by_country = {
        countries.country_name(code) or gettext("Country not given"): number
        for code, number in counts.countries.items()
    }
    by_region = {
        f"{region}, {countries.country_name(code)}" if code else region: number
        for (code, region), number in counts.regions.items()
        if number
    }
    tables = (
        (gettext("By country"), by_country if any(counts.countries) else {}),
        (gettext("By state or region"), by_region),
    )
    return [
        {"heading": heading, "rows": _ranked(packet, numbers)}
        for heading, numbers in tables
        if numbers
    ]


def _ranked(packet: Packet, numbers: dict[str, int]) -> list[list[str]]:
    def place(one: tuple[str, int]) -> tuple[int, str]:
        return -one[1], alphabets.key(one[0], packet.language)

    return [[name, str(intcomma(number))] for name, number in sorted(numbers.items(), key=place)]


def _corrections(edition: Edition) -> dict[str, Any]:
    page = reverse("statements:editions", args=[edition.statement.slug])
    return {
        "rows": [
            {
                "edition": gettext("Edition %(number)s, %(date)s:")
                % {"number": one.number, "date": written_out(one.published_at)},
                "note": breakable(one.change_note, LINE),
                "language": set_words.language(one.change_note_language or one.language),
            }
            for one in corrections(edition.statement, edition.language)
        ],
        "more": gettext("All editions, with the difference between them:"),
        "address": settings.SITE_URL + page,
    }


def _comments(packet: Packet) -> list[dict[str, Any]]:
    """Those that staff chose, of signatures that count still."""
    rows = Signature.objects.public().filter(statement=packet.statement, pk__in=packet.comments)
    return [
        {
            "text": set_words.paragraphs(one.comment),
            "who": gettext("Name withheld") if one.name_withheld else one.displayed_name,
        }
        for one in rows.select_related("organization").order_by("confirmed_at", "pk")
        if one.comment and not isinstance(one.comment, Unreadable)
    ]

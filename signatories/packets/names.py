"""The names of a packet: who signed, in the order in which they stand, and how many of whom."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import IO, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from casa.lib import alphabets, countries
from signatories.core import tally
from signatories.core.personal_data import label
from signatories.models import CollectedBy, Organization, Packet, Signature
from signatories.models.signature_sets import LISTED
from statements.models import Edition
from statements.set_words import COLUMN, breakable
from statements.templatetags.reading import listed

AT_ONCE = 1_000  # rows
READ = (*LISTED, "consent_source")
NAME = 1  # its place in a row of the table
Place = tuple[int, int]
"""Where a line begins in a file, and how long it is, in bytes."""

_LAST = "\U0010ffff"  # sorted behind every name


class Section(IntEnum):
    """The lists of a packet, in their order."""

    LEADS = 0
    ORGANIZATIONS = 1
    PEOPLE = 2


@dataclass(frozen=True)
class Line:
    """One who signed: `notes` stand below the name, `cells` are the row of the table."""

    section: int
    group: str
    name: str
    notes: list[str]
    cells: list[str]
    organization: int | None

    def as_bytes(self) -> bytes:
        row = (self.section, self.group, self.name, self.notes, self.cells, self.organization)
        return json.dumps(row, ensure_ascii=False).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> "Line":
        return cls(*json.loads(line))


@dataclass
class Counts:
    """How many signed, all told; of some of them there are no names here."""

    kinds: Counter[str] = field(default_factory=Counter)
    earlier: Counter[str] = field(default_factory=Counter)
    collected: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    regions: Counter[tuple[str, str]] = field(default_factory=Counter)
    withheld: int = 0
    verified: int = 0


def head() -> list[str]:
    """The heading of the table, in the active language."""
    own = {
        "name": gettext("name"),
        "country_code": gettext("country code"),
        "organization_kind": gettext("kind of organization"),
        "website": gettext("website"),
        "verification": gettext("verification"),
    }
    columns = (
        "kind", "name", "role", "affiliation", "city", "region", "country", "country_code",
        "organization_kind", "website", "verification", "edition_id", "confirmed_at",
        "consent_source", "lead_position",
    )  # fmt: skip
    return [str(own.get(name) or label(name)) for name in columns]


@dataclass
class Reading:
    """Reads the names for one packet, in one query: they are those of one moment."""

    packet: Packet
    edition: Edition
    counts: Counts = field(default_factory=Counts)

    def write(self, file: IO[bytes]) -> list[Place]:
        """Write a line for each name to `file`; where each begins and how long it is, in order."""
        places = []
        for one in self._signatures():
            self._count(one)
            if one.name_withheld:
                continue
            line, at = self._line(one), file.tell()
            written = file.write(line.as_bytes())
            places.append((*self._key(one, line), at, written))
        places.sort()
        return [(place[-2], place[-1]) for place in places]

    def _signatures(self) -> Iterator[Any]:
        public = self.packet.statement.signatures.public().order_by()
        listed = public.select_related("organization").with_edition_number().only(*READ)
        return listed.iterator(chunk_size=AT_ONCE)

    def _count(self, one: Any) -> None:
        counts = self.counts
        counts.kinds[one.kind] += 1
        counts.earlier[one.kind] += one.edition_id in self._earlier
        counts.collected[one.kind] += bool(one.consent_source)
        counts.withheld += one.name_withheld
        organization = one.organization
        verified = Organization.Verification.VERIFIED
        counts.verified += organization is not None and organization.verification == verified
        where = _whereabouts(one)
        counts.countries[where.country] += 1
        counts.regions[where.country, where.region] += bool(where.region)

    @cached_property
    def _earlier(self) -> frozenset[int | None]:
        return tally.earlier_editions([self.packet.statement])[self.packet.statement_id]

    @cached_property
    def _words(self) -> dict[str, str]:
        """Of the values of choices; to look each up for each name takes longer than all else."""
        choices = (Signature.Kind, CollectedBy, Organization.Kind, Organization.Verification)
        return {value: str(words) for one in choices for value, words in one.choices}

    def _line(self, one: Any) -> Line:
        is_lead = one.lead_position is not None
        where, organization = _whereabouts(one), one.organization
        if organization is None:
            section = Section.LEADS if is_lead else Section.PEOPLE
            notes = [one.particulars, one.place]
            own = ["", "", ""]
        else:
            section = Section.LEADS if is_lead else Section.ORGANIZATIONS
            spokesperson = listed(one.name, one.role) if is_lead and one.name else ""
            kind = self._words[organization.kind]
            notes = [spokesperson, listed(kind, organization.place or one.place)]
            own = [kind, organization.website, self._words[organization.verification]]
        if one.edition_id in self._earlier:
            notes.append(gettext("signed edition %(number)s") % {"number": one.edition_number})
        cells = [
            self._words[one.kind], one.displayed_name,
            *((one.role, one.affiliation) if organization is None else ("", "")),
            where.city, where.region, countries.country_name(where.country), where.country, *own,
            str(one.edition_number),
            localtime(one.confirmed_at).date().isoformat() if one.confirmed_at else "",
            self._words.get(one.consent_source, ""), str(one.lead_position or ""),
        ]  # fmt: skip
        return Line(
            section, self._group(one, section), breakable(one.displayed_name, COLUMN),
            [breakable(note, COLUMN) for note in notes if note], cells,
            organization and organization.pk,
        )  # fmt: skip

    def _group(self, one: Any, section: int) -> str:
        if section != Section.PEOPLE or self.packet.order == Packet.Order.ALPHABET:
            return ""
        country = countries.country_name(one.country) or gettext("Country not given")
        if self.packet.order == Packet.Order.COUNTRY:
            return country
        return listed(one.region or gettext("No state or region given"), country)

    def _key(self, one: Any, line: Line) -> tuple[Any, ...]:
        """By section and group, then leads as staff put them, and all others from A to Z."""
        language = self.packet.language
        name = alphabets.key(one.displayed_name, language)
        if line.section == Section.LEADS:
            return (line.section, "", "", f"{one.lead_position:08d}", one.pk)
        if not line.group:
            return (line.section, "", "", name, one.pk)
        country = (
            alphabets.key(countries.country_name(one.country), language) if one.country else _LAST
        )
        region = ""
        if self.packet.order == Packet.Order.REGION:
            region = alphabets.key(one.region, language) if one.region else _LAST
        return (line.section, country, region, name, one.pk)


def _whereabouts(one: Any) -> Any:
    """What says where they are: the organization, where it says so itself, or the signature."""
    of_it = one.organization
    return of_it if of_it is not None and (of_it.city or of_it.region or of_it.country) else one

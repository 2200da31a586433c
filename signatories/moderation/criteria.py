"""The criteria of a decision: time, source, name; and the signatures they find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib import countries
from casa.lib.text import folded
from signatories.models import Signature, SignatureQuerySet

SITE, LIST, LINK = "site", "list", "link"
SOURCES = {
    SITE: _("signed on the site"),
    LIST: _("read from a list"),
    LINK: _("came by a link that a signer passed on"),
}
ANY, ONE = "*", "?"
MOST_WILDCARDS = 5
LONGEST_PATTERN = 100
MARK_LENGTH = 32


class PatternError(ValueError):
    """A name pattern that cannot be searched for; the words are for staff."""


@dataclass(frozen=True)
class Criteria:
    """Empty is what says nothing. Values are what JSON can hold, moments in ISO format."""

    statement: int | None = None
    since: str = ""
    until: str = ""
    networks: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    name: str = ""
    source: str = ""
    via: str = ""
    country: str = ""
    states: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Criteria:
        """What `stored` holds of them; a name that is no more is left out."""
        lists = ("networks", "domains", "states")
        known: dict[str, Any] = {
            one.name: tuple(stored[one.name]) if one.name in lists else stored[one.name]
            for one in fields(cls)
            if one.name in stored
        }
        return cls(**known)

    def as_json(self) -> dict[str, Any]:
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items() if v}

    @property
    def is_narrow(self) -> bool:
        """Whether they say more than a statement and a state: else all its signers are meant."""
        broad = ("statement", "states")
        return any(getattr(self, one.name) for one in fields(self) if one.name not in broad)

    def rows(self) -> SignatureQuerySet:
        found = Signature.objects.filter(_moments(self), _sources(self))
        if self.statement is not None:
            found = found.filter(statement=self.statement)
        if self.networks:
            found = found.filter(network__in=self.networks)
        if self.domains:
            found = found.filter(_of_domains(self.domains))
        if self.name:
            found = found.filter(sort_key__wildcards=wildcard_pattern(self.name))
        if self.country:
            found = found.filter(country=self.country)
        return found.filter(state__in=self.states) if self.states else found

    def in_words(self) -> Iterator[tuple[str, str]]:
        """Each criterion with its name, but for the statement."""
        states = dict(Signature.State.choices)
        every = (
            (gettext("Signed from"), _moment(self.since)),
            (gettext("Signed until"), _moment(self.until)),
            (gettext("Networks"), ", ".join(mark[:8] for mark in self.networks)),
            (gettext("Domains of addresses"), ", ".join(self.domains)),
            (gettext("Name"), self.name),
            (gettext("How it came"), str(SOURCES.get(self.source, ""))),
            (gettext("Code of the link"), self.via),
            (gettext("Country"), countries.country_name(self.country) if self.country else ""),
            (gettext("State"), ", ".join(str(states[one]) for one in self.states)),
        )
        yield from ((name, words) for name, words in every if words)


def _moment(text: str) -> str:
    if not text:
        return ""
    return date_format(localtime(datetime.fromisoformat(text)), "DATETIME_FORMAT")


def _moments(criteria: Criteria) -> Q:
    found = Q()
    if criteria.since:
        found &= Q(created_at__gte=parse_datetime(criteria.since))
    if criteria.until:
        found &= Q(created_at__lte=parse_datetime(criteria.until))
    return found


def _sources(criteria: Criteria) -> Q:
    if criteria.via:
        return Q(via=criteria.via) & ~Q(via="")
    if criteria.source == LINK:
        return ~Q(via="")
    if criteria.source:
        return Q(import_confidence__isnull=criteria.source == SITE)
    return Q()


def _of_domains(domains: tuple[str, ...]) -> Q:
    found = Q()
    for domain in domains:
        found |= Q(email__at_domain=domain)
    return found


def wildcard_pattern(pattern: str) -> str:
    """`pattern` for the lookup `wildcards`: "*" for anything, "?" for one character.

    What stands between them is compared as names are: without case, accents and punctuation.
    Raises PatternError for one that is too long, or finds everybody.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise PatternError(gettext("A pattern is no longer than 100 characters."))
    if sum(pattern.count(sign) for sign in (ANY, ONE)) > MOST_WILDCARDS:
        raise PatternError(gettext("A pattern has no more than five signs * and ?."))
    parts: list[str] = []
    word = ""
    for char in f"{pattern}{ANY}":
        if char not in (ANY, ONE):
            word += char
            continue
        parts.append(_between(word, at_start=not parts))
        parts.append("%" if char == ANY else "_")
        word = ""
    parts.pop()  # the sign that was added
    if not "".join(parts).strip("%_ "):
        raise PatternError(gettext("Write letters of the name, besides the signs * and ?."))
    return "".join(parts)


def _between(word: str, *, at_start: bool) -> str:
    """Folded, with the blanks at its ends kept: between two signs they are part of a name."""
    middle = folded(word)
    if not middle:
        return " " if word.strip() == "" and word and not at_start else ""
    start = " " if word[0].isspace() and not at_start else ""
    return f"{start}{middle}{' ' if word[-1].isspace() else ''}"

"""The count of a statement's signatures: organizations and people apart, exact at every moment."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.cache import cache
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from casa.lib.db import rows
from casa.lib.db.reading import from_primary
from casa.lib.text import unparted
from signatories.models import COUNTED, Signature, TallySlot
from statements.models import Edition, Statement

SLOTS = 16


@dataclass(frozen=True)
class Tally:
    organizations: int = 0
    people: int = 0

    def __bool__(self) -> bool:
        return bool(self.organizations or self.people)

    @property
    def numbers(self) -> list[NumberAndNoun]:
        """People, then organizations, each told for itself; none of which there are none."""
        told = [_people(self.people), _organizations(self.organizations)]
        return [one for one in told if one]


class NumberAndNoun(NamedTuple):
    """ "1,312 people", parted where the number begins and ends; no line of a text parts them."""

    before: str
    number: str
    after: str


def adjust(statement_id: int, kind: str, by: int) -> None:
    """Add `by` to the count, in the transaction that changes the signatures."""
    slot = random.randrange(SLOTS)  # noqa: S311 - to spread writers, not to keep a secret
    change = [by, statement_id, kind, slot]
    if not rows.write(_ADD, change):
        # First use of the slot. Two writers may both come here: one makes the row, both add.
        TallySlot.objects.bulk_create(
            [TallySlot(statement_id=statement_id, kind=kind, slot=slot)], ignore_conflicts=True
        )
        rows.write(_ADD, change)


_ADD = """
    UPDATE signatories_tallyslot SET count = count + %s
    WHERE statement_id = %s AND kind = %s AND slot = %s
"""
_SUMS = "SELECT kind, SUM(count) FROM signatories_tallyslot WHERE statement_id = %s GROUP BY kind"
_SUM = "SELECT SUM(count) FROM signatories_tallyslot WHERE statement_id = %s AND kind = %s"


def of_kind(statement_id: int, kind: str) -> int:
    """The count of one kind, as the caller's transaction sees it."""
    return int(rows.first(_SUM, [statement_id, kind])[0] or 0)


def of(statement: Statement) -> Tally:
    """The statement's count; one short query over at most 2 × 16 rows, none if prefetched."""
    counts = dict.fromkeys(Signature.Kind.values, 0)
    if "tally_slots" not in getattr(statement, "_prefetched_objects_cache", {}):
        counts |= dict(rows.fetch(_SUMS, [statement.pk]))
    else:
        for slot in statement.tally_slots.all():
            counts[slot.kind] += slot.count
    return Tally(
        organizations=counts[Signature.Kind.ORGANIZATION], people=counts[Signature.Kind.PERSON]
    )


@dataclass(frozen=True)
class Signed:
    """The count with its condition: how much of it stands under an earlier text.

    The number is told in no other way. `is_behind` where it stands beside a translation that
    does not have the correction, so that “this text” would be the earlier one.
    """

    all: Tally
    earlier: Tally = Tally()
    is_behind: bool = False

    def __bool__(self) -> bool:
        return bool(self.all)

    @property
    def these(self) -> Tally:
        return Tally(
            self.all.organizations - self.earlier.organizations,
            self.all.people - self.earlier.people,
        )

    @property
    def in_words(self) -> str:
        """ "9 people, of whom 7 people signed this text, 2 people an earlier one"; "" for none."""
        words = tally_in_words(*astuple(self.all))
        if not self.earlier:
            return words
        return self._with_condition() % {"tally": words, **self._parts}

    @property
    def in_short(self) -> str:
        """The same where there is little room: "9 people (2 people under an earlier text)"."""
        words = tally_in_words(*astuple(self.all))
        if not self.earlier:
            return words
        return f"{words} ({self.short_condition})"

    @property
    def short_condition(self) -> str:
        """ "2 people under an earlier text"; "" for none."""
        return gettext("%(earlier)s under an earlier text") % self._parts if self.earlier else ""

    @property
    def sentence(self) -> str:
        """The condition alone; "" where everybody signed the text as it stands."""
        if not self.earlier:
            return ""
        if not self.these:
            told = gettext("All %(earlier)s signed an earlier text than this one.")
            if self.is_behind:
                told = gettext("All %(earlier)s signed an earlier text than the corrected one.")
        elif self.is_behind:
            told = gettext("%(these)s signed the corrected text, %(earlier)s an earlier one.")
        else:
            told = gettext("%(these)s signed this text, %(earlier)s an earlier one.")
        return told % self._parts

    @property
    def _parts(self) -> dict[str, str]:
        return {
            "these": tally_in_words(*astuple(self.these)),
            "earlier": tally_in_words(*astuple(self.earlier)),
        }

    def _with_condition(self) -> str:
        if not self.these:
            return gettext("%(tally)s, all of whom signed an earlier text")
        if self.is_behind:
            return gettext(
                "%(tally)s, of whom %(these)s signed the corrected text, %(earlier)s an earlier one"
            )
        return gettext("%(tally)s, of whom %(these)s signed this text, %(earlier)s an earlier one")


def signed(statement: Statement) -> Signed:
    """The count with its condition, for readers of the original."""
    return Signed(of(statement), under_earlier_editions(statement))


def signed_beside(edition: Edition) -> Signed:
    """The count with its condition, as it stands beside an edition that comes with its tally."""
    counted = Tally(edition.organizations, edition.people)  # type: ignore[attr-defined]
    return Signed(counted, under_earlier_editions(edition.statement), edition.is_behind)


EARLIER_KEPT_FOR = 5  # seconds


def under_earlier_editions(statement: Statement) -> Tally:
    """The part of the count that stands under an earlier text than the original now is.

    Who signed words that are still read, of a translation that follows the original, is not
    in it. None at all, without a query, where nothing was ever corrected.
    """
    fetched: Tally | None = getattr(statement, "earlier_tally", None)
    return fetched if fetched is not None else earlier_of([statement])[statement.pk]


def earlier_of(statements: Iterable[Statement]) -> dict[int, Tally]:
    """The same for several: two queries for all of them.

    Counted from an index alone, at most once in EARLIER_KEPT_FOR a process: 100,000 entries are
    too many for every view of a page. Answers to a correction drop what was kept.
    """
    found = {statement.pk: Tally() for statement in statements}
    keys = {_earlier_key(one): one for one in statements if one.last_number > 1}
    kept = cache.get_many(keys)
    counted = _count_earlier([one for key, one in keys.items() if key not in kept])
    missing = {key: astuple(counted[one.pk]) for key, one in keys.items() if key not in kept}
    if missing:
        cache.set_many(missing, EARLIER_KEPT_FOR)
    return found | {keys[key].pk: Tally(*numbers) for key, numbers in {**kept, **missing}.items()}


@from_primary()
def _count_earlier(statements: list[Statement]) -> dict[int, Tally]:
    if not statements:
        return {}
    earlier = earlier_editions(statements)
    keys = {key for found in earlier.values() for key in found}
    placed = [pk for pk, found in earlier.items() if None in found]
    under = Q(edition__in=keys - {None}) | Q(edition__isnull=True, statement__in=placed)
    counted = Signature.objects.counted().filter(
        under, statement__in=[one.pk for one in statements]
    )
    by_kind: dict[int, dict[str, int]] = {}
    rows = counted.order_by().values_list("statement", "kind").annotate(Count("kind"))
    for pk, kind, number in rows:
        by_kind.setdefault(pk, {})[kind] = number
    return {
        one.pk: Tally(
            organizations=by_kind.get(one.pk, {}).get(Signature.Kind.ORGANIZATION, 0),
            people=by_kind.get(one.pk, {}).get(Signature.Kind.PERSON, 0),
        )
        for one in statements
    }


def earlier_editions(statements: Iterable[Statement]) -> dict[int, frozenset[int | None]]:
    """{statement: keys of its editions whose words are an earlier text}, by one query.

    With None where those whom staff placed before publication stand under one: they signed the
    original's first edition.
    """
    corrected = {one.pk: one for one in statements if one.last_number > 1}
    rows: dict[int, list[Edition]] = {}
    if corrected:
        editions = Edition.objects.filter(statement__in=corrected).order_by("number")
        for edition in editions.only("statement", "number", "language", "translates", "sha256"):
            rows.setdefault(edition.statement_id, []).append(edition)
    return {one.pk: _earlier(one, rows.get(one.pk, [])) for one in statements}


def _earlier(statement: Statement, editions: list[Edition]) -> frozenset[int | None]:
    """`editions` in the order of their numbers."""
    current = {edition.language: edition for edition in editions}
    standing = {
        (edition.language, edition.sha256)
        for edition in current.values()
        if edition.translates >= statement.edition_number
    }
    earlier: set[int | None] = set()
    for edition in editions:
        if (edition.language, edition.sha256) not in standing:
            earlier.add(edition.pk)
            if edition.number == 1 and edition.language == statement.language:
                earlier.add(None)
    return frozenset(earlier)


def forget_earlier(statement: Statement) -> None:
    """Let the next reader have the part under earlier editions counted anew."""
    cache.delete(_earlier_key(statement))


def _earlier_key(statement: Statement) -> str:
    # A correction changes the statement, be it of one translation alone. A preview counts as it
    # will be, by the numbers.
    numbers = f"{statement.edition_number}:{statement.last_number}"
    return f"tally:earlier:{statement.pk}:{numbers}:{statement.changed_at.timestamp()}"


WEEK = timedelta(days=7)
WEEK_KEPT_FOR = 60  # seconds


def of_this_week(statement: Statement) -> Tally:
    """Who confirmed within a week; counted from an index, at most once in WEEK_KEPT_FOR a process.
    None where nobody confirmed before: then the count says as much.
    """
    key = f"tally:week:{statement.pk}"
    kept = cache.get(key)
    if kept is None:
        kept = astuple(_count_week(statement))
        cache.set(key, kept, WEEK_KEPT_FOR)
    return Tally(*kept)


def _count_week(statement: Statement) -> Tally:
    since = timezone.now() - WEEK
    counted = Signature.objects.counted().filter(statement=statement.pk).order_by()
    if not counted.filter(confirmed_at__lt=since).exists():
        return Tally()
    rows = counted.filter(confirmed_at__gte=since).values_list("kind").annotate(Count("kind"))
    numbers: dict[str, int] = dict(rows)
    return Tally(
        organizations=numbers.get(Signature.Kind.ORGANIZATION, 0),
        people=numbers.get(Signature.Kind.PERSON, 0),
    )


def this_week_in_words(statement: Statement) -> str:
    """ "31 people this week"; "" for none."""
    kept: Tally | None = getattr(statement, "week_tally", None)
    words = tally_in_words(*astuple(kept if kept is not None else of_this_week(statement)))
    return gettext("%(tally)s this week") % {"tally": words} if words else ""


def collected_of(statements: Iterable[Statement]) -> dict[int, Tally]:
    """The part of each count whose names the organizer collected: they did not sign here.

    One query for all of them, of an index that holds nobody else; kept for EARLIER_KEPT_FOR."""
    keys = {f"tally:collected:{one.pk}": one.pk for one in statements}
    kept = cache.get_many(keys)
    missing = [pk for key, pk in keys.items() if key not in kept]
    if missing:
        counted = {pk: astuple(found) for pk, found in _count_collected(missing).items()}
        cache.set_many({f"tally:collected:{pk}": counted[pk] for pk in missing}, EARLIER_KEPT_FOR)
        kept |= {f"tally:collected:{pk}": counted[pk] for pk in missing}
    return {pk: Tally(*kept[key]) for key, pk in keys.items()}


@from_primary()
def _count_collected(statements: list[int]) -> dict[int, Tally]:
    collected = Signature.objects.counted().exclude(consent_source="")
    rows = collected.filter(statement__in=statements).order_by().values_list("statement", "kind")
    numbers: dict[tuple[int, str], int] = {
        (pk, kind): number for pk, kind, number in rows.annotate(Count("kind"))
    }
    return {
        pk: Tally(
            organizations=numbers.get((pk, Signature.Kind.ORGANIZATION), 0),
            people=numbers.get((pk, Signature.Kind.PERSON), 0),
        )
        for pk in statements
    }


def forget_collected(statement: Statement) -> None:
    """Let the next reader have those whom the organizer collected counted anew."""
    cache.delete(f"tally:collected:{statement.pk}")


def collected_in_words(statement: Statement) -> str:
    """ "Of these, 214 people were collected by the organizer."; "" for none."""
    words = tally_in_words(*astuple(collected_of([statement])[statement.pk]))
    if not words:
        return ""
    return gettext("Of these, collected by the organizer: %(collected)s.") % {"collected": words}


def differences() -> list[tuple[Statement, str, int, int]]:
    """Where tally and rows disagree: (statement, kind, tally, rows). Empty when all is well.

    Each comparison is a single SQL statement, so it sees one moment even while people sign.
    """
    found: list[tuple[Statement, str, int, int]] = []
    for kind in Signature.Kind.values:
        slots = TallySlot.objects.filter(statement=OuterRef("pk"), kind=kind).order_by()
        rows = Signature.objects.filter(COUNTED, statement=OuterRef("pk"), kind=kind).order_by()
        compared = Statement.objects.order_by("pk").annotate(
            tally=_zero(slots.values("statement").annotate(n=Sum("count")).values("n")),
            rows=_zero(rows.values("statement").annotate(n=Count("pk")).values("n")),
        )
        found += [
            (statement, kind, statement.tally, statement.rows)
            for statement in compared.exclude(tally=F("rows"))
        ]
    return found


def _zero(query: models.QuerySet) -> Coalesce:
    return Coalesce(Subquery(query, output_field=models.IntegerField()), 0)


def tally_in_words(organizations: int, people: int) -> str:
    """The count as text: "47 organizations and 1,312 people", "1 person", "" for none."""
    told = [_organizations(organizations), _people(people)]
    parts = ["".join(one) for one in told if one]
    if len(parts) < 2:
        return "".join(parts)
    return gettext("%(organizations)s and %(people)s") % {
        "organizations": parts[0],
        "people": parts[1],
    }


def _organizations(number: int) -> NumberAndNoun | None:
    return _told(ngettext("%(number)s organization", "%(number)s organizations", number), number)


def _people(number: int) -> NumberAndNoun | None:
    return _told(ngettext("%(number)s person", "%(number)s people", number), number)


def _told(words: str, number: int) -> NumberAndNoun | None:
    if number <= 0:
        return None
    told = intcomma(number)
    before, _number, after = unparted(words % {"number": told}).partition(told)
    return NumberAndNoun(before, told, after)

"""Signatures as a table of chosen columns; each export is logged.

Memory stays flat: rows come from the database, and leave, a few at a time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from operator import itemgetter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, Count, DateTimeField
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User
from casa.lib import countries
from casa.lib.addresses.in_texts import without_addresses
from casa.lib.personal_data import Words
from casa.lib.ror import address
from signatories.core import personal_data
from signatories.models import (
    ExportLog,
    Organization,
    Signature,
    SignatureQuerySet,
    in_full,
)
from statements.models import Statement
from statements.permissions import of_visible_statements

ROWS_AT_ONCE = 500
CONTACT_PERMISSION = "signatories.view_contact_data"


# Makes what writes a value, for the time of one file: words of values are put together once.
Writing = Callable[[], Callable[..., object]]


@dataclass(frozen=True)
class Column:
    """What staff can choose to have in the file; `contact` needs the permission for it.

    It is made of what it `reads` of a signature; without `writing`, of one thing as it stands.
    """

    name: str
    label: Words
    reads: tuple[str, ...]
    writing: Writing | None = None
    contact: bool = False

    def cell(self, places: dict[str, int]) -> Callable[[Sequence[Any]], object]:
        """What takes the column's cell from a row that has what it reads at these places."""
        at = [places[one] for one in self.reads]
        if self.writing is None:
            return itemgetter(at[0])
        write, first = self.writing(), at[0]
        if len(at) == 1:
            return lambda row: write(row[first])
        given = itemgetter(*at)
        return lambda row: write(*given(row))


def _moment(moment: datetime | None) -> str:
    return f"{localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""


def _yes_or_no() -> Callable[[object], str]:
    yes, no = gettext("yes"), gettext("no")
    return lambda value: yes if value else no


def _words(choices: Iterable[tuple[Any, Any]]) -> Callable[[object], object]:
    words: dict[object, object] = {value: str(label) for value, label in choices}
    return lambda value: words.get(value, value)


def _titles() -> Callable[[int], str]:
    statements = Statement.objects.prefetch_related("texts")
    return cache(lambda key: str(statements.get(pk=key)))


def _shown_as(organization: str | None, *of_person: str) -> str:
    return organization if organization is not None else in_full(*of_person)


def _or_nothing(value: object) -> object:
    return "" if value is None else value


# How a column is written; the others as they are, or by what kind of field they are.
WRITTEN: dict[str, tuple[str, Writing | None]] = {
    "organization_id": ("organization__name", lambda: _or_nothing),
    "statement_id": ("statement_id", _titles),
    "edition_id": ("edition__number", None),
    "country": ("country", lambda: cache(countries.country_name)),
    "original_line": ("original_line", lambda: without_addresses),
}


def _written(name: str) -> tuple[str, Writing | None]:
    if name in WRITTEN:
        return WRITTEN[name]
    field: Any = Signature._meta.get_field(name)
    if field.choices:
        return name, partial(_words, field.flatchoices)
    if isinstance(field, BooleanField):
        return name, _yes_or_no
    return name, (lambda: _moment) if isinstance(field, DateTimeField) else None


def _stored() -> Iterator[Column]:
    """The columns that are declared as exported."""
    for one in personal_data.SIGNATURE:
        if one.exported:
            reads, writing = _written(one.name)
            yield Column(
                one.exported, personal_data.label(one.name), (reads,), writing, one.contact
            )


COLUMNS = {
    column.name: column
    for column in (
        Column("number", _("number in the database"), ("pk",)),
        Column(
            "shown_as",
            _("shown as"),
            ("organization__name", "honorific", "name", "credentials"),
            lambda: _shown_as,
        ),
        *_stored(),
        Column("country_code", _("country code"), ("country",)),
        Column(
            "organization_kind",
            _("kind of organization"),
            ("organization__kind",),
            partial(_words, [*Organization.Kind.choices, (None, "")]),
        ),
        Column("website", _("website"), ("organization__website",)),
        Column("ror", _("ROR ID"), ("organization__ror",), lambda: lambda ror: address(ror or "")),
        Column("registration", _("registration number"), ("organization__registration",)),
        Column(
            "verification",
            _("verification"),
            ("organization__verification",),
            partial(_words, [*Organization.Verification.choices, (None, "")]),
        ),
    )
}


def columns_for(user: User) -> list[Column]:
    may_contact = user.has_perm(CONTACT_PERMISSION)
    return [column for column in COLUMNS.values() if may_contact or not column.contact]


def names(
    chosen: SignatureQuerySet,
    columns: Sequence[str],
    *,
    by: User,
    statement: Statement | None = None,
    order: Sequence[Any] = ("pk",),
) -> Iterator[list[object]]:
    """The rows of the table of the signatures chosen, its heading first, and its row in the log.

    `statement` is for the log.
    """
    taken = [COLUMNS[name] for name in columns]
    if not set(taken) <= set(columns_for(by)):
        raise PermissionDenied
    # The log entry comes before the first byte: a download that is broken off has data, too.
    ExportLog.objects.create(by=by, statement=statement, columns=list(columns), rows=chosen.count())
    return _named(chosen.order_by(*order), taken)


def _named(chosen: SignatureQuerySet, columns: list[Column]) -> Iterator[list[object]]:
    yield [column.label for column in columns]
    # Values, not signatures: to make an object of each row takes longer than to write it.
    reads = list(dict.fromkeys(read for column in columns for read in column.reads))
    places = {read: place for place, read in enumerate(reads)}
    cells = [column.cell(places) for column in columns]
    for row in chosen.values_list(*reads).iterator(chunk_size=ROWS_AT_ONCE):
        yield [cell(row) for cell in cells]


COUNTS = {
    "statement": _("statement"),
    "kind": _("signs as"),
    "country": _("country"),
    "day": _("day"),
    "count": _("counted signatures"),
}


def counts(*, by: User, statement: Statement | None = None) -> Iterator[list[object]]:
    """Counted signatures per statement, kind, country and day of confirmation: nobody's name."""
    counted = of_visible_statements(by, Signature.objects.counted())
    if statement is not None:
        counted = counted.filter(statement=statement)
    keys = ("statement", "kind", "country", "day")
    groups = (
        counted.annotate(day=TruncDate("confirmed_at"))
        .values_list(*keys)
        .annotate(count=Count("pk"))
        .order_by("statement", "day", "kind", "country")
    )
    ExportLog.objects.create(by=by, statement=statement, columns=list(COUNTS), rows=groups.count())
    return _counted(groups)


def _counted(groups) -> Iterator[list[object]]:  # type: ignore[no-untyped-def]
    yield list(COUNTS.values())
    titles = {one.pk: str(one) for one in Statement.objects.prefetch_related("texts")}
    kinds = dict(Signature.Kind.choices)
    for statement, kind, country, day, count in groups.iterator(chunk_size=ROWS_AT_ONCE):
        yield [titles[statement], kinds[kind], countries.country_name(country), day, count]

"""Signatures as a table of chosen columns; each export is logged.

Memory stays flat: rows come from the database, and leave, a few at a time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter, methodcaller
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
from signatories.core import personal_data
from signatories.models import ExportLog, Signature, SignatureQuerySet
from statements.models import Statement
from statements.permissions import of_visible_statements

ROWS_AT_ONCE = 500
CONTACT_PERMISSION = "signatories.view_contact_data"


@dataclass(frozen=True)
class Column:
    """What staff can choose to have in the file; `contact` needs the permission for it."""

    name: str
    label: Words
    value: Callable[[Signature], object]
    contact: bool = False


def _moment(moment: object) -> str:
    return localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""  # type: ignore[arg-type]


def _yes(value: object) -> str:
    return gettext("yes") if value else gettext("no")


def _of_organization(field: str, one: Signature) -> object:
    return getattr(one.organization, field) if one.organization is not None else ""


# How a column is written; the others as they are, or by what kind of field they are.
WRITTEN: dict[str, Callable[[Signature], object]] = {
    "organization_id": partial(_of_organization, "name"),
    "statement_id": lambda one: str(one.statement),
    "edition_id": lambda one: one.edition.number if one.edition is not None else "",
    "batch_id": lambda one: one.batch_id or "",
    "country": lambda one: countries.country_name(one.country),
    "original_line": lambda one: without_addresses(one.original_line),
}


def _written(name: str) -> Callable[[Signature], object]:
    if name in WRITTEN:
        return WRITTEN[name]
    field = Signature._meta.get_field(name)
    if getattr(field, "choices", None):
        return methodcaller(f"get_{name}_display")
    if isinstance(field, BooleanField):
        return lambda one: _yes(getattr(one, name))
    if isinstance(field, DateTimeField):
        return lambda one: _moment(getattr(one, name))
    return attrgetter(name)


def _stored() -> Iterator[Column]:
    """The columns that are declared as exported."""
    for one in personal_data.SIGNATURE:
        if one.exported:
            name, label = one.name, personal_data.label(one.name)
            yield Column(one.exported, label, _written(name), one.contact)


COLUMNS = {
    column.name: column
    for column in (
        Column("number", _("number in the database"), lambda one: one.pk),
        Column("shown_as", _("shown as"), lambda one: one.displayed_name),
        *_stored(),
        Column("country_code", _("country code"), lambda one: one.country),
        Column(
            "organization_kind",
            _("kind of organization"),
            lambda one: one.organization.get_kind_display() if one.organization else "",
        ),
        Column("website", _("website"), partial(_of_organization, "website")),
        Column("ror", _("ROR ID"), partial(_of_organization, "ror_address")),
        Column("registration", _("registration number"), partial(_of_organization, "registration")),
        Column(
            "verification",
            _("verification"),
            lambda one: one.organization.get_verification_display() if one.organization else "",
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
    rows = (
        chosen.order_by(*order)
        .select_related("organization", "edition")
        .defer("edition__body", "edition__ask", "edition__summary")
    )
    # The log entry comes before the first byte: a download that is broken off has data, too.
    ExportLog.objects.create(by=by, statement=statement, columns=list(columns), rows=chosen.count())
    return _named(rows, taken)


def _named(rows: SignatureQuerySet, columns: list[Column]) -> Iterator[list[object]]:
    yield [column.label for column in columns]
    statements: dict[int, Statement] = {}
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        # One object per statement, whose title is asked for once and not with every row.
        if row.statement_id not in statements:
            titled = Statement.objects.prefetch_related("texts")
            statements[row.statement_id] = titled.get(pk=row.statement_id)
        row.statement = statements[row.statement_id]
        yield [column.value(row) for column in columns]


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

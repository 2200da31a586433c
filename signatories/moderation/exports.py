"""Signatures as CSV: chosen columns, streamed, and a row that says who took them out of the house.

Memory stays flat: rows come from the database, and leave, a few at a time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User
from casa.lib import countries
from casa.lib.csv import streamed
from casa.lib.email_addresses import without_addresses
from signatories.models import ExportLog, Signature, SignatureQuerySet
from statements.models import Statement
from statements.permissions import of_visible_statements

ROWS_AT_ONCE = 500
CONTACT_PERMISSION = "signatories.view_contact_data"


@dataclass(frozen=True)
class Column:
    """What staff can choose to have in the file; `contact` needs the permission for it."""

    name: str
    label: Promise
    value: Callable[[Signature], object]
    contact: bool = False


def _moment(moment: object) -> str:
    return localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""  # type: ignore[arg-type]


def _yes(value: object) -> str:
    return gettext("yes") if value else gettext("no")


def _of_organization(field: str, one: Signature) -> object:
    return getattr(one.organization, field) if one.organization is not None else ""


COLUMNS = {
    column.name: column
    for column in (
        Column("number", _("number in the database"), lambda one: one.pk),
        Column("statement", _("statement"), lambda one: str(one.statement)),
        Column("kind", _("signs as"), lambda one: one.get_kind_display()),
        Column("state", _("state"), lambda one: one.get_state_display()),
        Column("approved", _("approved"), lambda one: _yes(one.approved)),
        Column("shown_as", _("shown as"), lambda one: one.displayed_name),
        Column("name_withheld", _("name withheld"), lambda one: _yes(one.name_withheld)),
        Column("honorific", _("form of address"), lambda one: one.honorific),
        Column("name", _("name"), lambda one: one.name),
        Column("credentials", _("credentials"), lambda one: one.credentials),
        Column("role", _("role"), lambda one: one.role),
        Column("affiliation", _("affiliation"), lambda one: one.affiliation),
        Column("organization", _("organization"), partial(_of_organization, "name")),
        Column("website", _("website"), partial(_of_organization, "website")),
        Column(
            "verification",
            _("verification"),
            lambda one: one.organization.get_verification_display() if one.organization else "",
        ),
        Column("city", _("city"), lambda one: one.city),
        Column("region", _("state or region"), lambda one: one.region),
        Column("country", _("country"), lambda one: countries.country_name(one.country)),
        Column("country_code", _("country code"), lambda one: one.country),
        Column("language", _("language"), lambda one: one.language),
        Column(
            "edition",
            _("edition"),
            lambda one: one.edition.number if one.edition is not None else "",
        ),
        Column("lead", _("place among the first names"), lambda one: one.lead_position),
        Column("signed", pgettext_lazy("date", "signed"), lambda one: _moment(one.created_at)),
        Column("confirmed", _("confirmed"), lambda one: _moment(one.confirmed_at)),
        Column("changed", _("changed by the signer"), lambda one: _moment(one.renamed_at)),
        Column("withdrawn", _("withdrawn"), lambda one: _moment(one.withdrawn_at)),
        Column("withdrawal", _("listed as withdrawn"), lambda one: _yes(one.withdrawal_shown)),
        Column("line", _("line as it came"), lambda one: without_addresses(one.original_line)),
        Column("email", _("e-mail address"), lambda one: one.email, contact=True),
        Column("postal_code", _("postal code"), lambda one: one.postal_code, contact=True),
        Column("comment", _("comment"), lambda one: one.comment, contact=True),
        Column("declared_age", _("declared age"), lambda one: one.declared_age),
        Column("updates", _("wants updates"), lambda one: _yes(one.wants_updates), contact=True),
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
    bom: bool = False,
) -> Iterator[bytes]:
    """The CSV of the signatures chosen, and its row in the log. `statement` is for the log."""
    taken = [COLUMNS[name] for name in columns]
    if not set(taken) <= set(columns_for(by)):
        raise PermissionDenied
    rows = (
        chosen.order_by("pk")
        .select_related("organization", "edition")
        .defer("edition__body", "edition__ask", "edition__summary")
    )
    # Before the first byte leaves: who breaks off the download has some of it all the same.
    ExportLog.objects.create(by=by, statement=statement, columns=list(columns), rows=chosen.count())
    return streamed(_named(rows, taken), bom=bom)


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


def counts(*, by: User, statement: Statement | None = None, bom: bool = False) -> Iterator[bytes]:
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
    return streamed(_counted(groups), bom=bom)


def _counted(groups) -> Iterator[list[object]]:  # type: ignore[no-untyped-def]
    yield list(COUNTS.values())
    titles = {one.pk: str(one) for one in Statement.objects.prefetch_related("texts")}
    kinds = dict(Signature.Kind.choices)
    for statement, kind, country, day, count in groups.iterator(chunk_size=ROWS_AT_ONCE):
        yield [titles[statement], kinds[kind], countries.country_name(country), day, count]

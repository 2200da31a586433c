"""The look before a decision: marks of rows, and the rows that a verb leaves as they are."""

from collections.abc import Iterable

from django.db.models import QuerySet

from casa.lib.concurrent_edits.opened import digest
from signatories.core.personal_data import EDITABLE_BY_STAFF
from signatories.models import Organization, Signature
from signatories.moderation import decisions

State = Signature.State

SIGNATURE_COLUMNS = ("state", "approved", "organization_id", *EDITABLE_BY_STAFF)
ORGANIZATION_COLUMNS = (
    "name", "kind", "city", "region", "country", "website", "ror", "registration", "verification",
    "to_check", "to_renew", "asked_again_at", "verified_at",
)  # fmt: skip

ALREADY, TWICE, CHANGED, OF_REJECTED = "already", "twice", "changed", "rejected"
"""Why a row is left, besides the state that does not allow it: it is so already, the organization
would count twice, somebody changed it after it was looked at, or its organization is rejected."""


def marks(rows: QuerySet) -> dict[int, str]:
    """A mark of each row as it is now."""
    return {row.pk: mark(row) for row in rows}


def mark(row: Signature | Organization) -> str:
    """Stands for what a decision is about: a name that is changed after that is another."""
    columns = SIGNATURE_COLUMNS if isinstance(row, Signature) else ORGANIZATION_COLUMNS
    return digest([str(getattr(row, name)) for name in columns])[:8]


def obstacle(one: Signature, verb: str, standing: set[tuple[int, int | None]]) -> str:
    """Why `verb` leaves a signature as it is; "" if it does not. Notes who stands from now on."""
    to = decisions.to_state(verb, one)
    if one.approved if verb == "approve" else one.state == to:
        return ALREADY
    if one.state not in decisions.FROM_STATES[verb]:
        return one.state
    if verb == "restore":
        return stands_twice(one, to, standing)
    return ""


def stands_twice(one: Signature, to: str, standing: set[tuple[int, int | None]]) -> str:
    """TWICE if `to` makes an organization stand a second time; else "", and it is noted."""
    if one.organization_id is None or to not in Signature.STANDING_STATES:
        return ""
    if one.state in Signature.STANDING_STATES:
        return ""
    key = (one.statement_id, one.organization_id)
    if key in standing:
        return TWICE
    standing.add(key)
    return ""


def organizations_standing(rows: Iterable[Signature]) -> set[tuple[int, int | None]]:
    """The statements that the organizations in `rows` signed; all, once one was merged away."""
    rows = list(rows)
    organizations = {one.organization_id for one in rows if one.organization_id}
    if not organizations:
        return set()
    merged = set(
        Organization.objects.filter(pk__in=organizations)
        .exclude(merged_into=None)
        .values_list("pk", flat=True)
    )
    return {
        (one.statement_id, one.organization_id) for one in rows if one.organization_id in merged
    } | set(
        Signature.objects.filter(
            organization__in=organizations, state__in=Signature.STANDING_STATES
        ).values_list("statement_id", "organization_id")
    )

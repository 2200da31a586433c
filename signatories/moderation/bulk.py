"""Staff decide on many at a time: first told what would change, then done, one by one."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import QuerySet

from casa.accounts.models import User
from casa.lib.concurrent_edits.opened import digest
from signatories.core import states, tally
from signatories.core.personal_data import EDITABLE_BY_STAFF
from signatories.models import (
    Organization,
    OrganizationQuerySet,
    Signature,
    SignatureQuerySet,
)
from signatories.moderation import decisions
from statements.models import Statement

State, Verification = Signature.State, Organization.Verification

LIMIT = 2_000
"""More than this is not done in one request."""

VERBS: dict[str, Callable[..., bool]] = {
    "approve": decisions.approve,
    "hide": decisions.hide,
    "restore": decisions.restore,
    "invalidate": decisions.invalidate,
}
ORGANIZATION_VERBS: dict[str, Callable[..., bool]] = {
    "verify": decisions.verify,
    "reject": decisions.reject,
}
VERIFICATION = {"verify": Verification.VERIFIED, "reject": Verification.REJECTED}

# What is looked at before a decision.
SIGNATURE_COLUMNS = ("state", "approved", "organization_id", *EDITABLE_BY_STAFF)
ORGANIZATION_COLUMNS = (
    "name", "kind", "city", "region", "country", "website", "verification", "to_check",
)  # fmt: skip

ALREADY, TWICE = "already", "twice"


class TooManyError(Exception):
    """More rows were chosen than are changed in one request."""


@dataclass(frozen=True)
class Effect:
    """What becomes of one statement's tally."""

    statement: Statement
    before: tally.Tally
    after: tally.Tally


@dataclass(frozen=True)
class Preview:
    """What a verb would do to the rows chosen.

        `left` counts what stays as it is by the reason: # What is looked at before a decision.
    SIGNATURE_COLUMNS = ("state", "approved", "organization_id", *EDITABLE_BY_STAFF)
    ORGANIZATION_COLUMNS = (
        "name", "kind", "city", "region", "country", "website", "verification", "to_check",
    )  # fmt: skip

    ALREADY, TWICE (the organization would count
        twice) or the state that does not allow it.
    """

    chosen: list[int]
    changing: list[Signature] | list[Organization]
    left: Counter[str] = field(default_factory=Counter)
    effects: list[Effect] = field(default_factory=list)
    signatures: int = 0  # of organizations that are rejected


@dataclass(frozen=True)
class BulkResult:
    done: int
    left: int
    changed: int = 0  # of those left: another than they were when somebody looked at them


def chosen_pks(rows: QuerySet) -> list[int]:
    """Their keys in ascending order; raises TooManyError past LIMIT."""
    pks = list(rows.order_by("pk").values_list("pk", flat=True)[: LIMIT + 1])
    if len(pks) > LIMIT:
        raise TooManyError
    return pks


def preview(signatures: SignatureQuerySet, verb: str) -> Preview:
    """What `perform` would do with these signatures at this moment."""
    rows = Signature.objects.filter(pk__in=chosen_pks(signatures)).select_related("organization")
    found = Preview([], [])
    changing: list[Signature] = []
    standing = _organizations_standing(rows) if verb == "restore" else set()
    change: Counter[tuple[int, str]] = Counter()
    for one in rows.order_by("pk"):
        found.chosen.append(one.pk)
        if obstacle := _obstacle(one, verb, standing):
            found.left[obstacle] += 1
            continue
        changing.append(one)
        change[one.statement_id, one.kind] += _will_count(one, verb) - one.is_counted
    return replace(found, changing=changing, effects=_effects(changing, change))


def preview_organizations(organizations: OrganizationQuerySet, verb: str) -> Preview:
    """What `perform` would do with these organizations, and with the signatures in their name."""
    pks, to = chosen_pks(organizations), VERIFICATION[verb]
    rows = list(Organization.objects.filter(pk__in=pks).order_by("pk"))
    changing = [one for one in rows if not decisions.is_settled(one, to)]
    left = Counter({ALREADY: len(rows) - len(changing)}) if len(rows) > len(changing) else Counter()
    if verb != "reject":
        return Preview(pks, changing, left)
    signatures = list(decisions.countable_signatures(*(one.pk for one in changing)).order_by("pk"))
    change = Counter((one.statement_id, one.kind) for one in signatures if one.is_counted)
    change = Counter({key: -number for key, number in change.items()})
    return Preview(pks, changing, left, _effects(signatures, change), len(signatures))


def perform(
    model: type[Signature] | type[Organization],
    pks: Sequence[int],
    verb: str,
    *,
    by: User,
    reason: str,
    seen: Mapping[int, str] | None = None,
) -> BulkResult:
    """Do the verb to each of `pks` that it can be done to; `seen` are marks of what was looked at.

    Each is a transaction of its own: one over thousands would make everybody who signs at that
    moment wait for the tally. If the server stops midway, those done are done, with their rows.
    """
    verbs = VERBS if model is Signature else ORGANIZATION_VERBS
    done = changed = 0
    for pk in pks:
        with suppress(states.StateError), transaction.atomic():
            row = model._base_manager.select_for_update(no_key=True).filter(pk=pk).first()
            if row is None:
                continue
            if seen is not None and seen.get(pk) != mark(row):
                changed += 1
                continue
            done += verbs[verb](row, by=by, reason=reason)
    return BulkResult(done, len(pks) - done, changed)


def marks(rows: QuerySet) -> dict[int, str]:
    """A mark of each row as it is now."""
    return {row.pk: mark(row) for row in rows}


def mark(row: Signature | Organization) -> str:
    """Stands for what a decision is about: a name that is changed after that is another."""
    columns = SIGNATURE_COLUMNS if isinstance(row, Signature) else ORGANIZATION_COLUMNS
    return digest([str(getattr(row, name)) for name in columns])[:8]


def _obstacle(one: Signature, verb: str, standing: set[tuple[int, int | None]]) -> str:
    """Why `verb` leaves a signature as it is; "" if it does not. Notes who stands from now on."""
    to = decisions.to_state(verb, one)
    if one.approved if verb == "approve" else one.state == to:
        return ALREADY
    if one.state not in decisions.FROM_STATES[verb]:
        return one.state
    if verb == "restore" and one.organization_id and one.state != State.HIDDEN:
        if to != State.CONFIRMED:
            return ""
        key = (one.statement_id, one.organization_id)
        if key in standing:
            return TWICE
        standing.add(key)
    return ""


def _will_count(one: Signature, verb: str) -> bool:
    return decisions.to_state(verb, one) == State.CONFIRMED and (one.approved or verb == "approve")


def _organizations_standing(rows: SignatureQuerySet) -> set[tuple[int, int | None]]:
    """Of the organizations in `rows`: under which statements a signature of theirs stands."""
    organizations = {one.organization_id for one in rows if one.organization_id}
    return set(
        Signature.objects.filter(
            organization__in=organizations, state__in=Signature.STANDING_STATES
        ).values_list("statement_id", "organization_id")
    )


def _effects(changing: Iterable[Signature], change: Mapping[tuple[int, str], int]) -> list[Effect]:
    statements = Statement.objects.filter(pk__in={one.statement_id for one in changing})
    effects = []
    for statement in statements.prefetch_related("texts", "tally_slots").order_by("pk"):
        before = tally.of(statement)
        after = tally.Tally(
            organizations=before.organizations
            + change.get((statement.pk, Signature.Kind.ORGANIZATION), 0),
            people=before.people + change.get((statement.pk, Signature.Kind.PERSON), 0),
        )
        effects.append(Effect(statement, before, after))
    return effects

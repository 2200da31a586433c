"""Staff decide on many at a time: a preview counts the changes, then the decision is made.

A few are done while somebody waits, more by `worker`; both are a `Decision` that can be undone.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from casa.accounts.models import User
from signatories.core import states, tally
from signatories.core.locks import lock_signatures_of
from signatories.models import (
    Decision,
    Organization,
    OrganizationQuerySet,
    Signature,
    SignatureQuerySet,
)
from signatories.moderation import decisions, decisions_on_many, looking, worker
from signatories.moderation.looking import ALREADY, CHANGED
from signatories.organizations import renewals
from statements.models import Statement

State, Verification = Signature.State, Organization.Verification

IN_REQUEST = 200
"""More than this is done by the worker."""

SHOWN = 10
"""So many of those that change are named."""

VERBS: dict[str, Callable[..., bool]] = {
    "approve": decisions.approve,
    "hide": decisions.hide,
    "restore": decisions.restore,
    "invalidate": decisions.invalidate,
}
VERIFICATION = {"verify": Verification.VERIFIED, "reject": Verification.REJECTED}


@dataclass(frozen=True)
class Effect:
    """What becomes of one statement's tally."""

    statement: Statement
    before: tally.Tally
    after: tally.Tally


@dataclass(frozen=True)
class Preview:
    """What a verb would do to the rows chosen.

    `left` counts what stays as it is by the reason: those of `looking`, or the state that does
    not allow it.
    """

    chosen: int
    changing: int
    left: Counter[str] = field(default_factory=Counter)
    effects: list[Effect] = field(default_factory=list)
    names: list[Signature] | list[Organization] = field(default_factory=list)
    signatures: int = 0  # of organizations that are rejected


@dataclass(frozen=True)
class BulkResult:
    done: int
    left: int
    changed: int = 0  # of those left: another than they were when somebody looked at them
    decision: Decision | None = None  # None for a single row


def is_large(rows: QuerySet) -> bool:
    """Whether the worker is to decide on them."""
    return rows.order_by().values("pk")[: IN_REQUEST + 1].count() > IN_REQUEST


def preview(signatures: SignatureQuerySet, verb: str) -> Preview:
    """What a decision would do with these signatures at this moment; counted by the database."""
    left: Counter[str] = Counter()
    change: Counter[tuple[int, str]] = Counter()
    changing = 0
    singles = _singles(signatures, verb)
    for one, number in [*_groups(signatures, verb), *singles]:
        if why := number.why:
            left[why] += number.rows
            continue
        changing += number.rows
        by = _will_count(one, verb) - one.is_counted
        change[one.statement_id, one.kind] += by * number.rows
    return Preview(
        chosen=changing + left.total(),
        changing=changing,
        left=left,
        effects=_effects(change),
        names=_sample(signatures, verb, [one.pk for one, number in singles if number.why]),
    )


@dataclass(frozen=True)
class _Number:
    rows: int
    why: str


def _groups(signatures: SignatureQuerySet, verb: str) -> list[tuple[Signature, _Number]]:
    """Signatures of which the verb makes the same, as one that stands for them, and how many."""
    rows = signatures.exclude(_may_double()) if verb == "restore" else signatures
    keys = ("statement_id", "kind", "state", "approved")
    groups = (
        rows.order_by()
        .annotate(was_confirmed=Q(confirmed_at__isnull=False))
        .values_list(*keys, "was_confirmed")
        .annotate(number=Count("pk"))
    )
    found = []
    for *values, was_confirmed, number in groups:
        one = Signature(**dict(zip(keys, values, strict=True)))
        one.confirmed_at = timezone.now() if was_confirmed else None
        found.append((one, _Number(number, looking.obstacle(one, verb, set()))))
    return found


def _may_double() -> Q:
    """Signatures that could make an organization count twice, if they are shown again."""
    return Q(organization__isnull=False, state=State.INVALIDATED)


def _singles(signatures: SignatureQuerySet, verb: str) -> list[tuple[Signature, _Number]]:
    if verb != "restore":
        return []
    rows = list(signatures.filter(_may_double()).only(
        "pk", "statement_id", "organization_id", "kind", "state", "approved", "confirmed_at"
    ).order_by("pk"))  # fmt: skip
    standing = looking.organizations_standing(rows)
    return [(one, _Number(1, looking.obstacle(one, verb, standing))) for one in rows]


def _sample(signatures: SignatureQuerySet, verb: str, left: list[int]) -> list[Signature]:
    """The first of those that change."""
    may = signatures.filter(state__in=decisions.FROM_STATES[verb]).exclude(pk__in=left[:SHOWN])
    if verb == "approve":
        may = may.filter(approved=False)
    return list(may.select_related("organization").order_by("pk")[:SHOWN])


def preview_organizations(organizations: OrganizationQuerySet, verb: str) -> Preview:
    """What a decision would do with these organizations, and the signatures in their name."""
    rows = Organization.objects.filter(pk__in=organizations.order_by().values("pk"))
    if verb == "ask_again":
        return _preview_asking(rows)
    to = VERIFICATION[verb]
    changing = rows.exclude(verification=to, to_check="")
    if to == Verification.VERIFIED:
        changing |= rows.to_verify_again()
    chosen, number = rows.count(), changing.count()
    left = Counter({ALREADY: chosen - number}) if chosen > number else Counter()
    names = list(changing.order_by("pk")[:SHOWN])
    if verb != "reject":
        return Preview(chosen, number, left, names=names)
    taken = Signature.objects.filter(
        organization__in=changing.values("pk"), state__in=Signature.COUNTABLE_STATES
    )
    counted = taken.counted().order_by().values_list("statement_id", "kind")
    change = Counter({(statement, kind): -n for statement, kind, n in
                      counted.annotate(number=Count("pk"))})  # fmt: skip
    change.update(dict.fromkeys(taken.order_by().values_list("statement_id", "kind"), 0))
    return Preview(chosen, number, left, _effects(change), names, taken.count())


def _preview_asking(rows: OrganizationQuerySet) -> Preview:
    """Whose representatives are written to."""
    parted = {why: some.count() for why, some in renewals.by_obstacle(rows).items()}
    asked = renewals.by_obstacle(rows)[""].order_by("pk")[:SHOWN]
    changing = parted.pop("")
    left = Counter({why: number for why, number in parted.items() if number})
    return Preview(changing + left.total(), changing, left, names=list(asked))


def perform(
    model: type[Signature] | type[Organization],
    pks: Sequence[int],
    verb: str,
    *,
    by: User,
    reason: str,
    seen: Mapping[int, str] | None = None,
) -> BulkResult:
    """Do the verb to each of a few `pks` that it can be done to, while somebody waits.

    `seen` are marks of what was looked at. Raises ValueError where a reason is needed.
    """
    if len(pks) == 1:
        return _perform_one(model, pks[0], verb, by=by, reason=reason, seen=seen)
    rows = model._base_manager.filter(pk__in=pks)
    now = seen if seen is not None else looking.marks(rows)
    with transaction.atomic():
        decision = decisions_on_many.prepare(rows, verb, by=by, seen=now)
        decisions_on_many.begin(decision, by=by, reason=reason)
    while worker.do_batch(decision.pk) is not None:
        pass
    decision.refresh_from_db()
    changed = decision.rows.filter(why=CHANGED).count()
    return BulkResult(decision.done, decision.left, changed, decision)


def _perform_one(
    model: type[Signature] | type[Organization],
    pk: int,
    verb: str,
    *,
    by: User,
    reason: str,
    seen: Mapping[int, str] | None,
) -> BulkResult:
    verbs = VERBS if model is Signature else decisions.ORGANIZATION_VERBS
    with suppress(states.StateError), transaction.atomic():
        if verb == Decision.Verb.REJECT:
            lock_signatures_of([pk])
        row = model._base_manager.select_for_update(no_key=True).filter(pk=pk).first()
        if row is not None and seen is not None and seen.get(pk) != looking.mark(row):
            return BulkResult(0, 1, changed=1)
        if row is not None and verbs[verb](row, by=by, reason=reason):
            return BulkResult(1, 0)
    return BulkResult(0, 1)


def _will_count(one: Signature, verb: str) -> bool:
    return decisions.to_state(verb, one) == State.CONFIRMED and (one.approved or verb == "approve")


def _effects(change: Mapping[tuple[int, str], int]) -> list[Effect]:
    statements = Statement.objects.filter(pk__in={statement for statement, _kind in change})
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

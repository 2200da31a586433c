"""A decision on many is carried out, some of its rows in each transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max

from signatories.core import states
from signatories.core.locks import hold_publication_of, lock_organizations, lock_signatures_of
from signatories.models import Decision, DecisionRow, Organization, Signature, SignatureEvent
from signatories.moderation import decisions, looking
from signatories.organizations import renewals

Outcome, Verb = DecisionRow.Outcome, Decision.Verb


def do_rows(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    """Carry out a decision on some of its rows: how many are done and left.

    A transaction is open.
    """
    if decision.is_of_organizations:
        return _do_organizations(decision, rows)
    return _do_signatures(decision, rows)


def locked(rows: Iterable[DecisionRow]) -> dict[int, Signature]:
    """The signatures in one order for everybody, as they are stored and stay for now."""
    pks = [row.signature_id for row in rows if row.signature_id]
    found = Signature.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=pks)
    signatures = {one.pk: one for one in found.select_related("organization").order_by("pk")}
    hold_publication_of(one.statement_id for one in signatures.values())
    return signatures


def mark_rows(rows: Sequence[DecisionRow], **values: Any) -> None:
    DecisionRow.objects.filter(pk__in=[row.pk for row in rows]).update(**values)


# Signatures


def _do_signatures(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    signatures, number = locked(rows), len(rows)
    rows = [row for row in rows if row.signature_id in signatures]  # others are erased just now
    touched = _touched(decision, rows)
    restores = decision.verb == Verb.RESTORE
    standing = looking.organizations_standing(signatures.values()) if restores else set()
    left: dict[str, list[DecisionRow]] = defaultdict(list)
    ready: list[DecisionRow] = []
    for row in rows:
        one = signatures[row.signature_id or 0]
        if row.signature_id in touched or (row.seen and row.seen != looking.mark(one)):
            left[looking.CHANGED].append(row)
        elif why := looking.obstacle(one, decision.verb, standing):
            left[why].append(row)
        else:
            row.before = {"state": one.state, "approved": one.approved}
            ready.append(row)
    ready = _write(decision, ready, signatures, left)
    for why, same in left.items():
        mark_rows(same, outcome=Outcome.LEFT, why=why)
    return Counter(done=len(ready), left=number - len(ready))


def _touched(decision: Decision, rows: Sequence[DecisionRow]) -> set[int]:
    """Signatures that were changed after they were chosen, where nobody noted how they looked."""
    if decision.criteria is not None:
        return set()
    pks = [row.signature_id for row in rows if not row.seen]
    since = SignatureEvent.objects.filter(signature__in=pks, pk__gt=decision.last_event)
    return set(since.values_list("signature", flat=True)) if pks else set()


def _write(
    decision: Decision,
    ready: list[DecisionRow],
    signatures: Mapping[int, Signature],
    left: dict[str, list[DecisionRow]],
) -> list[DecisionRow]:
    """Change the signatures and note it; those that the database refuses go to `left`."""
    try:
        events = _change(decision, [signatures[row.signature_id or 0] for row in ready])
    except states.CountedTwiceError:
        events = {}
        for row in ready:  # somebody signed at this moment: one by one, to see for whom
            one = Signature.objects.select_related("organization").get(pk=row.signature_id or 0)
            try:
                events |= _change(decision, [one])
            except states.CountedTwiceError:
                left[looking.TWICE].append(row)
        ready = [row for row in ready if row.signature_id in events]
    alike: dict[tuple[str, bool], list[DecisionRow]] = defaultdict(list)
    for row in ready:
        row.event = events[row.signature_id or 0]
        alike[row.values_before["state"], row.values_before["approved"]].append(row)
    for same in alike.values():
        mark_rows(same, outcome=Outcome.DONE, before=same[0].before)
    DecisionRow.objects.bulk_update(ready, ["event"])
    return ready


def _change(decision: Decision, signatures: Sequence[Signature]) -> dict[int, int]:
    by, reason = decision.made_by, decision.reason
    if decision.verb == Verb.APPROVE:
        told = f"approved: {reason}" if reason else "approved"
        return states.set_approved(signatures, approved=True, by=by, reason=told)
    moves = [(one, decisions.to_state(decision.verb, one)) for one in signatures]
    return states.change_many(moves, by=by, reason=reason)


# Organizations


def _do_organizations(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    counted: Counter[str] = Counter()
    pks = [row.organization_id or 0 for row in rows]
    if decision.verb == Verb.REJECT:
        lock_signatures_of(pks)
    lock_organizations(pks)
    for row in rows:
        if why := _do_organization(decision, row):
            mark_rows([row], outcome=Outcome.LEFT, why=why)
        counted["left" if why else "done"] += 1
    return counted


def _do_organization(decision: Decision, row: DecisionRow) -> str:
    """Verify or reject one, or ask its representative; or why it is left."""
    one = Organization.objects.get(pk=row.organization_id or 0)
    if row.seen and row.seen != looking.mark(one):
        return looking.CHANGED
    later = one.events.filter(pk__gt=decision.last_event)
    if not row.seen and later.exists():
        return looking.CHANGED
    rejects = decision.verb == Verb.REJECT
    found = decisions.countable_signatures(one.pk) if rejects else Signature.objects.none()
    taken = {one.pk: one.state for one in found}
    asks = decision.verb == Verb.ASK_AGAIN
    before, why = (
        decisions.verification_of(one),
        renewals.obstacle(one) if asks else looking.ALREADY,
    )
    verb = decisions.ORGANIZATION_VERBS[decision.verb]
    assert decision.made_by is not None  # noqa: S101 - for the type checker
    if not verb(one, by=decision.made_by, reason=decision.reason):
        return why
    event = one.events.order_by("-pk").values_list("pk", flat=True).first()
    mark_rows([row], outcome=Outcome.DONE, before=before, event=event)
    _note_taken(decision, taken)
    return ""


def _note_taken(decision: Decision, taken: Mapping[int, str]) -> None:
    """Rows for signatures that a rejected organization took along."""
    invalid = Signature.objects.filter(pk__in=taken, state=Signature.State.INVALIDATED)
    rows = [
        DecisionRow(
            decision=decision, signature_id=pk, outcome=Outcome.DONE, event=last,
            before={"state": taken[pk], "approved": approved},
        )
        for pk, approved, last in invalid.annotate(last=Max("events")).values_list(
            "pk", "approved", "last"
        )
    ]  # fmt: skip
    DecisionRow.objects.bulk_create(rows, ignore_conflicts=True)

"""A decision on many is undone, some rows at a time, except those changed since."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, Q

from signatories.core import states
from signatories.core.locks import lock_organizations
from signatories.models import Decision, DecisionRow, Organization, Signature, SignatureEvent
from signatories.moderation import decisions, looking
from signatories.moderation.carrying_out import locked, mark_rows

Outcome, Verb = DecisionRow.Outcome, Decision.Verb


def undo_rows(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    """Bring some rows of a decision back: how many are undone and kept.

    A transaction is open.
    """
    of_organizations = [row for row in rows if row.organization_id]
    locked(rows)
    lock_organizations(row.organization_id or 0 for row in of_organizations)
    counted = _undo_organizations(decision, of_organizations)
    number = _undo_signatures(decision, [row for row in rows if row.signature_id])
    return counted if decision.is_of_organizations else number


def _undo_organizations(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for row in rows:
        one = Organization.objects.get(pk=row.organization_id or 0)
        later = set(one.events.filter(pk__gt=row.event).values_list("pk", flat=True))
        if later - _undone_events(organization=one):
            mark_rows([row], outcome=Outcome.KEPT, why=looking.CHANGED)
            counted["kept"] += 1
            continue
        reason = _undo_reason(decision)
        event = decisions.put_back(one, row.values_before, by=decision.undone_by, reason=reason)
        mark_rows([row], outcome=Outcome.UNDONE, undo_event=event)
        counted["undone"] += 1
    return counted


def _undo_signatures(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    signatures, number = locked(rows), len(rows)
    rows = [row for row in rows if row.signature_id in signatures]
    touched = _changed_since(rows)
    standing = looking.organizations_standing(signatures.values())
    kept: dict[str, list[DecisionRow]] = defaultdict(list)
    ready: list[DecisionRow] = []
    for row in rows:
        one = signatures[row.signature_id or 0]
        if row.signature_id in touched or _is_unlike(decision, one):
            kept[looking.CHANGED].append(row)
        elif _is_of_a_rejected(one, row.values_before["state"]):
            kept[looking.OF_REJECTED].append(row)
        elif why := looking.stands_twice(one, row.values_before["state"], standing):
            kept[why].append(row)
        else:
            ready.append(row)
    ready = _write_back(decision, ready, signatures, kept)
    for why, same in kept.items():
        mark_rows(same, outcome=Outcome.KEPT, why=why)
    return Counter(undone=len(ready), kept=number - len(ready))


def _is_unlike(decision: Decision, one: Signature) -> bool:
    """Whether it is not as the decision left it, whatever the history still says."""
    if decision.verb == Verb.APPROVE:
        return not one.approved  # its owner changed what everybody reads
    verb = "invalidate" if decision.verb == Verb.REJECT else decision.verb
    return one.state != decisions.to_state(verb, one)


def _is_of_a_rejected(one: Signature, to: str) -> bool:
    rejected = Organization.Verification.REJECTED
    organization = one.organization
    is_rejected = organization is not None and organization.verification == rejected
    return is_rejected and to in Signature.LIVE_STATES


def _changed_since(rows: Sequence[DecisionRow]) -> set[int]:
    """Signatures whose state somebody changed since, or which were approved once more.

    What a decision did and then undid is no change.
    """
    if not rows:
        return set()
    after = {row.signature_id: row.event or 0 for row in rows}
    later = SignatureEvent.objects.filter(
        signature__in=list(after), pk__gt=min(after.values())
    ).filter(~Q(from_state=F("to_state")) | Q(by__isnull=False, reason__startswith="approved"))
    found = [
        (signature, event)
        for signature, event in later.values_list("signature", "pk")
        if event > after[signature]
    ]
    if not found:
        return set()
    undone = _undone_events(signature__in=[signature for signature, _event in found])
    return {signature for signature, event in found if event not in undone}


def _undone_events(**of: Any) -> set[int]:
    undone = DecisionRow.objects.filter(outcome=Outcome.UNDONE, **of)
    return {event for pair in undone.values_list("event", "undo_event") for event in pair if event}


def _write_back(
    decision: Decision,
    ready: list[DecisionRow],
    signatures: Mapping[int, Signature],
    kept: dict[str, list[DecisionRow]],
) -> list[DecisionRow]:
    pairs = [(signatures[row.signature_id or 0], row.values_before) for row in ready]
    try:
        events = _put_back(decision, pairs)
    except states.CountedTwiceError:
        events = {}
        for row in ready:
            one = Signature.objects.select_related("organization").get(pk=row.signature_id or 0)
            try:
                events |= _put_back(decision, [(one, row.values_before)])
            except states.CountedTwiceError:
                kept[looking.TWICE].append(row)
        ready = [row for row in ready if row.signature_id in events]
    mark_rows(ready, outcome=Outcome.UNDONE)
    for row in ready:
        row.undo_event = events[row.signature_id or 0]
    DecisionRow.objects.bulk_update(ready, ["undo_event"])
    return ready


def _put_back(
    decision: Decision, pairs: Sequence[tuple[Signature, Mapping[str, Any]]]
) -> dict[int, int]:
    by, told = decision.undone_by, _undo_reason(decision)
    if decision.verb == Verb.APPROVE:
        return states.set_approved(
            [one for one, _before in pairs], approved=False, by=by, reason=told
        )
    moves = [(one, str(before["state"])) for one, before in pairs]
    return states.change_many(moves, by=by, reason=told)


def _undo_reason(decision: Decision) -> str:
    return f"undone: {decision.reason}" if decision.reason else "undone"

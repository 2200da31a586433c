"""Decisions on many, in batches by the worker: begun, stopped, gone on with, undone.

A `Decision` row is the truth about one. A batch changes signatures, their rows of the decision and
its counts in one transaction, so a worker that is killed leaves either all of it or nothing, and
the next one goes on from there.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone

from casa.accounts.models import User
from casa.lib import tasks
from signatories.core import states
from signatories.models import (
    Decision,
    DecisionRow,
    Organization,
    OrganizationEvent,
    Signature,
    SignatureEvent,
)
from signatories.moderation import decisions, looking
from signatories.moderation.criteria import Criteria
from statements.permissions import of_visible_statements

State, Outcome, Verb = Decision.State, DecisionRow.Outcome, Decision.Verb

TASK = "carry-out-decisions"
SIZE = 500  # rows per transaction
ORGANIZATIONS_AT_ONCE = 20  # each takes its signatures along
RUN_TIME = timedelta(seconds=60)  # well under the task engine's time-out (Q_CLUSTER)
TRIES = 5
WAIT = timedelta(minutes=1)  # after a failure; twice as long after each further one
DRAFTS_KEPT_FOR = timedelta(days=7)
CRITERIA_KEPT_FOR = timedelta(days=30)

logger = logging.getLogger(__name__)


# What staff do


@transaction.atomic
def prepare(
    rows: QuerySet, verb: str, *, by: User | None, seen: Mapping[int, str] | None = None
) -> Decision:
    """A decision that is not begun, on exactly these signatures or organizations."""
    made = Decision.objects.create(verb=verb, made_by=by, last_event=_last_event(verb))
    made.chosen = _choose(made, rows) if seen is None else _choose_seen(made, rows, seen)
    statements = [] if made.is_of_organizations else _statements(rows)
    made.statement_id = statements[0] if len(statements) == 1 else None
    made.save(update_fields=["chosen", "statement"])
    return made


def prepare_invalidation(criteria: Criteria, *, by: User | None, title: str = "") -> Decision:
    """An invalidation that is saved and not begun; which rows it is for is seen when it begins."""
    return Decision.objects.create(
        verb=Verb.INVALIDATE,
        made_by=by,
        title=title,
        criteria=criteria.as_json(),
        statement_id=criteria.statement,
    )


def change_criteria(decision: Decision, criteria: Criteria, *, title: str) -> bool:
    """Let an invalidation that is not begun be for others; False if it has begun."""
    drafts = Decision.objects.filter(pk=decision.pk, state=State.DRAFT)
    changed = drafts.update(
        criteria=criteria.as_json(), title=title, statement_id=criteria.statement
    )
    decision.refresh_from_db()
    return bool(changed)


def discard(decision: Decision) -> bool:
    """Close a decision that was never begun; False if it was."""
    return _move(decision, State.DRAFT, State.DISCARDED)


@transaction.atomic
def begin(decision: Decision, *, by: User, reason: str) -> bool:
    """Let the worker carry it out; False if somebody began it before.

    Raises ValueError where it needs a reason and has none.
    """
    reason = decisions.clean_reason(decision.verb, reason)
    drafts = Decision.objects.filter(pk=decision.pk, state=State.DRAFT)
    begun = drafts.update(
        state=State.RUNNING, begun_at=timezone.now(), made_by=by, reason=reason, due_at=None
    )
    decision.refresh_from_db()
    if begun and decision.criteria is not None:
        found = of_visible_statements(by, Criteria.read(decision.criteria).rows())
        decision.chosen = _choose(decision, found)
        decision.save(update_fields=["chosen"])
    if begun:
        transaction.on_commit(wake)
    return bool(begun)


def stop(decision: Decision) -> bool:
    """Do no more of it after the batch at work; False if nothing was being done."""
    stopped = _move(decision, State.RUNNING, State.STOPPED)
    return stopped or _move(decision, State.UNDOING, State.UNDO_STOPPED)


def resume(decision: Decision) -> bool:
    """Go on where it was stopped; False if it was not."""
    resumed = _move(decision, State.STOPPED, State.RUNNING)
    return resumed or _move(decision, State.UNDO_STOPPED, State.UNDOING)


def undo(decision: Decision, *, by: User) -> bool:
    """Bring each row back to what it was, but for those that changed since; False if not now."""
    return any(
        _move(decision, state, State.UNDOING, undone_by=by) for state in (State.DONE, State.STOPPED)
    )


@transaction.atomic
def _move(decision: Decision, at: str, to: str, **more: Any) -> bool:
    rows = Decision.objects.filter(pk=decision.pk, state=at)
    moved = rows.update(state=to, attempts=0, due_at=None, **more)
    decision.refresh_from_db()
    if moved and to in Decision.AT_WORK:
        transaction.on_commit(wake)
    return bool(moved)


def _column(decision: Decision) -> str:
    return "organization" if decision.is_of_organizations else "signature"


def _statements(rows: QuerySet) -> list[int]:
    return list(rows.order_by().values_list("statement", flat=True).distinct()[:2])


def _last_event(verb: str) -> int:
    model = OrganizationEvent if verb in Decision.OF_ORGANIZATIONS else SignatureEvent
    return model.objects.aggregate(last=Max("pk"))["last"] or 0


def _choose_seen(decision: Decision, rows: QuerySet, seen: Mapping[int, str]) -> int:
    """Note few rows, each with the mark of how somebody saw it; "-" is like none."""
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    column = f"{_column(decision)}_id"
    DecisionRow.objects.bulk_create(
        DecisionRow(decision=decision, seen=seen.get(pk) or "-", **{column: pk}) for pk in pks
    )
    return len(pks)


def _choose(decision: Decision, rows: QuerySet) -> int:
    """Note the rows in one statement, however many there are; how many."""
    try:
        found, params = rows.order_by("pk").values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return 0
    sql = (
        f"INSERT INTO {DecisionRow._meta.db_table}"  # noqa: S608 - names of columns of ours
        f" (decision_id, outcome, why, seen, {_column(decision)}_id)"
        f" SELECT %s, %s, '', '', chosen.* FROM ({found}) AS chosen"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [decision.pk, Outcome.WAITING.value, *params])
        return int(cursor.rowcount)


# What the worker does


def wake() -> None:
    """Have a worker begin soon; never raises, since a schedule looks every minute."""
    tasks.enqueue(TASK)


def carry_out() -> int:
    """Do batches of all decisions at work until RUN_TIME is used up; how many rows.

    Harmless to run at any time and by many at once. What it leaves, the next run takes up.
    """
    stop_at, rows = timezone.now() + RUN_TIME, 0
    for pk in list(_due().order_by("pk").values_list("pk", flat=True)):
        while timezone.now() < stop_at:
            number = do_batch(pk)
            if number is None:
                break
            rows += number
    if timezone.now() >= stop_at and _due().exists():
        wake()
    return rows


def forget() -> int:
    """Delete what somebody chose in a list and never began, and forget whom old ones were for."""
    now = timezone.now()
    drafts = Decision.objects.filter(state=State.DRAFT, criteria__isnull=True)
    count, _models = drafts.filter(made_at__lt=now - DRAFTS_KEPT_FOR).delete()
    old = Decision.objects.filter(criteria__isnull=False, made_at__lt=now - CRITERIA_KEPT_FOR)
    for one in old.exclude(state__in=Decision.AT_WORK).exclude(criteria={}):
        # Without them a draft would be for others, so it goes with them.
        state = State.DISCARDED if one.state == State.DRAFT else one.state
        Decision.objects.filter(pk=one.pk, state=one.state).update(criteria={}, state=state)
    return count


def _due() -> QuerySet[Decision]:
    now = timezone.now()
    return Decision.objects.at_work().filter(Q(due_at=None) | Q(due_at__lte=now))


def do_batch(pk: int) -> int | None:
    """The next rows of a decision: how many, None when there is nothing (more) to do here now."""
    try:
        with transaction.atomic():
            return _do_batch(pk)
    except Exception:
        logger.exception("A batch of decision %d failed", pk)
        _note_failure(pk)
        return None


def _note_failure(pk: int) -> None:
    """Try again later, and after TRIES in a row wait for somebody to look."""
    rows = Decision.objects.at_work().filter(pk=pk)
    for one in rows:
        tried = one.attempts + 1
        changes: dict[str, Any] = {
            "attempts": tried, "due_at": timezone.now() + WAIT * 2 ** (tried - 1),
        }  # fmt: skip
        if tried >= TRIES:
            changes["state"] = State.STOPPED if one.state == State.RUNNING else State.UNDO_STOPPED
        rows.filter(state=one.state).update(**changes)


def _do_batch(pk: int) -> int | None:
    decision = _due().select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
    if decision is None:
        return None
    undoes = decision.state == State.UNDOING
    waiting = decision.rows.filter(outcome=Outcome.DONE if undoes else Outcome.WAITING)
    size = ORGANIZATIONS_AT_ONCE if decision.is_of_organizations else SIZE
    rows = list(waiting.order_by("pk")[:size])
    if not rows:
        decision.state = State.UNDONE if undoes else State.DONE
        decision.finished_at = timezone.now()
    counted = _undo(decision, rows) if undoes else _do(decision, rows)
    for name, number in counted.items():
        setattr(decision, name, getattr(decision, name) + number)
    decision.attempts, decision.due_at = 0, None
    decision.save(
        update_fields=["state", "finished_at", "done", "left", "undone", "kept", "attempts",
                       "due_at"]
    )  # fmt: skip
    return len(rows) or None


def _do(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    if decision.is_of_organizations:
        return _do_organizations(decision, rows)
    return _do_signatures(decision, rows)


# Signatures


def _locked(rows: Iterable[DecisionRow]) -> dict[int, Signature]:
    """The signatures in one order for everybody, as they are stored and stay for now."""
    pks = [row.signature_id for row in rows if row.signature_id]
    found = Signature.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=pks)
    return {one.pk: one for one in found.select_related("organization").order_by("pk")}


def _do_signatures(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    signatures, number = _locked(rows), len(rows)
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
        _mark(same, outcome=Outcome.LEFT, why=why)
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
        alike[row.was["state"], row.was["approved"]].append(row)
    for same in alike.values():
        _mark(same, outcome=Outcome.DONE, before=same[0].before)
    DecisionRow.objects.bulk_update(ready, ["event"])
    return ready


def _change(decision: Decision, signatures: Sequence[Signature]) -> dict[int, int]:
    by, reason = decision.made_by, decision.reason
    if decision.verb == Verb.APPROVE:
        told = f"approved: {reason}" if reason else "approved"
        return states.set_approved(signatures, approved=True, by=by, reason=told)
    moves = [(one, decisions.to_state(decision.verb, one)) for one in signatures]
    return states.change_many(moves, by=by, reason=reason)


def _mark(rows: Sequence[DecisionRow], **values: Any) -> None:
    DecisionRow.objects.filter(pk__in=[row.pk for row in rows]).update(**values)


# Organizations


def _do_organizations(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for row in rows:
        if why := _do_organization(decision, row):
            _mark([row], outcome=Outcome.LEFT, why=why)
        counted["left" if why else "done"] += 1
    return counted


def _do_organization(decision: Decision, row: DecisionRow) -> str:
    """Verify or reject one; or why it is left."""
    one = Organization.objects.select_for_update(no_key=True).get(pk=row.organization_id or 0)
    if row.seen and row.seen != looking.mark(one):
        return looking.CHANGED
    later = one.events.filter(pk__gt=decision.last_event)
    if not row.seen and later.exists():
        return looking.CHANGED
    rejects = decision.verb == Verb.REJECT
    found = decisions.countable_signatures(one.pk) if rejects else Signature.objects.none()
    taken = {one.pk: one.state for one in found}
    before, verb = decisions.standing(one), decisions.reject if rejects else decisions.verify
    assert decision.made_by is not None  # noqa: S101 - for the type checker
    if not verb(one, by=decision.made_by, reason=decision.reason):
        return looking.ALREADY
    event = one.events.order_by("-pk").values_list("pk", flat=True).first()
    _mark([row], outcome=Outcome.DONE, before=before, event=event)
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


# Undoing


def _undo(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    of_organizations = [row for row in rows if row.organization_id]
    counted = _undo_organizations(decision, of_organizations)
    number = _undo_signatures(decision, [row for row in rows if row.signature_id])
    return counted if decision.is_of_organizations else number


def _undo_organizations(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for row in rows:
        one = Organization.objects.select_for_update(no_key=True).get(pk=row.organization_id or 0)
        later = set(one.events.filter(pk__gt=row.event).values_list("pk", flat=True))
        if later - _undone_events(organization=one):
            _mark([row], outcome=Outcome.KEPT, why=looking.CHANGED)
            counted["kept"] += 1
            continue
        event = decisions.put_back(one, row.was, by=decision.undone_by, reason=_told(decision))
        _mark([row], outcome=Outcome.UNDONE, undo_event=event)
        counted["undone"] += 1
    return counted


def _undo_signatures(decision: Decision, rows: Sequence[DecisionRow]) -> Counter[str]:
    signatures, number = _locked(rows), len(rows)
    rows = [row for row in rows if row.signature_id in signatures]
    touched = _changed_since(rows)
    standing = looking.organizations_standing(signatures.values())
    kept: dict[str, list[DecisionRow]] = defaultdict(list)
    ready: list[DecisionRow] = []
    for row in rows:
        one = signatures[row.signature_id or 0]
        if row.signature_id in touched or _is_unlike(decision, one):
            kept[looking.CHANGED].append(row)
        elif _is_of_a_rejected(one, row.was["state"]):
            kept[looking.OF_REJECTED].append(row)
        elif why := looking.stands_twice(one, row.was["state"], standing):
            kept[why].append(row)
        else:
            ready.append(row)
    ready = _write_back(decision, ready, signatures, kept)
    for why, same in kept.items():
        _mark(same, outcome=Outcome.KEPT, why=why)
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
    pairs = [(signatures[row.signature_id or 0], row.was) for row in ready]
    try:
        events = _put_back(decision, pairs)
    except states.CountedTwiceError:
        events = {}
        for row in ready:
            one = Signature.objects.select_related("organization").get(pk=row.signature_id or 0)
            try:
                events |= _put_back(decision, [(one, row.was)])
            except states.CountedTwiceError:
                kept[looking.TWICE].append(row)
        ready = [row for row in ready if row.signature_id in events]
    _mark(ready, outcome=Outcome.UNDONE)
    for row in ready:
        row.undo_event = events[row.signature_id or 0]
    DecisionRow.objects.bulk_update(ready, ["undo_event"])
    return ready


def _put_back(
    decision: Decision, pairs: Sequence[tuple[Signature, Mapping[str, Any]]]
) -> dict[int, int]:
    by, told = decision.undone_by, _told(decision)
    if decision.verb == Verb.APPROVE:
        return states.set_approved(
            [one for one, _before in pairs], approved=False, by=by, reason=told
        )
    moves = [(one, str(before["state"])) for one, before in pairs]
    return states.change_many(moves, by=by, reason=told)


def _told(decision: Decision) -> str:
    return f"undone: {decision.reason}" if decision.reason else "undone"

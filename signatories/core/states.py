"""The one door to a signature's state: the row, its history and the tally change together."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from casa.accounts.models import User
from casa.lib.db import rows
from casa.lib.kept_pages import generation
from signatories import signals
from signatories.core import locks, receipts, referrals, tally
from signatories.models import GoneCount, Organization, Signature, SignatureEvent
from statements.models import Edition, Statement

State = Signature.State


on_confirmed: list[Callable[[Signature], object]] = []
"""Called with a signature confirmed for the first time, in the transaction that confirms it.

Whoever reacts adds its function in `AppConfig.ready`; an exception undoes the confirmation."""


class StateError(Exception):
    """The change cannot be made from the state the signature is in."""


class CountedTwiceError(StateError):
    """The change would count a person or an organization of one statement twice."""


def change_state(
    signature: Signature,
    to: str,
    *,
    from_states: Sequence[str],
    by: User | None = None,
    reason: str = "",
    shown: bool = False,
) -> bool:
    """Bring `signature` from one of `from_states` to `to`; False if it is there already.

    `shown` is for withdrawing: the name stays listed, as withdrawn, if it was seen before.

    Raises StateError if it is in neither, and CountedTwiceError if the database refuses a second
    signature of one person or organization, or if the organization was merged with another, which
    counts in its place. The object given is brought up to date.
    """
    while signature.state != to:
        if signature.state not in from_states:
            raise StateError(f"A signature that is {signature.state} cannot become {to}.")
        try:
            with transaction.atomic(savepoint=_may_be_refused(signature, to)):
                if _change_state(signature, to, by=by, reason=reason, shown=shown):
                    return True
        except IntegrityError as error:
            signature.refresh_from_db()
            raise CountedTwiceError("This person or organization has signed already.") from error
        signature.refresh_from_db()  # somebody else was faster; see what they made of it
    return False


def _may_be_refused(signature: Signature, to: str) -> bool:
    """Whether the database may refuse the change, so that the caller's transaction goes on.

    A person who confirms has had their place since the row was stored.
    """
    is_person = signature.kind == Signature.Kind.PERSON
    return not (is_person and signature.state == State.PENDING and to == State.CONFIRMED)


def _change_state(
    signature: Signature, to: str, *, by: User | None, reason: str, shown: bool
) -> bool:
    now, before, was_counted = timezone.now(), signature.state, signature.is_counted
    _refuse_of_merged((signature, to))
    changes = {"state": to, **_dates(signature, to, now, shown=shown)}
    if to == State.CONFIRMED:
        # What was typed again before this moment was written without it.
        changes["search_words"] = signature.words_to_search()
    unchanged = [signature.pk, before, signature.approved]
    if rows.update(Signature, changes, "id = %s AND state = %s AND approved = %s", unchanged) != 1:
        return False
    for field, value in changes.items():
        setattr(signature, field, value)
    event = SignatureEvent(
        signature=signature, from_state=before, to_state=to, at=now, by=by, reason=reason
    )
    rows.insert(event)
    if before == State.PENDING and to == State.CONFIRMED:
        for react in on_confirmed:
            react(signature)
    signals.announce(signature, before)
    if change := int(signature.is_counted) - int(was_counted):
        tally.adjust(signature.statement_id, signature.kind, change)
    if was_counted:
        _renew_documents(signature)
    return True


def _refuse_of_merged(*moves: tuple[Signature, str]) -> None:
    """What a merge left with an organization stands for nothing until the merge is undone."""
    of = {
        one.organization_id
        for one, to in moves
        if one.state == State.INVALIDATED and to in Signature.LIVE_STATES and one.organization_id
    }
    if of and Organization.objects.filter(pk__in=of).exclude(merged_into=None).exists():
        raise CountedTwiceError("The organization was merged with one that counts once.")


def _renew_documents(*signatures: Signature) -> None:
    """Have cached documents and pages made anew: they may name a signer who is gone.

    This runs after the transaction, so that it holds no lock on the statement's row.
    """
    statements = Statement.objects.filter(pk__in={one.statement_id for one in signatures})

    def renew() -> None:
        statements.update(changed_at=timezone.now())
        generation.renew()

    transaction.on_commit(renew)


def _dates(signature: Signature, to: str, now: datetime, *, shown: bool) -> dict[str, object]:
    """The columns that a change of state writes besides the state."""
    if to == State.WITHDRAWN:
        was_seen = signature.is_counted and not signature.name_withheld
        return {"withdrawn_at": now, "withdrawal_shown": shown and was_seen}
    changes: dict[str, object] = {}
    if to == State.CONFIRMED:
        changes["confirmed_at"] = signature.confirmed_at or now
        changes["share_code"] = signature.share_code or referrals.new_code()
        if signature.approved:
            changes["number"] = signature.number or next_number(signature)
    return changes


@transaction.atomic
def change_many(
    moves: Sequence[tuple[Signature, str]], *, by: User | None, reason: str
) -> dict[int, int]:
    """Bring each signature to its state, in as few statements as that takes.

    The caller's transaction holds the rows locked and as they are stored. None is confirmed for
    the first time. Returns the key of each one's event; raises CountedTwiceError, with nothing
    done, if the database refuses one, or if an organization was merged with another.
    """
    _refuse_of_merged(*moves)
    try:
        return _write_many([(one, _changes(one, to)) for one, to in moves], by=by, reason=reason)
    except IntegrityError as error:
        raise CountedTwiceError("This person or organization has signed already.") from error


@transaction.atomic
def set_approved(
    signatures: Sequence[Signature], *, approved: bool, by: User | None, reason: str
) -> dict[int, int]:
    """Approve signatures, or take their approval back; see `change_many`."""
    return _write_many([(one, {"approved": approved}) for one in signatures], by=by, reason=reason)


def _changes(signature: Signature, to: str) -> dict[str, object]:
    if to == State.CONFIRMED and signature.confirmed_at is None:
        raise StateError("Nobody but the owner of the mailbox confirms a signature.")
    changes: dict[str, object] = {"state": to}
    if to == State.CONFIRMED:
        changes["share_code"] = signature.share_code or referrals.new_code()
        changes["search_words"] = signature.words_to_search()
    return changes


def _write_many(
    planned: Sequence[tuple[Signature, dict[str, object]]], *, by: User | None, reason: str
) -> dict[int, int]:
    """Rows with the same changes are written by one statement, then their events and the tally."""
    now, events, counted = timezone.now(), [], Counter[tuple[int, str]]()
    alike: dict[tuple[tuple[str, object], ...], list[int]] = defaultdict(list)
    numbers: dict[tuple[int, str], int] = {}
    for one, changes in planned:
        before, was_counted = one.state, one.is_counted
        changed = _set(one, changes, numbers)
        counted[one.statement_id, one.kind] += one.is_counted - was_counted
        alike[tuple(sorted(changed.items()))].append(one.pk)
        events.append(
            SignatureEvent(
                signature=one, from_state=before, to_state=one.state, at=now, by=by, reason=reason
            )
        )
    locks.hold_what_stands(one for one, _changes in planned)
    for same, pks in alike.items():
        Signature.objects.filter(pk__in=pks).update(**dict(same))
    made = SignatureEvent.objects.bulk_create(events)
    for (statement, kind), change in sorted(counted.items()):
        if change:
            tally.adjust(statement, kind, change)
    if planned:
        _renew_documents(*(one for one, _changes in planned))
    return {event.signature_id: event.pk for event in made}


def _set(
    signature: Signature, changes: dict[str, object], numbers: dict[tuple[int, str], int]
) -> dict[str, object]:
    """Set the values that differ, and return the earlier ones; `numbers` are those given last."""
    changed = {k: value for k, value in changes.items() if getattr(signature, k) != value}
    for name, value in changed.items():
        setattr(signature, name, value)
    if signature.is_counted and signature.number is None:
        key = (signature.statement_id, signature.kind)
        numbers[key] = numbers[key] + 1 if key in numbers else next_number(signature)
        signature.number = changed["number"] = numbers[key]
    return changed


def next_number(signature: Signature) -> int:
    """The number of a signature that is about to be counted, within its kind.

    Read from the tally, so two that are confirmed in the same moment may have the same one.
    """
    return tally.of_kind(signature.statement_id, signature.kind) + 1


def record_creation(signature: Signature, *, by: User | None = None, reason: str = "") -> None:
    """Write the first history row of a signature that was just stored, and count it if counted."""
    event = SignatureEvent(
        signature=signature, to_state=signature.state, at=timezone.now(), by=by, reason=reason
    )
    rows.insert(event)
    if signature.is_counted:
        tally.adjust(signature.statement_id, signature.kind, 1)
    signals.announce(signature, "")


def record_event(signature: Signature, *, by: User | None, reason: str) -> None:
    """Write a history row for what changed without a change of state."""
    words = signature.words_to_search()
    Signature.objects.filter(pk=signature.pk).exclude(search_words=words).update(search_words=words)
    SignatureEvent.objects.create(
        signature=signature,
        from_state=signature.state,
        to_state=signature.state,
        at=timezone.now(),
        by=by,
        reason=reason,
    )
    if signature.state == State.CONFIRMED:
        _renew_documents(signature)
    elif signature.state != State.PENDING:  # its name may be listed as withdrawn
        generation.renew()


@transaction.atomic
def approve(signature: Signature, *, by: User, reason: str) -> bool:
    """Let a checked name stand in public; False if it does already."""
    if not Signature.objects.filter(pk=signature.pk, approved=False).update(approved=True):
        signature.refresh_from_db()
        return False
    signature.refresh_from_db()
    record_event(signature, by=by, reason=f"approved: {reason}" if reason else "approved")
    if signature.is_counted:
        if signature.number is None:
            signature.number = next_number(signature)
            signature.save(update_fields=["number"])
        tally.adjust(signature.statement_id, signature.kind, 1)
    return True


@transaction.atomic
def require_approval(signature: Signature, *, reason: str) -> bool:
    """Take a name that its signer changed out of view and count until it is checked again."""
    if not Signature.objects.filter(pk=signature.pk, approved=True).update(approved=False):
        return False
    signature.refresh_from_db()
    record_event(signature, by=None, reason=reason)
    if signature.state == State.CONFIRMED:
        tally.adjust(signature.statement_id, signature.kind, -1)
    return True


@transaction.atomic
def hide_withdrawal(signature: Signature) -> bool:
    """No longer list a withdrawn signature as withdrawn; False if it is not."""
    listed = Signature.objects.filter(pk=signature.pk, withdrawal_shown=True)
    if not listed.update(withdrawal_shown=False):
        return False
    signature.withdrawal_shown = False
    record_event(signature, by=None, reason="no longer listed as withdrawn")
    return True


def erase(signature: Signature, *, why: str = GoneCount.Why.ERASED) -> None:
    """Delete a signature with its history, and count it no more.

    The caller's transaction holds the row locked and keeps what must be kept.
    """
    receipts.end(signature, why)
    receipts.count_gone(signature, why)
    if signature.is_counted:
        tally.adjust(signature.statement_id, signature.kind, -1)
    if signature.confirmed_at is not None:  # else no document ever named it
        _renew_documents(signature)
    signature.delete()


def move_to_edition(signature: Signature, to: Edition, *, reason: str) -> bool:
    """Let a signature stand under the later edition `to`; False if it does already.

    Only its signer may ask for this, who has read those words. The tally stays as it is. Raises
    StateError if it does not stand at all (any more).
    """
    while signature.edition_id != to.pk:
        if signature.state not in Signature.STANDING_STATES:
            raise StateError(f"A signature that is {signature.state} stands under no edition.")
        with transaction.atomic():
            if _move_to_edition(signature, to, reason=reason):
                return True
        signature.refresh_from_db()  # somebody else was faster; see what they made of it
    return False


def _move_to_edition(signature: Signature, to: Edition, *, reason: str) -> bool:
    before, from_edition = signature.state, signature.edition
    unchanged = Signature.objects.filter(pk=signature.pk, state=before, edition=from_edition)
    if unchanged.update(edition=to) != 1:
        return False
    signature.edition = to
    SignatureEvent.objects.create(
        signature=signature, from_state=before, to_state=before, from_edition=from_edition,
        at=timezone.now(), reason=reason,
    )  # fmt: skip
    return True


@transaction.atomic
def move_to_organizations(
    moves: Sequence[tuple[Signature, int]], *, by: User | None, reason: str
) -> None:
    """Let each signature be of the organization of that key; states and tally stay as they are.

    The caller's transaction holds the rows and the organizations locked. Raises CountedTwiceError,
    with nothing done, if the database refuses one.
    """
    try:
        with transaction.atomic():
            _rewrite_organizations(moves)
    except IntegrityError as error:
        raise CountedTwiceError("This organization or mailbox stands there already.") from error
    SignatureEvent.objects.bulk_create(
        SignatureEvent(
            signature=one, from_state=one.state, to_state=one.state, at=timezone.now(), by=by,
            reason=reason,
        )
        for one, _to in moves
    )  # fmt: skip
    if moves:
        _renew_documents(*(one for one, _to in moves))


def _rewrite_organizations(moves: Sequence[tuple[Signature, int]]) -> None:
    """Two of one mailbox may change places: the first leaves its place under another key."""
    wanted = {(one.statement_id, to, one.email_key) for one, to in moves}
    in_the_way = [
        one
        for one, _to in moves
        if (one.statement_id, one.organization_id, one.email_key) in wanted
    ]
    for one in in_the_way:
        Signature.objects.filter(pk=one.pk).update(email_key=f"moving {one.pk}")
    locks.hold_what_stands((one for one, _to in moves), also=[to for _one, to in moves])
    targets: dict[int, list[int]] = defaultdict(list)
    for one, to in moves:
        one.organization_id = to
        targets[to].append(one.pk)
    for to, pks in targets.items():
        Signature.objects.filter(pk__in=pks).update(organization=to)
    for one in in_the_way:
        Signature.objects.filter(pk=one.pk).update(email_key=one.email_key)


def withdraw(signature: Signature, *, shown: bool = False) -> bool:
    """Take a signature back; the mailbox may sign again. False if it was withdrawn already.

    `shown` lists a name that stood in public as withdrawn, with the date.
    """
    return change_state(
        signature,
        State.WITHDRAWN,
        from_states=Signature.LIVE_STATES,
        shown=shown,
    )

"""What becomes of the signatures of organizations that are merged: pure functions on rows.

An organization counts once for each statement. Of two that stand, one is chosen (`_rank`) and the
other becomes invalid. Of two from one mailbox, which the database lets stand once for each
organization, one moves and the other stays with the entry that was merged away, as an invalid one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from signatories.models import Signature

State = Signature.State
STATES = (State.CONFIRMED, State.HIDDEN, State.PENDING, State.INVALIDATED)
"""The best first."""


@dataclass(frozen=True)
class Move:
    """What becomes of one signature; `instead_of` it another stands, where there are two."""

    signature: Signature
    to: int
    state: str
    stands: Signature | None = None

    @property
    def moves(self) -> bool:
        return self.to != self.signature.organization_id

    @property
    def changes(self) -> bool:
        return self.state != self.signature.state

    @property
    def was_counted(self) -> bool:
        return self.signature.is_counted

    @property
    def is_counted(self) -> bool:
        return self.state == State.CONFIRMED and self.signature.approved


def plan(stays: int, rows: Iterable[Signature]) -> list[Move]:
    """A Move for each of the `rows`, which are those of all organizations that become `stays`."""
    by_statement: dict[int, list[Signature]] = defaultdict(list)
    for one in rows:
        by_statement[one.statement_id].append(one)
    return [move for same in by_statement.values() for move in _of_statement(stays, same)]


def _of_statement(stays: int, rows: Sequence[Signature]) -> list[Move]:
    withdrawn = [one for one in rows if one.state == State.WITHDRAWN]
    living = [one for one in rows if one.state != State.WITHDRAWN]
    standing = [one for one in living if one.state in Signature.STANDING_STATES]
    best = min(standing, key=lambda one: _rank(one, stays), default=None)
    by_mailbox: dict[str, list[Signature]] = defaultdict(list)
    for one in living:
        by_mailbox[one.email_key].append(one)
    moves = [Move(one, stays, one.state) for one in withdrawn]
    for same in by_mailbox.values():
        moves += _of_mailbox(stays, same, best)
    return moves


def _of_mailbox(stays: int, rows: Sequence[Signature], best: Signature | None) -> list[Move]:
    first = best if best in rows else min(rows, key=lambda one: _rank(one, stays))
    assert first is not None  # noqa: S101 - for the type checker: `rows` are not empty
    loses = best not in (None, first) and first.state in Signature.STANDING_STATES
    moves = [Move(first, stays, State.INVALIDATED, best) if loses else _as_is(first, stays)]
    for one in rows:
        if one == first:
            continue
        # Where the first one comes from there is room for a row of this mailbox.
        came_from = first.organization_id or stays
        to = came_from if one.organization_id == stays else one.organization_id or stays
        moves.append(Move(one, to, State.INVALIDATED, best or first))
    return moves


def _as_is(one: Signature, to: int) -> Move:
    return Move(one, to, one.state)


def _rank(one: Signature, stays: int) -> tuple[object, ...]:
    """Counted before others, lead signatories first, who signed here before whom staff entered,
    then the earlier; of two alike, that of the organization that stays.
    """
    at = one.confirmed_at.timestamp() if one.confirmed_at else float("inf")
    return (
        not one.is_counted, STATES.index(State(one.state)), one.lead_position is None,
        bool(one.consent_source), at, one.organization_id != stays, one.pk,
    )  # fmt: skip

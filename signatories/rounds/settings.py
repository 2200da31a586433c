"""A round as a whole: its numbers, its deadline, and its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casa.accounts.models import User
from signatories.models import Invitation, InvitationRound, InvitationRoundQuerySet
from signatories.rounds import sending
from signatories.rounds.adding import LINK_OUTLIVES
from statements.models import PreviewLink

State = Invitation.State


def due_soon(rounds: InvitationRoundQuerySet) -> InvitationRoundQuerySet:
    """Those whose deadline is today or tomorrow, by the office's calendar, and not over."""
    today = timezone.localdate()
    midnight = datetime.combine(today + timedelta(days=2), time(0))
    end = timezone.make_aware(midnight)
    return rounds.running().filter(deadline__lte=end)


@dataclass(frozen=True)
class Numbers:
    """What stands behind a round, in short."""

    signed: int = 0
    silent: int = 0
    total: int = 0


class Counts:
    """The numbers of all rounds, counted once when they are first asked for."""

    def of(self, pk: int) -> Numbers:
        return self._all.get(pk, Numbers())

    @cached_property
    def _all(self) -> dict[int, Numbers]:
        found: dict[int, Counter[str]] = {}
        for row in Invitation.objects.counted_by("round", "state"):
            found.setdefault(row["round"], Counter())[row["state"]] += row["number"]
        return {
            pk: Numbers(
                counted[State.SIGNED],
                sum(counted[one] for one in Invitation.SILENT_STATES),
                sum(counted.values()),
            )
            for pk, counted in found.items()
        }


def by_state(asking: InvitationRound) -> Counter[str]:
    """How many invitations of a round there are in each state."""
    rows = Invitation.objects.filter(round=asking).counted_by("state")
    return Counter({row["state"]: row["number"] for row in rows})


def follow_deadline(asking: InvitationRound) -> None:
    """Let the links of a round work as long as its deadline says now."""
    links = PreviewLink.objects.filter(invitation__round=asking)
    links.update(expires_at=asking.deadline + LINK_OUTLIVES)


def answerable(asking: InvitationRound) -> int:
    """How many links take an answer until the round is over: of who is not yet signed."""
    rows: Any = Invitation.objects.filter(round=asking).exclude(email="").with_state()
    return rows.exclude(state__in=(State.SIGNED, State.ERASED)).count()


@transaction.atomic
def end(asking: InvitationRound, *, by: User) -> bool:
    """Take no more answers by the links, and write to nobody; False if it was ended before."""
    there = InvitationRound.objects.filter(pk=asking.pk, ended_at=None)
    if not there.update(ended_at=timezone.now(), ended_by=by):
        return False
    sending.hold_back(asking)
    return True


def reopen(asking: InvitationRound) -> bool:
    """Let the links work again until the deadline; False if it was not ended."""
    ended = InvitationRound.objects.filter(pk=asking.pk, ended_at__isnull=False)
    return bool(ended.update(ended_at=None, ended_by=None))


def has_begun(asking: InvitationRound) -> bool:
    """Whether anybody on the list was asked, or answered."""
    touched = Q(sent_at__isnull=False) | ~Q(answer="") | ~Q(due="")
    return asking.invitations.filter(touched).exists()


@transaction.atomic
def delete(asking: InvitationRound) -> None:
    """Delete a round with its list; the private links go along."""
    PreviewLink.objects.filter(invitation__round=asking).delete()
    asking.delete()


def remove(invitation: Invitation) -> None:
    """Take somebody off the list; nothing of them stays, but that they want not to be asked."""
    rows: Any = PreviewLink.objects.filter(pk=invitation.link_id)
    rows.delete()

"""Random merges, splits, their undoing and signings, against a plain model in memory."""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from casa.lib.addresses.mailbox_keys import hashed
from signatories.core import states, tally
from signatories.models import DirectoryChange, Organization, OrganizationAlias, Signature
from signatories.organizations import merging, splitting, unmerging
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STANDING = ("confirmed", "hidden")
LIVE = ("pending", *STANDING)
COUNTABLE = ("pending", "confirmed")
MAILBOXES = ("", "ada@example.org", "ben@example.org")
ORDER = ("confirmed", "hidden", "pending", "invalidated")
_numbers = count(1)
some = st.integers(0, 50)


@dataclass
class Row:
    statement: int
    club: int
    mailbox: str
    state: str
    approved: bool
    confirmed: int  # in which order it was; 0 if it never was
    lead: bool = False

    @property
    def counts(self):
        return self.state == "confirmed" and self.approved


@dataclass
class Change:
    verb: str
    club: int
    others: tuple[int, ...]
    before: dict[int, Row]  # of what moved
    after: dict[int, Row]
    aliases: dict[str, int | None]  # whose each name was that moved; None of one that was made
    done: bool = True


class Directory(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.run = next(_numbers)
        self.user = make_user(f"merge{self.run}@example.org")
        self.editions = [make_edition(f"Open letter {self.run} {n}") for n in "ab"]
        self.clubs: dict[int, str] = {}
        self.into: dict[int, int] = {}  # who was merged into whom
        self.aliases: dict[str, int] = {}
        self.rows: dict[int, Row] = {}
        self.changes: dict[int, Change] = {}
        for number in range(4):
            club = make_organization(f"Club {self.run} {number}")
            self.clubs[club.pk] = club.name
            alias = OrganizationAlias.objects.create(
                organization=club, name=f"C {self.run} {number}"
            )
            self.aliases[alias.name] = club.pk
        for number in range(8):
            self.sign(number % 2, number // 2, number % 3, STATES[number % 3], number % 5 == 0)

    def teardown(self):
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    # Signers and moderators

    def there(self):
        return [pk for pk in sorted(self.clubs) if pk not in self.into]

    def stands(self, statement, club):
        return any(
            row.state in STANDING and (row.statement, row.club) == (statement, club)
            for row in self.rows.values()
        )

    @rule(
        where=st.integers(0, 1), at=some, box=st.integers(0, 2),
        state=st.sampled_from(["pending", "confirmed", "hidden", "unapproved"]), lead=st.booleans(),
    )  # fmt: skip
    def sign(self, where, at, box, state, lead):
        there, edition = self.there(), self.editions[where]
        club, mailbox = there[at % len(there)], MAILBOXES[box]
        taken = any(
            (row.statement, row.club, row.mailbox) == (edition.statement_id, club, mailbox)
            and row.state != "withdrawn"
            for row in self.rows.values()
        )
        if taken:
            return
        approved, state = state != "unapproved", "confirmed" if state == "unapproved" else state
        if state in STANDING and self.stands(edition.statement_id, club):
            state = "pending"
        number = next(_numbers)
        lead = lead and state != "pending"
        one = make_signature(
            edition, organization=Organization.objects.get(pk=club), email=mailbox, state=state,
            approved=approved, lead_position=number if lead else None,
        )  # fmt: skip
        confirmed = 0 if state == "pending" else number
        self.rows[one.pk] = Row(
            edition.statement_id, club, mailbox, state, approved, confirmed, lead
        )

    def one(self, number, *in_states):
        found = [pk for pk, row in sorted(self.rows.items()) if row.state in in_states]
        return found[number % len(found)] if found else None

    @rule(number=some)
    def confirm(self, number):
        pk = self.one(number, "pending")
        if pk is None or self.stands(self.rows[pk].statement, self.rows[pk].club):
            return
        states.change_state(Signature.objects.get(pk=pk), "confirmed", from_states=["pending"])
        self.rows[pk].state, self.rows[pk].confirmed = "confirmed", next(_numbers)

    @rule(number=some)
    def withdraw(self, number):
        if pk := self.one(number, *LIVE):
            states.withdraw(Signature.objects.get(pk=pk))
            self.rows[pk].state = "withdrawn"

    @rule(number=some)
    def restore(self, number):
        """What a moderator brings back: nothing of a merged one, nothing that counts twice."""
        pk = self.one(number, "invalidated")
        if pk is None:
            return
        row, one = self.rows[pk], Signature.objects.get(pk=pk)
        to = "confirmed" if row.confirmed else "pending"
        twice = to in STANDING and self.stands(row.statement, row.club)
        if row.club in self.into or twice:
            with pytest.raises(states.CountedTwiceError):
                states.change_state(one, to, from_states=["invalidated"])
            return
        states.change_state(one, to, from_states=["invalidated"])
        row.state = to

    # Merging

    @rule(at=some, others=st.sets(some, min_size=1, max_size=2))
    def merge(self, at, others):
        there = self.there()
        club = there[at % len(there)]
        away = sorted({there[number % len(there)] for number in others} - {club})
        if not away:
            return
        stays = Organization.objects.get(pk=club)
        gone = list(Organization.objects.filter(pk__in=away).order_by("pk"))
        said = merging.preview(stays, gone)
        effects = {one.statement.pk: one.after for one in said.effects}
        change = merging.merge(stays, gone, by=self.user, seen=said.mark)
        ours = {pk: row for pk, row in self.rows.items() if row.club in (club, *away)}
        before = {pk: replace(row) for pk, row in ours.items()}
        for edition in self.editions:
            of_it = {pk: row for pk, row in ours.items() if row.statement == edition.statement_id}
            self.settle(club, of_it)
        moved = [pk for pk in ours if before[pk] != self.rows[pk]]
        names: dict[str, int | None] = {
            name: owner for name, owner in self.aliases.items() if owner in away
        }
        for one in away:
            if self.clubs[one] not in self.aliases:
                names[self.clubs[one]] = None
        self.aliases |= dict.fromkeys(names, club)
        self.into |= dict.fromkeys(away, club)
        self.changes[change.pk] = Change(
            "merge", club, tuple(away), {pk: before[pk] for pk in moved},
            {pk: replace(self.rows[pk]) for pk in moved}, names,
        )  # fmt: skip
        for statement, number in effects.items():
            assert number == self.counted()[statement]

    def settle(self, club, rows):
        """One stands for each statement; one mailbox has one row with each organization."""

        def rank(pk):
            row = self.rows[pk]
            return (
                not row.counts, ORDER.index(row.state), not row.lead,
                row.confirmed or float("inf"), row.club != club, pk,
            )  # fmt: skip

        living = [pk for pk, row in rows.items() if row.state != "withdrawn"]
        self.settle_ranked(club, rows, sorted(living, key=rank))
        for pk, row in rows.items():
            if pk not in living:
                row.club = club

    def settle_ranked(self, club, rows, ranked):
        best = next((pk for pk in ranked if rows[pk].state in STANDING), None)
        homes: dict[str, int] = {}
        for pk in ranked:
            if pk == best or rows[pk].mailbox != (rows[best].mailbox if best else None):
                homes.setdefault(rows[pk].mailbox, pk)
        former = {pk: rows[pk].club for pk in rows}
        for pk in ranked:
            row, home = rows[pk], homes.get(rows[pk].mailbox, best)
            if home == pk:
                if row.state in STANDING and pk != best:
                    row.state = "invalidated"
                row.club = club
            else:
                row.state = "invalidated"
                row.club = former[home] if former[pk] == club else former[pk]

    @rule(at=some, picked=st.sets(some, min_size=1, max_size=4), named=st.booleans())
    def split(self, at, picked, named):
        there = self.there()
        club = there[at % len(there)]
        own = sorted(pk for pk, row in self.rows.items() if row.club == club)
        chosen = sorted({own[number % len(own)] for number in picked}) if own else []
        names = sorted(name for name, owner in self.aliases.items() if owner == club)[: int(named)]
        if not (chosen or names):
            return
        keys = OrganizationAlias.objects.filter(name__in=names).values_list("pk", flat=True)
        new = Organization(name=f"Branch {self.run} {next(_numbers)}")
        change = splitting.split(
            Organization.objects.get(pk=club), new,
            splitting.Chosen(tuple(chosen), tuple(keys)), by=self.user,
        )  # fmt: skip
        before = {pk: replace(self.rows[pk]) for pk in chosen}
        for pk in chosen:
            self.rows[pk].club = new.pk
        self.clubs[new.pk] = new.name
        self.aliases |= dict.fromkeys(names, new.pk)
        self.changes[change.pk] = Change(
            "split", club, (new.pk,), before, {pk: replace(self.rows[pk]) for pk in chosen},
            dict.fromkeys(names, club),
        )  # fmt: skip

    # Undoing

    @rule(number=some)
    def undo(self, number):
        done = [key for key, one in sorted(self.changes.items()) if one.done]
        if done:
            self.undo_one(done[number % len(done)])

    @rule()
    def undo_the_last(self):
        if done := [key for key, one in self.changes.items() if one.done]:
            self.undo_one(max(done))

    def undo_one(self, key):
        change, stored = self.changes[key], DirectoryChange.objects.get(pk=key)
        ours = {change.club, *change.others}
        is_last = not any(
            one.done and later > key and ours & {one.club, *one.others}
            for later, one in self.changes.items()
        )
        planned = self.planned(change) if is_last else None
        if planned is None:
            with pytest.raises(merging.RefusedError):
                unmerging.undo(stored, by=self.user)
            return
        assert unmerging.undo(stored, by=self.user)
        assert not unmerging.undo(stored, by=self.user)
        self.rows |= planned
        change.done = False
        if change.verb == "merge":
            for one in change.others:
                del self.into[one]
        for name, owner in change.aliases.items():
            if owner is None:
                del self.aliases[name]
            else:
                self.aliases[name] = owner
        if change.verb == "split":
            [new] = change.others
            if not any(row.club == new for row in self.rows.values()) and (
                new not in self.aliases.values()
            ):
                self.into[new] = change.club

    def planned(self, change):
        """The rows as they are to be; None where the database would let them not stand so."""
        rows = {pk: replace(row) for pk, row in self.rows.items()}
        for pk, was in change.before.items():
            rows[pk].club = was.club
        if _collide(rows):
            return None
        waiting = sorted(pk for pk in change.before if change.before[pk].state != (
            change.after[pk].state))  # fmt: skip
        for pk in waiting:
            was = change.before[pk].state
            touched = self.rows[pk] != change.after[pk]
            twice = was in STANDING and any(
                row.state in STANDING
                and (row.statement, row.club) == (rows[pk].statement, rows[pk].club)
                for row in rows.values()
            )
            if not touched and not twice:
                rows[pk].state = was
        return rows

    # What is stored

    def counted(self):
        return Counter(row.statement for row in self.rows.values() if row.counts)

    @invariant()
    def rows_and_tally_are_as_in_the_model(self):
        if not hasattr(self, "rows"):
            return
        stored = Signature.objects.filter(pk__in=self.rows)
        assert {
            one.pk: (one.organization_id, one.email_key, one.state, one.approved) for one in stored
        } == {
            pk: (row.club, hashed(row.mailbox), row.state, row.approved)
            for pk, row in self.rows.items()
        }
        clubs = Organization.objects.filter(pk__in=self.clubs)
        assert dict(clubs.values_list("pk", "merged_into")) == {
            pk: self.into.get(pk) for pk in self.clubs
        }
        aliases = OrganizationAlias.objects.filter(organization__in=self.clubs)
        assert dict(aliases.values_list("name", "organization")) == self.aliases
        assert not Signature.objects.filter(
            organization__in=self.into, state__in=LIVE
        ).exists()  # fmt: skip
        counted = self.counted()
        for edition in self.editions:
            statement = type(edition.statement).objects.get(pk=edition.statement_id)
            assert tally.of(statement) == tally.Tally(counted[statement.pk], 0)
        assert not tally.differences()


STATES = ("confirmed", "pending", "hidden")


def _collide(rows):
    living = Counter(
        (row.statement, row.club, row.mailbox) for row in rows.values() if row.state != "withdrawn"
    )
    standing = Counter((row.statement, row.club) for row in rows.values() if row.state in STANDING)
    return any(n > 1 for n in (*living.values(), *standing.values()))


def test_rows_and_tally_are_as_a_plain_model_says():
    run_state_machine_as_test(
        Directory,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, derandomize=False,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip

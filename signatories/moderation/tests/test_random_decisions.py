"""Random sequences of what staff decide and undo and owners do, against a plain model in memory."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from signatories.core import states, tally
from signatories.models import Decision, Signature
from signatories.moderation import bulk, decisions_on_many, worker
from signatories.moderation.criteria import Criteria
from signatories.self_service import editing
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIVE, STANDING = ("pending", "confirmed", "hidden"), ("confirmed", "hidden")
VERBS = ("approve", "hide", "restore", "invalidate")
FROM = {
    "approve": LIVE, "hide": ("confirmed",), "restore": ("hidden", "invalidated"),
    "invalidate": LIVE,
}  # fmt: skip
NETWORKS = ("a" * 32, "b" * 32)
picks = st.lists(st.integers(0, 11), min_size=2, max_size=6)
_changes = count(1)


@dataclass
class Row:
    statement: int
    kind: str
    organization: int | None
    network: str
    state: str
    approved: bool
    was_confirmed: bool
    changes: list[int] = field(default_factory=list)  # that count as such, in order

    @property
    def counts(self):
        return self.state == "confirmed" and self.approved


@dataclass
class Plan:
    """A decision of the model: what it waits for, and what it did."""

    verb: str
    waiting: list[int]
    done: list[tuple[int, str, bool, int]] = field(default_factory=list)
    state: str = "running"


class Moderation(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.outer = transaction.atomic()
        self.outer.__enter__()
        number = next(_changes)
        self.user = make_user(f"m{number}@example.org")
        self.editions = [
            make_edition(f"One {number}"), make_edition(f"Two {number}", premoderated=True)
        ]  # fmt: skip
        self.organizations = [make_organization(f"Club {number} {n}") for n in "ab"]
        self.rows: dict[int, Row] = {}
        self.plans: dict[int, Plan] = {}
        self.forgotten: set[int] = set()  # changes that were undone, and their undoing
        for number in range(8):  # so that few steps already meet each other
            self._sign(number % 2, None, number % 2, "confirmed")
        self._sign(0, 0, 0, "confirmed")

    def teardown(self):
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    # Signers

    @rule(
        where=st.integers(0, 1), club=st.sampled_from([None, 0, 1]), at=st.integers(0, 1),
        state=st.sampled_from(["pending", "confirmed"]),
    )  # fmt: skip
    def sign(self, where, club, at, state):
        self._sign(where, club, at, state)

    def _sign(self, where, club, at, state):
        edition = self.editions[where]
        organization = None if club is None else self.organizations[club]
        if state == "confirmed" and self.stands(edition.statement_id, organization):
            state = "pending"
        approved = not edition.statement.premoderated
        one = make_signature(
            edition, organization=organization, network=NETWORKS[at], state=state,
            approved=approved,
        )  # fmt: skip
        self.rows[one.pk] = Row(
            edition.statement_id, one.kind, one.organization_id, NETWORKS[at], state, approved,
            state == "confirmed",
        )  # fmt: skip

    def stands(self, statement, organization, *, but=None):
        if organization is None:
            return False
        pk = getattr(organization, "pk", organization)
        return any(
            row.state in STANDING and (row.statement, row.organization) == (statement, pk)
            for key, row in self.rows.items()
            if key != but
        )

    def one(self, number, *in_states):
        found = [pk for pk, row in sorted(self.rows.items()) if row.state in in_states]
        return found[number % len(found)] if found else None

    @rule(number=st.integers(0, 11))
    def confirm(self, number):
        pk = self.one(number, "pending")
        if pk is None:
            return
        row = self.rows[pk]
        if self.stands(row.statement, row.organization):
            return
        states.change_state(Signature.objects.get(pk=pk), "confirmed", from_states=["pending"])
        row.state, row.was_confirmed = "confirmed", True
        row.changes.append(next(_changes))

    @rule(number=st.integers(0, 11))
    def withdraw(self, number):
        pk = self.one(number, *LIVE)
        if pk is not None:
            states.withdraw(Signature.objects.get(pk=pk))
            self.rows[pk].state = "withdrawn"
            self.rows[pk].changes.append(next(_changes))

    @rule(number=st.integers(0, 11))
    def rename(self, number):
        pk = self.one(number, *LIVE)
        if pk is None:
            return
        row = self.rows[pk]
        one = Signature.objects.get(pk=pk)
        editing.correct(one, {"name": f"{one.name} x", "role": f"{one.role} x"})
        premoderated = row.statement == self.editions[1].statement_id
        if row.was_confirmed and premoderated and row.kind == "person":
            row.approved = False

    # Staff

    def picked(self, numbers):
        keys = sorted(self.rows)
        return sorted({keys[number % len(keys)] for number in numbers})

    def do(self, plan, at_most):
        """What a decision does to the next rows it waits for."""
        for pk in plan.waiting[:at_most]:
            row, verb = self.rows[pk], plan.verb
            to = {"hide": "hidden", "invalidate": "invalidated"}.get(verb, row.state)
            if verb == "restore":
                to = "confirmed" if row.was_confirmed else "pending"
            same = row.approved if verb == "approve" else row.state == to
            if same or row.state not in FROM[verb]:
                continue
            twice = row.state not in STANDING and to in STANDING
            if verb == "restore" and twice and self.stands(row.statement, row.organization):
                continue
            change = next(_changes)
            plan.done.append((pk, row.state, row.approved, change))
            row.state, row.approved = to, row.approved or verb == "approve"
            row.changes.append(change)
        del plan.waiting[:at_most]

    @precondition(lambda self: self.rows)
    @rule(verb=st.sampled_from(VERBS), numbers=picks)
    def decide(self, verb, numbers):
        pks = self.picked(numbers)
        said = bulk.preview(Signature.objects.filter(pk__in=pks), verb)
        result = bulk.perform(Signature, pks, verb, by=self.user, reason="because")
        plan = Plan(verb, list(pks), state="done")
        self.do(plan, len(pks))
        assert result.done == len(plan.done) == said.changing
        if result.decision:
            self.plans[result.decision.pk] = plan

    @precondition(lambda self: self.rows)
    @rule(network=st.sampled_from(NETWORKS), where=st.integers(0, 1), batches=st.integers(0, 4))
    def invalidate(self, network, where, batches):
        statement = self.editions[where].statement_id
        saved = decisions_on_many.prepare_invalidation(
            Criteria(statement=statement, networks=(network,)), by=self.user
        )
        decisions_on_many.begin(saved, by=self.user, reason="a script")
        found = [
            pk for pk, row in sorted(self.rows.items())
            if (row.network, row.statement) == (network, statement)
        ]  # fmt: skip
        self.plans[saved.pk] = Plan("invalidate", found)
        self.go_on(saved.pk, batches)

    def go_on(self, key, batches):
        plan = self.plans[key]
        for _ in range(batches):
            if worker.do_batch(key) is None:
                plan.state = "done"
                break
            self.do(plan, worker.SIZE)
        if plan.state != "done":
            assert decisions_on_many.stop(Decision.objects.get(pk=key))
            plan.state = "stopped"

    @rule(number=st.integers(0, 20), batches=st.integers(1, 4))
    def resume(self, number, batches):
        stopped = [key for key, plan in sorted(self.plans.items()) if plan.state == "stopped"]
        if stopped:
            key = stopped[number % len(stopped)]
            assert decisions_on_many.resume(Decision.objects.get(pk=key))
            self.plans[key].state = "running"
            self.go_on(key, batches)

    @rule(verb=st.sampled_from(VERBS), numbers=picks, at=st.integers(0, 5), by_owner=st.booleans())
    def decide_and_undo_what_somebody_changed(self, verb, numbers, at, by_owner):
        self.decide(verb, numbers)
        key, plan = max(self.plans.items(), default=(0, None))
        if plan is None or plan.state != "done" or not plan.done:
            return
        pk = plan.done[at % len(plan.done)][0]
        if by_owner and self.rows[pk].state in LIVE:
            states.withdraw(Signature.objects.get(pk=pk))
            self.rows[pk].state = "withdrawn"
            self.rows[pk].changes.append(next(_changes))
        elif not by_owner:
            self.decide("invalidate", [sorted(self.rows).index(pk)])
        self.undo_one(key)

    @precondition(lambda self: any(one.state in ("done", "stopped") for one in self.plans.values()))
    @rule(number=st.integers(0, 20))
    def undo(self, number):
        may = [key for key, one in sorted(self.plans.items()) if one.state in ("done", "stopped")]
        if not may:
            return
        self.undo_one(may[number % len(may)])

    def undo_one(self, key):
        decision = Decision.objects.get(pk=key)
        assert decisions_on_many.undo(decision, by=self.user)
        while worker.do_batch(key) is not None:
            pass
        decision.refresh_from_db()
        undone = self.undo_in_model(self.plans[key])
        assert (decision.state, decision.undone) == ("undone", undone)
        assert decision.kept == len(self.plans[key].done) - undone

    def undo_in_model(self, plan):
        undone, plan.state = 0, "undone"
        # A row that is put back counts as undone only for decisions that are undone later.
        for pk, state, approved, change in plan.done:
            row = self.rows[pk]
            later = row.changes[row.changes.index(change) + 1 :]
            if set(later) - self.forgotten or (plan.verb == "approve" and not row.approved):
                continue
            twice = row.state not in STANDING and state in STANDING
            if twice and self.stands(row.statement, row.organization):
                continue
            undoing = next(_changes)
            row.state = state
            row.approved = approved if plan.verb == "approve" else row.approved
            row.changes.append(undoing)
            self.forgotten |= {change, undoing}
            undone += 1
        return undone

    @invariant()
    def rows_and_tally_are_as_in_the_model(self):
        if not hasattr(self, "rows"):
            return
        stored = Signature.objects.filter(pk__in=self.rows).values_list("pk", "state", "approved")
        assert {pk: (state, approved) for pk, state, approved in stored} == {
            pk: (row.state, row.approved) for pk, row in self.rows.items()
        }
        counted = Counter((row.statement, row.kind) for row in self.rows.values() if row.counts)
        for edition in self.editions:
            found = tally.of(type(edition.statement).objects.get(pk=edition.statement_id))
            assert found == tally.Tally(
                counted[edition.statement_id, "organization"],
                counted[edition.statement_id, "person"],
            )
        assert not tally.differences()


def test_rows_and_tally_are_as_a_plain_model_says(monkeypatch):
    monkeypatch.setattr(worker, "SIZE", 2)
    run_state_machine_as_test(
        Moderation,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, derandomize=False,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

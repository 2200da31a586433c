"""Random imports, edits, yeses, undoings and what owners do, against a plain model in memory."""

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
from signatories.leads import batches, lines, reading, reviewing, worker
from signatories.models import ImportBatch, Organization, Signature
from signatories.moderation import decisions
from signatories.self_service import privacy
from signatories.testing import make_signature
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = ("Ada Brook", "Tomas Weiss", "Nora Lind", "Ines Falk", "Oskar Holm")
ORGANIZATIONS = ("River Trust", "Mill Museum", "Weir Society")
NAMES = (*PEOPLE, *ORGANIZATIONS)
LIVE = ("confirmed", "hidden")
_numbers = count(1)
picked = st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True)


def line_of(name):
    return f"{name}, Leeds, UK" if name in ORGANIZATIONS else f"{name}, Teacher, Leeds, UK"


@dataclass
class Row:
    name: str
    batch: int | None = None
    state: str = "confirmed"
    owner_did: bool = False


@dataclass
class Line:
    name: str
    decision: str = "sure"
    is_applied: bool = False
    seen: set[int] = field(default_factory=set)
    """Those of the name who stood there when it was read or held."""


class Imports(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.outer = transaction.atomic()
        self.outer.__enter__()
        number = next(_numbers)
        self.user = make_user(f"i{number}@example.org")
        self.edition = make_edition(f"Statement {number}")
        self.statement = self.edition.statement
        self.rows: dict[int, Row] = {}
        self.batches: dict[int, list[Line]] = {}
        self.undone: set[int] = set()
        self.erased: set[str] = set()
        self.before = Organization.objects.count()

    def teardown(self):
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    # The model

    def standing(self, name):
        return {pk for pk, row in self.rows.items() if row.name == name and row.state in LIVE}

    def open_batches(self):
        return [pk for pk in sorted(self.batches) if pk not in self.undone]

    def some(self, number):
        found = self.open_batches()
        return found[number % len(found)] if found else None

    # Staff

    @rule(names=picked, leads=st.booleans())
    def read(self, names, leads):
        batch = batches.open_batch(
            self.statement, "\n".join(map(line_of, names)).encode(), by=self.user,
            source="pasted", consent="mail", as_leads=leads,
        )  # fmt: skip
        reading.read(batch)
        model = []
        for name in names:
            line = Line(name)
            if name in self.erased:
                line.decision = "skipped"
            elif standing := self.standing(name):
                imported = any(self.rows[pk].batch for pk in standing)
                repeated = name in ORGANIZATIONS or imported
                line.decision, line.seen = "skipped" if repeated else "held", standing
            model.append(line)
        assert [line.decision for line in batch.lines.all()] == [one.decision for one in model]
        self.batches[batch.pk] = model

    @rule(number=st.integers(0, 9), at=st.integers(0, 9), choice=st.sampled_from(
        ["accepted", "skipped", "held"]))  # fmt: skip
    def decide(self, number, at, choice):
        pk = self.some(number)
        if pk is None:
            return
        at %= len(self.batches[pk])
        model = self.batches[pk][at]
        line = ImportBatch.objects.get(pk=pk).lines.get(position=at + 1)
        if model.is_applied or line.batch.state != "review" or line.decision == "sure":
            return
        lines.save(line, fields=line.fields, choice=choice, by=self.user, version=line.version)
        model.decision = choice

    @rule(number=st.integers(0, 9))
    def put_in(self, number):
        pk = self.some(number)
        if pk is None:
            return
        batch = ImportBatch.objects.get(pk=pk)
        if batch.state != "review":
            return
        reviewing.accept_sure(batch, by=self.user)
        batches.begin(batch)
        worker.work_on(batch)
        made = iter(Signature.objects.filter(batch=batch).exclude(pk__in=self.rows).order_by("pk"))
        for line in self.batches[pk]:
            line.decision = "accepted" if line.decision == "sure" else line.decision
            if line.decision != "accepted" or line.is_applied:
                continue
            # Another import of the name came first, or the form.
            standing = self.standing(line.name)
            if standing - line.seen or (standing and line.name in ORGANIZATIONS):
                line.decision, line.seen = "held", line.seen | standing
                continue
            line.is_applied = True
            one = next(made)
            assert one.displayed_name == line.name
            self.rows[one.pk] = Row(line.name, pk)
        assert next(made, None) is None

    @rule(number=st.integers(0, 9))
    def undo(self, number):
        pk = self.some(number)
        batch = ImportBatch.objects.filter(pk=pk).first()
        if batch is None or batch.state not in ("review", "applied"):
            return
        worker.undo_now(batch, by=self.user)
        mine = {key: row for key, row in self.rows.items() if row.batch == pk}
        goes = [key for key, row in mine.items() if not row.owner_did]
        assert batch.removed == len(goes)
        for key in goes:
            del self.rows[key]
        self.undone.add(pk)

    @precondition(lambda self: any(row.state == "confirmed" for row in self.rows.values()))
    @rule(number=st.integers(0, 9))
    def hide(self, number):
        pk = self.one(number, "confirmed")
        decisions.hide(Signature.objects.get(pk=pk), by=self.user, reason="because")
        self.rows[pk].state = "hidden"

    # Signers

    def one(self, number, *in_states):
        found = [pk for pk, row in sorted(self.rows.items()) if row.state in in_states]
        return found[number % len(found)]

    @rule(name=st.sampled_from(PEOPLE))
    def sign(self, name):
        self.rows[make_signature(self.edition, name).pk] = Row(name)

    @precondition(lambda self: any(row.state in LIVE for row in self.rows.values()))
    @rule(number=st.integers(0, 9))
    def withdraw(self, number):
        pk = self.one(number, *LIVE)
        states.withdraw(Signature.objects.get(pk=pk))
        self.rows[pk].state, self.rows[pk].owner_did = "withdrawn", True

    @precondition(lambda self: self.rows)
    @rule(number=st.integers(0, 9))
    def erase(self, number):
        pk = self.one(number, *LIVE, "withdrawn")
        privacy.erase(Signature.objects.get(pk=pk))
        self.erased.add(self.rows.pop(pk).name)

    # At every moment

    @invariant()
    def rows_and_tally_are_those_of_the_model(self):
        if not hasattr(self, "rows"):
            return
        there = Counter(
            (one.displayed_name, one.state)
            for one in Signature.objects.filter(statement=self.statement)
        )
        assert there == Counter((row.name, row.state) for row in self.rows.values())
        counted = Counter(
            row.name in ORGANIZATIONS for row in self.rows.values() if row.state == "confirmed"
        )
        assert tally.of(self.statement) == tally.Tally(
            organizations=counted[True], people=counted[False]
        )
        assert tally.differences() == []


def test_imports_and_their_undoing_are_as_the_model_says():
    run_state_machine_as_test(
        Imports,
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

"""Random imports, edits, yeses, undoings and what owners do, against a plain model in memory."""

from collections import Counter
from dataclasses import dataclass, field
from itertools import count

import pytest
from django.core.cache import cache
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
from signatories.models import ImportBatch, ImportLine, Organization, Signature
from signatories.moderation import decisions
from signatories.self_service import owner_answers, privacy
from signatories.self_service.owner_answers import OwnerResult
from signatories.signing.confirmation import digest
from signatories.testing import make_signature
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PEOPLE = ("Ada Brook", "Tomas Weiss", "Nora Lind", "Ines Falk", "Oskar Holm")
ORGANIZATIONS = ("River Trust", "Mill Museum", "Weir Society")
NAMES = (*PEOPLE, *ORGANIZATIONS)
LIVE = ("confirmed", "hidden")
MOST_OPEN = 2
"""Imports at once, so that something becomes of each."""

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
    stands_by: bool = False


@dataclass
class Line:
    name: str
    decision: str = "sure"
    is_applied: bool = False
    seen: set[int] = field(default_factory=set)
    """Those of the name who stood there when it was read or held."""
    signature: int | None = None
    """What it was made into, or merged with."""
    closed: bool = False
    """Whether it was open when the review ended."""
    leads: bool = False
    pk: int = 0


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
        # Some stand there from the start, so that lists name them again.
        for name in PEOPLE[:3]:
            self.sign(name)

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

    @precondition(lambda self: len(self.open_batches()) < MOST_OPEN)
    @rule(names=picked, leads=st.booleans())
    def read(self, names, leads):
        batch = batches.open_batch(
            self.statement, "\n".join(map(line_of, names)).encode(), by=self.user,
            source="pasted", consent="mail", as_leads=leads,
        )  # fmt: skip
        reading.read(batch)
        model = []
        for name in names:
            line = Line(name, leads=leads)
            if name in self.erased:
                line.decision = "skipped"
            elif standing := self.standing(name):
                imported = any(self.rows[pk].batch for pk in standing)
                repeated = name in ORGANIZATIONS or imported
                line.decision, line.seen = "skipped" if repeated else "held", standing
            model.append(line)
        stored = list(batch.lines.all())
        assert [line.decision for line in stored] == [one.decision for one in model]
        for line, one in zip(model, stored, strict=True):
            line.pk = one.pk
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
        model.decision, model.signature, model.closed = choice, None, False

    @precondition(lambda self: self.to_merge())
    @rule(number=st.integers(0, 9))
    def merge(self, number):
        """Say that a line is somebody whom its review offers."""
        model = self.to_merge()[number % len(self.to_merge())]
        line = ImportLine.objects.get(pk=model.pk)
        target = min(model.seen & self.standing(model.name))
        lines.save(line, fields=line.fields, choice=f"signature:{target}", by=self.user,
                   version=line.version)  # fmt: skip
        model.decision, model.signature, model.closed = "merged", target, False

    def to_merge(self):
        """Lines that nobody has taken, and that name somebody who stands there."""
        under_review = ImportBatch.objects.filter(pk__in=self.open_batches(), state="review")
        return [
            line
            for pk in under_review.order_by("pk").values_list("pk", flat=True)
            for line in self.batches[pk]
            if line.decision in ("held", "skipped") and line.seen & self.standing(line.name)
        ]

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
        for line in self.batches[pk]:
            line.decision = "accepted" if line.decision == "sure" else line.decision
        self.applied(pk)

    @rule(number=st.integers(0, 9))
    def close(self, number):
        """End the review: what is open is left out, what is taken is put in."""
        pk = self.some(number)
        if pk is None or ImportBatch.objects.get(pk=pk).state != "review":
            return
        batch = ImportBatch.objects.get(pk=pk)
        reviewing.close(batch, by=self.user)
        worker.work_on(batch)
        for line in self.batches[pk]:
            if line.decision in ("sure", "held"):
                line.decision, line.closed = "skipped", True
        self.applied(pk)

    def applied(self, pk):
        """What becomes of the lines that are taken."""
        made = iter(Signature.objects.filter(batch=pk).exclude(pk__in=self.rows).order_by("pk"))
        for line in self.batches[pk]:
            if line.decision == "merged" and not line.is_applied:
                there = self.rows.get(line.signature)
                line.is_applied = bool(there and there.state in LIVE)
                line.decision = "merged" if line.is_applied else "held"
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
            line.signature = one.pk
        assert next(made, None) is None

    @precondition(lambda self: self.ended())
    @rule(number=st.integers(0, 9))
    def review_again(self, number):
        """What was corrected and taken stays so; what was open when it ended is open again."""
        batch = self.ended()[number % len(self.ended())]
        reviewing.reopen(batch, by=self.user)
        self.undone.discard(batch.pk)
        for line in self.batches[batch.pk]:
            if line.closed:
                line.decision, line.closed = "held", False
            row = self.rows.get(line.signature)
            if line.decision == "accepted" and row and row.batch == batch.pk:
                line.is_applied = True
            taken = line.decision in ("accepted", "merged") and not line.is_applied
            if taken and line.name in self.erased:
                line.decision = "skipped"

    @rule(number=st.integers(0, 9))
    def undo(self, number):
        pk = self.some(number)
        batch = ImportBatch.objects.filter(pk=pk).first()
        if batch is None or batch.state not in ("review", "applied"):
            return
        worker.undo_now(batch, by=self.user)
        mine = {key: row for key, row in self.rows.items() if row.batch == pk}
        goes = [key for key, row in mine.items() if not row.owner_did]
        goes = [key for key in goes if not self.passed_on(key, pk)]
        assert batch.removed == len(goes)
        for key in goes:
            del self.rows[key]
        for line in self.batches[pk]:
            line.is_applied = False
        self.undone.add(pk)

    def ended(self):
        there = ImportBatch.objects.filter(pk__in=self.batches).order_by("pk")
        return [batch for batch in there if reviewing.may_reopen(batch)]

    def passed_on(self, key, pk):
        """Whether another import was merged with it: the signature is of that one then."""
        heirs = [
            (not line.leads, line.pk, other, line)
            for other in self.open_batches() if other != pk
            for line in self.batches[other]
            if line.decision == "merged" and line.is_applied and line.signature == key
        ]  # fmt: skip
        if not heirs:
            return False
        _place, _pk, other, line = min(heirs, key=lambda heir: heir[:2])
        self.rows[key].batch, line.decision = other, "accepted"
        return True

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
    def sign_here(self, name):
        self.sign(name)

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
        for line in (line for found in self.batches.values() for line in found):
            line.signature = None if line.signature == pk and line.is_applied else line.signature

    @precondition(lambda self: self.mine())
    @rule(number=st.integers(0, 9))
    def stand_by(self, number):
        """Somebody who was asked says that the name is theirs."""
        pk = self.mine()[number % len(self.mine())]
        one = Signature.objects.get(pk=pk)
        result = owner_answers.confirm(one, seen=digest(one), consent="I agree.")
        assert result == OwnerResult.CONFIRMED
        self.rows[pk].owner_did = self.rows[pk].stands_by = True

    def mine(self):
        """Those whose names an import put there, and who may say so."""
        return [
            pk for pk, row in sorted(self.rows.items())
            if row.batch and row.state in LIVE and not row.stands_by
        ]  # fmt: skip

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
        cache.clear()
        told = tally.collected_of([self.statement])[self.statement.pk]
        collected = Counter(
            row.name in ORGANIZATIONS for row in self.rows.values()
            if row.state == "confirmed" and row.batch and not row.stands_by
        )  # fmt: skip
        assert told == tally.Tally(organizations=collected[True], people=collected[False])


def test_imports_and_their_undoing_are_as_the_model_says():
    run_state_machine_as_test(
        Imports,
        settings=settings(
            max_examples=25, stateful_step_count=30, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_merging_undoing_and_reviewing_again_in_every_order():
    """What chance seldom reaches: a name of two imports, each undone and reviewed again."""
    machine = Imports()
    machine.begin()

    def passed():
        (ines,) = [row for row in machine.rows.values() if row.name == "Ines Falk"]
        assert ines.batch == max(machine.batches)

    try:
        steps = [
            lambda: machine.read(["Ines Falk", "Ada Brook"], leads=False),
            lambda: machine.merge(0),  # Ada, who signed
            lambda: machine.put_in(0),
            lambda: machine.read(["Ines Falk", "River Trust"], leads=True),
            lambda: machine.merge(0),  # Ines, whom the first import put there
            lambda: machine.put_in(1),
            lambda: machine.undo(0),  # Ines passes to the second
            passed,
            lambda: machine.review_again(0),
            lambda: machine.put_in(0),
            lambda: machine.stand_by(0),
            lambda: machine.undo(1),
            lambda: machine.review_again(0),
            lambda: machine.close(1),
            lambda: machine.undo(0),
            lambda: machine.undo(0),
        ]
        for step in steps:
            step()
            machine.rows_and_tally_are_those_of_the_model()
        assert len(machine.undone) == 2
    finally:
        machine.teardown()

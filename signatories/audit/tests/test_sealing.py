"""Every change of a count becomes one leaf, each day's leaves one seal, and nothing of it moves."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from casa.lib.db.append_only import AppendOnlyError
from signatories.audit import files, gathering, proving, sealing
from signatories.core import receipts, states
from signatories.models import EndedReceipt, GoneCount, Leaf, Organization, Seal, Signature
from signatories.moderation import decisions
from signatories.self_service import privacy
from signatories.signing import confirmation
from signatories.testing import make_signature
from statements.models import Statement
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

State = Signature.State
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def leaves(statement):
    told = Leaf.objects.filter(statement=statement).order_by("position")
    return list(told.values_list("change", "kind"))


def next_day(clock):
    clock.shift(A_DAY)
    sealing.gather_and_seal()


def file_of(statement):
    return "".join(files.of_seals(Seal.objects.filter(statement=statement).order_by("number")))


def test_what_is_counted_gets_one_leaf(clock):
    edition = make_edition()
    make_signature(edition)
    make_signature(edition, state=State.PENDING)
    make_signature(edition, approved=False)
    for _again in range(3):
        gathering.gather()
    assert leaves(edition.statement) == [("counted", "person")]
    clock.shift(gathering.OVERLAP * 2)
    make_signature(edition)
    gathering.gather()
    gathering.gather()
    assert leaves(edition.statement) == [("counted", "person")] * 2


def test_what_is_taken_out_and_put_back_gets_later_leaves():
    edition = make_edition()
    signature, user = make_signature(edition), make_user()
    for change in (
        lambda: None,
        lambda: decisions.hide(signature, by=user, reason="a joke"),
        lambda: decisions.restore(signature, by=user, reason="none"),
        lambda: states.withdraw(signature),
    ):
        change()
        gathering.gather()
    found = [change for change, _kind in leaves(edition.statement)]
    assert found == ["counted", "hidden", "counted", "withdrawn"]
    assert proving.prove(edition.statement).is_right


def test_confirming_makes_no_leaf_by_itself():
    edition = make_edition()
    gathering.gather()
    confirmation.confirm(make_signature(edition, state=State.PENDING))
    assert not leaves(edition.statement)
    assert proving.prove(edition.statement).is_right, "what is to come is known"


def test_what_is_erased_leaves_a_mark_that_nobody_can_make_again():
    edition = make_edition()
    signature = make_signature(edition)
    mark = receipts.mark_of_nonce(signature.nonce)
    gathering.gather()
    privacy.erase(signature)
    assert proving.prove(edition.statement).is_right
    gathering.gather()
    assert leaves(edition.statement) == [("counted", "person"), ("erased", "person")]
    assert {bytes(leaf.mark) for leaf in Leaf.objects.all()} == {mark}
    assert not EndedReceipt.objects.exists()
    assert GoneCount.objects.get().why == "erased"
    assert not Signature.objects.exists()


def test_what_is_erased_before_it_has_a_leaf_gets_none():
    edition = make_edition()
    gathering.gather()
    privacy.erase(make_signature(edition))
    gathering.gather()
    assert not leaves(edition.statement)
    assert not EndedReceipt.objects.exists()


def test_an_organization_whose_representative_is_erased_has_another_receipt():
    edition = make_edition()
    entry = Organization.objects.create(name="River Trust", slug="river-trust")
    signature = make_signature(edition, organization=entry)
    gathering.gather()
    privacy.erase_representative(signature)
    gathering.gather()
    changes = [change for change, _kind in leaves(edition.statement)]
    assert sorted(changes) == ["counted", "counted", "renewed"]
    assert proving.compare(edition.statement.pk).leaves == {"organization": 1, "person": 0}


def test_nothing_of_a_draft_is_told():
    draft = make_draft()
    gathering.gather()
    assert not Statement.objects.get(pk=draft.pk).leaves.exists()
    assert not hasattr(draft, "audit")


def test_each_day_that_is_over_is_sealed_once_and_chained(clock):
    edition = make_edition()
    make_signature(edition)
    sealing.gather_and_seal()
    assert not Seal.objects.exists(), "the day is not over"
    next_day(clock)
    sealing.gather_and_seal()
    first = Seal.objects.get()
    assert (first.number, first.leaves, first.people, first.day) == (1, 1, 1, NOON.date())
    next_day(clock)
    assert Seal.objects.count() == 1, "nothing has changed"
    states.withdraw(Signature.objects.get())
    make_signature(edition)
    sealing.gather_and_seal()
    next_day(clock)
    second = Seal.objects.get(number=2)
    assert (second.first, second.leaves, second.people) == (1, 2, 1)
    assert f"previous {first.sha256}\n" in second.head
    assert second.told == [["counted", "person", 1], ["withdrawn", "person", 1]]
    assert proving.broken_seals(edition.statement.pk) == []


def test_the_database_refuses_to_change_a_seal_or_a_leaf(clock):
    make_signature(make_edition())
    sealing.gather_and_seal()
    next_day(clock)
    for row in (Seal.objects.get(), Leaf.objects.get()):
        with pytest.raises(AppendOnlyError):
            row.save()
        with pytest.raises(AppendOnlyError):
            type(row).objects.all().delete()
        table = row._meta.db_table
        for sql in (f"UPDATE {table} SET statement_id = 1", f"DELETE FROM {table}"):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)


def test_what_the_schedule_missed_is_found_told_and_added():
    edition = make_edition()
    missed, gone = make_signature(edition), make_signature(edition)
    gathering.gather()
    assert not proving.wrong()
    Signature.objects.filter(pk=missed.pk).update(nonce="another")
    Signature.objects.filter(pk=gone.pk).update(state=State.HIDDEN)
    found = proving.wrong()
    assert found[0].counts.rows == {"organization": 0, "person": 1}
    assert found[0].counts.tally["person"] == 2
    changes = [change for change, _kind in leaves(edition.statement)]
    assert sorted(changes) == ["counted", "counted", "counted", "missing", "missing"]
    assert proving.compare(edition.statement.pk).leaves == found[0].counts.rows


def test_a_seal_whose_leaf_was_changed_is_found(clock):
    edition = make_edition()
    make_signature(edition)
    sealing.gather_and_seal()
    next_day(clock)
    row = Leaf.objects.get()
    fields = {"statement": row.statement, "position": 0, "kind": row.kind, "mark": b"x" * 32}
    with connection.cursor() as cursor:
        drop = "DROP TRIGGER signatories_leaf_no_delete"
        on = " ON signatories_leaf" if connection.vendor == "postgresql" else ""
        cursor.execute(drop + on)
        cursor.execute("DELETE FROM signatories_leaf")
    Leaf.objects.create(**fields, change="counted", gathered_on=row.gathered_on)
    assert proving.broken_seals(edition.statement.pk) == [1]

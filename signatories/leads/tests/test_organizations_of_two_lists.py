"""A list names organizations in an order of its own: on PostgreSQL it holds them all before."""

from functools import partial

import pytest
from django.db import connection

from signatories.core import locks, standing, tally
from signatories.core.tests.test_locks import beside
from signatories.leads import batches, placement, reading, reviewing, worker
from signatories.models import Organization
from signatories.parser import parse_block
from signatories.testing import make_organization
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

NAMES = ["Weir Society", "Mill Museum"]


@pytest.fixture(autouse=True)
def on_postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write after the other")


def place(statement):
    return partial(placement.place, statement, parse_block(enumerate(NAMES, start=1)))


def apply(statement):
    batch = batches.open_batch(
        statement, "\n".join(NAMES).encode(), source="pasted", consent="mail", by=None,
        as_leads=False,
    )  # fmt: skip
    reading.read(batch)
    reviewing.accept_sure(batch, by=None)
    batches.begin(batch)
    return partial(worker.work_on, batch)


def undo(statement):
    apply(statement)()
    return partial(worker.undo_now, statement.imports.get(), by=None)


@pytest.mark.parametrize("verb", [place, apply, undo])
def test_while_somebody_has_the_one_the_list_has_not_taken_the_other(verb):
    first, last = (make_organization(name) for name in reversed(NAMES))
    work = verb(make_edition().statement)
    with beside(work) as start:
        locks.lock_organizations([first.pk])
        future = start()
        assert not future.done()
        # Else neither of two who go the other way round would ever get both.
        free = Organization.objects.select_for_update(no_key=True, nowait=True)
        assert free.get(pk=last.pk) == last
    future.result()
    assert not tally.differences()
    assert not standing.differences()

"""Rows are locked in one order: on PostgreSQL no two verbs wait for each other.

One of two is held open in the middle, so that nothing hangs on who is faster.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.utils import timezone

from signatories.core import locks, tally
from signatories.core import standing as kept
from signatories.models import Decision, Invitation, Organization, Signature
from signatories.moderation import bulk, decisions, decisions_on_many, worker
from signatories.organizations import merging
from signatories.signing import invitations
from signatories.testing import (
    make_invitation,
    make_organization,
    make_round,
    make_signature,
    make_submission,
)
from statements import lifecycle, previews
from statements.models import PreviewLink
from statements.testing import make_draft, make_edition, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LONGEST = 20  # seconds, until somebody waits for a lock


@pytest.fixture(autouse=True)
def on_postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write after the other")


@contextmanager
def beside(job):
    """Does `job` in another connection, in the midst of a transaction that it may wait for."""

    def run():
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        yield lambda: begun(pool.submit(run))


def begun(future):
    """The future, once it waits for a lock or is done."""
    until = time.monotonic() + LONGEST
    asked = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    while not future.done() and time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(asked)
            if cursor.fetchone()[0]:
                break
    return future


@pytest.fixture
def standing():
    edition = make_edition()
    trust, club = make_organization("River Trust"), make_organization("Lake Club")
    return [make_signature(edition, organization=one) for one in (trust, club)]


def reject_one(rows, user):
    decisions.reject(rows[0].organization, by=user, reason="no such organization")


def reject_in_bulk(rows, user):
    bulk.perform(Organization, [rows[0].organization_id], "reject", by=user, reason="none")


def reject_two(rows, user):
    pks = [one.organization_id for one in rows]
    bulk.perform(Organization, pks, "reject", by=user, reason="none")


def undo(rows, user):
    decision = Decision.objects.get()
    decisions_on_many.undo(decision, by=user)
    while worker.do_batch(decision.pk) is not None:
        pass


@pytest.mark.parametrize("verb", [reject_one, reject_in_bulk, reject_two, undo])
def test_a_decision_on_organizations_holds_signatures_first_as_a_merge_does(standing, verb):
    user = make_user()
    if verb is undo:
        reject_two(standing, user)
    with beside(lambda: verb(standing, user)) as start:
        # As `merging.locked` and a confirmation begin: with the signatures.
        list(Signature.objects.select_for_update(of=("self",)).order_by("pk"))
        future = start()
        found = Organization.objects.select_for_update(nowait=True).order_by("pk")
        assert len(found) == 2  # else nobody would ever get both
    future.result()
    standing[0].organization.refresh_from_db()
    is_rejected = standing[0].organization.verification == Organization.Verification.REJECTED
    assert is_rejected == (verb is not undo)
    assert not tally.differences()


@pytest.mark.parametrize("verb", [reject_one, reject_in_bulk, reject_two, undo])
def test_a_statement_is_withdrawn_while_a_decision_holds_its_organizations(standing, verb):
    """Its trigger writes them while it lets nobody else change signatures of it."""
    user, statement = make_user(), standing[0].statement
    if verb is undo:
        reject_two(standing, user)
    with beside(lambda: lifecycle.withdraw(statement, by=None)) as start:
        locks.lock_signatures_of([one.organization_id for one in standing])
        locks.lock_organizations([one.organization_id for one in standing])
        future = start()
        verb(standing, user)
    future.result()
    assert not tally.differences()
    assert not kept.differences()


def test_a_decision_on_signatures_holds_their_organizations_in_the_order_of_their_keys():
    edition, user = make_edition(), make_user()
    first, last = make_organization("Lake Club"), make_organization("River Trust")
    pks = [make_signature(edition, organization=one).pk for one in (last, first)]
    hide = partial(bulk.perform, Signature, pks, "hide", by=user, reason="none")
    with beside(hide) as start:
        locks.lock_organizations([first.pk])
        future = start()
        free = Organization.objects.select_for_update(no_key=True, nowait=True)
        assert free.get(pk=last.pk) == last  # else nobody would ever get both
    future.result()
    assert not tally.differences()
    assert not kept.differences()


def invite(statement, email="ada@example.org"):
    until = timezone.now() + timedelta(days=7)
    link, _path = previews.give(
        statement, name="Ada", email=email, expires_at=until, by=make_user(email), may_sign=True
    )
    return link


def sign(link, **fields):
    words = previews.words_of(link.statement)[0]
    submission = make_submission(email=link.email, **fields)
    return invitations.sign(link, words, submission, seen=previews.mark(words))


def test_who_signs_by_a_link_for_an_organization_that_is_merged_stands_with_the_other():
    trust, club = make_organization("River Trust"), make_organization("Lake Club")
    link, user = invite(make_draft()), make_user()
    fields = {"kind": "organization", "organization": "Lake Club"}
    with beside(lambda: sign(PreviewLink.objects.get(pk=link.pk), **fields)) as start:
        merging.merge(trust, [club], by=user)
        future = start()
    assert future.result() == invitations.InvitationResult.SIGNED
    assert Signature.objects.get().organization == trust
    assert not tally.differences()


def test_who_has_signed_declines_no_more_at_the_same_moment():
    one = make_invitation(make_round())
    with beside(lambda: invitations.decline(PreviewLink.objects.get(), "No")) as start:
        result = sign(one.link, name="Nora Lind")
        future = start()
    assert result == invitations.InvitationResult.SIGNED
    assert future.result() is False
    assert Invitation.objects.get().answer == ""

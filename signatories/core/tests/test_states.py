"""What a verb of the state machine does when there is nothing left for it to do."""

import pytest

from signatories.core import states, tally
from signatories.models import SignatureEvent
from signatories.testing import make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition(premoderated=True)


@pytest.mark.medium
def test_a_name_that_is_checked_twice_keeps_its_number(edition):
    signature, user = make_signature(edition, approved=False), make_user()
    states.approve(signature, by=user, reason="checked")
    number = signature.number
    states.require_approval(signature, reason="the signer changed it")
    make_signature(edition)
    states.approve(signature, by=user, reason="checked again")
    assert signature.number == number
    assert tally.of(edition.statement).people == 2
    assert tally.differences() == []


def test_a_name_that_waits_already_is_not_sent_back_again(edition):
    signature = make_signature(edition, approved=False)
    assert not states.require_approval(signature, reason="the signer changed it")
    assert tally.differences() == []


def test_a_hidden_name_that_is_to_be_checked_again_is_not_taken_from_the_count_twice(edition):
    signature = make_signature(edition, state="hidden")
    assert states.require_approval(signature, reason="the signer changed it")
    assert tally.of(edition.statement).people == 0
    assert tally.differences() == []


def test_who_is_not_listed_as_withdrawn_is_not_unlisted(edition):
    signature = make_signature(edition, state="withdrawn")
    events = SignatureEvent.objects.count()
    assert not states.hide_withdrawal(signature)
    assert SignatureEvent.objects.count() == events


def test_a_signature_is_not_moved_to_the_words_it_stands_under(edition):
    signature = make_signature(edition)
    events = SignatureEvent.objects.count()
    assert not states.move_to_edition(signature, edition, reason="stays")
    assert SignatureEvent.objects.count() == events


def test_an_uncounted_signature_is_erased_without_touching_the_count(edition):
    make_signature(edition)
    pending = make_signature(edition, state="pending")
    states.erase(pending)
    assert tally.of(edition.statement).people == 1
    assert tally.differences() == []

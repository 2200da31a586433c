"""What programs of others hear of: each event once, after it is stored, and never in its way."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from signatories import signals as of_signatures
from signatories.core import states
from signatories.models import Signature
from signatories.testing import make_signature
from statements import lifecycle
from statements import signals as of_statements
from statements.models import Delivery, Statement
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

SIGNALS = {
    "signed": of_signatures.signed,
    "confirmed": of_signatures.confirmed,
    "withdrawn": of_signatures.withdrawn,
    "published": of_statements.published,
    "delivered": of_statements.delivered,
}


@pytest.fixture
def heard():
    """The names of signals, in the order in which a receiver was called."""
    names, receivers = [], {}
    for name, signal in SIGNALS.items():

        def receive(sender, name=name, **named):
            names.append(name)

        receivers[name] = receive
        signal.connect(receive)
    yield names
    for name, signal in SIGNALS.items():
        signal.disconnect(receivers[name])


def test_each_step_of_a_signature_is_heard_once(heard, django_capture_on_commit_callbacks):
    edition = make_edition()
    with django_capture_on_commit_callbacks(execute=True):
        signature = make_signature(edition, state=Signature.State.PENDING)
    assert heard == ["signed"]
    with django_capture_on_commit_callbacks(execute=True):
        pending = Signature.LIVE_STATES
        assert states.change_state(signature, "confirmed", from_states=pending)
        assert not states.change_state(signature, "confirmed", from_states=pending)
    assert heard == ["signed", "confirmed"]
    with django_capture_on_commit_callbacks(execute=True):
        states.withdraw(signature)
        states.withdraw(signature)
    assert heard == ["signed", "confirmed", "withdrawn"]


def test_what_is_undone_is_not_heard_of(heard, django_capture_on_commit_callbacks):
    edition = make_edition()
    with (
        pytest.raises(ZeroDivisionError),
        django_capture_on_commit_callbacks(execute=True),
        transaction.atomic(),
    ):
        make_signature(edition, state=Signature.State.PENDING)
        raise ZeroDivisionError
    assert heard == []


def test_a_statement_is_published_once(heard, django_capture_on_commit_callbacks):
    draft = make_draft()
    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.publish(draft, by=make_user())
    with django_capture_on_commit_callbacks(execute=True):
        assert of_statements.announce_published() == 0
    assert heard == ["published"]


def test_one_under_embargo_is_published_when_its_moment_has_come(
    heard, django_capture_on_commit_callbacks
):
    draft = make_draft()
    Statement.objects.filter(pk=draft.pk).update(publish_at=timezone.now() + timedelta(hours=1))
    draft.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        lifecycle.publish(draft, by=make_user())
        of_statements.announce_published()
    assert heard == []
    Statement.objects.filter(pk=draft.pk).update(publish_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert of_statements.announce_published() == 1
    assert heard == ["published"]


def test_a_hand_over_is_heard_of_once(heard, django_capture_on_commit_callbacks):
    statement = make_edition().statement
    with django_capture_on_commit_callbacks(execute=True):
        delivery = Delivery.objects.create(statement=statement, delivered_on=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        delivery.note = "In the town hall"
        delivery.save()
    assert heard == ["delivered"]


def test_a_receiver_that_fails_is_in_nobodys_way(heard, django_capture_on_commit_callbacks, caplog):
    def fail(sender, **named):
        raise ZeroDivisionError

    edition = make_edition()
    of_signatures.signed.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            signature = make_signature(edition, state=Signature.State.PENDING)
    finally:
        of_signatures.signed.disconnect(fail)
    assert Signature.objects.filter(pk=signature.pk).exists()
    assert heard == ["signed"]
    assert "ZeroDivisionError" in caplog.text

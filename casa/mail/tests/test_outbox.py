from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ

from casa.mail import kinds
from casa.mail.kinds import UnknownKindError
from casa.mail.models import OutgoingMail
from casa.mail.outbox import Letter, queue_all


@pytest.mark.django_db(transaction=True)
def test_a_mail_is_rolled_back_with_its_cause(send):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send()
        1 / 0  # noqa: B018
    assert not OutgoingMail.objects.exists()
    assert not OrmQ.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_woken_after_the_commit(send):
    with transaction.atomic():
        send()
        assert not OrmQ.objects.exists()
    assert OutgoingMail.objects.get().state == "queued"
    assert OrmQ.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_for_later_wakes_nobody(send):
    send(due_at=timezone.now() + timedelta(hours=1))
    assert not OrmQ.objects.exists()


@pytest.mark.django_db
def test_a_kind_nobody_registered_is_refused_at_once(send):
    with pytest.raises(UnknownKindError):
        send(kind="tests.nothing")
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\0", "\u2028"])
def test_an_address_cannot_begin_a_second_header(send, break_):
    with pytest.raises(ValueError, match="line breaks"):
        send(f"ada@example.org{break_}Bcc: eve@example.net")
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_one_bad_address_among_many_queues_none():
    letters = [Letter(to, "en", {}) for to in ("ada@example.org", "b@example.org\nBcc: eve@x")]
    with pytest.raises(ValueError, match="line breaks"):
        queue_all("tests.note", letters)
    assert not OutgoingMail.objects.exists()


def test_a_kind_is_registered_once():
    with pytest.raises(ValueError, match="already registered"):
        kinds.register("tests.note", lambda mail: None)

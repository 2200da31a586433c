import pytest

from casa.mail.delivery import deliver_due
from casa.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_an_address_that_does_not_exist_is_a_dead_letter_at_once(send, smtp):
    smtp.answer = lambda recipient: (
        "550 5.1.1 no such mailbox" if recipient.startswith("nobody") else "250 OK"
    )
    for address in ("ada@example.org", "nobody@example.org", "bob@example.org"):
        send(address)
    assert deliver_due() == 2
    assert smtp.recipients == ["ada@example.org", "bob@example.org"]
    mail = OutgoingMail.objects.get(to="nobody@example.org")
    assert (mail.state, mail.attempts, mail.due_at) == ("dead", 1, None)
    assert mail.last_error == "SMTP 550 5.1.1"


def test_a_refused_login_is_not_the_mails_fault(send, smtp, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "office", "wrong"
    send("ada@example.org")
    assert deliver_due() == 0
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.attempts) == ("queued", 1)

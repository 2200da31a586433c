import pytest
from django_q.models import OrmQ

from casa.mail.delivery import deliver_due, send_again
from casa.mail.models import OutgoingMail


@pytest.mark.medium
@pytest.mark.django_db(transaction=True)
def test_dead_letters_are_queued_anew_and_nothing_else_is(send, smtp):
    smtp.answer = lambda recipient: "550 no" if recipient == "dead@example.org" else "250 OK"
    send("sent@example.org")
    send("dead@example.org")
    deliver_due()
    OrmQ.objects.all().delete()
    smtp.answer = lambda recipient: "250 OK"

    assert send_again(OutgoingMail.objects.all()) == 1
    assert send_again(OutgoingMail.objects.all()) == 0
    mail = OutgoingMail.objects.get(to="dead@example.org")
    assert (mail.state, mail.attempts, mail.last_error) == ("queued", 0, "")
    assert deliver_due() == 1
    assert smtp.recipients == ["sent@example.org", "dead@example.org"]

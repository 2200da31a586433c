from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casa.mail.delivery import deliver_due
from casa.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_the_command_queues_a_message_that_arrives(smtp):
    output = StringIO()
    call_command("send_test_mail", "office@example.org", stdout=output)
    assert "1 test message is queued." in output.getvalue()
    assert deliver_due() == 1
    assert smtp.messages[0]["Subject"] == "Test message from Civic Coalition"


def test_a_mistyped_address_queues_nothing():
    with pytest.raises(CommandError, match="no-address"):
        call_command("send_test_mail", "office@example.org", "no-address")
    assert not OutgoingMail.objects.exists()

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casa.lib.testing import free_port
from casa.mail.delivery import deliver_due
from casa.mail.management.commands import send_test_mail
from casa.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_the_command_queues_a_message_that_arrives(smtp):
    output = StringIO()
    call_command("send_test_mail", "office@example.org", wait=0, stdout=output)
    assert "Queued." in output.getvalue()
    assert deliver_due() == 1
    assert smtp.messages[0]["Subject"] == "Test message from Civic Coalition"


def test_a_mistyped_address_queues_nothing():
    with pytest.raises(CommandError, match="no-address"):
        call_command("send_test_mail", "office@example.org", "no-address")
    assert not OutgoingMail.objects.exists()


@pytest.fixture
def worker(monkeypatch):
    """Work is done while the command waits."""
    monkeypatch.setattr(send_test_mail.time, "sleep", lambda seconds: deliver_due())


def test_it_says_that_the_mail_server_took_it(smtp, worker):
    output = StringIO()
    call_command("send_test_mail", "office@example.org", stdout=output)
    assert output.getvalue() == "office@example.org: The mail server took it.\n"


def test_it_says_why_a_message_did_not_go_out(settings, worker):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()  # nobody listens there
    output = StringIO()
    with pytest.raises(CommandError, match="Not every message went out"):
        call_command("send_test_mail", "office@example.org", stdout=output)
    assert "It did not go out (ConnectionRefusedError)." in output.getvalue()


@pytest.mark.medium
def test_it_says_that_no_worker_took_it(monkeypatch):
    monkeypatch.setattr(send_test_mail, "STEP", 0)
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("send_test_mail", "office@example.org", wait=1, stdout=output)
    assert "No worker has taken it." in output.getvalue()

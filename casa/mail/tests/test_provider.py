"""Mail through a provider's API: taken, refused, or not now; and what it reports afterwards."""

import logging
from base64 import b64encode

import pytest
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from anymail.message import AnymailRecipientStatus, AnymailStatus
from anymail.signals import AnymailTrackingEvent
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from django.utils import timezone

from casa import environment
from casa.lib.http import POLICIES
from casa.mail import bounces, kinds, transport, webhook
from casa.mail.delivery import PAUSES, deliver_due, send_again
from casa.mail.kinds import Message
from casa.mail.models import OutgoingMail
from casa.mail.transport import Fault

pytestmark = [pytest.mark.django_db, pytest.mark.urls("casa.mail.tests.urls")]

TRACKING = "/anymail/postmark/tracking/"


def bounce(mail, **fields):
    """What Postmark posts, from its documentation, with what the test changes."""
    return {
        "RecordType": "Bounce", "ID": 42, "Type": "HardBounce", "TypeCode": 1,
        "MessageID": mail.provider_id, "ServerID": 1234, "MessageStream": "outbound",
        "Name": "Hard bounce", "Tag": "", "Metadata": {},
        "Description": "The server was unable to deliver your message (ex: unknown user).",
        "Details": f"550 5.1.1 <{mail.to}>: unknown user", "Email": mail.to,
        "From": "signatures@example.org", "BouncedAt": "2026-11-24T16:33:54.9070259Z",
        "DumpAvailable": True, "Inactive": True, "CanActivate": True, "Subject": "x", **fields,
    }  # fmt: skip


def report(event, secret="casa:a-secret-of-the-tests"):
    headers = {"Authorization": f"Basic {b64encode(secret.encode()).decode()}"} if secret else {}
    client = Client(raise_request_exception=False)
    return client.post(TRACKING, event, content_type="application/json", headers=headers)


@pytest.fixture
def heard():
    """What the owner of a kind of mail is told."""
    told = []
    kinds.register(
        "tests.told", lambda mail: Message("A note", "test"),
        on_trouble=lambda mail, trouble: told.append((mail.pk, trouble)),
    )  # fmt: skip
    return told


@pytest.fixture
def mail(send, provider, heard):
    send("ada@example.org", kind="tests.told")
    assert deliver_due() == 1
    return OutgoingMail.objects.get()


def test_the_provider_takes_it_and_its_number_is_kept(mail, provider):
    assert (mail.state, mail.provider_id) == ("sent", "b7bc2f4a-e38e-4336-af7d-e6c392c2f801")
    assert provider.taken[0]["To"] == "ada@example.org"
    assert provider.taken[0]["HtmlBody"]


def test_a_server_of_ones_own_gives_no_number(send, smtp):
    send()
    deliver_due()
    assert OutgoingMail.objects.get().provider_id == ""


@pytest.mark.parametrize(
    ("fields", "trouble"),
    [
        ({}, "hard"),
        ({"Type": "BadEmailAddress"}, "hard"),
        ({"Type": "SoftBounce"}, "soft"),
        ({"Type": "Transient"}, "soft"),
        ({"Type": "Blocked"}, "soft"),
        ({"Type": "DMARCPolicy"}, "soft"),
        ({"Type": "SpamNotification"}, "complaint"),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, "complaint"),
        ({"Type": "AutoResponder"}, ""),
        ({"RecordType": "Open"}, ""),
    ],
)
def test_what_it_reports_is_written_on_the_mail_and_told_to_its_owner(mail, heard, fields, trouble):
    assert report(bounce(mail, **fields)).status_code == 200
    mail.refresh_from_db()
    assert mail.trouble == trouble
    assert bool(mail.trouble_at) is bool(trouble)
    assert heard == ([(mail.pk, trouble)] if trouble else [])


def test_repeated_and_mixed_up_reports_count_once(mail, heard):
    for kind in ("Transient", "HardBounce", "HardBounce", "Transient", "SoftBounce"):
        report(bounce(mail, Type=kind))
    assert [trouble for _pk, trouble in heard] == ["soft", "hard"]


def test_what_arrives_after_all_is_no_trouble(mail, heard):
    delivered = {"RecordType": "Delivery", "Recipient": mail.to, "DeliveredAt": None}
    delivery = bounce(mail, **delivered | {"DeliveredAt": "2026-11-24T16:33:54Z"})
    report(delivery)
    report(bounce(mail, Type="Transient"))
    report(delivery)
    assert [trouble for _pk, trouble in heard] == ["soft", None]
    mail.refresh_from_db()
    assert mail.trouble == ""
    report(bounce(mail))
    report(delivery)  # late news of an earlier step
    mail.refresh_from_db()
    assert mail.trouble == "hard"


@pytest.mark.medium
@pytest.mark.page
@pytest.mark.parametrize("secret", ["", "casa:wrong", "wrong:a-secret-of-the-tests", "casa"])
def test_whoever_does_not_know_the_secret_is_refused(mail, heard, secret):
    answer = report(bounce(mail), secret)
    assert answer.status_code == 400
    assert not heard


@pytest.mark.medium
def test_nothing_of_it_is_logged(mail, caplog):
    caplog.set_level(logging.DEBUG)
    report(bounce(mail))
    report(bounce(mail), "casa:wrong")
    report("no json")
    assert "ada@" not in caplog.text


def test_reports_of_mail_that_is_not_ours_change_nothing(mail, heard):
    for number in ("", None, "0" * 36, mail.provider_id + "0"):
        assert report(bounce(mail, MessageID=number)).status_code == 200
    assert not heard


@pytest.mark.page
def test_its_address_is_kept_by_nobody_and_sets_no_cookie(mail):
    answer = report(bounce(mail))
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.cookies
    for provider in environment.MAIL_PROVIDERS:
        (entry,) = webhook.addresses(provider)
        assert entry.callback.cache_policy in POLICIES
        assert str(entry.pattern) == f"{provider}/tracking/"


@pytest.mark.page
def test_there_is_no_such_address_without_a_provider():
    assert webhook.addresses("") == []


@pytest.mark.parametrize("address", ["ada@example.org", "Ada@Example.org"])
def test_a_recipient_it_refuses_at_once_is_a_dead_letter(send, provider, heard, address):
    provider.status = 422
    provider.answer = {
        "ErrorCode": 406,
        "Message": "You tried to send to recipient(s) that have been marked as inactive."
        " Found inactive addresses: ada@example.org. Inactive recipients are ones that have"
        " generated a hard bounce or a spam complaint.",
    }
    mail = send(address, kind="tests.told")
    assert deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("dead", "refused by the provider")
    assert heard == [(mail.pk, "hard")]


@pytest.mark.parametrize("status", [500, 429, 401, 422])
def test_its_other_answers_are_tried_again(send, provider, heard, caplog, status):
    provider.status, provider.answer = status, {"ErrorCode": 10, "Message": "ada@example.org?"}
    mail = send("ada@example.org", kind="tests.told")
    deliver_due()
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("queued", f"HTTP {status}")
    assert not heard
    assert "ada@" not in caplog.text


def test_a_provider_that_is_away_is_tried_again(send, provider):
    provider.stop()
    mail = send()
    deliver_due()
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("queued", "no answer")


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ("550 5.1.1 no such mailbox", "hard"),
        ("550 no such mailbox", "hard"),
        ("550 5.2.1 mailbox disabled", "hard"),
        ("550 5.7.1 we do not like you", "soft"),
        ("552 5.2.2 mailbox full", "soft"),
        ("554 5.7.1 blocked", "soft"),
    ],
)
def test_a_server_that_refuses_is_heard_as_a_bounce_is(send, smtp, heard, answer, trouble):
    smtp.answer = lambda recipient: answer
    mail = send(kind="tests.told")
    deliver_due()
    mail.refresh_from_db()
    assert (mail.state, mail.trouble) == ("dead", trouble)
    assert heard == [(mail.pk, trouble)]


def test_what_may_pass_is_no_trouble_until_it_is_given_up(send, smtp, heard):
    smtp.answer = lambda recipient: "451 4.3.0 later"
    mail = send(kind="tests.told")
    deliver_due()
    assert not heard
    OutgoingMail.objects.update(attempts=len(PAUSES), due_at=timezone.now())
    deliver_due()
    assert heard == [(mail.pk, "soft")]


def test_sent_again_it_begins_anew(send, smtp, heard):
    smtp.answer = lambda recipient: "550 5.1.1 no such mailbox"
    mail = send(kind="tests.told")
    deliver_due()
    smtp.answer = lambda recipient: "250 OK"
    send_again(OutgoingMail.objects.all())
    assert deliver_due() == 1
    mail.refresh_from_db()
    assert (mail.state, mail.trouble) == ("sent", "")


@pytest.mark.page
@pytest.mark.parametrize(
    ("error", "fault", "summary"),
    [
        (AnymailRecipientsRefused(), Fault.REFUSED, "refused by the provider"),
        (AnymailAPIError("x"), Fault.SERVER, "no answer"),
        (RuntimeError("x"), Fault.BROKEN, "RuntimeError"),
    ],
)
def test_what_its_backend_raises_is_explained_without_an_address(error, fault, summary):
    explained = transport.explain(error)
    assert (explained.fault, explained.summary) == (fault, summary)


def test_a_mail_that_the_provider_finds_wrong_waits_alone(send, provider):
    provider.status, provider.answer = 413, {"ErrorCode": 300, "Message": "Too large"}
    send("ada@example.org")
    send("bo@example.org")
    assert deliver_due() == 0
    assert len(provider.taken) == 2  # after an answer about us, the second would not be tried
    assert set(OutgoingMail.objects.values_list("last_error", flat=True)) == {"HTTP 413"}


def test_a_backend_that_accepts_nothing_is_asked_again_later(send, settings):
    settings.EMAIL_BACKEND = "casa.mail.tests.test_provider.Silent"
    send()
    assert deliver_due() == 0
    assert OutgoingMail.objects.get().last_error == "not accepted"


@pytest.mark.parametrize("status", ["rejected", "invalid"])
def test_a_recipient_that_the_provider_turns_down_is_a_dead_letter(send, settings, status):
    settings.EMAIL_BACKEND = "casa.mail.tests.test_provider.TurnsDown"
    TurnsDown.status = status
    send()
    assert deliver_due() == 0
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.trouble) == ("dead", "hard")


class Silent(BaseEmailBackend):
    def send_messages(self, messages):
        return 0


class TurnsDown(BaseEmailBackend):
    status = ""

    def send_messages(self, messages):
        for message in messages:
            message.anymail_status = AnymailStatus()
            answer = AnymailRecipientStatus(message_id=None, status=self.status)
            message.anymail_status.set_recipient_status({message.to[0]: answer})
        return len(messages)


def test_a_mail_rejected_as_spam_is_a_complaint():
    event = AnymailTrackingEvent(event_type="bounced", reject_reason="spam", esp_event={})
    assert bounces.trouble_of(event) == "complaint"

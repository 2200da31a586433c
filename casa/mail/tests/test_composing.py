import pytest

from casa.mail import kinds
from casa.mail.delivery import deliver_due
from casa.mail.kinds import Message
from casa.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


def test_text_and_html_with_the_headers_of_an_automatic_mail(send, smtp, settings):
    settings.SITE_NAME = "Kitabxana dostları"
    mail = send("ada@example.org")
    assert deliver_due() == 1

    (message,) = smtp.messages
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "A note"
    assert message["From"].addresses[0].display_name == "Kitabxana dostları"
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    for part in message.iter_parts():
        assert "the mail settings work" in part.get_content()
        assert settings.SITE_POSTAL_ADDRESS in part.get_content()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.due_at) == ("sent", 1, None)
    assert mail.sent_at


def test_a_retry_keeps_the_message_id(send, smtp, clock):
    send()
    smtp.answer = lambda recipient: "451 4.3.0 try later"
    assert deliver_due() == 0
    smtp.answer = lambda recipient: "250 OK"
    clock.move(minutes=2)
    assert deliver_due() == 1
    assert smtp.messages[0]["Message-ID"] == OutgoingMail.objects.get().message_id


def test_a_subject_cannot_begin_a_second_header(send, smtp):
    kinds.register(
        "tests.evil", lambda mail: Message("Hello\r\nBcc: eve@example.net\r\n\r\nBody", "test")
    )
    send(kind="tests.evil")
    assert deliver_due() == 1
    assert smtp.messages[0]["Bcc"] is None
    assert smtp.messages[0]["Subject"] == "Hello Bcc: eve@example.net Body"


def test_a_header_of_a_kind_cannot_begin_a_second_one(send, smtp):
    evil = {"List-Unsubscribe": "<x>\r\nBcc: eve@example.net"}
    kinds.register("tests.evil", lambda mail: Message("Hello", "test", headers=evil))
    send(kind="tests.evil")
    assert deliver_due() == 0
    assert not smtp.messages


def test_names_are_escaped_in_html_and_plain_in_text(send, smtp, settings):
    settings.SITE_NAME = "Rivers & <b>Books</b>"
    send()
    deliver_due()
    text, html = (part.get_content() for part in smtp.messages[0].iter_parts())
    assert "Rivers & <b>Books</b>" in text
    assert "Rivers &amp; &lt;b&gt;Books&lt;/b&gt;" in html
    assert "<b>Books" not in html


def test_words_are_in_the_language_of_the_mail(smtp):
    from django.utils.translation import get_language

    from casa.mail.outbox import queue

    kinds.register("tests.language", lambda mail: Message(get_language(), "test"))
    queue("tests.language", to="ada@example.org", language="az")
    deliver_due()
    assert smtp.messages[0]["Subject"] == "az"
    assert '<html lang="az"' in smtp.messages[0].get_body(("html",)).get_content()


def test_a_mail_nobody_wants_any_more_is_dropped(send, smtp):
    kinds.register("tests.erased", lambda mail: None)
    send(kind="tests.erased")
    assert deliver_due() == 0
    assert OutgoingMail.objects.get().state == "dropped"
    assert smtp.connections == 0


def test_no_word_of_the_mail_is_stored(send, smtp):
    kinds.register(
        "tests.secret", lambda mail: Message("A", "test", {"button_url": "https://x/TOKEN"})
    )
    send(kind="tests.secret")
    deliver_due()
    assert "TOKEN" in str(smtp.messages[0])
    assert "TOKEN" not in str(OutgoingMail.objects.values().get())


@pytest.mark.medium
def test_a_batch_goes_through_one_connection(send, smtp):
    for number in range(10):
        send(f"signer{number}@example.org")
    assert deliver_due() == 10
    assert smtp.connections == 1

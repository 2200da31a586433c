import pytest

from casa.mail import delivery, kinds, outbox
from casa.mail.kinds import Message
from casa.mail.tests.provider import Provider
from casa.mail.tests.smtp import Sink

KIND = "tests.note"


@pytest.fixture(autouse=True)
def fresh_process(monkeypatch):
    """What a process remembers, forgotten; the kinds it knows, with one for tests."""
    monkeypatch.setattr(delivery, "_server", delivery._Server())
    monkeypatch.setattr(outbox, "_wakes", outbox.Window(outbox.WAKE_WINDOW))
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(KIND, lambda mail: Message("A note", "test"), label="Note")


@pytest.fixture
def send():
    """Queues a note to an address."""

    def queue(to="ada@example.org", **options):
        return outbox.queue(options.pop("kind", KIND), to=to, language="en", **options)

    return queue


@pytest.fixture
def smtp(settings):
    """A mail server that runs, and is the one the site uses."""
    sink = Sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    sink.start()
    yield sink
    sink.stop()


@pytest.fixture
def provider(settings):
    """A provider that runs, and is the one the site uses."""
    provider = Provider()
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "token", "POSTMARK_API_URL": provider.url,
        "WEBHOOK_SECRET": "casa:a-secret-of-the-tests",
    }  # fmt: skip
    yield provider
    provider.stop()

"""What is reported to Sentry helps to mend an error, and names nobody; what leaves is looked at."""

import logging

import pytest
import sentry_sdk
from django.core.handlers.base import BaseHandler
from django.db import OperationalError
from sentry_sdk.transport import Transport

from casa.accounts.testing import PASSWORD
from casa.operations import error_reports
from signatories.core import tokens
from signatories.testing import form_data, make_signature, own_url
from statements.testing import make_edition, make_user

NAME, ADDRESS = "Zqname Quagga", "zqaddress@example.org"
DSN = "https://public@sentry.example.org/7"


class Kept(Transport):
    """Sends nothing."""

    def __init__(self):
        super().__init__()
        self.envelopes = []

    def capture_envelope(self, envelope):
        self.envelopes.append(envelope.serialize().decode())


@pytest.fixture
def reported(settings):
    """What would have been sent."""
    settings.SENTRY_DSN = DSN
    transport = Kept()
    error_reports.start(transport=transport)
    yield transport.envelopes
    sentry_sdk.get_global_scope().set_client(None)


@pytest.fixture
def failing(client, monkeypatch):
    client.raise_request_exception = False

    def fail(error):
        def view(request, *args, **kwargs):
            local = f"{NAME} {kwargs} {request.POST}"
            raise error(f"{len(local)} at {request.get_full_path()} of {ADDRESS}")

        monkeypatch.setattr(BaseHandler, "make_view_atomic", lambda self, _view: view)

    return fail


@pytest.mark.medium
@pytest.mark.django_db
def test_an_error_is_reported_and_nobody_is_in_it(client, reported, failing):
    signature = make_signature(make_edition(), NAME, email=ADDRESS)
    token = tokens.make(signature, tokens.MANAGE)
    client.force_login(make_user("zqeditor@example.org"))
    failing(RuntimeError)
    headers = {"User-Agent": "Zqbrowser/1.0", "X-Forwarded-For": "203.0.113.77",
               "Referer": "https://testserver/zqreferer/"}  # fmt: skip
    client.get(own_url(signature), {"again": token}, headers=headers)
    client.post(own_url(signature, "correct"), form_data(name=NAME, password=PASSWORD))
    client.get("/admin/", headers=headers)
    assert len(reported) == 3
    for sent in reported:
        assert "RuntimeError" in sent
        assert "test_error_reports.py" in sent
        assert '"request"' in sent  # the id, which the log has, too
        for word in (NAME, ADDRESS, "zqeditor", "Zqbrowser", "203.0.113.77", "zqreferer", token,
                     token[:16], PASSWORD, signature.email_key, "sessionid", "vars"):  # fmt: skip
            assert word not in sent, word


def test_a_line_of_the_log_is_reported_without_what_was_put_into_it(reported):
    logging.getLogger("casa").error("Mail %s to %s failed", 7, ADDRESS, extra={"who": NAME})
    (sent,) = reported
    assert "Mail %s to %s failed" in sent
    assert ADDRESS not in sent
    assert NAME not in sent


@pytest.mark.medium
def test_an_outage_is_not_reported_for_each_request(client, reported, failing):
    failing(OperationalError)
    client.get("/")
    logging.getLogger("casa").error("It failed", exc_info=OperationalError("away"))
    assert not [sent for sent in reported if "OperationalError" in sent]


def test_without_the_setting_nothing_is_started(settings):
    settings.SENTRY_DSN = ""
    error_reports.start(transport=None)
    assert not sentry_sdk.get_client().is_active()

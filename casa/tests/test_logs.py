"""No log line holds a secret path, a token, or what somebody wrote, whatever goes wrong."""

import io
import logging
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.core import signing
from django.core.handlers.base import BaseHandler
from django.db import IntegrityError, OperationalError
from django.db.utils import DataError
from django.urls import URLResolver, get_resolver
from django.utils.module_loading import import_string

from casa.lib import logs
from signatories.core import tokens
from signatories.models import Signature
from signatories.testing import make_signature
from statements.testing import make_edition

FORMAT = django_settings.LOGGING["formatters"]["text"]


@pytest.fixture
def written():
    """What the site's own formatter writes of all that is logged."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = import_string(FORMAT["()"])
    handler.setFormatter(formatter(FORMAT["format"], style=FORMAT["style"]))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


@pytest.fixture
def failing(monkeypatch, client):
    """Lets every view fail with the error it is called with, which says all that it knows."""
    client.raise_request_exception = False

    def fail(error):
        def view(request, *args, **kwargs):
            raise error(f"{request.get_full_path()} with {kwargs} for nora@example.org")

        monkeypatch.setattr(BaseHandler, "make_view_atomic", lambda self, _view: view)

    return fail


def secret_patterns(resolver=None, before=""):
    """Every address that captures a secret, as a template of its path."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from secret_patterns(entry, route)
        elif any(f"{part}>" in route for part in logs.SECRET_PARTS):
            yield route


def path_of(route, secret):
    for part in logs.SECRET_PARTS:
        route = route.replace(f"<str:{part}>", secret).replace(f"<{part}>", secret)
    return "/" + route.replace("<slug:action>", "correct").replace("<slug:answer>", "stay")


def test_the_secret_addresses_are_found():
    routes = list(secret_patterns())
    assert len(routes) >= 11
    for name in (
        "sign/mail/",
        "mail/stop/",
        "sign/confirm/",
        "sign/manage/",
        "preview/",
        "password-reset/",
    ):
        assert any(name in route for route in routes), name


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("failure", [(RuntimeError, 500), (OperationalError, 503)])
@pytest.mark.parametrize("secret", ["Zanzibar-4711", signing.dumps([47, "f" * 32], salt="x")])
def test_a_failure_at_a_secret_address_does_not_write_it(client, failing, written, failure, secret):
    error, status = failure
    failing(error)
    for route in secret_patterns():
        for language in ("", "/az"):
            path = path_of(route, secret)
            if "admin/" in path and language:
                continue
            assert client.get(language + path).status_code == status, path
            client.post(f"{language}{path}?again={secret}")
    said = written.getvalue()
    assert "RuntimeError" in said or "OperationalError" in said
    assert secret not in said
    assert secret[:12] not in said
    assert "nora@example.org" not in said


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_not_written(written):
    edition = make_edition()
    first = make_signature(edition, "Wilhelmina Sand", email="wilma@example.org")
    with pytest.raises((IntegrityError, DataError)) as raised:
        make_signature(edition, "Wilhelmina Sand", email="wilma@example.org", comment="Very\nbad")
    logging.getLogger("casa").error("It failed", exc_info=raised.value)
    said = written.getvalue()
    assert "IntegrityError" in said
    assert "wilma@" not in said
    assert first.email_key not in said


POSTGRES = """Traceback (most recent call last):
  File "x.py", line 1, in execute
psycopg2.errors.NotNullViolation: null value in column "state" violates not-null constraint
DETAIL:  Failing row contains (12, Wilhelmina Sand, Very
bad, Quagga Street).

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "y.py", line 2, in execute
django.db.utils.DataError: invalid input syntax for type integer: "x"
LINE 1: SELECT 1 WHERE name = 'Wilhelmina'
                              ^
"""


def test_what_postgresql_tells_of_a_row_is_cut():
    said = logs.redacted(POSTGRES)
    for word in ("Wilhelmina", "Quagga", "bad"):
        assert word not in said
    assert "NotNullViolation" in said
    assert 'File "y.py", line 2' in said
    assert "DataError" in said


@pytest.mark.django_db
def test_a_wrong_host_or_a_broken_request_is_one_line(client, settings, written):
    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["letters.example.org"]
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    settings.ALLOWED_HOSTS = ["*"]
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    edition = make_edition()
    client.post(f"/sign/{edition.statement.slug}/", {"a": 1, "b": 2, "c": 3})
    lines = written.getvalue().splitlines()
    assert len(lines) == 2, lines
    assert "Traceback" not in written.getvalue()


@pytest.mark.django_db
def test_tokens_are_cut_wherever_they_stand():
    signature = make_signature(make_edition(), state=Signature.State.PENDING)
    for purpose in tokens.LIFETIME:
        token = tokens.make(signature, purpose)
        for text in (token, f"{{'token': '{token}'}}", f"?next=%2F{token.replace(':', '%3A')}"):
            assert token not in logs.redacted(text)
            assert token[-20:] not in logs.redacted(text), text


def test_what_was_typed_begins_no_line_of_its_own(written):
    forged = "/a\n2026-01-05T12:00:00.000Z INFO casa: forged\x1b[2J\u2028b"
    logging.getLogger("django.request").error("Internal Server Error: %s", forged)
    lines = written.getvalue().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].endswith(r"/a\x0a2026-01-05T12:00:00.000Z INFO casa: forged\x1b[2J\x2028b")


def test_the_time_of_a_line_is_utc_and_says_so(written, settings):
    settings.TIME_ZONE = "America/New_York"
    before = datetime.now(UTC).replace(microsecond=0)
    logging.getLogger("casa").info("Now")
    stamp = written.getvalue().split()[0]
    assert stamp.endswith("Z")
    assert before <= datetime.fromisoformat(stamp) <= datetime.now(UTC)


def test_ordinary_lines_stay_as_they_are():
    line = "2026-01-05T12:00:01.123Z INFO casa.mail: Mail 7 (signatories.confirm) waits: 451 busy"
    assert logs.redacted(line) == line

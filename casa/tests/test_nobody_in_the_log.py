"""Whoever signs, confirms, uses a private link or works in the back office is in no log line."""

import io
import json
import logging

import pytest
from django.conf import settings as django_settings
from django.core.signing import Signer
from django.urls import reverse
from django.utils.module_loading import import_string

from casa.accounts.testing import PASSWORD, make_staff, sign_in
from casa.lib import logs, tasks
from casa.mail import delivery
from casa.mail.models import OutgoingMail
from signatories.core import tokens
from signatories.models import Signature
from signatories.testing import form_data, own_url, press_confirm
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.medium]

NAME, ADDRESS, ROLE = "Zqname Quagga", "zqaddress@example.org", "Zqrole of the river"
STAFF = "zqstaff@example.org"
BROWSER = {"Cookie": "zqcookie=1", "User-Agent": "Zqbrowser/1.0", "X-Forwarded-For": "203.0.113.77"}


@pytest.fixture(params=logs.FORMATS)
def log(request):
    """All that is logged, of every logger and level, as it is written in one of the formats."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    options = dict(django_settings.LOGGING["formatters"][request.param])
    kind = import_string(options.pop("()"))
    form, style = options.get("format"), options.get("style", "%")
    handler.setFormatter(kind(form, style=style))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield stream, request.param
    root.setLevel(before)
    root.removeHandler(handler)


def sign(client, edition):
    answer = client.post(
        reverse("signatories:sign", args=[edition.statement.slug]),
        form_data(name=NAME, email=ADDRESS, role=ROLE),
        headers=BROWSER,
    )
    assert answer.status_code == 302
    client.get(answer.url, headers=BROWSER)
    return Signature.objects.get(email=ADDRESS), answer.url


def use_private_link(client, signature):
    page = own_url(signature)
    assert client.get(page).status_code == 200
    for action in ("correct", "withhold", "download"):
        client.get(own_url(signature, action))
        client.post(own_url(signature, action), {"name": NAME, "email": "no address"})
    return page


def work_in_the_office(client, signature):
    make_staff(STAFF)
    sign_in(client, STAFF, "wrong: " + PASSWORD)
    sign_in(client, STAFF)
    client.force_login(make_user("zqeditor@example.org"))
    screen = reverse("admin:signatories_signature_change", args=[signature.pk])
    client.get(reverse("admin:signatories_signature_changelist"), {"q": ADDRESS})
    client.get(screen)
    client.post(screen, {"name": NAME})
    client.get(f"/admin/nowhere/{ADDRESS}/")
    client.force_login(make_staff("zqnobody@example.org"))
    assert client.get(screen).status_code == 403  # and that is logged


def go_wrong(client, monkeypatch, page, signature):
    """Every part fails with an error that says all that it knows."""

    def fail(*args, **kwargs):
        raise RuntimeError(f"{NAME} <{ADDRESS}> {page}")

    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("django.core.handlers.base.BaseHandler.make_view_atomic",
                      lambda self, view: fail)  # fmt: skip
        client.get(page)
        client.post(page, {"name": NAME})
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "compose", fail)
        OutgoingMail.objects.update(state="queued", sent_at=None, due_at=signature.created_at)
        tasks.run("deliver-mail")
    logging.getLogger("django-q").error(
        "Failed %r - %s", tasks.RUN, f"{ADDRESS}: Traceback\n  {page}"
    )


def test_nobody_is_found_in_any_line(client, log, monkeypatch):
    stream, form = log
    edition = make_edition(ask_role="optional")
    signature, waiting = sign(client, edition)
    secrets = [waiting.rstrip("/").rpartition("/")[2], *_tokens(signature)]
    tasks.run("deliver-mail")
    press_confirm(client, signature)
    client.post(edition.statement.get_absolute_url(), {"confirm": secrets[1] + "x"})
    page = use_private_link(client, signature)
    secrets.append(page.rstrip("/").rpartition("/")[2])
    work_in_the_office(client, signature)
    go_wrong(client, monkeypatch, page, signature)

    said = stream.getvalue()
    assert "RuntimeError" in said
    assert "may not" in said
    for word in (ADDRESS, "zqaddress", STAFF, "zqstaff", "zqeditor", "zqcookie", "Zqbrowser",
                 "203.0.113.77", ROLE, signature.email_key, PASSWORD, *secrets):  # fmt: skip
        assert word not in said, word
    # A name stands in nothing that we log. An error of a library may quote it: see operations.md.
    assert NAME not in "".join(line for line in said.splitlines() if "RuntimeError" not in line)
    if form == "json":
        for line in said.splitlines():
            assert {"time", "level", "logger", "message"} <= json.loads(line).keys()


def _tokens(signature):
    return [tokens.make(signature, purpose) for purpose in tokens.LIFETIME]


def test_what_is_looked_for_would_be_found(log):
    stream, _form = log
    logging.getLogger("casa").error("Nora Lind at %s", Signer().signature("x")[:8])
    assert "Nora Lind" in stream.getvalue()

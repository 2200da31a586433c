"""Who looks like a script is asked for work; solved once, it lets one post through."""

import base64
import html
import json
import re
import time

import altcha
import pytest
from django.conf import settings as django_settings
from django.urls import reverse

from casa.lib.testing import headers_of
from casa.mail.models import OutgoingMail
from signatories.models import Signature
from signatories.signing.antispam import honeypot, proof_of_work, rate_limits
from signatories.testing import form_data
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture(autouse=True)
def _limits(settings, monkeypatch):
    settings.SIGN_LIMITS = True
    monkeypatch.setattr(proof_of_work, "COST", 50)  # what matters here is not how long it takes


def post(client, edition, **fields):
    """A post that falls into the trap."""
    data = form_data(**{honeypot.HIDDEN_FIELD: "Hello", **fields})
    return client.post(
        reverse("signatories:sign", args=[edition.statement.slug]), data, follow=True
    )


def solved(page):
    options = json.loads(html.unescape(re.search(r'challengejson="([^"]+)"', page.text)[1]))
    found = altcha.solve_challenge(
        options["challenge"], options["salt"], options["algorithm"], options["max_number"], 0
    )
    payload = {**options, "number": found.number}
    return base64.b64encode(json.dumps(payload).encode()).decode()


@pytest.mark.slow
def test_the_page_keeps_what_was_typed_and_does_not_say_why(client):
    edition = make_edition()
    answer = post(client, edition, role="<i>Teacher</i>", city="Tromsø", wants_updates="on")
    assert answer.status_code == 429
    assert "no-store" in answer.headers["Cache-Control"]
    kept = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert (kept["name"], kept["email"]) == ("Nora Lind", "nora@example.org")
    assert (kept["city"], kept["wants_updates"]) == ("Tromsø", "on")
    assert kept["role"] == "&lt;i&gt;Teacher&lt;/i&gt;"
    assert kept["subject"] == "Hello"
    assert not Signature.objects.exists()
    flood = make_edition("Another")
    for n in range(11):
        by_rate = client.post(
            reverse("signatories:sign", args=[flood.statement.slug]), form_data(name=f"Nora {n}")
        )
    assert by_rate.status_code == 429
    assert re.search("<h1>.*", by_rate.text)[0] == re.search("<h1>.*", answer.text)[0]


@pytest.mark.medium
def test_the_work_lets_the_post_through_and_the_reason_stays(client):
    edition = make_edition()
    answer = post(client, edition, altcha=solved(post(client, edition)))
    assert answer.status_code == 200
    assert "Check your mail" in answer.text
    signature = Signature.objects.get()
    assert signature.suspicions == ["hidden_field", "no_form"]
    assert signature.approved
    assert OutgoingMail.objects.count() == 1


@pytest.mark.medium
def test_a_solution_is_good_once(client):
    edition = make_edition()
    work = solved(post(client, edition))
    assert post(client, edition, altcha=work).status_code == 200
    assert post(client, edition, altcha=work, email="two@example.org").status_code == 429
    assert Signature.objects.count() == 1


def tampered(work, **changes):
    payload = {**json.loads(base64.b64decode(work)), **changes}
    return base64.b64encode(json.dumps(payload).encode()).decode()


@pytest.mark.medium
@pytest.mark.parametrize(
    "spoil",
    [
        lambda work: "",
        lambda work: "nonsense",
        lambda work: base64.b64encode(b"[1]").decode(),
        lambda work: base64.b64encode(b'{"challenge": 1}').decode(),
        lambda work: "A" * 9000,
        lambda work: tampered(work, number=10**6),
        lambda work: tampered(work, signature="0" * 64),
        lambda work: tampered(work, salt=7),
        lambda work: tampered(work, salt="x?expires=99999999999&"),
        lambda work: tampered(work, algorithm="MD5"),
    ],
)
def test_what_is_no_solution_is_asked_for_again(client, spoil):
    edition = make_edition()
    work = spoil(solved(post(client, edition)))
    assert post(client, edition, altcha=work).status_code == 429
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_a_solution_of_another_sites_key_or_of_yesterday_is_none(client, settings, monkeypatch):
    edition = make_edition()
    work = solved(post(client, edition))
    tomorrow = time.time() + 86_400
    with monkeypatch.context() as patch:
        patch.setattr(altcha.altcha.time, "time", lambda: tomorrow)
        assert post(client, edition, altcha=work).status_code == 429
    settings.ALTCHA_HMAC_KEY = django_settings.ALTCHA_HMAC_KEY[::-1]
    assert post(client, edition, altcha=work).status_code == 429


@pytest.mark.medium
def test_without_javascript_a_few_get_through_by_mail_alone(client):
    edition = make_edition()
    answers = [
        post(client, edition, email=f"n{n}@example.org", without_check="1") for n in range(4)
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert Signature.objects.count() == OutgoingMail.objects.count() == 3
    assert "without_work" in Signature.objects.first().suspicions
    assert "Please try again later" in answers[-1].text


@pytest.mark.medium
def test_a_thousand_machines_without_work_get_no_further_together(client, monkeypatch):
    monkeypatch.setattr(rate_limits, "WITHOUT_WORK_PER_STATEMENT", 5)
    edition, address = make_edition(), None
    for n in range(7):
        address = f"203.{n}.113.1"
        client.post(
            reverse("signatories:sign", args=[edition.statement.slug]),
            form_data(subject="Hello", email=f"n{n}@example.org", without_check="1"),
            REMOTE_ADDR=address,
        )
    assert Signature.objects.count() == 5


@pytest.mark.medium
def test_an_unusual_rate_asks_everybody(client, monkeypatch):
    edition = make_edition()
    monkeypatch.setattr(rate_limits, "USUAL_PER_MINUTE", 0)
    monkeypatch.setattr(rate_limits, "SAMPLE", 1)
    monkeypatch.setattr(rate_limits, "BUSY_KEPT_FOR", 0)
    answer = post(client, edition, subject="")
    assert answer.status_code == 429
    assert post(client, edition, subject="", altcha=solved(answer)).status_code == 200
    assert Signature.objects.get().suspicions == ["no_form"]


@pytest.mark.medium
def test_the_public_page_does_not_depend_on_who_asks(client, settings):
    edition = make_edition()
    for _ in range(12):
        post(client, edition)
    flooded = client.get(reverse("signatories:sign", args=[edition.statement.slug]))
    other = client.get(
        reverse("signatories:sign", args=[edition.statement.slug]), REMOTE_ADDR="203.0.113.9"
    )
    without_moment = [re.sub(r'value="form:[^"]+"', "", one.text) for one in (flooded, other)]
    assert without_moment[0] == without_moment[1]
    assert headers_of(flooded) == headers_of(other)
    assert "altcha" not in flooded.text


@pytest.mark.medium
def test_only_the_page_that_asks_may_start_workers_from_text(client):
    edition = make_edition()
    asked = post(client, edition).headers["Content-Security-Policy"]
    assert "worker-src blob:" in asked
    page = client.get(edition.statement.get_absolute_url())
    assert "blob:" not in page.headers["Content-Security-Policy"]


@pytest.mark.slow
def test_errors_in_the_form_come_first_and_cost_nothing(client):
    edition = make_edition()
    for _ in range(20):
        assert post(client, edition, name="").status_code == 422

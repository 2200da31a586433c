"""What Prometheus is told, and that it names nobody."""

import os
import re

import pytest
from django.db import OperationalError
from django.urls import reverse
from prometheus_client import values

from casa.lib.testing import assert_flat_queries
from casa.mail import outbox, trial
from casa.mail.models import OutgoingMail
from casa.operations import alarms, measurements, signs_of_life
from signatories.core import tokens
from signatories.models import Signature
from signatories.testing import form_data, make_signature, own_url, press_confirm
from statements.testing import make_edition

TOKEN = "for-this-test-only-0123456789"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}
URL = "/metrics/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where this process counts. The task engine imports prometheus_client before we can say so."""
    made, before = tmp_path_factory.mktemp("metrics"), values.ValueClass
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(made)
    values.ValueClass = values.MultiProcessValue()
    yield made
    values.ValueClass = before
    del os.environ["PROMETHEUS_MULTIPROC_DIR"]


@pytest.fixture
def scrape(client, settings, folder):
    """What a scrape says, as {name and labels: value}; of this process alone."""
    settings.METRICS_TOKEN = TOKEN
    settings.METRICS_DIR = folder
    client.handler._middleware_chain = None  # made anew, with the middleware that counts
    from casa.operations.metrics import figures

    def read():
        figures.forget()
        answer = client.get(URL, headers=SHOWN)
        assert answer.status_code == 200, answer.text
        lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
        return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}

    return read


def test_without_the_setting_there_is_no_such_page(client):
    assert client.get(URL, headers=SHOWN).status_code == 404


@pytest.mark.parametrize(
    "sent", [{}, {"Authorization": ""}, {"Authorization": TOKEN}, {"Authorization": "Bearer "},
             {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": "Bearer \xe9"},
             {"Authorization": f"Basic {TOKEN}"}],
)  # fmt: skip
def test_without_the_token_nothing_is_told(client, settings, sent):
    settings.METRICS_TOKEN = TOKEN
    answer = client.get(f"{URL}?token={TOKEN}", headers=sent)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "casa_" not in answer.text
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.medium
@pytest.mark.django_db
def test_requests_are_counted_by_view_method_and_class_of_status(client, scrape):
    before = scrape()
    edition = make_edition()
    for _time in range(3):
        client.get(edition.statement.get_absolute_url())
    client.get("/az" + edition.statement.get_absolute_url())
    client.get("/nowhere/")
    client.generic("BREW", "/nowhere/")
    after = scrape()

    def gained(view, method, status):
        key = f'casa_requests_total{{method="{method}",status="{status}",view="{view}"}}'
        return after.get(key, 0) - before.get(key, 0)

    assert gained("statements:detail", "GET", "2xx") == 4
    gains = {key: after[key] - before.get(key, 0) for key in after if 'status="4xx"' in key}
    assert sum(gains.values()) == 2
    assert sum(gain for key, gain in gains.items() if 'method="other"' in key) == 1
    assert after['casa_request_seconds_count{method="GET",view="statements:detail"}'] >= 4


@pytest.mark.medium
@pytest.mark.django_db
def test_pages_that_are_kept_are_counted_under_their_name(client, scrape, settings, clock):
    settings.KEPT_PAGES_MB = 1
    page = make_edition().statement.get_absolute_url()
    before = scrape()
    for _time in range(4):
        client.get(page)
    after = scrape()
    given, made = (
        after[key] - before.get(key, 0)
        for key in (f'casa_kept_pages_total{{how="{how}"}}' for how in ("given", "made"))
    )
    assert (given + made, given > 0, made > 0) == (4, True, True)
    key = 'casa_requests_total{method="GET",status="2xx",view="statements:detail"}'
    assert after[key] - before.get(key, 0) == 4


@pytest.mark.medium
@pytest.mark.django_db
def test_figures_are_those_of_the_database(scrape, clock):
    edition = make_edition()
    make_signature(edition)
    measurements.prove_tally()
    signs_of_life.give()
    outbox.queue(trial.KIND, to="office@example.org", language="en")
    dead = outbox.queue(trial.KIND, to="office@example.org", language="en")
    OutgoingMail.objects.filter(pk=dead.pk).update(state="dead", due_at=None)
    clock.move(minutes=10)
    alarms.look()
    told = scrape()
    assert told["casa_database_up"] == 1
    assert told["casa_mail_due"] == 1
    assert told["casa_mail_oldest_seconds"] == pytest.approx(600, abs=5)
    assert told["casa_mail_failed"] == 1
    assert told['casa_signatures{kind="person"}'] == 1
    assert told["casa_wrong_counts"] == 0
    assert told['casa_alarm{name="worker"}'] == 1
    assert told['casa_alarm{name="mail"}'] == 0
    assert told["casa_database_bytes"] > 10_000


@pytest.mark.django_db
def test_without_a_database_the_rest_is_told(scrape, monkeypatch):
    def away(*args):
        raise OperationalError("secret")

    with monkeypatch.context() as patch:
        patch.setattr(OutgoingMail.objects, "due", away)
        told = scrape()
    assert told["casa_database_up"] == 0
    assert told["casa_disk_free_bytes"] > 0
    assert "casa_mail_due" not in told


@pytest.mark.medium
@pytest.mark.django_db
def test_it_reads_no_more_for_more_rows(client, scrape):
    scrape()

    def grow(number):
        make_signature(make_edition(f"Statement {number}"))

    from casa.operations.metrics import figures

    assert_flat_queries(grow, lambda rows: list(figures._all()))


@pytest.mark.medium
@pytest.mark.django_db
def test_nobody_and_no_secret_is_told(client, scrape):
    edition = make_edition()
    slug = edition.statement.slug
    client.post(reverse("signatories:sign", args=[slug]),
                form_data(name="Zqname", email="zqaddress@example.org"))  # fmt: skip
    signature = Signature.objects.get()
    press_confirm(client, signature)
    for path in (own_url(signature), "/sign/confirm/zqtoken/", "/zqname/", "/admin/zqname/"):
        client.get(path)
    client.get("/", {"q": "zqwords"})
    scrape()
    answer = client.get(URL, headers=SHOWN).text
    token = tokens.make(signature, tokens.MANAGE)
    for word in ("zq", "Zq", token, token[:12], slug, "@"):
        assert word not in answer
    assert 'view="signatories:confirm"' in answer
    labels = set(re.findall(r"(\w+)=\"", answer))
    assert labels <= {
        "view", "method", "status", "le", "how", "step", "kind", "name", "version",
    }  # fmt: skip


def test_a_disk_without_room_counts_nothing_and_fails_nothing(
    client, settings, folder, monkeypatch
):
    settings.METRICS_TOKEN = TOKEN
    client.handler._middleware_chain = None
    from casa.operations.metrics import counters

    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(counters.REQUESTS, "labels", full)
    assert client.get("/health/").status_code == 200

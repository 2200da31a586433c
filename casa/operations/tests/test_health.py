"""What load balancers and monitors are told, and what the doctor is told by the site itself."""

import pytest
from django.db import OperationalError

from casa.mail import outbox, trial
from casa.operations import health, probe, signs_of_life


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(health, "_kept", {})
    monkeypatch.setattr(health, "KEPT_SECONDS", 0)


def test_a_process_answers_without_a_database(client):
    """No database is allowed here, so one that was asked for would fail the test."""
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"process": "ok"})
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_it_is_ready_with_a_database_of_this_version(client, monkeypatch):
    assert client.get("/health/ready/").json() == {"database": "ok", "migrations": "ok"}
    monkeypatch.setattr(health.findings, "missing_migrations", lambda: 1)
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "migrations": "missing"}


def test_it_is_not_ready_without_a_database(client, monkeypatch, caplog):
    def refused(*args):
        raise OperationalError("secret")

    monkeypatch.setattr(health.connection, "cursor", refused)
    monkeypatch.setattr(health.findings, "missing_migrations", refused)
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json() == {"database": "no database", "migrations": "no database"}
    assert not caplog.records  # a monitor asks every few seconds


@pytest.mark.django_db
def test_a_silent_worker_and_mail_that_is_stuck_are_told(client, clock):
    assert client.get("/health/work/").json() == {"worker": "silent", "mail": "ok"}
    signs_of_life.give()
    outbox.queue(trial.KIND, to="office@example.org", language="en")
    assert client.get("/health/work/").json() == {"worker": "ok", "mail": "ok"}
    clock.move(hours=2)
    answer = client.get("/health/work/")
    assert (answer.status_code, answer.json()) == (503, {"worker": "silent", "mail": "stuck"})
    assert client.get("/health/ready/").status_code == 200  # visitors can be served


@pytest.mark.django_db
def test_however_often_it_is_asked_it_looks_once(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(health, "KEPT_SECONDS", 60)
    client.get("/health/ready/")
    with django_assert_num_queries(0):
        client.get("/health/ready/")


def test_it_is_asked_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/health/").status_code == 200


def test_what_a_request_looks_like_is_told_to_the_doctor_alone(client, settings):
    settings.BEHIND_PROXY = True
    seen = {"X-Forwarded-For": "203.0.113.7"}
    assert client.get("/health/", headers=seen).json() == {"process": "ok"}
    forged = {**seen, probe.HEADER: "doctor:x:y"}
    assert client.get("/health/", headers=forged).json() == {"process": "ok"}
    told = client.get("/health/", headers={**seen, probe.HEADER: probe.question()}).json()
    assert (told["client"], told["expects_proxy"]) == ("203.0.113.7", True)

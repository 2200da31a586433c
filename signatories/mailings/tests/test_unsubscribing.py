"""RFC 8058: a mail program stops news with one post, and looking at the link stops nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.mail import delivery
from casa.mail.tests.conftest import smtp  # noqa: F401 - a real mail server
from signatories.core import tokens
from signatories.mailings import updates
from signatories.models import Signature
from signatories.testing import begin_mailing, make_mailing, make_organization, make_signature
from statements import lifecycle
from statements.testing import make_edition

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def signature():
    return make_signature(make_edition(), wants_updates=True, email="nora@example.org")


def link(signature):
    return reverse("signatories:unsubscribe", args=[tokens.make(signature, tokens.UPDATES)])


def wants(signature):
    return Signature.objects.get(pk=signature.pk).wants_updates


@pytest.mark.medium
def test_the_headers_are_on_the_wire_and_their_address_works(signature, smtp, settings):  # noqa: F811
    mailing = make_mailing(signature.statement, by=make_staff())
    begin_mailing(mailing)
    updates.send_updates()
    assert delivery.deliver_due() == 1
    (message,) = smtp.messages
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(message["List-Unsubscribe"]).strip()
    assert address.startswith(f"<{settings.SITE_URL}/sign/unsubscribe/")
    assert address.endswith("/>")
    assert message["List-Id"].startswith(f"<{signature.statement.slug}.updates.")
    assert "nora" not in address
    strict = Client(enforce_csrf_checks=True)
    path = address[1:-1].removeprefix(settings.SITE_URL)
    # From a provider's server: no origin, or one that is not ours.
    answer = strict.post(path, ONE_CLICK, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 200
    assert not wants(signature)


def test_looking_changes_nothing(client, signature):
    assert "Stop the news" in client.get(link(signature)).text
    client.head(link(signature))
    assert wants(signature)


@pytest.mark.medium
def test_the_button_stops_it_once_and_says_so_each_time(client, signature):
    for _ in range(2):
        answer = client.post(link(signature))
        assert "You get no more news by mail" in answer.text
        assert "no-store" in answer["Cache-Control"]
    events = signature.events.filter(reason__startswith="left updates")
    assert [event.reason for event in events] == ["left updates: by the link in a mail"]
    assert signature.events.count() == 2


def test_the_history_tells_one_click_from_the_button(client, signature):
    client.post(link(signature), ONE_CLICK)
    assert signature.events.last().reason == "left updates: one click in the mail program"


@pytest.mark.medium
def test_all_signatures_of_the_mailbox_leave_and_other_statements_stay(client, signature):
    organization = make_signature(
        signature.edition, email="nora@example.org", wants_updates=True,
        organization=make_organization(),
    )  # fmt: skip
    other = make_signature(make_edition("B"), email="nora@example.org", wants_updates=True)
    somebody = make_signature(signature.edition, wants_updates=True)
    client.post(link(signature), ONE_CLICK)
    assert [wants(one) for one in (signature, organization, other, somebody)] == [
        False, False, True, True,
    ]  # fmt: skip


def test_a_link_of_another_purpose_or_address_does_nothing(client, signature):
    wrong = reverse("signatories:unsubscribe", args=[tokens.make(signature, tokens.CONFIRM)])
    assert client.post(wrong, ONE_CLICK).status_code == 404
    old = link(signature)
    Signature.objects.filter(pk=signature.pk).update(email_key="other@example.org")
    assert client.post(old, ONE_CLICK).status_code == 404
    assert wants(signature)


def test_it_works_in_an_old_mail_and_of_what_was_withdrawn(client, signature, monkeypatch):
    assert tokens.LIFETIME[tokens.UPDATES] >= timedelta(days=365)
    lifecycle.withdraw(signature.statement, by=None)
    answer = client.post(link(signature), ONE_CLICK)
    assert answer.status_code == 200
    assert "Keep the reading room open" not in answer.text
    assert not wants(signature)
    monkeypatch.setitem(tokens.LIFETIME, tokens.UPDATES, timedelta(seconds=-1))
    assert client.get(link(signature)).status_code == 410

"""“Check your mail” is a page of its own: read as often as one likes, it sends nothing."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.lib import tasks
from casa.mail.models import OutgoingMail
from signatories.models import HeldForm, Signature
from signatories.signing import held_forms
from signatories.testing import form_data, make_signature
from statements import lifecycle
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

EMAIL = "nora@example.org"


@pytest.fixture
def edition():
    return make_edition()


def sign(client, edition, **typed):
    url = reverse("signatories:sign", args=[edition.statement.slug])
    return client.post(url, form_data(email=EMAIL, **typed))


def forms(edition):
    """Each form that mails somebody: where it is posted to."""
    slug = edition.statement.slug
    return [
        reverse("signatories:sign", args=[slug]),
        reverse("signatories:follow", args=[slug]),
        reverse("signatories:request_link"),
    ]


@pytest.mark.medium
def test_every_form_that_sends_mail_is_answered_by_a_page_that_sends_none(client, edition):
    make_signature(edition, email="signed@example.org")
    for url in forms(edition):
        answer = client.post(url, form_data(email=EMAIL))
        assert answer.status_code == 302, url
        assert EMAIL not in answer.url
        mails = OutgoingMail.objects.count()
        for _time in range(3):
            page = client.get(answer.url)
            assert page.status_code == 200
            assert EMAIL in page.text
            assert page["Cache-Control"] == "private, no-store"
        assert OutgoingMail.objects.count() == mails
        assert client.post(answer.url).status_code == 405


@pytest.mark.medium
def test_the_page_holds_what_sends_the_form_once_more(client, edition):
    answer = sign(client, edition, city="Tromsø", role='Head "of" <b>', opened="x\0y")
    page = client.get(re.search(r'href="([^"]*/no-mail/)"', client.get(answer.url).text)[1]).text
    assert 'name="city" value="Tromsø"' in page
    assert 'value="Head &quot;of&quot; &lt;b&gt;"' in page
    assert "\0" not in page


def test_no_more_is_held_than_the_form_asks_and_nothing_by_which_the_page_is_found(client, edition):
    answer = sign(client, edition, password="secret", role="")
    held = HeldForm.objects.get()
    asked = {"name", "email", "country", "kind", "agreed", "begun"}
    assert {"name", "email"} <= set(held.typed) <= asked
    assert answer.url.strip("/").split("/")[-1] not in str(vars(held))
    assert held.signature_id == Signature.objects.get().pk
    assert held.ends_at - timezone.now() <= timedelta(hours=6)


def test_it_is_forgotten_after_some_hours(client, edition):
    answer = sign(client, edition)
    HeldForm.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    page = client.get(answer.url)
    assert page.status_code == 410
    assert EMAIL not in page.text
    assert "send the form again" in page.text
    assert tasks.run("forget-held-forms") == 1


@pytest.mark.medium
def test_whoever_got_the_url_passed_on_reads_nothing_of_it(client, edition):
    for url in forms(edition):
        answer = client.post(url, form_data(email=EMAIL))
        page = client.get(answer.url, headers={"Sec-Fetch-Site": "cross-site"})
        assert page.status_code == 410
        assert EMAIL not in page.text


@pytest.mark.medium
def test_the_secret_of_one_form_opens_no_other(client, edition):
    token = held_forms.hold(held_forms.LINK, {"email": EMAIL})
    for view in ("check_mail", "no_mail_to", "follow_asked"):
        for secret in (token, "nonsense", "x" * 999):
            assert client.get(reverse(f"signatories:{view}", args=[secret])).status_code == 410


@pytest.mark.medium
def test_the_page_of_one_signer_shows_nothing_of_another(client, edition):
    url = forms(edition)[0]
    first = client.post(url, form_data(email="ada@example.org")).url
    assert "ada@example.org" in client.get(first).text
    second = client.post(url, form_data(email=EMAIL)).url
    page = client.get(second).text
    assert EMAIL in page
    assert "ada@" not in page
    assert first.strip("/").split("/")[-1] not in page
    assert page.count(second) == client.get(first).text.count(first) > 0
    assert "[[" not in page


@pytest.mark.medium
def test_the_page_goes_with_its_statement(client, edition):
    answer = sign(client, edition)
    lifecycle.withdraw(edition.statement, by=None)
    assert client.get(answer.url).status_code == 410

"""What a friend gets who is sent the address bar, the link of a mail, or the mail itself."""

import re

import pytest
from django.urls import reverse

from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.core import tokens
from signatories.mailings import followers, reminders
from signatories.models import Follower, Signature
from signatories.self_service.tests.test_reconsent import correct
from signatories.signing import confirmation
from signatories.testing import form_data, make_organization, make_signature
from statements import lifecycle
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

PRIVATE = "/sign/manage/"


@pytest.fixture
def edition():
    return make_edition()


def confirm_url(signature):
    return reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])


def press(client, page, **more):
    """Press a button of a page; where it posts to, and what is answered."""
    form = re.search(r'<form[^>]* method="post".*?</form>', page.text, re.DOTALL)[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    found = re.search(r'action="([^"]*)"', form)
    url = found[1] if found else page.request["PATH_INFO"]
    answer = client.post(url, fields | more, follow=True)
    return answer.redirect_chain[-1][0] if answer.redirect_chain else url, answer


def mailed(signature, kind):
    queue(kind, to=signature.email, language="en", params={"signature": signature.pk})
    return text_of(OutgoingMail.objects.latest("pk"))


def text_of(mail):
    message = compose(mail)
    return f"{message.body}\n{message.alternatives[0].content}"


# The address bar


@pytest.mark.medium
def test_after_the_press_it_holds_the_statements_own_url(client, edition):
    signature = make_signature(edition, "Nora Lind", state="pending")
    url, thanks = press(client, client.get(confirm_url(signature)))
    assert "Thank you. Your signature is confirmed" in thanks.text
    assert thanks["Cache-Control"] == "private, no-store"
    assert url == edition.statement.get_absolute_url()
    shared = client.get(url)
    assert shared.status_code == 200
    assert "Thank you" not in shared.text
    assert edition.title in shared.text


@pytest.mark.medium
def test_pressed_again_it_thanks_again_and_counts_once(client, edition):
    signature = make_signature(edition, state="pending")
    page = client.get(confirm_url(signature))
    for _time in range(2):
        assert "Thank you. Your signature is confirmed" in press(client, page)[1].text
    assert edition.statement.signatures.counted().count() == 1


def test_the_statements_url_takes_nothing_else(client, edition):
    url = edition.statement.get_absolute_url()
    for data in ({}, {"name": "Nora"}):
        answer = client.post(url, data)
        assert answer.status_code == 405
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.medium
def test_after_following_too(client, edition):
    followers.follow(edition.statement, "nora@example.org")
    token = followers.make_token(Follower.objects.get(), followers.CONFIRM)
    link = reverse("signatories:follow_confirm", args=[token])
    url, answer = press(client, client.get(link))
    assert "You will hear from us" in answer.text
    assert url == edition.statement.get_absolute_url()
    later = client.get(link).text
    assert "You will hear from us" not in later
    assert "for somebody who follows" in later
    assert "nora" not in later
    assert reverse("signatories:sign", args=[edition.statement.slug]) in later
    assert reverse("signatories:follow", args=[edition.statement.slug]) in later


# The link


def test_a_link_that_was_used_says_whose_it_was_and_how_to_sign(client, edition):
    page = client.get(confirm_url(make_signature(edition, "Nora Lind"))).text
    assert "This link was for Nora Lind" in page
    assert "Thank you" not in page
    assert reverse("signatories:sign", args=[edition.statement.slug]) in page
    assert '<form method="post"' not in page


@pytest.mark.parametrize("fields", [{"name_withheld": True}, {"approved": False}])
def test_not_of_whom_nobody_may_read(client, edition, fields):
    secret = {"comment": "Zanzibar", "postal_code": "0150", "email": "zora@example.org"}
    page = client.get(confirm_url(make_signature(edition, "Zora Zeta", **secret, **fields))).text
    assert "This link was for somebody who has signed" in page
    for word in ("Zora", "Zeta", "Zanzibar", "0150", "zora@"):
        assert word not in page


def test_nor_of_who_signed_for_an_organization(client, edition):
    signature = make_signature(edition, "Zora Zeta", organization=make_organization("River Trust"))
    page = client.get(confirm_url(signature)).text
    assert "This link was for River Trust" in page
    assert "Zora" not in page


def test_where_signing_is_over_it_leads_to_the_statement(client, edition):
    url = confirm_url(make_signature(edition))
    lifecycle.close(edition.statement, by=None)
    page = client.get(url).text
    assert reverse("signatories:sign", args=[edition.statement.slug]) not in page
    assert "Read the statement" in page


@pytest.mark.medium
def test_after_answering_a_correction_too(client, edition):
    signature = make_signature(edition, "Nora Lind")
    correct(edition.statement)
    link = reverse("signatories:correction", args=[tokens.make(signature, tokens.CORRECTION)])
    url, answer = press(client, client.get(link), answer="stay")
    assert "Your name stands under edition 2" in answer.text
    assert url == edition.statement.get_absolute_url()
    later = client.get(link).text
    assert "Nora Lind stands under edition 2" in later
    assert "Your name" not in later
    assert reverse("signatories:sign", args=[edition.statement.slug]) in later
    Signature.objects.update(name_withheld=True)
    assert "Lind" not in client.get(link).text


# The mail


@pytest.mark.medium
def test_a_first_mail_holds_no_private_link(client, edition):
    client.post(reverse("signatories:sign", args=[edition.statement.slug]), form_data())
    signature = Signature.objects.get()
    trust = make_organization()
    make_signature(edition, organization=trust)
    second = make_signature(edition, organization=trust, state="pending")
    for mail in (
        text_of(OutgoingMail.objects.get()),
        mailed(signature, reminders.KIND),
        mailed(signature, "signatories.already_signed"),
        mailed(second, "signatories.organization_has_signed"),
    ):
        assert PRIVATE not in mail
    secret = set(
        re.findall(r"/(?:sign|mail)/[a-z]+/[^\s\"<]{30,}", text_of(OutgoingMail.objects.first()))
    )
    assert {link.split("/")[2] for link in secret} == {"confirm", "stop"}


@pytest.mark.medium
def test_it_comes_after_confirming_with_a_word_of_warning(client, edition):
    press(client, client.get(confirm_url(make_signature(edition, state="pending"))))
    mail = OutgoingMail.objects.get(kind=confirmation.WELCOME)
    for part in (compose(mail).body, compose(mail).alternatives[0].content):
        assert PRIVATE in part
        assert "do not pass it on" in part


@pytest.mark.medium
def test_without_that_mail_the_page_shows_it_to_whose_press_counted_and_once(
    client, edition, settings
):
    settings.WELCOME_MAIL = False
    page = client.get(confirm_url(make_signature(edition, state="pending")))
    first, again = press(client, page)[1].text, press(client, page)[1].text
    assert re.search(rf"{PRIVATE}[^\"]+", first)
    assert "do not pass it on" in first
    assert PRIVATE not in again
    assert PRIVATE not in client.get(confirm_url(Signature.objects.get())).text
    assert not OutgoingMail.objects.exists()


@pytest.mark.medium
def test_with_it_the_page_shows_none(client, edition):
    page = client.get(confirm_url(make_signature(edition, state="pending")))
    assert PRIVATE not in press(client, page)[1].text

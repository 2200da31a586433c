"""A forgotten password: by a link in a mail, once, and without saying who has an account."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casa.accounts.models import User
from casa.accounts.testing import give_phone, make_staff, sign_in
from casa.mail.delivery import deliver_due
from casa.mail.models import OutgoingMail

pytestmark = [pytest.mark.django_db, pytest.mark.page]

NEW = "quite-another-password-2"


def ask(client, email="edda@example.org"):
    return client.post(reverse("admin:password_reset"), {"email": email}, follow=True).text


def link_in(mailoutbox):
    return re.search(r"https?://[^/]+(/admin/password-reset/\S+)", mailoutbox[-1].body).group(1)


def choose(client, link):
    form = client.get(link, follow=True)
    if not form.redirect_chain:
        return form
    url = form.redirect_chain[-1][0]
    return client.post(url, {"new_password1": NEW, "new_password2": NEW}, follow=True)


@pytest.mark.medium
def test_it_is_a_row_and_its_link_is_made_when_it_is_sent(client, mailoutbox):
    user = make_staff()
    ask(client, "EDDA@example.org")
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("accounts.password_reset", user.email)
    assert mail.params == {"user": user.pk}
    assert deliver_due() == 1
    message = mailoutbox[0]
    assert message.subject == "A new password for Civic Coalition"
    assert link_in(mailoutbox) in message.alternatives[0].content


@pytest.mark.medium
def test_the_link_sets_a_new_password_once(client, mailoutbox):
    make_staff()
    other = Client()
    sign_in(other)
    ask(client)
    deliver_due()
    link = link_in(mailoutbox)
    assert "Your new password works" in choose(client, link).text
    assert other.get("/admin/").status_code == 302  # signed out there
    assert sign_in(client, password=NEW).url == "/admin/"
    assert "does not work any more" in choose(Client(), link).text


@pytest.mark.medium
def test_a_new_colleague_chooses_their_own_and_nobody_else_ever_knew_it(client, mailoutbox):
    client.force_login(make_staff("bo@example.org", is_superuser=True))
    data = {"email": "edda@example.org", "name": "Edda", "password1": NEW, "password2": NEW}
    added = client.post(reverse("admin:accounts_user_add"), data, follow=True)
    assert "has no password yet" in added.text
    assert not User.objects.get(email="edda@example.org").has_usable_password()
    client.logout()
    assert sign_in(client, password=NEW).status_code == 200  # not let in
    ask(client)
    deliver_due()
    choose(client, link_in(mailoutbox))
    assert sign_in(client, password=NEW).status_code == 302


@pytest.mark.medium
def test_it_is_no_way_round_the_second_factor(client, mailoutbox):
    give_phone(make_staff())
    ask(client)
    deliver_due()
    choose(client, link_in(mailoutbox))
    assert client.get("/admin/").status_code == 302
    assert sign_in(client, password=NEW).url.startswith("/admin/login/code/")


@pytest.mark.medium
def test_it_ends_a_lockout(client, mailoutbox):
    make_staff()
    for _try in range(5):
        sign_in(client, password="wrong")
    ask(client)
    deliver_due()
    choose(client, link_in(mailoutbox))
    assert sign_in(client, password=NEW).url == "/admin/"


def test_the_answer_is_the_same_for_an_address_without_account(client):
    make_staff()
    strip = re.compile(r'nonce="[^"]*"')
    known, unknown = (
        strip.sub("", ask(client, email)) for email in ("edda@example.org", "nobody@example.org")
    )
    assert known == unknown
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_staff": False}, {"is_demo": True}])
def test_who_may_not_sign_in_gets_no_mail(client, fields):
    make_staff(**fields)
    ask(client)
    assert not OutgoingMail.objects.exists()


def test_nobody_is_flooded(client):
    make_staff()
    for _try in range(4):
        ask(client)
    assert OutgoingMail.objects.count() == 1
    User.objects.update(reset_mailed_at=timezone.now() - timedelta(minutes=21))
    ask(client)
    assert OutgoingMail.objects.count() == 2


def test_an_account_that_is_closed_meanwhile_gets_no_mail(client, mailoutbox):
    user = make_staff()
    ask(client)
    User.objects.filter(pk=user.pk).update(is_active=False)
    deliver_due()
    assert not mailoutbox
    assert OutgoingMail.objects.get().state == OutgoingMail.State.DROPPED

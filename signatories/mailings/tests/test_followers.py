"""Whoever asks hears of a hand-over by mail, once, after confirming; and can stop it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.lib import tasks
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core.mail_budget import MAILS_PER_WINDOW
from signatories.mailings import batches, followers
from signatories.models import Follower, Signature
from signatories.testing import a_day_later, without_secrets
from statements import lifecycle
from statements.models import Delivery, SigningPause, Target
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return make_edition().statement


def ask(client, statement, email="nora@example.org", **headers):
    url = reverse("signatories:follow", args=[statement.slug])
    return client.post(url, {"email": email}, headers=headers, follow=True)


def make_follower(statement, email="nora@example.org"):
    followers.follow(statement, email)
    follower = Follower.objects.get(email=email)
    followers.confirm(follower)
    OutgoingMail.objects.all().delete()
    return follower


def deliver(statement, name="The council", days=0):
    target = Target.objects.create(statement=statement, name=name)
    day = timezone.localdate() - timedelta(days=days)
    return Delivery.objects.create(statement=statement, target=target, delivered_on=day)


def link_in(mail):
    return compose(mail).body.partition("/sign/")[2].split()[0]


def press(client, statement, link, **more):
    """The button of the page behind the link in the mail, which posts to the statement's URL."""
    token = link.strip("/").split("/")[-1]
    return client.post(statement.get_absolute_url(), {"follow": token}, **more)


@pytest.mark.medium
def test_a_link_in_a_mail_confirms_by_its_button(client, statement):
    assert "nora@example.org" in ask(client, statement).text
    mail = OutgoingMail.objects.get()
    url = f"/sign/{link_in(mail)}"
    for _time in range(3):
        assert client.get(url).status_code == 200
    assert Follower.objects.get().confirmed_at is None
    for _time in range(2):
        assert "You will hear from us" in press(client, statement, url).text
    assert Follower.objects.get().confirmed_at
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_it_tells_each_follower_once(statement):
    make_follower(statement)
    assert followers.notify_followers() == 0
    deliver(statement)
    deliver(statement, "The mayor", days=-3)  # that is to come
    assert followers.notify_followers() == 1
    assert followers.notify_followers() == 0
    body = compose(OutgoingMail.objects.get()).body
    assert "Handed over to The council" in body
    assert "The mayor" not in body
    Delivery.objects.filter(delivered_on__gt=timezone.localdate()).update(
        delivered_on=timezone.localdate()
    )
    assert followers.notify_followers() == 1
    assert "The mayor" in compose(OutgoingMail.objects.last()).body


def test_what_was_handed_over_before_is_no_news(statement):
    deliver(statement, days=5)
    make_follower(statement)
    assert followers.notify_followers() == 0


def test_nobody_is_told_who_has_not_confirmed_or_of_what_is_not_public(statement):
    followers.follow(statement, "bo@example.org")
    make_follower(statement)
    deliver(statement)
    lifecycle.withdraw(statement, by=None, note="A mistake.")
    assert followers.notify_followers() == 0
    assert not OutgoingMail.objects.exists()


@pytest.mark.medium
def test_many_are_told_in_batches(statement, monkeypatch):
    monkeypatch.setattr(batches, "SIZE", 2)
    for number in range(5):
        make_follower(statement, f"nora{number}@example.org")
    deliver(statement)
    assert followers.notify_followers() == 5
    assert OutgoingMail.objects.count() == 5


def test_a_mail_taken_back_is_not_sent(statement):
    make_follower(statement)
    deliver(statement)
    followers.notify_followers()
    Delivery.objects.all().delete()
    assert compose(OutgoingMail.objects.get()) is None


@pytest.mark.medium
def test_one_press_stops_it_and_forgets_the_address(client, statement):
    make_follower(statement)
    deliver(statement)
    followers.notify_followers()
    mail = OutgoingMail.objects.get()
    message = compose(mail)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = message.extra_headers["List-Unsubscribe"].strip("<>").partition("/sign")[2]
    assert client.get(f"/sign{url}").status_code == 200
    assert Follower.objects.exists()
    one_click = client.post(
        f"/sign{url}", {"List-Unsubscribe": "One-Click"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert one_click.status_code == 200
    assert not Follower.objects.exists()
    assert "You get no more mail" in client.get(f"/sign{url}").text
    assert not OutgoingMail.objects.exists()
    assert compose(mail) is None  # in the hands of a worker at that moment


@pytest.mark.medium
def test_the_answer_does_not_tell_who_follows(client, statement):
    first = without_secrets(ask(client, statement).text)
    make_follower(statement, "bo@example.org")
    other = without_secrets(ask(client, statement, "bo@example.org").text)
    assert other.replace("bo@", "nora@") == first
    assert without_secrets(ask(client, statement).text) == first


@pytest.mark.slow
def test_a_mailbox_is_not_flooded(client, statement):
    for number in range(4 * MAILS_PER_WINDOW):
        ask(client, statement, f"no.ra+{number}@gmail.com")
    assert OutgoingMail.objects.count() == MAILS_PER_WINDOW
    ask(client, make_edition("Another").statement, "nora@gmail.com")
    assert OutgoingMail.objects.count() == MAILS_PER_WINDOW


@pytest.mark.parametrize("email", ["", "nora", "nora@", "a" * 300 + "@example.org", "a\n@b.org"])
def test_a_wrong_address_gets_a_sentence_and_is_kept(client, statement, email):
    answer = ask(client, statement, email)
    assert answer.status_code == 422
    assert "One thing to correct" in answer.text
    assert not Follower.objects.exists()


def test_other_sites_may_not_post_it_and_drafts_have_none(client, statement):
    assert ask(client, statement, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert ask(client, make_draft()).status_code == 404


@pytest.mark.parametrize("purpose", [followers.CONFIRM, followers.LEAVE])
def test_tampered_and_swapped_tokens_do_nothing(client, statement, purpose):
    follower = make_follower(statement)
    other = followers.LEAVE if purpose == followers.CONFIRM else followers.CONFIRM
    token = followers.make_token(follower, other)
    for bad in (token, token[:-2] + "xx", "nothing"):
        assert followers.read_token(bad, purpose) is None


def test_who_never_confirms_is_forgotten(statement):
    followers.follow(statement, "nora@example.org")
    Follower.objects.update(created_at=timezone.now() - followers.FORGOTTEN_AFTER * 1.1)
    tasks.run("forget-unconfirmed-followers")
    assert not Follower.objects.exists()


def test_the_form_stands_on_a_page_of_its_own(client, statement):
    answer = client.get(reverse("signatories:follow", args=[statement.slug]))
    assert answer.status_code == 200
    assert 'name="email"' in answer.text


@pytest.mark.slow
def test_asking_too_often_is_refused(client, statement, settings):
    settings.SIGN_LIMITS = True
    answers = [ask(client, statement, f"nora{number}@example.org") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]


@pytest.mark.medium
def test_a_link_that_nobody_made_confirms_nothing(client, statement):
    ask(client, statement)
    url = f"/sign/{link_in(OutgoingMail.objects.get())}"
    assert press(client, statement, f"{url[:-4]}xyz/").status_code == 404
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert press(client, statement, url, headers=elsewhere).status_code == 403
    assert Follower.objects.get().confirmed_at is None


def test_a_question_that_was_answered_is_not_asked_by_a_late_mail(statement):
    followers.follow(statement, "nora@example.org")
    followers.confirm(Follower.objects.get())
    assert compose(OutgoingMail.objects.get()) is None


@pytest.mark.slow
def test_after_a_day_a_mailbox_is_asked_again(client, statement):
    for _time in range(2 * MAILS_PER_WINDOW):
        ask(client, statement)
    a_day_later()
    ask(client, statement)
    assert OutgoingMail.objects.count() == MAILS_PER_WINDOW + 1


@pytest.mark.medium
def test_whoever_asks_while_it_cannot_be_signed_hears_once_that_it_can(client, statement):
    lifecycle.pause(statement, by=None, sentence="")
    assert "Be reminded to sign" in client.get(follow_url(statement)).text
    make_follower(statement)
    followers.follow(statement, "waits@example.org")  # and never confirms
    OutgoingMail.objects.all().delete()
    assert followers.notify_followers() == 0
    lifecycle.resume(statement, by=None)
    assert followers.notify_followers() == 1
    assert followers.notify_followers() == 0
    mail = OutgoingMail.objects.get()
    assert mail.to == "nora@example.org"
    body = compose(mail).body
    assert "Now it can." in body and f"/sign/{statement.slug}/" in body


@pytest.mark.medium
def test_nobody_is_reminded_while_the_whole_site_is_stopped(statement):
    lifecycle.pause(statement, by=None, sentence="")
    make_follower(statement)
    lifecycle.resume(statement, by=None)
    SigningPause(pk=1, is_on=True, sentence="").save()
    assert followers.notify_followers() == 0
    SigningPause(pk=1, is_on=False, sentence="").save()
    assert followers.notify_followers() == 1


@pytest.mark.medium
def test_a_reminder_is_not_sent_once_it_is_closed_again(statement):
    lifecycle.pause(statement, by=None, sentence="")
    make_follower(statement)
    lifecycle.resume(statement, by=None)
    followers.notify_followers()
    lifecycle.close(statement, by=None)
    assert compose(OutgoingMail.objects.get()) is None


@pytest.mark.medium
def test_nothing_is_left_to_be_told_of(client, statement):
    deliver(statement)
    assert "There is nothing left" in client.get(follow_url(statement)).text
    assert ask(client, statement).status_code == 409
    assert not Follower.objects.exists() and not OutgoingMail.objects.exists()
    Target.objects.create(statement=statement, name="The mayor")  # has not got it yet
    assert "Hear of the hand-over" in client.get(follow_url(statement)).text


def follow_url(statement):
    return reverse("signatories:follow", args=[statement.slug])

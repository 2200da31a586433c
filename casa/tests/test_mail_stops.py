"""“It was not me”: one press in any first mail, and its mailbox hears no more."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.lib.testing import headers_of
from casa.mail import kinds, stops
from casa.mail.composing import compose
from casa.mail.models import MailStop, OutgoingMail
from casa.mail.outbox import queue
from casa.office import passwords
from casa.tests.test_first_mails import CASES
from signatories.core import subscriptions, tokens
from signatories.mailings import followers
from signatories.models import Follower, Signature
from signatories.self_service import privacy, private_links
from signatories.signing import confirmation
from signatories.testing import form_data, make_signature, own_url, without_secrets
from statements import lifecycle, mail_subjects
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

MAILBOX = "nora@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
ELSEWHERE = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
def edition():
    return make_edition()


def sign(client, edition, email=MAILBOX):
    url = reverse("signatories:sign", args=[edition.statement.slug])
    return client.post(url, form_data(email=email), follow=True)


def newest(**which):
    return OutgoingMail.objects.filter(**which).latest("pk")


def link_in(message):
    """The path that the mail's reader, and their mail program, may press."""
    (found,) = set(re.findall(r"https?://\S+/mail/stop/[^/\s]+/", message.body))
    assert message.extra_headers["List-Unsubscribe"] == f"<{found}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found in message.alternatives[0].content
    return urlsplit(found).path


def stop_link(edition, address=MAILBOX):
    about = mail_subjects.about(edition.statement)
    return reverse("stop_mail", args=[stops.make_token(address, about)])


@pytest.mark.medium
@pytest.mark.parametrize("kind", CASES)
def test_one_press_in_any_first_mail_ends_what_comes(client, kind):
    CASES[kind]()
    mail = newest(kind=kind) if kind != "signatories.organization_has_signed" else newest()
    url = link_in(compose(mail))
    client.head(url), client.get(url)
    assert compose(mail)
    answer = client.post(url, ONE_CLICK, headers=ELSEWHERE)
    assert answer.status_code == 200
    assert not answer.cookies
    assert compose(mail) is None


@pytest.mark.medium
def test_every_kind_about_a_statement_is_ended(client, edition):
    """Whichever may be queued by then: all that can be composed for a signer is tried."""
    signature = make_signature(edition, email=MAILBOX, wants_updates=True)
    params = {"signature": signature.pk, "edition": 1, "mailing": 0, "user": 0, "notice": 0}
    of_followers = {followers.CONFIRM_KIND, followers.DELIVERED_KIND, followers.OPENED_KIND}
    for name in kinds.every():
        if name.startswith("signatories.") and name not in of_followers:
            queue(name, to=MAILBOX, language="en", params=params)
    before = {mail.kind for mail in OutgoingMail.objects.all() if compose(mail)}
    assert {"signatories.already_signed", "signatories.welcome"} <= before
    client.post(stop_link(edition))
    assert {mail.kind for mail in OutgoingMail.objects.all() if compose(mail)} == set()


@pytest.mark.medium
def test_other_statements_write_until_all_is_ended(client, edition):
    other = make_edition("Another statement")
    sign(client, edition)
    sign(client, other)
    about_one, about_other = OutgoingMail.objects.order_by("pk")
    client.post(stop_link(edition), {"action": "this"})
    assert compose(about_one) is None
    assert compose(about_other)
    client.post(stop_link(edition), {"action": "everything"})
    assert compose(about_other) is None


@pytest.mark.medium
@pytest.mark.parametrize("other", ["NORA@example.org", "nora+news@example.org"])
def test_every_spelling_of_the_mailbox_is_meant(client, edition, other):
    client.post(stop_link(edition))
    sign(client, edition, other)
    assert compose(newest()) is None


@pytest.mark.medium
def test_it_outlasts_an_erasure(client, edition):
    signature = make_signature(edition, email=MAILBOX)
    client.post(stop_link(edition))
    privacy.erase_all(signature)
    assert not Signature.objects.exists()
    sign(client, edition)
    assert compose(newest()) is None


@pytest.mark.medium
def test_the_link_outlasts_an_erasure_too(client, edition):
    sign(client, edition)
    url = link_in(compose(newest()))
    privacy.erase_all(Signature.objects.get())
    assert client.post(url).status_code == 200
    sign(client, edition)
    assert compose(newest()) is None


@pytest.mark.medium
def test_the_form_answers_as_ever(client, edition):
    before = sign(client, edition)
    client.post(stop_link(edition), {"action": "everything"})
    Signature.objects.all().delete()
    after = sign(client, edition)
    assert after.redirect_chain[0][1] == before.redirect_chain[0][1] == 302
    assert without_secrets(after.text) == without_secrets(before.text)
    assert headers_of(after) == headers_of(before)


def test_the_page_says_what_it_does_and_what_is_kept(client, edition):
    url = stop_link(edition)
    asks = client.get(url).text
    assert edition.title in asks
    assert asks.count("<button") == 2
    done = client.post(url).text
    assert "We write to you no more about this statement" in done
    assert "It stays also when all else that is stored about you is erased." in done
    assert MAILBOX not in done
    assert client.get(url).text == done.replace(' role="status"', "")


@pytest.mark.medium
def test_it_can_be_taken_back(client, edition):
    for action in ("this", "everything", "again"):
        client.post(stop_link(edition), {"action": action})
    assert not MailStop.objects.exists()
    sign(client, edition)
    assert compose(newest())


@pytest.mark.medium
def test_pressing_twice_is_harmless(client, edition):
    for _ in range(2):
        assert client.post(stop_link(edition)).status_code == 200
    assert MailStop.objects.count() == 1


@pytest.mark.medium
def test_whoever_confirms_wants_to_hear(client, edition):
    signature = make_signature(edition, email=MAILBOX, state="pending")
    client.post(stop_link(edition), {"action": "everything"})
    page = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    assert "If you confirm, we write to you again." in client.get(page).text
    confirmation.confirm(signature)
    assert not MailStop.objects.exists()
    assert compose(newest(kind=confirmation.WELCOME))


@pytest.mark.medium
def test_so_do_those_who_follow_or_ask_for_news(client, edition):
    followers.follow(edition.statement, MAILBOX)
    client.post(stop_link(edition))
    followers.confirm(Follower.objects.get())
    assert not MailStop.objects.exists()
    client.post(stop_link(edition))
    subscriptions.subscribe(make_signature(edition, email=MAILBOX))
    assert not MailStop.objects.exists()


@pytest.mark.medium
def test_private_links_leave_out_what_nobody_wants_to_hear_of(client, edition):
    other = make_edition("Another statement")
    for one in (edition, other):
        make_signature(one, email=MAILBOX)
    client.post(stop_link(edition))
    private_links.request(MAILBOX)
    body = compose(newest()).body
    assert other.title in body
    assert edition.title not in body


def test_a_link_holds_no_address_and_opens_nothing_when_it_is_changed(client, edition):
    url = stop_link(edition)
    assert "nora" not in url
    assert "example.org" not in stops.signing.loads(url.split("/")[-2], salt="mail-stop")[0]
    for bad in ("x", url.split("/")[-2][:-1], "é"):
        answer = client.post(reverse("stop_mail", args=[bad]))
        assert answer.status_code == 404
        assert answer["Cache-Control"] == "private, no-store"
    assert not MailStop.objects.exists()


def test_nothing_of_a_withdrawn_statement_is_shown(client):
    edition = make_edition("Zanzibarium")
    lifecycle.withdraw(edition.statement, by=None)
    for method in (client.get, client.post):
        answer = method(stop_link(edition))
        assert answer.status_code == 200
        assert "Zanzibarium" not in answer.text


def test_staff_get_their_password_all_the_same(client, edition):
    make_staff(MAILBOX)
    client.post(stop_link(edition), {"action": "everything"})
    assert passwords.send_link(MAILBOX)
    assert compose(newest())


@pytest.mark.medium
def test_the_office_lets_mail_through_again_for_whoever_asks(client, edition, capsys):
    client.post(stop_link(edition))
    client.post(stop_link(edition), {"action": "everything"})
    call_command("allow_mail", "Nora+x@example.org")
    call_command("allow_mail", MAILBOX)
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "Mail is allowed again: all",
        f"Mail is allowed again: statement:{edition.statement_id}",
        "No mail was stopped.",
    ]


@pytest.mark.medium
def test_the_download_tells_of_it(client, edition):
    signature = make_signature(edition, email=MAILBOX)
    client.post(stop_link(edition))
    (kept,) = privacy.collect(signature)["no_mail"]
    assert kept["about"] == f"statement:{edition.statement_id}"


@pytest.mark.medium
def test_the_private_page_leads_there(client, edition):
    page = client.get(own_url(make_signature(edition, email=MAILBOX))).text
    (url,) = re.findall(r'href="(/mail/stop/[^"]+)"', page)
    assert client.post(url).status_code == 200
    assert MailStop.objects.get().mailbox == stops.key_of(MAILBOX)


def test_every_first_mail_says_what_it_is_about():
    for name, kind in kinds.every().items():
        if kind.is_first:
            assert kind.sample().about is not None, name

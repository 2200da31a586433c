"""A mistyped address is asked about, and corrected without telling who has signed."""

import html
import re

import pytest
from django.conf import settings
from django.urls import reverse

from casa.lib.testing import headers_of
from casa.mail.models import OutgoingMail
from signatories.core import mail_budget, states, tokens
from signatories.models import Signature
from signatories.signing import confirmation, domain_typos
from signatories.signing.antispam import honeypot
from signatories.testing import (
    form_data,
    make_signature,
    press_confirm,
    use_up_mails,
    without_secrets,
)
from statements import lifecycle
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

WRONG, RIGHT = "nora@exmaple.org", "nora@example.org"


@pytest.fixture
def edition():
    return make_edition()


def sign(client, edition, data=None, **fields):
    url = reverse("signatories:sign", args=[edition.statement.slug])
    return client.post(url, form_data(**fields) if data is None else data, follow=True)


def form(page, action):
    """The fields of the form on a page that is posted there; the last one wins, as in a post."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page.text, re.DOTALL)[0]
    inputs = [tag for tag in re.findall(r"<input[^>]*>", found) if "name=" in tag]
    return {
        re.search(r'name="([^"]*)"', tag)[1]: html.unescape(
            (re.search(r'value="([^"]*)"', tag) or ["", ""])[1]
        )
        for tag in inputs
    }


def no_mail(client, page):
    return client.get(re.search(r'href="([^"]*/sign/mail/[^"]*/no-mail/)"', page.text)[1])


def correct(client, edition, page, to=RIGHT):
    page = no_mail(client, page)
    url = reverse("signatories:sign", args=[edition.statement.slug])
    return sign(client, edition, form(page, url) | {"email": to})


def secret(page):
    return page.request["PATH_INFO"].strip("/").split("/")[-1]


def standing():
    return sorted(Signature.objects.values_list("email", "state"))


@pytest.mark.medium
def test_the_right_address_gets_the_mail_and_the_link_to_the_wrong_one_is_dead(client, edition):
    page = sign(client, edition, email=WRONG, role="Teacher & <b>", city="Tromsø")
    old = tokens.make(Signature.objects.get(), tokens.CONFIRM)
    answer = correct(client, edition, page)
    assert RIGHT in answer.text
    assert standing() == [(RIGHT, "pending"), (WRONG, "withdrawn")]
    new = Signature.objects.get(email=RIGHT)
    assert (new.name, new.role, new.city) == ("Nora Lind", "Teacher & <b>", "Tromsø")
    assert OutgoingMail.objects.latest("pk").to == RIGHT
    assert press_confirm(client, old).status_code == 410
    assert [event.reason for event in Signature.objects.get(email=WRONG).events.all()][1:]


@pytest.mark.medium
def test_it_can_be_corrected_again(client, edition):
    page = sign(client, edition, email="nora@exmple.org")
    page = correct(client, edition, page, WRONG)
    correct(client, edition, page)
    assert [state for _email, state in standing()] == ["pending", "withdrawn", "withdrawn"]


@pytest.mark.slow
@pytest.mark.parametrize("state", ["pending", "confirmed", "hidden", "invalidated"])
def test_the_answers_tell_nothing_of_who_has_signed(client, edition, state):
    """Neither at the address that was wrong nor at the one that is right."""
    blank = sign(client, edition, email=WRONG)
    pages = [blank, no_mail(client, blank), correct(client, edition, blank)]
    Signature.objects.all().delete()
    for email in (WRONG, RIGHT):
        make_signature(edition, "Somebody Else", email=email, state=state)
    taken = sign(client, edition, email=WRONG)
    same = [taken, no_mail(client, taken), correct(client, edition, taken)]
    assert [without_secrets(page.text) for page in same] == [
        without_secrets(page.text) for page in pages
    ]
    assert [headers_of(page) for page in same] == [headers_of(page) for page in pages]
    assert [page.status_code for page in same] == [200, 200, 200]


@pytest.mark.medium
def test_whoever_owns_the_right_address_hears_that_it_has_signed(client, edition):
    make_signature(edition, email=RIGHT)
    correct(client, edition, sign(client, edition, email=WRONG))
    assert OutgoingMail.objects.latest("pk").kind == "signatories.already_signed"
    assert standing() == [(RIGHT, "confirmed"), (WRONG, "withdrawn")]


@pytest.mark.medium
def test_a_mail_comes_whether_or_not_the_wrong_address_has_signed(client, edition):
    """Else who asks learns from the silence that somebody at that address did."""
    make_signature(edition, email=WRONG)
    correct(client, edition, sign(client, edition, email=WRONG))
    assert OutgoingMail.objects.latest("pk").to == RIGHT
    assert standing() == [(RIGHT, "pending"), (WRONG, "confirmed")]


@pytest.mark.medium
def test_what_is_confirmed_stays(client, edition):
    page = sign(client, edition, email=WRONG)
    confirmation.confirm(Signature.objects.get())
    correct(client, edition, page)
    assert standing() == [(RIGHT, "pending"), (WRONG, "confirmed")]


@pytest.mark.medium
def test_confirmed_at_the_very_moment_it_stays_too(client, edition, monkeypatch):
    page = sign(client, edition, email=WRONG)
    move = states.change_state

    def confirmed_first(signature, *args, **kwargs):
        monkeypatch.setattr(states, "change_state", move)
        confirmation.confirm(Signature.objects.get(pk=signature.pk))
        return move(signature, *args, **kwargs)

    monkeypatch.setattr(states, "change_state", confirmed_first)
    assert correct(client, edition, page).status_code == 200
    assert standing() == [(RIGHT, "pending"), (WRONG, "confirmed")]


@pytest.mark.medium
def test_nobody_takes_back_what_another_began(client, edition):
    """A stranger with the same details and no secret, a wrong one, or that of another form."""
    sign(client, edition, email=RIGHT)
    own = sign(client, edition, email="mallory@example.org")
    elsewhere = sign(client, make_edition(), email=RIGHT)
    for corrects in ("", "x" * 22, "\0", secret(own), secret(elsewhere)):
        data = form_data(email="m2@example.org", corrects=corrects)
        assert sign(client, edition, data).status_code == 200
    assert (RIGHT, "pending") in standing()


@pytest.mark.medium
def test_a_correction_is_good_for_the_row_it_was_made_for_and_no_later_one(client, edition):
    """Who typed somebody else's address and details, and waits until they sign themselves."""
    page = sign(client, edition, email=RIGHT)
    correct(client, edition, page, "mallory@example.org")
    sign(client, edition, email=RIGHT)  # its owner
    correct(client, edition, page, "mallory2@example.org")
    assert (RIGHT, "pending") in standing()


@pytest.mark.medium
def test_what_was_withdrawn_is_no_more_taken_back(client, edition):
    page = sign(client, edition, email=WRONG)
    correct(client, edition, page)
    events = Signature.objects.get(email=WRONG).events.count()
    correct(client, edition, page, "nora@example.net")
    assert Signature.objects.get(email=WRONG).events.count() == events


@pytest.mark.medium
def test_nor_after_posting_that_address_once_more(client, edition):
    sign(client, edition, email=RIGHT)
    page = sign(client, edition, email=RIGHT)  # a stranger's, who knows all that was typed
    correct(client, edition, page, "mallory@example.org")
    assert (RIGHT, "pending") in standing()


@pytest.mark.slow
def test_it_is_no_way_to_mail_strangers(client, edition):
    page = sign(client, edition, email=WRONG)
    for _ in range(mail_budget.MAILS_PER_WINDOW + 1):
        page = correct(client, edition, page, RIGHT)
        page = correct(client, edition, page, WRONG)
    for email in (WRONG, RIGHT):
        assert OutgoingMail.objects.filter(to=email).count() == mail_budget.MAILS_PER_WINDOW


@pytest.mark.medium
def test_an_address_that_had_its_share_loses_nobody_their_signature(client, edition):
    use_up_mails(RIGHT)
    page = sign(client, edition, email=WRONG)
    correct(client, edition, page)
    assert (WRONG, "pending") in standing()


@pytest.mark.slow
def test_the_mail_is_sent_once_more_on_request_and_no_more_than_five_times(client, edition):
    page = sign(client, edition, email=RIGHT)
    for _ in range(9):
        page = no_mail(client, page)
        page = sign(client, edition, form_data(email=RIGHT))
    assert OutgoingMail.objects.count() == mail_budget.MAILS_PER_WINDOW
    assert Signature.objects.count() == 1


@pytest.mark.medium
def test_a_wrong_address_again_is_said_beside_the_field_and_nothing_is_lost(client, edition):
    page = sign(client, edition, email=WRONG, city="Tromsø")
    answer = correct(client, edition, page, "nora")
    assert answer.status_code == 422
    assert "Tromsø" in answer.text


@pytest.mark.medium
@pytest.mark.page
def test_by_its_address_alone_the_page_gives_advice(client, edition):
    url = reverse("signatories:no_mail", args=[edition.statement.slug])
    page = client.get(url)
    assert page.status_code == 200
    assert settings.DEFAULT_FROM_EMAIL in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert client.post(url).status_code == 405
    lifecycle.withdraw(edition.statement, by=None)
    assert client.get(url).status_code == 410


@pytest.mark.page
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nora@gmial.com", "nora@gmail.com"),
        ("Nora.Lind@GMAIL.CON", "Nora.Lind@gmail.com"),
        ("nora@gmail.co", "nora@gmail.com"),
        ("nora@hotnail.com", "nora@hotmail.com"),
        ("nora@hotmial.con", "nora@hotmail.com"),
        ("nora@yahooo.com", "nora@yahoo.com"),
        ("nora@outlok.com", "nora@outlook.com"),
        ("nora@iclould.com", "nora@icloud.com"),
        ("nora@yandx.ru", "nora@yandex.ru"),
        ("nora@protonmial.com", "nora@protonmail.com"),
        ("nora@gmail.com", ""),
        ("nora@ymail.com", ""),
        ("nora@mail.com", ""),
        ("nora@example.org", ""),
        ("nora@hotmail.be", ""),
        ("nora@yahoo.se", ""),
        ("nora@gmx.at", ""),
        ("nora@mail.az", ""),
        ("nora@email.de", ""),
        ("nora", ""),
        ("@gmial.com", ""),
        ("", ""),
    ],
)
def test_it_asks_about_slips_and_about_nothing_else(typed, meant):
    assert domain_typos.suggestion(typed) == meant


@pytest.mark.page
@pytest.mark.medium
def test_without_javascript_the_next_page_asks_and_one_press_corrects(client, edition):
    page = sign(client, edition, email="nora@gmial.com")
    assert "nora@gmail.com" in page.text
    url = reverse("signatories:sign", args=[edition.statement.slug])
    sign(client, edition, form(page, url))
    assert standing() == [("nora@gmail.com", "pending"), ("nora@gmial.com", "withdrawn")]


@pytest.mark.page
@pytest.mark.medium
def test_the_hint_of_one_signer_is_not_shown_to_the_next(client, edition):
    sign(client, edition, email="nora@gmial.com")
    assert "gmail" not in sign(client, edition, email=RIGHT).text
    assert "gmail.com" in sign(client, edition, email="ada@gmial.com").text


@pytest.mark.page
def test_the_form_knows_the_same_domains():
    from signatories.templatetags.signing import mail_domains

    assert mail_domains().split() == domain_typos.DOMAINS == sorted(set(domain_typos.DOMAINS))


@pytest.mark.medium
def test_a_correction_of_which_work_is_asked_takes_back_the_wrong_one(client, edition, settings):
    settings.SIGN_LIMITS = True
    page = sign(client, edition, form_data(email=WRONG, opened=honeypot.opened_now()))
    url = reverse("signatories:sign", args=[edition.statement.slug])
    if "One more step" in page.text:
        page = sign(client, edition, form(page, url) | {"without_check": "1"})
    typed = form(no_mail(client, page), url) | {"email": RIGHT, "subject": "A program"}
    typed.pop("without_check", None)
    asked = sign(client, edition, typed)
    assert "One more step" in asked.text
    sign(client, edition, form(asked, url) | {"without_check": "1"})
    assert standing() == [(RIGHT, "pending"), (WRONG, "withdrawn")]


@pytest.mark.medium
def test_one_of_a_couple_corrects_their_own_and_leaves_the_others_alone(client):
    edition = make_edition(shared_mailboxes=True)
    sign(client, edition, email=WRONG, name="Nils Lind")
    sign(client, edition, email=RIGHT, name="Nils Lind")
    page = sign(client, edition, email=WRONG, name="Nora Lind")
    correct(client, edition, page)
    found = Signature.objects.values_list("name", "email", "state")
    assert sorted(found) == [
        ("Nils Lind", RIGHT, "pending"), ("Nils Lind", WRONG, "pending"),
        ("Nora Lind", RIGHT, "pending"), ("Nora Lind", WRONG, "withdrawn"),
    ]  # fmt: skip

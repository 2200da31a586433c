"""Six digits in place of the link: they lead to the same page, and are not to be guessed."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from casa.lib.testing import queries_of
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import mail_budget, tally, tokens
from signatories.models import Signature
from signatories.signing import codes, confirmation
from signatories.testing import form_data, make_organization, make_signature, press_confirm
from statements import lifecycle
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

EMAIL = "nora@example.org"


@pytest.fixture
def edition():
    return make_edition()


def post_code(client, edition, code, email=EMAIL, **options):
    url = reverse("signatories:code", args=[edition.statement.slug])
    return client.post(url, {"email": email, "code": code}, **options)


def sign(client, edition, **fields):
    return client.post(
        reverse("signatories:sign", args=[edition.statement.slug]), form_data(**fields)
    )


def in_newest_mail():
    message = compose(OutgoingMail.objects.latest("pk"))
    return re.search(r"\b\d{3} \d{3}\b", message.body)[0]


def wrong(signature, number=0):
    return f"{(int(codes.code_of(signature)) + 1 + number) % 10**6:06}"


@pytest.mark.medium
def test_the_code_of_the_mail_leads_to_the_page_where_one_press_counts(client, edition):
    sign(client, edition)
    answer = post_code(client, edition, in_newest_mail())
    assert answer.status_code == 302
    assert not tally.of(edition.statement)
    page = client.get(answer.url)
    assert "Nora Lind" in page.text
    seen = re.search(r'name="seen" value="(\w+)"', page.text)[1]
    press_confirm(client, answer.url, seen=seen)
    assert tally.of(edition.statement).people == 1


@pytest.mark.medium
def test_text_and_html_hold_the_same_code_and_link(client, edition):
    sign(client, edition)
    message = compose(OutgoingMail.objects.get())
    html = message.alternatives[0][0]
    assert in_newest_mail() in html
    assert reverse("signatories:code", args=[edition.statement.slug]) in html


@pytest.mark.parametrize("form", ["{}{}", "{} {}", " {}-{} ", "{}–{}", "{}.{}", "{}\u00a0{}"])
def test_it_is_read_as_people_type_it(client, edition, form):
    code = codes.code_of(make_signature(edition, email=EMAIL, state="pending"))
    assert post_code(client, edition, form.format(code[:3], code[3:])).status_code == 302


def test_digits_of_another_script_and_another_spelling_of_the_address_do(client, edition):
    code = codes.code_of(make_signature(edition, email=EMAIL, state="pending"))
    arabic = "".join(chr(0x660 + int(digit)) for digit in code)
    assert post_code(client, edition, arabic, "Nora+signs@Example.org ").status_code == 302


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "abcdef", "12345²", "½½½½½½", "\x00" * 6]
)
def test_what_is_no_code_costs_no_try(client, edition, typed):
    make_signature(edition, email=EMAIL, state="pending")
    answer = post_code(client, edition, typed)
    assert answer.status_code == 422
    assert "six digits" in answer.text
    assert EMAIL in answer.text
    assert Signature.objects.get().code_tries == 0


@pytest.mark.medium
def test_nobody_fails_with_the_older_of_two_mails(client, edition):
    sign(client, edition)
    older = in_newest_mail()
    sign(client, edition)
    assert OutgoingMail.objects.count() == 2
    assert post_code(client, edition, older).status_code == 302


@pytest.mark.medium
def test_a_wrong_code_is_answered_alike_whoever_has_signed(client, edition):
    signatures = {
        state: make_signature(edition, email=f"{state}@example.org", state=state)
        for state in Signature.State.values
    }
    used_up = make_signature(edition, email="tired@example.org", state="pending", code_tries=5)
    code = next(
        code
        for code in ("000001", "000002")
        if code not in {codes.code_of(one) for one in [*signatures.values(), used_up]}
    )
    answers = set()
    for email in (*(one.email for one in signatures.values()), "new@example.org", used_up.email):
        answer = post_code(client, edition, code, email)
        answers.add((answer.status_code, answer.content.replace(email.encode(), b"")))
    assert len(answers) == 1
    # Even the right one, once the tries are used up.
    right = post_code(client, edition, codes.code_of(used_up), used_up.email)
    assert right.status_code == 422
    assert codes.code_of(used_up).encode() in right.content


def test_it_takes_the_same_steps_whether_the_address_is_known_or_not(edition):
    signature = make_signature(edition, email=EMAIL, state="pending")

    def find(email):
        assert codes.find(edition.statement, email, wrong(signature)) is None

    assert len(queries_of(lambda: find(EMAIL))) == len(queries_of(lambda: find("new@example.org")))


@pytest.mark.slow
def test_a_thousand_guesses_confirm_nothing_and_stop_after_five(edition):
    signature = make_signature(edition, email=EMAIL, state="pending")
    for number in range(1000):
        assert codes.find(edition.statement, EMAIL, wrong(signature, number)) is None
    assert codes.find(edition.statement, EMAIL, codes.code_of(signature)) is None
    signature.refresh_from_db()
    assert (signature.code_tries, signature.state) == (5, "pending")


@pytest.mark.medium
def test_a_new_mail_brings_new_tries_and_those_are_few(client, edition):
    sign(client, edition)
    signature = Signature.objects.get()
    Signature.objects.update(code_tries=5)
    sign(client, edition)
    assert codes.find(edition.statement, EMAIL, codes.code_of(signature)) == signature
    for _ in range(9):
        sign(client, edition)
    assert OutgoingMail.objects.count() == mail_budget.MAILS_PER_WINDOW


@pytest.mark.medium
def test_a_right_code_costs_no_try_and_a_second_click_is_answered_as_the_first(client, edition):
    signature = make_signature(edition, email=EMAIL, state="pending")
    for _ in range(9):
        answer = post_code(client, edition, codes.code_of(signature))
        assert press_confirm(client, answer.url).status_code in (200, 302)
    assert tally.of(edition.statement).people == 1


def test_it_dies_with_the_time_the_address_and_the_secret(edition):
    signature = make_signature(edition, email=EMAIL, state="pending")
    code = codes.code_of(signature)
    lifetime = tokens.LIFETIME[tokens.CONFIRM]
    assert codes.find(edition.statement, EMAIL, code)
    Signature.objects.update(created_at=F("created_at") - lifetime)
    assert codes.find(edition.statement, EMAIL, code) is None
    Signature.objects.update(reminded_at=timezone.now())  # a later mail, a later end
    assert codes.find(edition.statement, EMAIL, code)
    for changes in ({"email_key": "other@example.org"}, {"nonce": tokens.new_nonce()}):
        Signature.objects.update(**changes)
        now = Signature.objects.get()
        assert codes.code_of(now) != code  # but for once in a million
        assert codes.find(edition.statement, now.email_key, code) is None


def test_it_is_good_under_its_own_statement_alone(edition):
    signature = make_signature(edition, email=EMAIL, state="pending")
    other = make_edition("Another")
    make_signature(other, email=EMAIL, state="pending")
    assert codes.find(other.statement, EMAIL, codes.code_of(signature)) is None


def test_of_several_signatures_of_one_mailbox_each_has_its_code(edition):
    person = make_signature(edition, email=EMAIL, state="pending")
    club = make_signature(edition, email=EMAIL, state="pending", organization=make_organization())
    for signature in (person, club):
        assert codes.find(edition.statement, EMAIL, codes.code_of(signature)) == signature


def test_there_is_no_code_for_a_statement_that_is_not_public(client, edition):
    signature = make_signature(edition, email=EMAIL, state="pending")
    lifecycle.withdraw(edition.statement, by=None)
    assert post_code(client, edition, codes.code_of(signature)).status_code == 410


@pytest.mark.medium
def test_its_pages_are_kept_by_nobody_and_another_site_cannot_try(client, edition):
    signature = make_signature(edition, email=EMAIL, state="pending")
    elsewhere = {"Origin": "https://elsewhere.example"}
    answers = [
        client.get(reverse("signatories:code", args=[edition.statement.slug])),
        post_code(client, edition, wrong(signature)),
        post_code(client, edition, codes.code_of(signature), headers=elsewhere),
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 403]
    for answer in answers:
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_tries_at_one_moment_are_no_more_than_five():
    edition = make_edition()
    signature = make_signature(edition, email=EMAIL, state="pending")

    def attempt(number):
        try:
            return codes.find(edition.statement, EMAIL, wrong(signature, number))
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert not any(pool.map(attempt, range(50)))
    signature.refresh_from_db()
    assert signature.code_tries == codes.TRIES
    assert codes.find(edition.statement, EMAIL, codes.code_of(signature)) is None


@pytest.mark.parametrize("lateness", [timedelta(hours=23), timedelta(hours=25)])
def test_the_page_behind_it_says_when_it_is_too_late(client, edition, lateness):
    signature = make_signature(edition, email=EMAIL, state="pending")
    type(edition.statement).objects.update(signing_closes_at=timezone.now() - lateness)
    answer = post_code(client, edition, codes.code_of(signature), follow=True)
    assert answer.status_code == (200 if lateness < confirmation.CONFIRM_GRACE else 409)

"""Slow limits: many sources on one account, one source on many, and no colleague shut out."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casa.accounts import tries
from casa.accounts.models import TryBudget
from casa.accounts.testing import PASSWORD, code_of, give_phone, make_staff, sign_in
from casa.mail.models import OutgoingMail
from casa.office import passwords
from casa.retention import rules

pytestmark = [pytest.mark.django_db, pytest.mark.page]
numbers = count(1)
FORGET = "forget-tries-to-sign-in"


@pytest.fixture(autouse=True)
def _few_and_fast(settings, monkeypatch):
    """Fewer tries than in life show the same."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for name, at_once in (("ACCOUNT", 6), ("SOURCE", 7), ("BROWSER", 3)):
        monkeypatch.setattr(tries, name, replace(getattr(tries, name), at_once=at_once))


def attempt(email="edda@example.org", password="wrong", source="192.0.2.1", browser=None):
    data = {"username": email, "password": password}
    return (browser or Client()).post(reverse("admin:login"), data, REMOTE_ADDR=source)


def elsewhere():
    number = next(numbers)
    return f"198.51.{number // 200}.{number % 200 + 1}"


def attack_account(more=1):
    """From everywhere, one after the other."""
    for _number in range(tries.ACCOUNT.at_once + more):
        answer = attempt(source=elsewhere())
    return answer


def spray(source="192.0.2.1"):
    for number in range(tries.SOURCE.at_once + 1):
        answer = attempt(f"staff{number}@example.org", source=source)
    return answer


def leave(browser):
    """As staff do; the test client's own `logout` takes all cookies away."""
    browser.post(reverse("admin:logout"))


def wait(pause):
    for budget in TryBudget.objects.all():
        budget.clear_at -= pause.total_seconds()
        budget.save()


@pytest.mark.medium
def test_many_sources_have_only_so_many_tries_on_one_account(caplog):
    make_staff()
    assert attack_account(0).status_code == 200
    answer = attempt(source=elsewhere())
    assert answer.status_code == 429
    assert "came too soon after others" in caplog.text
    assert "no-store" in answer["Cache-Control"]
    assert 0 < int(answer["Retry-After"]) <= tries.ACCOUNT.pause.total_seconds()
    assert attempt(password=PASSWORD, source=elsewhere()).status_code == 429
    wait(tries.ACCOUNT.pause)
    assert attempt(source=elsewhere()).status_code == 200
    assert attempt(source=elsewhere()).status_code == 429


@pytest.mark.medium
def test_one_source_has_only_so_many_tries_on_all_accounts():
    make_staff()
    assert spray().status_code == 429
    assert attempt(password=PASSWORD).status_code == 429
    assert attempt(password=PASSWORD, source=elsewhere()).status_code == 302
    wait(tries.SOURCE.pause)
    assert attempt().status_code == 200


@pytest.mark.medium
def test_a_household_of_ipv6_is_one_source():
    make_staff()
    for number in range(5):
        answer = attempt(source=f"2001:db8:1:2::{number + 1:x}")
    assert answer.status_code == 429
    assert "is closed until" in answer.text
    assert attempt(password=PASSWORD, source="2001:db8:1:2:ffff::1").status_code == 429
    assert AccessAttempt.objects.get().ip_address == "2001:db8:1:2::"
    assert attempt(password=PASSWORD, source="2001:db8:1:3::1").status_code == 302


@pytest.mark.medium
@pytest.mark.parametrize("attack", [attack_account, spray])
def test_who_signed_in_before_is_let_in_whatever_a_stranger_does(client, attack):
    make_staff()
    attempt(password=PASSWORD, browser=client)
    leave(client)
    attack()
    assert attempt(password=PASSWORD).status_code == 429
    assert attempt(password=PASSWORD, browser=client).status_code == 302


@pytest.mark.medium
def test_a_link_in_a_mail_lets_in_whoever_has_a_new_browser(client):
    user = make_staff()
    attack_account()
    mail = OutgoingMail(to=user.email, params={"user": user.pk})
    page = client.get(passwords.build(mail).context["button_url"], follow=True)
    new = {"new_password1": "another-long-one-2", "new_password2": "another-long-one-2"}
    client.post(page.redirect_chain[-1][0], new)
    attack_account()
    assert attempt(password="another-long-one-2", source=elsewhere()).status_code == 429
    assert attempt(password="another-long-one-2", browser=client).status_code == 302


@pytest.mark.medium
def test_a_known_browser_has_its_own_limit_and_is_known_for_its_account_alone(client):
    make_staff()
    make_staff("other@example.org")
    attempt(password=PASSWORD, browser=client)
    leave(client)
    for _number in range(tries.BROWSER.at_once):
        AccessAttempt.objects.all().delete()  # its quarter of an hour has passed
        assert attempt(browser=client).status_code == 200
    assert attempt(browser=client).status_code == 429
    assert attempt(password=PASSWORD).status_code == 302  # nobody else's
    spray()
    assert attempt("other@example.org", PASSWORD, browser=client).status_code == 429


@pytest.mark.medium
def test_what_somebody_made_up_is_no_known_browser(client):
    make_staff()
    client.cookies["known_browser"] = "made:up"
    attack_account()
    assert attempt(password=PASSWORD, browser=client).status_code == 429


@pytest.mark.medium
def test_the_cookie_names_nobody_and_opens_nothing(client):
    make_staff()
    answer = attempt(password=PASSWORD, browser=client)
    cookie = answer.cookies["known_browser"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert "edda" not in cookie.value
    leave(client)
    assert "known_browser" in client.cookies
    assert client.get("/admin/").status_code == 302


@pytest.mark.slow
def test_a_browser_is_known_for_five_accounts():
    browser = Client()
    for number in range(6):
        make_staff(f"staff{number}@example.org")
        attempt(f"staff{number}@example.org", PASSWORD, browser=browser)
        leave(browser)
    spray()
    answers = [
        attempt(f"staff{number}@example.org", PASSWORD, browser=browser).status_code
        for number in range(6)
    ]
    assert answers == [429, 302, 302, 302, 302, 302]


@pytest.mark.medium
def test_right_ones_cost_nothing():
    make_staff()
    for _number in range(8):
        assert attempt(password=PASSWORD).status_code == 302
    assert all(one.clear_at <= timezone.now().timestamp() for one in TryBudget.objects.all())


@pytest.mark.medium
def test_codes_are_counted_too(client):
    device = give_phone(make_staff())
    sign_in(client)
    assert client.post("/admin/login/code/", {"code": code_of(device)}).status_code == 302
    leave(client)
    sign_in(client)
    del client.cookies["known_browser"]
    attack_account()
    assert client.post("/admin/login/code/", {"code": "000000"}).status_code == 429


@pytest.mark.slow
def test_tries_that_are_refused_anyway_are_not_counted():
    make_staff()
    for _number in range(10):
        attempt()
    assert attempt("other@example.org").status_code == 200
    assert attempt(password=PASSWORD, source=elsewhere()).status_code == 302


@pytest.mark.medium
def test_an_administrator_unlocks(client):
    user = make_staff()
    attack_account()
    AccessAttempt.objects.all().delete()
    client.force_login(make_staff("root@example.org", is_superuser=True))
    data = {"action": "unlock", "_selected_action": user.pk}
    page = client.post(reverse("admin:accounts_user_changelist"), data, follow=True)
    assert "1 account unlocked" in page.text
    assert attempt(password=PASSWORD, source=elsewhere()).status_code == 302


def test_whole_budgets_are_forgotten():
    make_staff()
    attempt()
    assert rules.run(FORGET) == 0
    wait(tries.ACCOUNT.pause + timedelta(seconds=1))
    assert rules.run(FORGET) == 2

"""Failed tries close an account for a while, say so, and an administrator opens it."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone

from casa.accounts.models import Phone
from casa.accounts.testing import PASSWORD, code_of, give_phone, make_staff, sign_in
from casa.lib import tasks
from casa.lib.network import client_address
from casa.lib.testing import assert_flat_queries

pytestmark = [pytest.mark.django_db, pytest.mark.page]

CHANGELIST = "admin:accounts_user_changelist"


def fail(client, times=5, email="edda@example.org"):
    for _try in range(times):
        answer = sign_in(client, email, "wrong")
    return answer


def later():
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))


@pytest.mark.medium
def test_the_fifth_failure_closes_the_account_and_says_until_when(client):
    make_staff()
    assert fail(client, 4).status_code == 200
    answer = fail(client, 1)
    assert answer.status_code == 429
    assert "is closed until" in answer.text
    assert "administrator can unlock" in answer.text
    assert 0 < int(answer["Retry-After"]) <= 900
    assert "no-store" in answer["Cache-Control"]
    assert sign_in(client).status_code == 429  # the right password, too
    assert client.get("/admin/").status_code == 302
    later()
    assert sign_in(client).status_code == 302


@pytest.mark.medium
def test_tries_while_it_is_closed_do_not_prolong_it(client):
    make_staff()
    fail(client)
    before = AccessAttempt.objects.get().attempt_time
    sign_in(client)
    assert AccessAttempt.objects.get().attempt_time == before


@pytest.mark.medium
@pytest.mark.parametrize("email", ["nobody@example.org", "edda@example.org"])
def test_the_answer_does_not_say_who_has_an_account(client, email):
    make_staff()
    assert fail(client, 5, email).status_code == 429


@pytest.mark.medium
def test_capital_letters_and_another_browser_are_no_way_round(client):
    make_staff()
    for number, email in enumerate(("edda@example.org", "EDDA@example.org", " Edda@Example.org")):
        data = {"username": email, "password": "wrong"}
        client.post(reverse("admin:login"), data, headers={"User-Agent": f"browser {number}"})
    fail(client, 2)
    assert sign_in(client).status_code == 429


@pytest.mark.medium
def test_colleagues_and_other_places_are_not_shut_out(client):
    make_staff()
    make_staff("other@example.org")
    fail(client)
    assert sign_in(client, "other@example.org").status_code == 302
    client.logout()
    elsewhere = {"username": "edda@example.org", "password": PASSWORD}
    answer = client.post(reverse("admin:login"), elsewhere, REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 302


@pytest.mark.medium
def test_wrong_codes_count_too(client):
    device = give_phone(make_staff())
    sign_in(client)
    for _try in range(5):
        Phone.objects.update(throttling_failure_timestamp=None)  # the pause has passed
        answer = client.post("/admin/login/code/", {"code": "000000"})
    assert answer.status_code == 429
    Phone.objects.update(throttling_failure_timestamp=None)
    assert client.post("/admin/login/code/", {"code": code_of(device)}).status_code == 429
    assert client.get("/admin/").status_code == 302


@pytest.mark.medium
def test_a_code_typed_too_soon_after_a_wrong_one_is_no_failed_try(client):
    device = give_phone(make_staff())
    sign_in(client)
    client.post("/admin/login/code/", {"code": "000000"})
    answer = client.post("/admin/login/code/", {"code": code_of(device)})
    assert "Try again in 1 second." in answer.text
    assert AccessAttempt.objects.get().failures_since_start == 1
    Phone.objects.update(throttling_failure_timestamp=None)
    client.post("/admin/login/code/", {"code": code_of(device)})
    assert client.get("/admin/").status_code == 200


@pytest.mark.medium
def test_success_starts_the_count_anew(client):
    make_staff()
    fail(client, 4)
    sign_in(client)
    client.logout()
    assert fail(client, 4).status_code == 200


@pytest.mark.medium
def test_an_administrator_sees_and_unlocks(client, other_client):
    user = make_staff()
    fail(other_client)
    client.force_login(make_staff("root@example.org", is_superuser=True))
    locked = client.get(reverse(CHANGELIST)).context["cl"].queryset.get(pk=user.pk)
    assert locked.locked_at
    data = {"action": "unlock", "_selected_action": user.pk}
    page = client.post(reverse(CHANGELIST), data, follow=True)
    assert "1 account unlocked" in page.text
    assert sign_in(other_client).status_code == 302


def test_the_record_of_tries_holds_no_secret_and_is_forgotten(client):
    make_staff()
    sign_in(client, password="nearly-my-password")
    attempt = AccessAttempt.objects.get()
    assert "nearly" not in attempt.post_data
    assert tasks.run("forget-failed-sign-ins") == 0
    later()
    assert tasks.run("forget-failed-sign-ins") == 1


@pytest.mark.parametrize(
    ("behind", "forwarded", "expected"),
    [
        (False, "198.51.100.1", "127.0.0.1"),
        (True, "198.51.100.1", "198.51.100.1"),
        (True, "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        (True, "", "127.0.0.1"),
        (True, "nonsense", "127.0.0.1"),
    ],
)
def test_behind_a_proxy_it_is_the_proxy_that_is_believed(rf, settings, behind, forwarded, expected):
    settings.BEHIND_PROXY = behind
    request = rf.get("/admin/login/", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected


@pytest.mark.medium
def test_the_list_takes_the_same_queries_at_any_length(client):
    client.force_login(make_staff("root@example.org", is_superuser=True))
    assert_flat_queries(
        lambda number: make_staff(f"staff{number}@example.org"),
        lambda _rows: client.get(reverse(CHANGELIST)),
    )

"""Each try to sign in is in the log, with the number of the account and nothing that was typed."""

import logging

import pytest
from django.urls import reverse

from casa.accounts.testing import PASSWORD, code_of, give_phone, make_staff, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(caplog):
    caplog.set_level(logging.INFO, "casa")
    return lambda: [one.getMessage() for one in caplog.records if one.name.startswith("casa")]


def test_signing_in_and_out_is_logged(client, said):
    user = make_staff()
    sign_in(client)
    client.post(reverse("admin:logout"))
    assert said() == [f"Account {user.pk} signed in by password", f"Account {user.pk} signed out"]


@pytest.mark.medium
def test_the_factor_is_logged(client, said):
    user = make_staff()
    device = give_phone(user)
    sign_in(client)
    client.post(reverse("admin:login_code"), {"code": "000000"})
    device.refresh_from_db()
    device.throttle_reset()
    client.post(reverse("admin:login_code"), {"code": code_of(device)})
    assert said() == [
        f"Signing in to account {user.pk} by code failed",
        f"Account {user.pk} signed in by password and code",
    ]


@pytest.mark.medium
def test_a_failure_is_logged_without_what_was_typed(client, said, settings):
    user = make_staff()
    settings.AXES_FAILURE_LIMIT = 2
    sign_in(client, password="Quagga-4711")
    sign_in(client, "EDDA@example.org", "Quagga-4711")
    sign_in(client, PASSWORD, "x")
    failed = f"Signing in to account {user.pk} by password failed"
    closed = f"Signing in to account {user.pk} is closed for a while"
    nobody = "Signing in to no account by password failed"
    assert sorted(said()) == sorted([failed, failed, closed, nobody])


def test_what_somebody_may_not_do_is_logged(client, said):
    user = make_staff()
    client.force_login(user)
    url = reverse("admin:accounts_user_add")
    assert client.get(url).status_code == 403
    assert said()[-1] == f"Account {user.pk} may not: GET {url}"


def test_a_post_of_another_site_is_logged(client, said):
    url = reverse("signatories:request_link")
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(url, {"email": "edda@example.org"}, headers=headers).status_code == 403
    assert said() == [f"Account – may not: POST {url}"]

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casa.accounts.testing import PASSWORD, make_staff, sign_in

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


def is_in(client):
    return client.get(INDEX).status_code == 200


def test_the_address_is_the_login_however_it_is_capitalised(client):
    make_staff("Edda@Example.org")
    assert sign_in(client, "edda@example.ORG").url == INDEX
    assert is_in(client)


@pytest.mark.parametrize(
    ("email", "password"), [("edda@example.org", "wrong"), ("nobody@example.org", PASSWORD)]
)
def test_who_is_wrong_is_told_the_same(client, email, password):
    make_staff()
    answer = sign_in(client, email, password)
    assert answer.status_code == 200
    assert "Address and password do not match" in answer.text
    assert not is_in(client)


def test_one_address_is_one_account():
    make_staff("Edda@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_staff("EDDA@example.org")


@pytest.mark.medium
def test_who_left_cannot_sign_in(client):
    make_staff(is_active=False)
    sign_in(client)
    assert not is_in(client)


def test_a_session_ends_when_the_account_is_closed(client):
    user = make_staff()
    sign_in(client)
    assert is_in(client)
    user.is_active = False
    user.save()
    assert not is_in(client)


def test_who_is_not_staff_does_not_see_the_admin(client):
    client.force_login(make_staff(is_staff=False))
    assert client.get(INDEX).status_code == 302


@pytest.mark.medium
def test_a_new_password_ends_other_sessions(client, other_client):
    make_staff()
    sign_in(client)
    sign_in(other_client)
    data = {"old_password": PASSWORD, "new_password1": "another-long-one-2",
            "new_password2": "another-long-one-2"}  # fmt: skip
    assert client.post(reverse("admin:password_change"), data).status_code == 302
    assert is_in(client)
    assert not is_in(other_client)


def test_sessions_can_be_ended(client):
    user = make_staff()
    sign_in(client)
    user.end_sessions()
    assert not is_in(client)


def test_signing_in_leads_to_no_other_site(client):
    make_staff()
    data = {"username": "edda@example.org", "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post(reverse("admin:login"), data).url == INDEX

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction

from casa.accounts.models import User

pytestmark = pytest.mark.django_db


def make(email="Edda@Example.org", **fields):
    return User.objects.create_user(email, "a-long-password-1", name="Edda", **fields)


def test_the_address_is_the_login_however_it_is_capitalised():
    user = make()
    assert authenticate(username="edda@example.ORG", password="a-long-password-1") == user
    assert authenticate(username="edda@example.org", password="wrong") is None
    assert authenticate(username="nobody@example.org", password="a-long-password-1") is None


def test_one_address_is_one_account():
    make()
    with pytest.raises(IntegrityError), transaction.atomic():
        make("EDDA@example.org")


def test_who_left_cannot_sign_in():
    make(is_active=False)
    assert authenticate(username="edda@example.org", password="a-long-password-1") is None


def test_who_is_not_staff_does_not_see_the_admin(client):
    client.force_login(make())
    assert client.get("/admin/").status_code == 302

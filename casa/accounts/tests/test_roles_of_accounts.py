"""Whoever makes an account without a role is told what its owner could do: nothing."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from casa.accounts.models import User
from casa.accounts.testing import make_staff
from casa.unsaved.testing import form_of

pytestmark = pytest.mark.django_db

ADD = reverse("admin:accounts_user_add")
TOLD = "has no role"


@pytest.fixture
def admin(client):
    client.force_login(make_staff("chief@example.org", is_superuser=True))
    return client


def save(admin, url, **changed):
    data = form_of(admin, url) | {"email": "ada@example.org", "name": "Ada Lind"} | changed
    return admin.post(url, data, follow=True).text


@pytest.mark.medium
def test_a_new_account_without_a_role_is_warned_of(admin):
    assert f"Ada Lind {TOLD}" in save(admin, ADD)


@pytest.mark.medium
def test_a_new_account_with_one_is_not(admin):
    role = Group.objects.get(name="Author")
    assert TOLD not in save(admin, ADD, groups=[role.pk])


@pytest.mark.medium
@pytest.mark.parametrize(("changed", "is_told"), [
    ({"is_active": "on"}, True),
    ({"is_active": "on", "is_superuser": "on"}, False),
    ({}, False),  # nobody signs in with it
])  # fmt: skip
def test_taking_the_last_role_away_is_told_too(admin, changed, is_told):
    user = User.objects.create_user("ada@example.org", "x", name="Ada Lind", is_staff=True)
    url = reverse("admin:accounts_user_change", args=[user.pk])
    assert (TOLD in save(admin, url, **changed)) is is_told

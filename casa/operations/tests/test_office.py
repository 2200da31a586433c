"""How the site is running, on the pages of administrators."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.operations import signs_of_life
from statements.testing import make_user

pytestmark = pytest.mark.django_db

PAGE = "admin:operations"


def member(role):
    user = make_staff()
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.medium
def test_an_administrator_sees_what_is_fine_and_what_is_broken(client):
    client.force_login(make_user())
    page = client.get(reverse(PAGE)).text
    assert "No worker has ever run" in page
    assert "Start it: manage.py qcluster" in page
    assert "were not asked" in page


def test_the_button_asks_the_others_too(client, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "casa.operations.findings.examine", lambda *, asks_others: asked.append(asks_others) or []
    )
    client.force_login(make_user())
    assert "All is well." in client.post(reverse(PAGE)).text
    assert asked == [True]


@pytest.mark.parametrize("role", ["Author", "Editor", "Moderator", "Analyst"])
def test_nobody_else_may_see_it(client, role):
    client.force_login(member(role))
    assert client.get(reverse(PAGE)).status_code == 403


@pytest.mark.medium
def test_the_first_screen_says_that_the_worker_is_silent(client, clock):
    client.force_login(make_user())
    index = reverse("admin:index")
    assert "the worker has been silent" not in client.get(index).text  # nothing waits for it yet
    signs_of_life.give()
    assert "the worker has been silent" not in client.get(index).text
    clock.move(minutes=6)
    page = client.get(index).text
    assert "the worker has been silent since" in page
    assert reverse(PAGE) in page
    client.force_login(member("Editor"))
    page = client.get(index).text
    assert "Tell whoever looks after the server." in page
    assert reverse(PAGE) not in page

"""Withdrawing by the private link: silently, or listed with the date; then one may sign again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.lib.testing import assert_flat_queries
from signatories.core import tally
from signatories.models import Signature
from signatories.moderation import decisions
from signatories.testing import form_data, make_signature, own_url
from statements import lifecycle
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def signature():
    return make_signature(make_edition(), "Nora Lind", email="nora@example.org")


def withdraw(client, signature, shown):
    return client.post(own_url(signature, "withdraw"), {"shown": shown})


def listed(client, signature):
    return client.get(reverse("signatories:list", args=[signature.statement.slug])).text


@pytest.mark.medium
def test_silently_the_name_disappears(client, signature):
    withdraw(client, signature, "no")
    signature.refresh_from_db()
    assert (signature.state, signature.withdrawal_shown) == ("withdrawn", False)
    assert timezone.now() - signature.withdrawn_at < timedelta(minutes=1)
    assert "Nora Lind" not in listed(client, signature)
    assert tally.of(signature.statement).people == 0
    assert tally.differences() == []


@pytest.mark.medium
def test_openly_it_is_listed_with_the_date_and_not_counted(client, signature):
    withdraw(client, signature, "yes")
    page = listed(client, signature)
    assert "Nora Lind" in page.split('id="withdrew"')[1]
    assert "withdrew on" in page
    assert tally.of(signature.statement).people == 0


@pytest.mark.medium
def test_the_listing_can_be_ended(client, signature):
    withdraw(client, signature, "yes")
    client.post(own_url(signature, "hide-withdrawal"))
    assert "Nora Lind" not in listed(client, signature)


@pytest.mark.parametrize("fields", [{"name_withheld": True}, {"approved": False}])
def test_who_was_not_seen_is_not_listed(client, signature, fields):
    Signature.objects.update(**fields)
    withdraw(client, signature, "yes")
    assert not Signature.objects.get().withdrawal_shown


def test_what_staff_hid_is_not_listed(client, signature):
    decisions.hide(signature, by=make_user(), reason="asked by phone")
    withdraw(client, signature, "yes")
    signature.refresh_from_db()
    assert (signature.state, signature.withdrawal_shown) == ("withdrawn", False)


def test_repeating_it_is_harmless(client, signature):
    withdraw(client, signature, "yes")
    first = Signature.objects.get().withdrawn_at
    assert withdraw(client, signature, "no").status_code == 302
    row = Signature.objects.get()
    assert (row.withdrawn_at, row.withdrawal_shown) == (first, True)
    assert tally.differences() == []


@pytest.mark.medium
def test_whoever_withdrew_may_sign_again(client, signature):
    withdraw(client, signature, "yes")
    client.post(
        reverse("signatories:sign", args=[signature.statement.slug]),
        form_data(email="nora@example.org"),
    )
    assert Signature.objects.latest("pk").state == "pending"
    assert Signature.objects.count() == 2


@pytest.mark.medium
def test_the_list_costs_the_same_for_one_and_for_three(client, signature):
    def add(number):
        withdraw(client, make_signature(signature.edition, f"Signer {number}"), "yes")

    def ask(rows):
        assert listed(client, signature).count("withdrew on") == rows

    assert_flat_queries(add, ask)


def test_nobody_is_listed_under_a_statement_that_is_not_public(client, signature):
    withdraw(client, signature, "yes")
    lifecycle.withdraw(signature.statement, by=None)
    answer = client.get(reverse("signatories:list", args=[signature.statement.slug]))
    assert "Nora Lind" not in answer.text

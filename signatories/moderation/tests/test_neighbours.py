"""From one signature to the next, in the list it was opened from: with keys and without."""

import re
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from casa.lib import neighbours
from signatories.models import Signature
from signatories.testing import make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:signatories_signature_changelist")


@pytest.fixture
def moderator(client):
    user = make_user(is_superuser=False)
    names = ("view_signature", "change_signature", "moderate_signature", "view_statement")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return client


def page(client, signature, query=""):
    url = reverse("admin:signatories_signature_change", args=[signature.pk])
    kept = f"?{urlencode({neighbours.FILTERS: query})}" if query else ""
    return client.get(f"{url}{kept}")


def ways(answer):
    """The names of the previous and the next one, "" for none."""
    found = answer.context["neighbours"]

    def name(address):
        if not address:
            return ""
        return Signature.objects.get(pk=re.search(r"/(\d+)/change/", address)[1]).name

    return name(found.previous), name(found.next)


@pytest.fixture
def five():
    edition = make_edition()
    states = ("confirmed", "hidden", "confirmed", "pending", "confirmed")
    return [
        make_signature(edition, f"N{number} {chr(101 - number)}", state=state)
        for number, state in enumerate(states)
    ]


@pytest.mark.medium
def test_the_next_is_the_one_below_in_the_list(moderator, five):
    assert [ways(page(moderator, one)) for one in five] == [
        ("N1 d", ""), ("N2 c", "N0 e"), ("N3 b", "N1 d"), ("N4 a", "N2 c"), ("", "N3 b"),
    ]  # fmt: skip


@pytest.mark.medium
def test_filters_and_search_of_the_list_are_kept_on_the_way(moderator, five):
    query = "state__exact=confirmed"
    assert ways(page(moderator, five[2], query)) == ("N4 a", "N0 e")
    text = page(moderator, five[2], query).text
    assert f"?{neighbours.FILTERS}=state__exact%3Dconfirmed" in text
    assert f'href="{LIST}?{query}"' in text
    assert 'rel="next"' in text
    assert ways(page(moderator, five[2], "q=nobody")) == ("", "")
    assert "neighbours" not in page(moderator, five[2], "q=nobody").text


@pytest.mark.medium
def test_what_a_decision_took_out_of_the_list_still_has_its_place(moderator, five):
    five[2].state = "hidden"
    five[2].save()
    assert ways(page(moderator, five[2], "state__exact=confirmed")) == ("N4 a", "N0 e")


@pytest.mark.medium
def test_a_sorted_list_is_walked_in_its_order(moderator, five):
    by_name = "o=1"
    assert ways(page(moderator, five[1], by_name)) == ("N0 e", "N2 c")
    assert ways(page(moderator, five[4], by_name)) == ("N3 b", "")


@pytest.mark.medium
@pytest.mark.parametrize("query", ["email__startswith=s", "nonsense=1&e=1", "p=99"])
def test_an_address_that_is_none_of_the_lists_gives_no_secrets(moderator, five, query):
    answer = page(moderator, five[2], query)
    assert answer.status_code in (200, 400)
    assert query != "email__startswith=s" or answer.status_code == 400


@pytest.mark.medium
def test_a_decision_can_lead_to_the_next_one(moderator, five):
    query = "state__exact=confirmed"
    text = page(moderator, five[2], query).text
    link = re.search(r'href="([^"]*/decide/hide/[^"]*)" data-key="h"', text)[1].replace(
        "&amp;", "&"
    )
    asked = moderator.get(link)
    assert "Hide, then the next one" in asked.text
    data = {name: asked.context["form"][name].value() for name in ("ids", "seen", "back", "next")}
    url = reverse("admin:signatories_signature_decide", args=["hide"])
    answer = moderator.post(url, {**data, "reason": "twice", "then_next": "x"})
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:signatories_signature_change", args=[five[0].pk]))
    five[2].refresh_from_db()
    assert five[2].state == "hidden"
    # Without a reason the form comes back and still knows the way.
    other = {**data, "ids": five[4].pk, "reason": "", "then_next": "x"}
    again = moderator.post(url, other)
    assert "Hide, then the next one" in again.text
    # The plain button goes back to the signature, in its list.
    answer = moderator.post(url, {**data, "ids": five[0].pk, "seen": "", "reason": "twice"})
    assert answer.status_code in (200, 302)


@pytest.mark.medium
@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_no_decision_leads_out_of_the_office(moderator, five, next_):
    url = reverse("admin:signatories_signature_decide", args=["hide"])
    page_ = moderator.get(url, {"ids": five[0].pk, "next": next_})
    assert next_ not in page_.text
    seen = page_.context["form"]["seen"].value()
    data = {"ids": five[0].pk, "seen": seen, "reason": "x", "next": next_, "then_next": "x"}
    assert moderator.post(url, data).url == LIST


def test_each_decision_has_a_key_of_its_own():
    from signatories.admin.signatures import DECISIONS

    keys = [decision.key for decision in DECISIONS.values()] + ["j", "k", "u", "/", "?"]
    assert all(keys)
    assert len(keys) == len(set(keys))

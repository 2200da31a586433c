"""What must be answered is in sight; what may be left out is folded, and never hides an answer."""

import re

import pytest
from django.urls import reverse

from signatories.models import Organization
from signatories.organizations import entries
from signatories.testing import form_data, make_organization
from statements.testing import ASKS, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def shown(client, *, typed=None, **fields):
    """The form, as (what stands in sight, what is folded)."""
    url = reverse("signatories:sign", args=[make_edition(**fields).statement.slug])
    html = (client.get(url) if typed is None else client.post(url, typed)).text
    form = re.search(r'<form class="sign-form.*?</form>', html, re.DOTALL)[0]
    fold = re.search(r"<details.*?</details>", form, re.DOTALL)
    return form.replace(fold[0], ""), fold[0]


def names(html):
    return set(re.findall(r' name="(\w+)"', html))


def summary(fold):
    words = re.search(r"<summary>(.*?)</summary>", fold, re.DOTALL)[1]
    return re.findall(r">([^<]+)<", words.replace("</span> <span", "</span><span"))


def test_a_person_sees_name_and_address_and_may_open_the_rest(client):
    seen, folded = shown(client)
    assert {"kind", "name", "email", "organization", "authorized", "name_withheld"} <= names(seen)
    assert names(folded) == {
        "role", "affiliation", "city", "website", "organization_kind", "logo"
    }  # fmt: skip
    assert summary(folded) == ["Add your role or town", "Add its website or logo"]
    assert '<details class="more">' in folded
    assert "country" not in names(seen + folded)


@pytest.mark.medium
def test_what_is_required_stands_in_sight_in_the_order_it_is_asked(client):
    seen, folded = shown(client, minimum_age=16, **dict.fromkeys(ASKS, "required"))
    asked = re.findall(r' name="(\w+)"', seen)
    order = ["name", "email", "role", "affiliation", "city", "country", "region", "postal_code"]
    order += ["comment", "authorized", "of_age", "name_withheld", "wants_updates"]
    assert [name for name in asked if name in order] == order
    assert names(folded) == {"website", "organization_kind", "logo"}
    # People have nothing to open there.
    assert '<details class="more for-organization">' in folded


@pytest.mark.medium
def test_the_country_stands_before_the_regions_of_it(client):
    seen, folded = shown(client, ask_country="optional", ask_region="required")
    assert {"country", "region"} <= names(seen)
    seen, folded = shown(client, ask_country="required", ask_region="optional")
    assert "country" in names(seen)
    assert "region" in names(folded)


@pytest.mark.medium
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"ask_city": "no"}, "Add your role"),
        ({"ask_role": "no"}, "Add your town"),
        ({"ask_role": "no", "ask_city": "no"}, "Add your organization"),
        ({"ask_comment": "optional"}, "Add your role or town"),
    ],
)
def test_it_is_called_after_what_is_in_it(client, asked, words):
    assert summary(shown(client, **asked)[1])[0] == words


@pytest.mark.medium
def test_it_is_open_where_something_in_it_was_typed_or_is_wrong(client):
    wrong = form_data(name="")
    assert '<details class="more">' in shown(client, typed=wrong)[1]
    assert " open>" in shown(client, typed=wrong | {"city": "Oslo"})[1]
    assert " open>" in shown(client, typed=form_data(role="x" * 300))[1]
    # What is chosen already was chosen by nobody.
    of_kind = wrong | {"organization_kind": "association"}
    assert '<details class="more">' in shown(client, typed=of_kind)[1]
    assert " open>" in shown(client, typed=of_kind | {"organization_kind": "company"})[1]


def test_without_a_country_the_form_takes_no_organization_of_several_for_the_one_meant(client):
    here = make_organization("River Trust", country="NO")
    directory = Organization.objects.all()
    assert entries.find_only("River Trust", "", directory) == here
    there = make_organization("River Trust", country="DK")
    assert entries.find_only("River Trust", "", directory) is None
    assert entries.find_only("River Trust", "DK", directory) == there

"""An organization's ROR ID and registration number: typed by staff, shown to everybody."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casa.lib.concurrent_edits.testing import opened_with
from signatories.models import Organization
from signatories.testing import make_organization
from statements.testing import make_user

pytestmark = pytest.mark.django_db

ROR = "05dxps055"
NUMBER = "Charity Register 123456"


@pytest.fixture
def office(client):
    client.force_login(make_user())
    return client


def save(client, organization, **typed):
    data = {
        **opened_with(organization), "name": organization.name, "kind": "association", **typed,
        "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0,
        "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0,
    }  # fmt: skip
    url = reverse("admin:signatories_organization_change", args=[organization.pk])
    return client.post(url, data)


@pytest.mark.medium
def test_staff_type_them_and_the_address_is_kept_bare(office):
    trust = make_organization("River Institute")
    answer = save(office, trust, ror=f" https://ror.org/{ROR.upper()}/ ", registration=NUMBER)
    assert answer.status_code == 302, answer.context["errors"]
    trust.refresh_from_db()
    assert (trust.ror, trust.registration) == (ROR, NUMBER)
    assert trust.history.first().ror == ROR


@pytest.mark.medium
def test_a_wrong_one_is_told_beside_its_field_and_kept(office):
    trust = make_organization("River Institute")
    answer = save(office, trust, ror="05dxps056", registration=NUMBER)
    form = answer.context["adminform"].form
    assert "last two digits" in str(form.errors["ror"])
    assert form["ror"].value() == "05dxps056" and form["registration"].value() == NUMBER


@pytest.mark.medium
def test_no_two_organizations_have_one_ror_id(office):
    make_organization("River Institute", ror=ROR)
    other = make_organization("Institute of Rivers")
    answer = save(office, other, ror=f"ror.org/{ROR}")
    assert list(answer.context["adminform"].form.errors) == ["ror"]
    assert "River Institute" in str(answer.context["adminform"].form.errors["ror"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=other.pk).update(ror=ROR)


@pytest.mark.medium
def test_everybody_reads_them(client):
    trust = make_organization(
        "River Institute", ror=ROR, registration="</script>&", verification="verified"
    )
    page = client.get(trust.get_absolute_url()).text
    data = json.loads(page.partition('ld+json">')[2].partition("</script>")[0])
    address = f"https://ror.org/{ROR}"
    assert f'href="{address}"' in page and "&lt;/script&gt;&amp;" in page
    assert data["sameAs"] == address
    assert [one["value"] for one in data["identifier"]] == [address, "</script>&"]
    told = client.get(f"/api/v1/organizations/{trust.slug}").json()
    assert (told["ror"], told["registration"]) == (address, "</script>&")


def test_who_has_none_shows_none(client):
    trust = make_organization("River Trust", verification="verified")
    page = client.get(trust.get_absolute_url()).text
    assert "ROR" not in page and "Registration" not in page and "identifier" not in page

"""An organization's ROR ID and registration number: typed by staff, shown to everybody."""

import json
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casa.lib.concurrent_edits.testing import opened_with
from signatories.leads import batches, lines, placement, worker
from signatories.models import ImportBatch, Organization
from signatories.organizations import entries
from signatories.parser import ParsedLine
from signatories.testing import make_organization
from statements.testing import make_edition, make_user

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


# Imported


def import_list(text):
    statement = make_edition().statement
    batch = batches.open_batch(
        statement, text.encode(), by=make_user("imports@example.org"),
        source=ImportBatch.Source.PASTED, consent="mail",
    )  # fmt: skip
    worker.work_on(batch)
    return batch


TABLE = "Organization;Country;ROR ID;Registration number\n"


@pytest.mark.medium
def test_an_import_reads_them_and_the_same_ror_id_is_the_same_organization():
    known = make_organization("Institute of Rivers", ror=ROR, country="NO")
    batch = import_list(
        f"{TABLE}River Research Institute;Denmark;https://ror.org/{ROR};\n"
        f"Millbrook University;Norway;02MHBDP94;{NUMBER}\n"
    )
    assert [line.decision for line in batch.lines.all()] == ["sure", "sure"]
    worker.take_sure(batch, only_sure=True)
    batch.refresh_from_db()
    rivers, university = (line.signature.organization for line in batch.lines.all())
    assert rivers == known and known.name == "Institute of Rivers"
    assert (university.ror, university.registration) == ("02mhbdp94", NUMBER)
    assert university.kind == "university"
    assert Organization.objects.count() == 2


@pytest.mark.medium
def test_a_slip_in_an_imported_ror_id_waits_for_a_person():
    batch = import_list(f"{TABLE}Millbrook University;Norway;05dxps056;\n")
    (line,) = batch.lines.all()
    assert (line.decision, line.why) == ("held", "invalid")
    assert "last two digits" in lines.problems(line.fields)["ror"]


def test_one_of_the_same_name_and_another_ror_id_is_another():
    known = make_organization("Millbrook University", ror=ROR, country="NO")
    line = ParsedLine(
        line=1, original="x", kind="organization", organization="Millbrook University",
        country="DK", ror="02mhbdp94",
    )  # fmt: skip
    other, is_new = placement.organization_of(line)
    assert is_new and other != known and other.ror == "02mhbdp94"
    with pytest.raises(placement.LineError, match="ror"):
        placement.organization_of(replace(line, ror="nonsense"))


def test_two_who_add_one_ror_id_at_once_find_one_organization():
    make_organization("Institute of Rivers", ror=ROR)
    found = entries.add(Organization(name="River Institute", ror=ROR))
    assert found.name == "Institute of Rivers"

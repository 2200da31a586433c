"""The kinds of organizations: each has its place wherever kinds are told."""

import json

import pytest
from django.urls import reverse
from django.utils import translation

from casa.site.page_descriptions import TYPES
from signatories.leads import placement
from signatories.models import Organization
from signatories.parser import ParsedLine
from signatories.public.directory import DirectoryFilters, selects
from signatories.signing.organization_form import OrganizationFields
from signatories.testing import make_organization
from statements.testing import make_user

pytestmark = pytest.mark.django_db

Kind = Organization.Kind


def test_each_is_told_in_the_words_of_schema_org():
    assert set(TYPES) == set(Kind.values)


def test_each_has_a_word_of_its_own_in_each_language():
    for code in ("en", "az"):
        with translation.override(code):
            words = [str(label) for label in Kind.labels]
        assert len(set(words)) == len(words), code
    assert all(len(kind) <= 12 for kind in Kind.values)  # what the API takes as a filter


@pytest.mark.medium
def test_each_is_a_filter_a_choice_and_an_answer(client):
    for kind in Kind.values:
        make_organization(f"Of kind {kind}", kind=kind, verification="verified")
    offered = next(one for one in selects(DirectoryFilters()) if one.name == "kind")
    assert {choice.value for choice in offered.choices} == set(Kind.values)
    assert dict(OrganizationFields().fields["organization_kind"].choices) == dict(Kind.choices)
    for kind, label in Kind.choices:
        found = client.get("/api/v1/organizations", {"kind": kind}).json()["items"]
        assert [(one["name"], one["kind"]) for one in found] == [(f"Of kind {kind}", kind)]
        page = client.get(Organization.objects.get(kind=kind).get_absolute_url()).text
        data = json.loads(page.partition('ld+json">')[2].partition("</script>")[0])
        assert str(label) in page and data["@type"] == TYPES[kind]


@pytest.mark.medium
def test_each_is_in_the_schema_of_the_api(client):
    schema = client.get("/api/v1/openapi.json").json()
    told = schema["components"]["schemas"]["OrganizationOut"]["properties"]["kind"]["enum"]
    assert told == Kind.values


@pytest.mark.medium
def test_each_filters_the_list_of_staff(client):
    client.force_login(make_user())
    page = client.get(reverse("admin:signatories_organization_changelist")).text
    for kind in Kind.values:
        assert f"kind__exact={kind}" in page


def test_an_import_adds_one_of_the_kind_that_its_name_says():
    made = {}
    for name in ("Lehrergewerkschaft Aldermouth", "River Trust Choir"):
        line = ParsedLine(line=1, original=name, kind="organization", organization=name)
        made[name] = placement.organization_of(line)[0].kind
    assert list(made.values()) == ["trade_union", "association"]

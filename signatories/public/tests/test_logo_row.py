"""Which logos stand at the top of a statement's page: staff choose for each statement."""

import re

import pytest

from signatories.moderation import decisions
from signatories.testing import make_logo, make_organization, make_signature
from statements.models import Statement
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def statement():
    """Submitted by one with a logo; signed by four more, of which two are verified."""
    edition, staff = make_edition(), make_user()
    for number, name in enumerate(("Reading Circle", "River Trust", "Harbour Choir", "Anglers")):
        organization = make_organization(name)
        make_logo(organization)
        lead = {"lead_position": 1} if number == 0 else {}
        make_signature(edition, organization=organization, **lead)
        if number in (1, 2):
            decisions.verify(organization, by=staff, reason="We called them.")
    return edition.statement


def head(client, statement):
    page = client.get(statement.get_absolute_url()).text
    return re.search(r'<div class="backers">.*?</div>', page, re.DOTALL)[0]


def choose(statement, row):
    one = Statement.objects.get()
    one.logo_row = row
    one.save()


def test_those_that_are_named_have_theirs(client, statement):
    shown = head(client, statement)
    assert shown.count("organization-logo") == 1
    assert "logo-row" not in shown


def test_verified_ones_stand_in_a_row_of_their_own(client, statement):
    head(client, statement)
    choose(statement, Statement.LogoRow.VERIFIED)
    before, row = head(client, statement).split('class="logo-row"')
    assert "organization-logo" not in before
    assert re.findall(r'visually-hidden">([^<]*)<', row) == ["Harbour Choir", "River Trust"]


def test_none_are_shown_where_none_are_wanted(client, statement):
    choose(statement, Statement.LogoRow.NONE)
    shown = head(client, statement)
    assert "organization-logo" not in shown
    assert "Reading Circle" in shown


def test_whoever_is_withheld_has_none(client, statement):
    choose(statement, Statement.LogoRow.VERIFIED)
    statement.signatures.update(name_withheld=True)
    assert "logo-row" not in head(client, statement)

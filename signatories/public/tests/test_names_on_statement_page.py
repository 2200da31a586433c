"""The front page shows organizations that signed public statements: logos first, not many."""

import pytest

from casa.lib.testing import assert_flat_queries
from signatories.models import Organization
from signatories.moderation import decisions
from signatories.public import directory
from signatories.templatetags.organizations import ON_FRONT_PAGE
from signatories.testing import make_logo, make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

HEADING = "Organizations that stand behind"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def signed(edition, name, **fields):
    organization = make_organization(name)
    make_signature(edition, organization=organization, **fields)
    return organization


@pytest.mark.slow
def test_logos_come_before_initials(client):
    edition = make_edition()
    first, second = signed(edition, "River Trust"), signed(edition, "Readers' Circle")
    make_logo(first)
    assert directory.newest_signers(9) == [first, second]
    assert directory.newest_signers(1) == [first]
    text = client.get("/").text
    assert HEADING in text and first.shown_logos[0].get_absolute_url() in text
    assert second.get_absolute_url() in text


@pytest.mark.slow
def test_nobody_who_did_not_sign_in_public(client):
    edition = make_edition()
    assert HEADING not in client.get("/").text
    make_logo(signed(edition, "Zanzibarium waits", state="pending"))
    make_logo(signed(edition, "Zanzibarium asked not to be named", name_withheld=True))
    staff = make_user()
    decisions.verify(make_organization("Zanzibarium verified"), by=staff, reason="Known.")
    decisions.reject(signed(edition, "Zanzibarium front"), by=staff, reason="None of the kind.")
    text = client.get("/").text
    assert HEADING not in text and "Zanzibarium" not in text


@pytest.mark.slow
def test_it_costs_as_much_for_three_as_for_one():
    edition = make_edition()

    def add(number):
        make_logo(signed(edition, f"Logo {number}"))
        signed(edition, f"Initials {number}")

    def ask(rows):
        shown = directory.newest_signers(ON_FRONT_PAGE)
        assert [len(one.shown_logos) > 0 for one in shown] == [True] * rows + [False] * rows

    assert_flat_queries(add, ask)


@pytest.mark.slow
def test_it_is_not_long(client):
    edition = make_edition()
    for number in range(ON_FRONT_PAGE + 2):
        signed(edition, f"Club {number}")
    assert Organization.objects.count() == ON_FRONT_PAGE + 2
    assert client.get("/").text.count('class="monogram') == ON_FRONT_PAGE

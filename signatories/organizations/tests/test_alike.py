"""One organization, one line: a domain verifies nobody whose name is like another's, and staff see
where nobody said whether both are one.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.leads import placement
from signatories.models import Organization, Signature
from signatories.moderation import decisions
from signatories.organizations import likeness
from signatories.parser import numbered_lines, parse_block
from signatories.signing import confirmation
from signatories.testing import form_data, make_organization, make_signature
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

FRIENDS = "Friends of the Branch Library"
OTHER = "Friends of Branch Libraries Association"


def post(client, edition, name, domain, **fields):
    """Sign for an organization with a mailbox of its own domain; its signature."""
    data = form_data(
        kind="organization", authorized="on", organization=name,
        website=f"https://{domain}", email=f"ada@{domain}", **fields,
    )  # fmt: skip
    url = reverse("signatories:sign", args=[edition.statement.slug])
    assert client.post(url, data).status_code == 302
    return Signature.objects.get(email=f"ada@{domain}")


def confirm(signature):
    assert confirmation.confirm(signature) == confirmation.ConfirmationResult.CONFIRMED
    return Organization.objects.get(pk=signature.organization_id)


@pytest.mark.medium
def test_of_two_of_similar_names_the_domain_verifies_the_first_alone(client):
    """Neither was asked: none of them was public when the other one signed."""
    edition = make_edition()
    first = post(client, edition, FRIENDS, "friends.example.org")
    second = post(client, edition, OTHER, "other.example.net")
    assert not second.is_another
    assert confirm(first).verified_domain == "example.org"
    looked_at = confirm(second)
    assert (looked_at.verification, looked_at.to_check) == ("open", "alike")
    mail = compose(OutgoingMail.objects.get(kind="signatories.organization_check"))
    assert "We will look at it ourselves before we mark it as verified." in mail.body
    assert FRIENDS not in mail.body
    third = make_signature(make_edition("Another"), organization=looked_at, state="pending",
                           email="eve@other.example.net")  # fmt: skip
    assert confirm(third).verification == "open"


@pytest.mark.medium
def test_staff_see_the_flag_and_the_names_it_is_about(client):
    friends = make_organization(FRIENDS, city="Elmford")
    other = confirm(post(client, make_edition(), OTHER, "other.example.net"))
    client.force_login(make_user())
    page = client.get(reverse("admin:signatories_organization_change", args=[other.pk])).text
    assert "nobody said whether both are one" in page
    assert f"{FRIENDS}, Elmford" in page
    assert reverse("admin:signatories_organization_change", args=[friends.pk]) in page
    listed = client.get(reverse("admin:signatories_organization_changelist") + "?to_check=alike")
    assert list(listed.context["cl"].queryset) == [other]
    assert decisions.verify(other, by=make_user("e@example.org"), reason="called them")
    other.refresh_from_db()
    assert other.to_check == ""


@pytest.mark.medium
def test_what_staff_verified_stays_so_whatever_resembles_it(client):
    friends = make_organization(FRIENDS, verification="verified", website="https://example.org")
    make_organization(OTHER)
    signature = make_signature(make_edition(), organization=friends, state="pending",
                               email="ada@example.org")  # fmt: skip
    confirmed = confirm(signature)
    assert (confirmed.verification, confirmed.to_check) == ("verified", "")


@pytest.mark.medium
def test_an_entry_that_nobody_stands_behind_stops_nobody(client):
    """Anybody may post a form; only its confirmation says that somebody means it."""
    edition = make_edition()
    for number in range(3):
        post(client, edition, f"{OTHER} {'Society ' * number}", f"bot{number}.example.net")
    honest = post(client, edition, FRIENDS, "friends.example.org")
    assert confirm(honest).verified_domain == "example.org"


@pytest.mark.medium
def test_a_rejected_entry_stops_nobody(client):
    decisions.reject(make_organization(OTHER), by=make_user(), reason="does not exist")
    honest = post(client, make_edition(), FRIENDS, "friends.example.org")
    assert confirm(honest).verified_domain == "example.org"


def test_an_entry_is_like_another_by_any_of_its_names():
    friends = make_organization("Elm Readers")
    friends.aliases.create(name=FRIENDS)
    other = make_organization("Oak Writers")
    assert likeness.alike(other) == []
    other.aliases.create(name=OTHER)
    assert likeness.alike(other) == [friends]
    assert likeness.alike(friends) == [other]


@pytest.mark.medium
def test_names_from_a_list_are_flagged_where_they_resemble_others():
    make_organization(FRIENDS)
    lines = parse_block(numbered_lines(f"{OTHER}\nOakham Chess Club"))
    placement.place(make_draft(), lines)
    flags = dict(Organization.objects.values_list("name", "to_check"))
    assert flags == {FRIENDS: "", OTHER: "alike", "Oakham Chess Club": ""}


@pytest.mark.medium
def test_staff_who_enter_a_similar_name_are_told(client):
    make_organization(FRIENDS, city="Elmford")
    client.force_login(make_user())
    inlines = {
        f"{prefix}-{name}": "0"
        for prefix in ("aliases", "events")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {"name": OTHER, "kind": "association", **inlines}
    told = client.post(reverse("admin:signatories_organization_add"), data, follow=True)
    assert f"similar names: {FRIENDS}" in told.text


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_confirmed_at_once_one_is_verified_and_the_other_looked_at(client):
    edition = make_edition()
    both = [
        post(client, edition, FRIENDS, "friends.example.org"),
        post(client, edition, OTHER, "other.example.net"),
    ]

    def press(signature):
        try:
            return confirmation.confirm(signature)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(press, both))
    found = Organization.objects.values_list("verification", "to_check")
    assert sorted(found) == [("open", "alike"), ("verified", "")]

"""Organizations are found by any of their names, verified, and rejected with what they signed."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from casa.lib.concurrent_edits.testing import opened_with
from casa.lib.testing import assert_flat_queries
from signatories.core import tally
from signatories.models import Organization, Signature
from signatories.moderation import bulk, decisions
from signatories.signing import confirmation
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:signatories_organization_changelist")
PERMISSIONS = ("view_organization", "change_organization", "verify_organization")


def user_with(*codenames):
    user = make_user(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def moderator(client):
    client.force_login(user_with(*PERMISSIONS))
    return client


def page_of(organization):
    return reverse("admin:signatories_organization_change", args=[organization.pk])


def ask(client, verb, *organizations):
    return client.post(
        LIST, {"action": verb, "_selected_action": [one.pk for one in organizations]}
    )


def decide(client, verb, *organizations, reason="called them"):
    asked = ask(client, verb, *organizations)
    form = asked.context["form"]
    data = {"ids": form["ids"].value(), "seen": form["seen"].value(), "reason": reason}
    return client.post(asked.context["action"], data, follow=True)


@pytest.mark.medium
def test_verifying_is_kept_with_its_reason_and_shown(moderator):
    trust = make_organization()
    assert "1 organization changed." in decide(moderator, "verify", trust).text
    trust.refresh_from_db()
    assert (trust.verification, trust.verified_at is not None) == ("verified", True)
    event = trust.events.get()
    assert (event.from_verification, event.to_verification, event.reason, event.by.email) == (
        "open", "verified", "called them", "editor@example.org",
    )  # fmt: skip
    page = moderator.get(page_of(trust))
    assert "<strong>Verified</strong>" in page.text
    assert list(page.context["possible"]) == ["reject"]


@pytest.mark.medium
def test_rejecting_takes_its_signatures_with_it(moderator):
    first, second = make_edition("First"), make_edition("Second")
    trust, other = make_organization("River Trust"), make_organization("Reading Circle")
    counted = make_signature(first, organization=trust)
    begun = make_signature(second, organization=trust, state="pending")
    hidden = make_signature(second, organization=trust, state="hidden")
    make_signature(first, organization=other)
    decisions.reject(other, by=make_user("b@example.org"), reason="known before")
    make_signature(first, "A person")
    asked = ask(moderator, "reject", trust, other)
    for words in (
        "1 of 2 chosen will change", "2 signatures become invalid", "1: already in that state",
        '1 <span class="becomes">→</span> <strong>0</strong>',
    ):  # fmt: skip
        assert words in asked.text
    decide(moderator, "reject", trust, other, reason="no such organization")
    states = [Signature.objects.get(pk=one.pk).state for one in (counted, begun, hidden)]
    assert states == ["invalidated", "invalidated", "hidden"]
    assert counted.events.last().reason == "no such organization"
    assert tally.of(first.statement) == tally.Tally(organizations=0, people=1)
    assert not tally.differences()


@pytest.mark.medium
def test_the_preview_of_a_rejection_is_what_happens():
    edition, user = make_edition(), make_user()
    for number, state in enumerate(Signature.State.values):
        organization = make_organization(f"Club {number}")
        make_signature(edition, organization=organization, state=state, approved=number != 1)
    make_signature(edition, organization=make_organization("River Trust"))
    said = bulk.preview_organizations(Organization.objects.all(), "reject")
    pks = list(Organization.objects.values_list("pk", flat=True))
    outcome = bulk.perform(Organization, pks, "reject", by=user, reason="tried out")
    assert (outcome.done, outcome.left) == (said.changing, said.left.total())
    assert Signature.objects.filter(events__reason="tried out").count() == said.signatures == 3
    assert tally.of(edition.statement) == said.effects[0].after
    assert not tally.differences()


@pytest.mark.medium
def test_verifying_needs_no_reason(moderator):
    trust = make_organization()
    decide(moderator, "verify", trust, reason=" ")
    assert trust.events.get().reason == ""
    assert moderator.get(page_of(trust)).status_code == 200


@pytest.mark.medium
def test_nothing_is_rejected_without_a_reason(moderator):
    trust = make_organization()
    assert "Write a reason." in decide(moderator, "reject", trust, reason=" ").text
    assert not trust.events.exists()


@pytest.mark.medium
def test_deciding_needs_its_permission(client):
    client.force_login(user_with("view_organization", "change_organization"))
    trust = make_organization()
    assert not client.get(page_of(trust)).context["possible"]
    assert ask(client, "verify", trust).status_code == 403
    url = reverse("admin:signatories_organization_decide", args=["verify"])
    data = {"ids": trust.pk, "reason": "because"}
    assert client.get(url, data).status_code == client.post(url, data).status_code == 403
    assert Organization.objects.get().verification == "open"


@pytest.mark.medium
def test_a_decision_is_not_typed_over_by_whoever_has_the_page_open(moderator):
    trust = make_organization()
    data = {
        **opened_with(trust), "name": "River Trust of Leeds", "kind": "association",
        "verification": "open", "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0,
        "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0,
    }  # fmt: skip
    decide(moderator, "verify", trust)
    assert moderator.post(page_of(trust), data).status_code == 302
    trust.refresh_from_db()
    assert (trust.name, trust.verification) == ("River Trust of Leeds", "verified")


@pytest.mark.medium
def test_a_new_name_sorts_its_signatures_anew(moderator):
    trust = make_organization("Zebra Club")
    signature = make_signature(make_edition(), organization=trust)
    data = {
        **opened_with(trust), "name": "Álamo Club", "kind": "association",
        "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0,
        "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0,
    }  # fmt: skip
    moderator.post(page_of(trust), data)
    signature.refresh_from_db()
    assert signature.sort_key == "alamo club"


FOUND = {
    "q=sirinvan+KITAB": ["Şirinvan Kitab Klubu"],
    "q=friends": ["River Trust"],
    "q=...": [],
    "verification__exact=verified": ["River Trust"],
    "kind__exact=company": ["Şirinvan Kitab Klubu"],
    "country=AZ": ["Şirinvan Kitab Klubu"],
    "signed=yes": ["River Trust"],
    "signed=no": ["Idle Club", "Şirinvan Kitab Klubu"],
}


@pytest.mark.medium
def test_it_finds_organizations(moderator):
    trust = make_organization("River Trust", verification="verified")
    trust.aliases.create(name="Friends of the River")
    make_organization("Şirinvan Kitab Klubu", kind="company", country="AZ")
    idle, edition = make_organization("Idle Club"), make_edition()
    make_signature(edition, organization=trust)
    make_signature(edition, organization=idle, state="hidden")

    def found(query):
        return [str(row) for row in moderator.get(f"{LIST}?{query}").context["cl"].result_list]

    assert {query: found(query) for query in FOUND} == FOUND


@pytest.mark.medium
def test_the_list_costs_the_same_for_one_and_for_three(moderator):
    edition = make_edition()

    def ask(rows):
        assert len(moderator.get(LIST).context["cl"].result_list) == rows

    sent = assert_flat_queries(
        lambda number: make_signature(edition, organization=make_organization(f"Club {number}")),
        ask,
    )
    assert not [sql for sql in sent if "COUNT(" in sql and "LIMIT" not in sql]


@pytest.mark.medium
def test_an_organization_that_signed_stays(client):
    client.force_login(make_user())
    signed, idle = make_organization("River Trust"), make_organization("Idle Club")
    make_signature(make_edition(), organization=signed)
    for organization, status in ((signed, 403), (idle, 302)):
        url = reverse("admin:signatories_organization_delete", args=[organization.pk])
        seen = (client.get(url).context or {}).get("seen", "")
        assert client.post(url, {"post": "yes", "_seen": seen}).status_code == status
    assert list(Organization.objects.all()) == [signed]


@pytest.mark.medium
def test_a_second_organization_of_one_name_is_refused_with_a_sentence(client):
    client.force_login(make_user())
    make_organization("River Trust", country="NO")
    data = {
        "name": "RIVER  trust", "country": "NO", "kind": "association",
        "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0,
        "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = client.post(reverse("admin:signatories_organization_add"), data)
    assert answer.status_code == 200
    assert "The directory has an organization of this name." in answer.text


def test_a_rejected_organization_cannot_be_brought_to_count_by_a_new_signer():
    edition, trust, user = make_edition(), make_organization(), make_user()
    decisions.reject(trust, by=user, reason="does not exist")
    signature = make_signature(edition, organization=trust, state="pending")
    assert confirmation.confirm(signature) == confirmation.ConfirmationResult.GONE
    assert not tally.of(edition.statement)


def test_deciding_the_same_again_changes_nothing():
    trust, user = make_organization(), make_user()
    assert decisions.verify(trust, by=user, reason="called them")
    assert not decisions.verify(trust, by=user, reason="called them again")
    assert decisions.reject(trust, by=user, reason="a mistake")
    assert not decisions.reject(trust, by=user, reason="a mistake")
    assert trust.events.count() == 2


def test_a_colleague_who_was_faster_is_not_written_over():
    trust, user = make_organization(), make_user()
    seen_before = Organization.objects.get()
    decisions.reject(trust, by=user, reason="no such club")
    assert not decisions.verify(seen_before, by=user, reason="called them")
    assert seen_before.verification == "rejected"


@pytest.mark.medium
def test_restoring_what_was_never_confirmed_brings_it_back_to_wait():
    trust, user = make_organization(), make_user()
    pending = make_signature(make_edition(), organization=trust, state="pending")
    decisions.invalidate(pending, by=user, reason="made up")
    assert bulk.preview(Signature.objects.all(), "restore").names == [pending]
    bulk.perform(Signature, [pending.pk], "restore", by=user, reason="it was not")
    pending.refresh_from_db()
    assert pending.state == "pending"

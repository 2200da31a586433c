"""Moderators act on one or many signatures, each time with a reason for the history."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from signatories import tally
from signatories.models import Organization, Signature
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:signatories_signature_changelist")


@pytest.fixture
def moderator(client):
    client.force_login(make_user())
    return client


def act(client, action, *signatures, reason="asked by phone"):
    data = {"action": action, "reason": reason, "_selected_action": [s.pk for s in signatures]}
    return client.post(LIST, data, follow=True)


def test_names_are_hidden_and_shown_again_and_the_count_follows(moderator):
    edition = make_edition()
    signatures = [make_signature(edition) for _ in range(3)]
    answer = act(moderator, "hide", *signatures[:2])
    assert "2 signatures changed." in answer.text
    assert tally.of(edition.statement).people == 1
    answer = act(moderator, "restore", signatures[0])
    assert "1 signature changed." in answer.text
    assert tally.of(edition.statement).people == 2
    event = signatures[0].events.last()
    assert (event.to_state, event.reason, event.by.email) == (
        "confirmed", "asked by phone", "editor@example.org",
    )  # fmt: skip


@pytest.mark.parametrize("action", ["hide", "restore", "invalidate"])
def test_nothing_is_done_without_a_reason(moderator, action):
    signature = make_signature(make_edition())
    answer = act(moderator, action, signature, reason="  ")
    assert "Write the reason" in answer.text
    assert Signature.objects.get().state == "confirmed"


def test_what_cannot_be_done_is_said_and_the_rest_is_done(moderator):
    edition = make_edition()
    answer = act(
        moderator, "hide", make_signature(edition), make_signature(edition, state="pending")
    )
    assert "1 signature changed." in answer.text
    assert "1 signature left as it was" in answer.text


def test_a_second_signature_of_an_organization_is_not_restored(moderator):
    edition, trust = make_edition(), make_organization()
    first = make_signature(edition, organization=trust)
    act(moderator, "invalidate", first)
    make_signature(edition, organization=trust)
    answer = act(moderator, "restore", first)
    assert "1 signature left as it was" in answer.text
    assert tally.of(edition.statement).organizations == 1


def test_names_to_check_are_approved(moderator):
    edition = make_edition(premoderated=True)
    act(moderator, "approve", make_signature(edition, approved=False))
    assert tally.of(edition.statement).people == 1


def test_acting_needs_the_permission(client):
    user = make_user(is_superuser=False)
    user.user_permissions.add(Permission.objects.get(codename="view_signature"))
    client.force_login(user)
    signature = make_signature(make_edition())
    assert client.get(LIST).status_code == 200
    act(client, "hide", signature)
    assert Signature.objects.get().state == "confirmed"


def test_state_and_address_cannot_be_typed_over(moderator):
    signature = make_signature(make_edition(), email="nora@example.org")
    url = reverse("admin:signatories_signature_change", args=[signature.pk])
    data = {
        "name": "Nora B. Lind", "state": "invalidated", "email": "other@example.org",
        "events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert moderator.post(url, data).status_code == 302
    signature.refresh_from_db()
    assert (signature.name, signature.state, signature.email) == (
        "Nora B. Lind", "confirmed", "nora@example.org",
    )  # fmt: skip


def test_signatures_are_neither_added_nor_deleted_by_hand(moderator):
    signature = make_signature(make_edition())
    assert moderator.get(reverse("admin:signatories_signature_add")).status_code == 403
    url = reverse("admin:signatories_signature_delete", args=[signature.pk])
    assert moderator.post(url, {"post": "yes"}).status_code == 403


def test_an_organization_that_signed_stays(moderator):
    signed, idle = make_organization("River Trust"), make_organization("Idle Club")
    make_signature(make_edition(), organization=signed)
    for organization, status in ((signed, 403), (idle, 302)):
        url = reverse("admin:signatories_organization_delete", args=[organization.pk])
        assert moderator.post(url, {"post": "yes"}).status_code == status
    assert list(Organization.objects.all()) == [signed]


def test_a_second_organization_of_one_name_is_refused_with_a_sentence(moderator):
    make_organization("River Trust", country="NO")
    data = {
        "name": "RIVER  trust", "country": "NO", "kind": "association",
        "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0,
    }  # fmt: skip
    answer = moderator.post(reverse("admin:signatories_organization_add"), data)
    assert answer.status_code == 200
    assert "The directory has an organization of this name." in answer.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"name": ""}, "A person has a name."), ({"name": "A"}, "stays among the first names")],
)
def test_what_the_database_would_refuse_is_said_beside_the_field(moderator, fields, sentence):
    signature = make_signature(make_edition())
    if "first names" in sentence:
        Signature.objects.update(edition=None, lead_position=1)
    url = reverse("admin:signatories_signature_change", args=[signature.pk])
    data = {"events-TOTAL_FORMS": 0, "events-INITIAL_FORMS": 0, **fields}
    assert sentence in moderator.post(url, data).text


@pytest.mark.parametrize("query", ["statement=" + "9" * 30, "statement=x", "state=nothing"])
def test_odd_filters_find_nothing_and_do_not_fail(moderator, query):
    assert moderator.get(f"{LIST}?{query}", follow=True).status_code == 200


def test_two_aliases_of_one_spelling_are_refused_with_a_sentence(moderator):
    data = {
        "name": "River Trust", "kind": "association", "aliases-TOTAL_FORMS": 2,
        "aliases-INITIAL_FORMS": 0, "aliases-0-name": "Same", "aliases-1-name": "SAME",
    }  # fmt: skip
    answer = moderator.post(reverse("admin:signatories_organization_add"), data)
    assert "This name stands here twice." in answer.text

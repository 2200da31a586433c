"""The back office merges, splits, undoes, and goes through likely duplicates."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from casa.lib.testing import assert_flat_queries
from signatories.models import (
    DirectoryChange,
    LikelyDuplicate,
    Organization,
    OrganizationAlias,
    Signature,
)
from signatories.organizations import duplicates, merging
from signatories.testing import make_organization, make_signature
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

LIST = reverse("admin:signatories_organization_changelist")
MERGE = reverse("admin:signatories_organization_merge")
LIKELY = reverse("admin:signatories_organization_likely")
PERMISSIONS = ("view_organization", "change_organization", "verify_organization")


def user_with(*codenames, email="m@example.org"):
    user = make_user(email, is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def moderator(client):
    client.force_login(user_with(*PERMISSIONS))
    return client


@pytest.fixture
def trust():
    return make_organization("River Trust")


@pytest.fixture
def club():
    return make_organization("River Club <b>of Elbe</b>")


def page(name, row):
    return reverse(f"admin:signatories_organization_{name}", args=[row.pk])


def look(client, *organizations, stays=""):
    return client.get(
        MERGE, {"ids": ",".join(str(one.pk) for one in organizations), "stays": stays}
    )


def press(client, answer, **changes):
    context = answer.context
    data = {
        "ids": context["ids"], "stays": context["stays"].pk, "seen": context["preview"].mark,
    }  # fmt: skip
    return client.post(MERGE, {**data, **changes}, follow=True)


@pytest.mark.medium
def test_from_the_list_to_the_merge_and_back(moderator, trust, club):
    edition = make_edition("Save the library")
    kept = make_signature(edition, "Ada", organization=trust)
    doubled = make_signature(edition, "Ben", organization=club)
    answer = moderator.post(
        LIST, {"action": "merge", "_selected_action": [trust.pk, club.pk]}, follow=True
    )
    text = answer.text
    for words in (
        "Which one stays?", "“River Trust” stays", "1 signature comes to it: 1 invalid",
        "&lt;b&gt;of Elbe", "Save the library", "(Ben), confirmed",
        '2 <span class="becomes">→</span> <strong>1</strong>',
        f"{club.get_absolute_url()} leads to {trust.get_absolute_url()}",
    ):  # fmt: skip
        assert words in text, words
    done = press(moderator, answer)
    assert "Merged. It can be undone" in done.text
    assert "(Ben)" not in done.text
    assert re.search(r"Save the library: <a [^>]*>River Club[^<]*</a>, invalid", done.text)
    assert Signature.objects.counted().get() == kept
    assert "River Club" not in moderator.get(LIST).text
    assert moderator.get(page("change", club), follow=True).redirect_chain[-1][0] == page(
        "change", trust
    )
    assert "River Club" in moderator.get(page("change", trust)).text

    again = press(moderator, answer)
    assert "It is merged already." in again.text
    assert DirectoryChange.objects.count() == 1

    change = DirectoryChange.objects.get()
    assert "Undone." in moderator.post(page("moved", change), follow=True).text
    again = moderator.post(page("moved", change), follow=True).text
    assert "It is undone already." in again
    assert "</a>, now confirmed" in again
    doubled.refresh_from_db()
    assert (doubled.state, doubled.organization) == ("confirmed", club)
    assert "undone" in moderator.get(page("change", club)).text


@pytest.mark.medium
def test_another_one_stays(moderator, trust, club):
    make_signature(make_edition(), organization=trust)
    assert look(moderator, trust, club).context["stays"] == trust
    answer = look(moderator, trust, club, stays=club.pk)
    press(moderator, answer)
    trust.refresh_from_db()
    assert trust.merged_into == club


@pytest.mark.medium
@pytest.mark.parametrize("chosen", ["", "1", "x,99999999999999999999", "5,5,5"])
def test_fewer_than_two_are_no_merge(moderator, trust, chosen):
    answer = moderator.get(MERGE, {"ids": chosen})
    assert "Choose two organizations or more." in answer.text
    assert answer.status_code == moderator.post(MERGE, {"ids": chosen}).status_code == 200
    picked = moderator.post(LIST, {"action": "merge", "_selected_action": [trust.pk]}, follow=True)
    assert "Choose two organizations or more." in picked.text


@pytest.mark.medium
def test_too_many_are_no_merge(moderator):
    many = [make_organization(f"Club {n}").pk for n in range(merging.MOST + 1)]
    answer = moderator.post(LIST, {"action": "merge", "_selected_action": many}, follow=True)
    assert "At most 10" in answer.text


@pytest.mark.medium
def test_somebody_else_was_faster(moderator, trust, club):
    answer = look(moderator, trust, club)
    make_signature(make_edition(), organization=club)
    assert "Somebody changed something while you looked." in press(moderator, answer).text
    assert not DirectoryChange.objects.exists()
    third = make_organization("Third")
    answer = look(moderator, trust, club)
    merging.merge(third, [club], by=make_user())
    assert "was merged into “Third” already" in press(moderator, answer).text
    assert DirectoryChange.objects.count() == 1


@pytest.mark.medium
def test_what_cannot_be_undone_says_why(moderator, trust, club):
    user = make_user()
    change = merging.merge(trust, [club], by=user)
    merging.merge(make_organization("Third"), [trust], by=user)
    address = page("moved", change)
    assert "It cannot be undone now." in moderator.get(address).text
    assert "Undo that first." in moderator.post(address, follow=True).text
    change.refresh_from_db()
    assert change.state == "done"


@pytest.mark.medium
def test_a_hidden_draft_has_no_title(client, trust, club):
    statement = make_draft(title="Secret plan")
    for one in (trust, club):
        Signature.objects.create(
            statement=statement, kind="organization", organization=one, lead_position=1,
            state="confirmed", confirmed_at=statement.created_at, name="Secret Signer",
            city="Hidden Town",
        )  # fmt: skip
    client.force_login(user_with(*PERMISSIONS))
    answer = look(client, trust, club)
    split = client.get(page("split", trust)).text
    for secret in ("Secret Signer", "Hidden Town"):
        assert secret not in answer.text and secret not in split
    if "Secret plan" in answer.text:
        pytest.fail("the title of a colleague's draft is shown")
    assert "draft" in answer.text
    done = press(client, answer)
    assert "Secret plan" not in done.text
    assert "Secret plan" not in client.get(page("split", trust)).text


@pytest.mark.medium
def test_split_screen(moderator, trust):
    one = make_signature(make_edition("One"), "Ada", organization=trust)
    make_signature(make_edition("Two"), "Ben", organization=trust)
    alias = OrganizationAlias.objects.create(organization=trust, name="North")
    address = page("split", trust)
    assert "Ada" in moderator.get(address).text
    data = {"name": "North Trust", "kind": "association", "signatures": [one.pk],
            "aliases": [alias.pk]}  # fmt: skip
    nothing = moderator.post(address, {"name": "North Trust", "kind": "association"})
    assert "Choose what goes to the new entry." in nothing.text
    assert (
        "The directory has an organization of this name."
        in moderator.post(address, {**data, "name": "river trust", "split": 1}).text
    )
    looked = moderator.post(address, data)
    assert "What goes to “North Trust”" in looked.text
    assert "1 signature goes to it" in looked.text
    assert "1 signature stays" in looked.text
    done = moderator.post(address, {**data, "split": 1}, follow=True)
    assert "Split. It can be undone" in done.text
    new = Organization.objects.get(name="North Trust")
    assert (new.signatures.get(), new.aliases.get()) == (one, alias)
    again = moderator.post(address, {**data, "split": 1})
    assert again.status_code == 200
    assert Organization.objects.count() == 2


@pytest.mark.medium
def test_likely_duplicates_are_merged_or_said_to_be_two(moderator, trust):
    assert "organization is still to be compared" in moderator.get(LIKELY).text
    duplicates.compare()
    assert "No likely duplicates: all organizations are compared." in moderator.get(LIKELY).text
    other = make_organization("River Trusts", city="Leeds")
    duplicates.compare()
    pair = LikelyDuplicate.objects.get()
    text = moderator.get(LIKELY).text
    for words in ("River Trusts", "Leeds", "The same name but for", "Not the same"):
        assert words in text, words
    assert f"ids={trust.pk}%2C{other.pk}" in text
    said = {"pair": pair.pk, "verb": "not_same"}
    assert "are two" in moderator.post(LIKELY, said, follow=True).text
    assert "somebody else was faster" in moderator.post(LIKELY, said, follow=True).text
    assert "No likely duplicates" in moderator.get(LIKELY).text
    answered = f"{LIKELY}?answered"
    assert "that they are two" in moderator.get(answered).text
    back = moderator.post(answered, {"pair": pair.pk, "verb": "ask_again"}, follow=True)
    assert "Of no pair was this said yet." in back.text
    assert "Not the same" in moderator.get(LIKELY).text
    for number in ("", "x", "0", "9" * 30):
        gone = moderator.post(LIKELY, {"pair": number, "verb": "not_same"}, follow=True)
        assert "are not alike any more" in gone.text


@pytest.mark.medium
def test_the_list_of_likely_duplicates_takes_as_many_queries_as_one(moderator):
    def add(number):
        name = ("Autumn Lake", "Winter Hill", "Spring River")[number]
        make_organization(f"{name} Trust")
        make_organization(f"{name} Trusts")
        duplicates.compare()

    def ask(rows):
        assert moderator.get(LIKELY).text.count("Not the same") == rows

    assert_flat_queries(add, ask)


@pytest.mark.medium
def test_whoever_may_not_verify_may_not_merge(client, trust, club):
    client.force_login(user_with("view_organization", "change_organization"))
    change = merging.merge(trust, [club], by=make_user())
    for address in (MERGE, LIKELY, page("moved", change), page("split", trust)):
        assert client.get(address).status_code == 403, address
        assert client.post(address).status_code == 403, address
    assert "Merge …" not in client.get(LIST).text
    client.post(LIST, {"action": "merge", "_selected_action": [trust.pk, club.pk]})
    assert DirectoryChange.objects.count() == 1
    assert "Likely duplicates" not in client.get(LIST).text
    client.logout()
    for address in (MERGE, LIKELY, page("moved", change), page("split", trust)):
        assert client.get(address).status_code == 302, address


@pytest.mark.medium
def test_an_organization_that_others_were_merged_into_is_not_deleted(client, trust, club):
    client.force_login(make_user())
    merging.merge(trust, [club], by=make_user("two@example.org"))
    assert client.post(page("delete", trust), {"post": "yes"}).status_code == 403

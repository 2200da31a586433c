"""Organizations are merged and split, and it is undone: signatures, names, logos, addresses."""

import pytest
from django.test import Client
from django.utils import timezone

from signatories.core import states, tally
from signatories.models import (
    DirectoryChange,
    Organization,
    OrganizationAlias,
    Signature,
    SignatureEvent,
)
from signatories.moderation import bulk
from signatories.organizations import entries, merging, splitting, unmerging
from signatories.organizations.splitting import Chosen
from signatories.signing import submission
from signatories.testing import make_logo, make_organization, make_signature, make_submission
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_user()


@pytest.fixture
def trust():
    return make_organization("River Trust")


@pytest.fixture
def club():
    return make_organization(
        "River Trust of Elbe", city="Dresden", website="https://elbe.example.org"
    )


def state_of(signature):
    signature.refresh_from_db()
    return (signature.organization_id, signature.state)


@pytest.mark.medium
def test_signatures_move_and_one_of_two_stands(user, trust, club):
    both, alone = make_edition("Both"), make_edition("Alone")
    kept = make_signature(both, organization=trust)
    doubled = make_signature(both, organization=club)
    moved = make_signature(alone, organization=club)
    waiting = make_signature(both, organization=club, state="pending")
    said = merging.preview(trust, [club])
    assert [(move.signature, move.stands) for move in said.doubled] == [(doubled, kept)]
    assert said.states == {"confirmed": 1, "pending": 1, "invalidated": 1}
    assert {one.statement.slug: (one.before, one.after) for one in said.effects} == {
        both.statement.slug: (2, 1), alone.statement.slug: (1, 1)
    }  # fmt: skip

    change = merging.merge(trust, [club], by=user, seen=said.mark)
    assert state_of(kept) == (trust.pk, "confirmed")
    assert state_of(doubled) == (trust.pk, "invalidated")
    assert state_of(moved) == (trust.pk, "confirmed")
    assert state_of(waiting) == (trust.pk, "pending")
    assert tally.of(both.statement).organizations == 1
    assert moved.sort_key == "river trust"
    assert not tally.differences()

    assert unmerging.undo(change, by=user)
    assert state_of(doubled) == (club.pk, "confirmed")
    assert state_of(moved) == (club.pk, "confirmed")
    assert moved.sort_key == "river trust of elbe"
    assert state_of(waiting) == (club.pk, "pending")
    assert not unmerging.undo(change, by=user)
    assert not tally.differences()


@pytest.mark.medium
def test_one_mailbox_has_one_row_for_an_organization(user, trust, club):
    """Imported names have no address at all, so that two of a statement meet at once."""
    edition = make_edition()
    early = make_signature(edition, organization=club, email="")
    late = make_signature(edition, organization=trust, email="")
    Signature.objects.filter(pk=late.pk).update(approved=False)
    change = merging.merge(trust, [club], by=user)
    assert state_of(early) == (trust.pk, "confirmed")
    assert state_of(late) == (club.pk, "invalidated")
    result = bulk.perform(Signature, [late.pk], "restore", by=user, reason="")
    assert (result.done, result.left) == (0, 1)
    result = bulk.perform(Signature, [late.pk, early.pk], "restore", by=user, reason="")
    assert result.done == 0
    with pytest.raises(states.CountedTwiceError):
        states.change_state(late, "confirmed", from_states=["invalidated"])
    assert unmerging.undo(change, by=user)
    assert (state_of(early), state_of(late)) == ((club.pk, "confirmed"), (trust.pk, "confirmed"))


@pytest.mark.medium
def test_lead_signatory_stands_before_an_earlier_one(user, trust, club):
    edition = make_edition()
    make_signature(edition, organization=trust)
    lead = make_signature(edition, organization=club, lead_position=1)
    merging.merge(trust, [club], by=user)
    assert state_of(lead) == (trust.pk, "confirmed")


@pytest.mark.medium
def test_history_tells_of_it_on_both(user, trust, club):
    signature = make_signature(make_edition(), organization=club)
    change = merging.merge(trust, [club], by=user)
    unmerging.undo(change, by=user)
    for one in (trust, club):
        assert [(event.by, "Elbe" in event.reason) for event in one.events.all()] == [
            (user, True)
        ] * 2
    notes = SignatureEvent.objects.filter(signature=signature).exclude(reason="")
    assert notes.count() == 2


@pytest.mark.medium
def test_names_are_found_under_the_one_that_stays(user, trust, club):
    OrganizationAlias.objects.create(organization=club, name="Elbe Friends")
    change = merging.merge(trust, [club], by=user)
    for name in ("River Trust of Elbe", "Elbe Friends", "river trust"):
        assert entries.find(name, "") == trust
    assert entries.find_or_add("River Trust of Elbe", country="DE") == trust
    club.refresh_from_db()
    assert not club.keys.exists()
    unmerging.undo(change, by=user)
    assert entries.find("River Trust of Elbe", "") == club
    assert {one.name for one in club.aliases.all()} == {"Elbe Friends"}
    assert not trust.aliases.exists()
    assert club.keys.exists()


@pytest.mark.medium
def test_the_other_s_name_may_become_its_own(user, trust, club):
    merging.merge(trust, [club], by=user)
    trust.refresh_from_db()
    trust.name = "River Trust of Elbe"
    trust.full_clean()
    trust.save()
    assert not trust.other_names


@pytest.mark.medium
def test_a_name_that_a_third_one_has_stays_there(user, trust, club):
    third = make_organization("Third")
    OrganizationAlias.objects.create(organization=third, name=club.name)
    said = merging.preview(trust, [club])
    assert (said.new_names, said.known_elsewhere) == ([], [club.name])
    merging.merge(trust, [club], by=user)
    assert not trust.aliases.exists()


@pytest.mark.medium
def test_it_takes_over_what_it_does_not_have(user, trust, club):
    club.verification, club.verified_at = "verified", timezone.now()
    club.save()
    change = merging.merge(trust, [club], by=user)
    trust.refresh_from_db()
    assert (trust.city, trust.website) == ("Dresden", "https://elbe.example.org")
    assert (trust.verification, trust.verified_at) == ("verified", club.verified_at)
    trust.website = "https://river.example.org"
    trust.save()
    unmerging.undo(change, by=user)
    trust.refresh_from_db()
    assert (trust.city, trust.verification, trust.verified_at) == ("", "open", None)
    assert trust.website == "https://river.example.org"


@pytest.mark.medium
def test_a_domain_verifies_no_other_website(user, trust, club):
    Organization.objects.filter(pk=trust.pk).update(website="https://river.example.com")
    Organization.objects.filter(pk=club.pk).update(
        verification="verified", verified_domain="example.org"
    )
    merging.merge(trust, [club], by=user)
    trust.refresh_from_db()
    assert trust.verification == "open"


@pytest.mark.medium
def test_logo_comes_along_where_there_is_none(user, trust, club, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_logo(club)
    make_signature(make_edition(), organization=club)
    address = club.logos.first().get_absolute_url()
    change = merging.merge(trust, [club], by=user)
    assert not club.logos.exists()
    assert trust.logos.first().get_absolute_url() == address
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.getvalue()
    unmerging.undo(change, by=user)
    assert (trust.logos.exists(), club.logos.exists()) == (False, True)


@pytest.mark.medium
def test_logo_that_was_replaced_since_stays_away(user, trust, club, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_logo(club)
    change = merging.merge(trust, [club], by=user)
    make_logo(trust)
    unmerging.undo(change, by=user)
    assert (trust.logos.exists(), club.logos.exists()) == (True, False)
    [(what, why, number)] = unmerging.kept(change)
    assert (what, why, number) == ("logo", "deleted or replaced since", trust.logos.count())


@pytest.mark.medium
def test_its_address_leads_to_the_one_that_stays(client, user, trust, club):
    make_signature(make_edition(), organization=club)
    page, feed = club.get_absolute_url(), f"{club.get_absolute_url()}feed.atom"
    api = f"/api/v1/organizations/{club.slug}"
    change = merging.merge(trust, [club], by=user)
    for address, new in (
        (page, trust.get_absolute_url()), (feed, f"{trust.get_absolute_url()}feed.atom"),
        (api, f"/api/v1/organizations/{trust.slug}"),
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 301, address
        assert answer["Location"].endswith(new)
        assert "max-age=0" in answer["Cache-Control"]
    for address in ("/en/organizations/", "/api/v1/organizations", "/sitemap-organizations.xml"):
        text = client.get(address).text
        assert club.slug not in text or trust.slug + "-of" not in text, address
    unmerging.undo(change, by=user)
    assert client.get(page).status_code == 200


@pytest.mark.medium
def test_it_leads_through_two_merges_and_nowhere_that_is_not_public(client, user, trust, club):
    last = make_organization("Sea Trust")
    make_signature(make_edition(), organization=club)
    merging.merge(trust, [club], by=user)
    merging.merge(last, [trust], by=user)
    assert client.get(club.get_absolute_url())["Location"] == last.get_absolute_url()
    Organization.objects.filter(pk=last.pk).update(verification="rejected")
    assert client.get(club.get_absolute_url()).status_code == 404


@pytest.mark.medium
def test_refused(user, trust, club):
    with pytest.raises(merging.RefusedError, match="two organizations"):
        merging.merge(trust, [], by=user)
    change = merging.merge(trust, [club], by=user)
    with pytest.raises(merging.RefusedError, match="already"):
        merging.merge(trust, [club], by=user)
    third = make_organization("Third")
    later = merging.merge(third, [trust], by=user)
    with pytest.raises(merging.RefusedError, match="Undo that first"):
        unmerging.undo(change, by=user)
    unmerging.undo(later, by=user)
    make_organization(club.name)
    with pytest.raises(merging.RefusedError, match="is called"):
        unmerging.undo(change, by=user)
    change.refresh_from_db()
    assert change.state == DirectoryChange.State.DONE


def test_a_rejected_one_takes_none_in(user, trust, club):
    Organization.objects.filter(pk=trust.pk).update(verification="rejected")
    with pytest.raises(merging.RefusedError, match="rejected"):
        merging.merge(trust, [club], by=user)
    merging.merge(club, [trust], by=user)


@pytest.mark.medium
def test_what_was_looked_at_has_changed(user, trust, club):
    seen = merging.preview(trust, [club]).mark
    make_signature(make_edition(), organization=club)
    with pytest.raises(merging.ChangedError):
        merging.merge(trust, [club], by=user, seen=seen)
    club.refresh_from_db()
    assert club.merged_into is None


@pytest.mark.medium
def test_what_changed_since_stays(user, trust, club):
    edition = make_edition()
    kept = make_signature(edition, organization=trust)
    doubled = make_signature(edition, organization=club)
    change = merging.merge(trust, [club], by=user)
    states.withdraw(kept)
    bulk.perform(Signature, [doubled.pk], "restore", by=user, reason="it signs")
    unmerging.undo(change, by=user)
    assert (state_of(kept), state_of(doubled)) == (
        (trust.pk, "withdrawn"), (club.pk, "confirmed")
    )  # fmt: skip
    assert unmerging.kept(change) == [("signature", "changed by somebody since", 1)]
    assert not tally.differences()


@pytest.mark.medium
def test_an_erased_signature_does_no_harm(user, trust, club):
    signature = make_signature(make_edition(), organization=club)
    change = merging.merge(trust, [club], by=user)
    states.erase(signature)
    assert unmerging.undo(change, by=user)


@pytest.mark.medium
def test_who_signs_for_it_at_that_moment_is_counted_for_the_one_that_stays(
    user, trust, club, monkeypatch
):
    """The entry was read before the merge, and the signature is stored after it."""
    edition, find, read = make_edition(), entries.find_or_add, [club]
    merging.merge(trust, [Organization.objects.get(pk=club.pk)], by=user)
    monkeypatch.setattr(
        entries, "find_or_add", lambda name, **fields: read.pop() if read else find(name, **fields)
    )
    number = submission.sign(edition, make_submission(kind="organization", organization=club.name))
    assert number is not None
    assert Signature.objects.get().organization == trust


# Splitting


@pytest.mark.medium
def test_split_and_undo(user, trust):
    one, other = make_edition("One"), make_edition("Two")
    stays = make_signature(one, organization=trust)
    goes = make_signature(other, organization=trust)
    alias = OrganizationAlias.objects.create(organization=trust, name="Trust of the North")
    change = splitting.split(
        trust, Organization(name="Northern Trust", city="Tromsø"),
        Chosen((goes.pk,), (alias.pk,)), by=user,
    )  # fmt: skip
    new = Organization.objects.get(name="Northern Trust")
    assert (state_of(stays), state_of(goes)) == ((trust.pk, "confirmed"), (new.pk, "confirmed"))
    assert entries.find("Trust of the North", "") == new
    assert goes.sort_key == "northern trust"
    assert tally.of(other.statement).organizations == 1
    assert unmerging.undo(change, by=user)
    assert state_of(goes) == (trust.pk, "confirmed")
    assert entries.find("Trust of the North", "") == trust
    new.refresh_from_db()
    assert new.merged_into == trust


@pytest.mark.medium
def test_what_was_split_off_and_signed_since_stays(user, trust):
    goes = make_signature(make_edition("One"), organization=trust)
    change = splitting.split(trust, Organization(name="North"), Chosen((goes.pk,)), by=user)
    new = Organization.objects.get(name="North")
    own = make_signature(make_edition("Two"), organization=new)
    unmerging.undo(change, by=user)
    new.refresh_from_db()
    assert (state_of(own), state_of(goes)) == ((new.pk, "confirmed"), (trust.pk, "confirmed"))
    assert new.merged_into is None


@pytest.mark.medium
def test_a_split_whose_undoing_counts_one_twice_is_refused(user, trust):
    edition = make_edition()
    goes = make_signature(edition, organization=trust)
    change = splitting.split(trust, Organization(name="North"), Chosen((goes.pk,)), by=user)
    make_signature(edition, organization=trust)
    with pytest.raises(merging.RefusedError, match="counting one twice"):
        unmerging.undo(change, by=user)
    assert not tally.differences()


@pytest.mark.medium
def test_split_refused(user, trust, club):
    signature = make_signature(make_edition(), organization=club)
    with pytest.raises(merging.RefusedError, match="Choose"):
        splitting.split(trust, Organization(name="North"), Chosen(), by=user)
    with pytest.raises(merging.RefusedError, match="while you looked"):
        splitting.split(trust, Organization(name="North"), Chosen((signature.pk,)), by=user)
    own = make_signature(make_edition("Two"), organization=trust)
    with pytest.raises(merging.RefusedError, match="of this name"):
        splitting.split(trust, Organization(name="river trust"), Chosen((own.pk,)), by=user)

"""Likely duplicates: found by the worker over the whole directory, asked about until answered."""

import pytest

from signatories.models import LikelyDuplicate, Organization
from signatories.organizations import duplicates, likeness, merging, unmerging
from signatories.signing import confirmation
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


def pairs():
    return [(one.one.name, one.other.name, one.why) for one in LikelyDuplicate.objects.open()]


@pytest.mark.medium
def test_pairs_are_found_once_with_the_reason():
    for name in ("River Trust", "River Trusts", "Trust River", "Harbour Choir"):
        make_organization(name)
    make_organization("World Fund for Otters")
    make_organization("WFO")
    duplicates.compare()
    duplicates.compare()
    assert sorted(pairs()) == [
        ("River Trust", "River Trusts", "same"),
        ("River Trust", "Trust River", "same"),
        ("River Trusts", "Trust River", "same"),
        ("World Fund for Otters", "WFO", "shortened"),
    ]
    assert not Organization.objects.filter(is_compared=False).exists()


@pytest.mark.medium
def test_what_was_said_is_remembered():
    user, trust, other = (
        make_user(),
        make_organization("River Trust"),
        make_organization("Trust River"),
    )
    duplicates.compare()
    pair = LikelyDuplicate.objects.get()
    assert duplicates.say_not_same(pair, by=user)
    assert not duplicates.say_not_same(pair, by=user)
    trust.name = "The River Trust"
    trust.save()
    duplicates.compare()
    assert not pairs()
    assert not likeness.alike(other)
    assert duplicates.ask_again(pair)
    assert not duplicates.ask_again(pair)
    assert pairs() == [("The River Trust", "Trust River", "same")]


@pytest.mark.medium
@pytest.mark.parametrize("merges", [True, False])
def test_whoever_waited_for_the_answer_is_verified_by_its_mailbox(merges):
    other = make_organization("River Trust")
    trust = make_organization("River Trusts", website="https://river.org")
    Organization.history.filter(id=trust.pk).delete()
    signature = make_signature(
        make_edition(), organization=trust, email="ada@river.org", state="pending"
    )
    confirmation.confirm(signature)
    trust.refresh_from_db()
    assert (trust.verification, trust.to_check) == ("open", "alike")
    duplicates.compare()
    if merges:
        merging.merge(trust, [other], by=make_user())
    else:
        duplicates.say_not_same(LikelyDuplicate.objects.get(), by=make_user())
    trust.refresh_from_db()
    assert (trust.verification, trust.to_check) == ("verified", "")
    assert trust.verified_domain == "river.org"


@pytest.mark.medium
def test_a_new_name_is_compared_anew():
    trust, _other = make_organization("River Trust"), make_organization("River Trusts")
    duplicates.compare()
    trust.name = "Harbour Choir"
    trust.save()
    duplicates.compare()
    assert not pairs()


@pytest.mark.medium
def test_an_entry_of_a_form_counts_once_somebody_confirms():
    make_organization("River Trust")
    new = Organization(name="River Trusts", slug="new", name_key="river trusts", sort_key="r")
    Organization.objects.bulk_create([new])  # as a form makes it, without history
    new.renew_keys()
    signature = make_signature(make_edition(), organization=new, state="pending")
    duplicates.compare()
    assert not pairs()
    confirmation.confirm(signature)
    duplicates.compare()
    assert pairs() == [("River Trust", "River Trusts", "same")]


@pytest.mark.medium
def test_merged_and_rejected_ones_are_not_asked_about():
    trust, other = make_organization("River Trust"), make_organization("River Trusts")
    duplicates.compare()
    change = merging.merge(trust, [other], by=make_user())
    duplicates.compare()
    assert not pairs()
    unmerging.undo(change, by=make_user("second@example.org"))
    duplicates.compare()
    assert len(pairs()) == 1
    Organization.objects.filter(pk=trust.pk).update(verification="rejected")
    assert not pairs()


@pytest.mark.medium
def test_the_work_for_one_does_not_grow_with_the_directory(django_assert_max_num_queries):
    def fill(number):
        for one in range(number):
            make_organization(f"Society {number} {chr(97 + one)} of Letters")
        duplicates.compare()
        Organization.objects.filter(name="River Trust").update(is_compared=False)

    make_organization("River Trust")
    fill(1)
    with django_assert_max_num_queries(30):
        duplicates.compare()
    fill(26)
    with django_assert_max_num_queries(30):
        duplicates.compare()

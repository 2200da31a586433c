"""Typed names find organizations of the public directory, and nothing is merged by likeness."""

import pytest
from django.urls import reverse

from casa.lib.organization_names import comparing, index
from casa.lib.testing import assert_flat_queries
from signatories.models import Organization, OrganizationKey, Signature
from signatories.moderation import decisions
from signatories.organizations import likeness
from signatories.testing import form_data, make_organization, make_signature
from statements.testing import make_edition, make_user

WWF = (
    "WWF",
    "World Wide Fund for Nature",
    "W.W.F. e.V.",
    "W W F",
    "The World Wide Fund for Nature",
)


def listed(name, **fields):
    return make_organization(name, verification="verified", **fields)


def suggested(client, q):
    answer = client.get(reverse("signatories:suggest"), {"q": q})
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    return [one["name"] for one in answer.json()["organizations"]]


@pytest.mark.parametrize("one", WWF)
@pytest.mark.parametrize("other", WWF)
def test_spellings_and_short_forms_are_alike(one, other):
    if {one, other} <= set(WWF):
        assert comparing.likeness(one, other) >= comparing.ALIKE_FROM
        assert index.keys(other) & set(index.asked(one))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Çinar MMC", "Cinar", True),
        ("Trust River", "River Trust", True),
        ("Rivver Trust", "River Trust", True),
        ("Green gGmbH", "Green Inc.", True),
        ("School No. 5", "School No. 6", False),
        ("River Trust", "Reading Circle", False),
        ("e.V.", "Ltd", False),
    ],
)
def test_what_is_alike(one, other, alike):
    assert (comparing.likeness(one, other) >= comparing.ALIKE_FROM) is alike


FOUND = {
    "riv": ["River Trust"],
    "TRU": ["River Trust"],
    "tru riv": ["River Trust"],
    "friends": ["River Trust"],
    "wwf": ["World Wide Fund for Nature"],
    "sirinvan k": ["Şirinvan Kitab Klubu"],
    **{q: [] for q in ("river z", "r", "", "%_*", "x" * 5000)},
}


@pytest.mark.medium
@pytest.mark.django_db
def test_words_are_found_by_their_beginnings(client):
    trust = listed("River Trust")
    trust.aliases.create(name="Friends of the Water")
    listed("World Wide Fund for Nature")
    listed("Şirinvan Kitab Klubu")
    assert {q: suggested(client, q) for q in FOUND} == FOUND


@pytest.mark.medium
@pytest.mark.django_db
def test_only_what_stands_in_public_is_suggested(client):
    edition = make_edition()
    make_signature(edition, organization=make_organization("River Public"))
    make_signature(edition, organization=make_organization("River Pending"), state="pending")
    make_signature(edition, organization=make_organization("River Hidden"), state="hidden")
    make_signature(edition, organization=make_organization("River Waiting"), approved=False)
    make_organization("River Nobody")
    decisions.reject(listed("River Rejected"), by=make_user(), reason="does not exist")
    assert suggested(client, "river") == ["River Public"]
    assert likeness.similar("River Pending Ltd") == []


@pytest.mark.slow
@pytest.mark.django_db
def test_it_asks_and_answers_as_much_for_many_as_for_few():
    def add(number):
        slug = f"river-club-{number}"
        one = Organization(name=f"River Club {number}", verification="verified", slug=slug)
        one.name_key = one.sort_key = f"river club {number}"
        Organization.objects.bulk_create([one])
        OrganizationKey.objects.bulk_create(
            OrganizationKey(organization=one, key=key) for key in one.index_keys()
        )

    def ask(_rows):
        assert 0 < len(likeness.suggestions("river")) <= likeness.SUGGESTED
        assert len(likeness.similar("River Club 1 Ltd")) == 1

    assert_flat_queries(add, ask, sizes=(3, 300))


@pytest.mark.django_db
def test_the_index_follows_the_names():
    trust = listed("River Trust")
    alias = trust.aliases.create(name="Water Friends")
    trust.name = "Lake Trust"
    trust.save()
    assert [likeness.suggestions(q) for q in ("river", "lake", "water")] == [[], [trust], [trust]]
    alias.delete()
    assert likeness.suggestions("water") == []


@pytest.mark.django_db
def test_the_index_follows_the_town():
    trust = listed("River Trust (Elmford)")
    assert likeness.similar("River Trust", "Oakham") == []
    assert likeness.similar("River Trust", "Elmford") == [trust]
    trust.city = "Oakham"
    trust.save()
    assert likeness.similar("River Trust", "Elmford") == []


def post(client, edition, **fields):
    data = form_data(kind="organization", authorized="on", **fields)
    return client.post(
        reverse("signatories:sign", args=[edition.statement.slug]), data, follow=True
    )


@pytest.mark.medium
@pytest.mark.django_db
def test_a_similar_name_is_asked_about_and_never_merged(client):
    edition, fund = make_edition(), listed("World Wide Fund for Nature", city="Oslo")
    asked = post(client, edition, organization="W.W.F. e.V.")
    assert asked.status_code == 422
    assert "World Wide Fund for Nature, Oslo" in asked.text
    assert "No, it is another organization" in asked.text
    assert not Signature.objects.exists()
    post(client, edition, organization="W.W.F. e.V.", same_as=str(fund.pk))
    assert Signature.objects.get().organization == fund
    post(client, edition, organization="W.W.F. e.V.", same_as="new", email="b@example.org")
    another = Signature.objects.get(email="b@example.org")
    assert (another.organization.name, another.is_another) == ("W.W.F. e.V.", True)


@pytest.mark.medium
@pytest.mark.django_db
def test_a_chosen_entry_is_used_as_it_is(client):
    edition = make_edition()
    trust = listed("River Trust", website="https://example.org", country="SE")
    answer = post(
        client, edition, organization="River trust", same_as=str(trust.pk),
        website="https://example.net", city="Elsewhere", organization_kind="company",
    )  # fmt: skip
    assert answer.status_code == 200
    signature = Signature.objects.select_related("organization").get()
    assert signature.organization == trust
    assert signature.claimed_website == "https://example.net"
    trust.refresh_from_db()
    assert (trust.website, trust.city, trust.kind) == ("https://example.org", "", "association")


@pytest.mark.medium
@pytest.mark.django_db
@pytest.mark.parametrize("same_as", ["999999", "x", "9" * 20, "-1", "²"])
def test_a_made_up_choice_is_no_choice(client, same_as):
    edition = make_edition()
    hidden = make_organization("Hidden Club")
    for answer in (same_as, str(hidden.pk)):
        assert post(client, edition, organization="New Club", same_as=answer).status_code == 200
    assert Signature.objects.get().organization.name == "New Club"


@pytest.mark.medium
@pytest.mark.django_db
def test_the_question_does_not_depend_on_who_signed(client):
    edition, other = make_edition(), make_edition("Two")
    fund = listed("World Wide Fund for Nature")
    make_signature(other, organization=fund)
    answers = [post(client, one, organization="WWF") for one in (edition, other)]
    assert [one.status_code for one in answers] == [422, 422]
    assert [one.context["form"].errors for one in answers] == [
        answers[0].context["form"].errors
    ] * 2


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {"organization": "Friends of the Branch Library (Elmford)", "city": "Elmford"},
        {"organization": "Elmford Friends of the Branch Library", "city": "Elmford"},
        {"organization": "Friends of Branch Libraries"},
        {"organization": "Friends of the Branch Library Association"},
        {"organization": "Verein Friends of the Branch Library"},
        {"organization": "Friends of the Branch Library İctimai Birliyi"},
    ],
)
@pytest.mark.parametrize("city", ["", "Elmford"])
def test_the_question_is_asked_of_a_name_with_its_town_its_plural_or_its_legal_form(
    client, typed, city
):
    edition, friends = make_edition(), listed("Friends of the Branch Library", city=city)
    asked = post(client, edition, **typed)
    assert asked.status_code == 422
    assert list(asked.context["form"].errors) == ["same_as"]
    assert not Signature.objects.exists()
    post(client, edition, **typed, same_as=str(friends.pk))
    assert Signature.objects.get().organization == friends


@pytest.mark.medium
@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    [
        {"organization": "Friends of the Branch Library (Oakham)", "city": "Oakham"},
        {"organization": "Friends of the Branch Archive"},
        {"organization": "Branch Library"},
    ],
)
def test_the_question_is_not_asked_of_another(client, typed):
    edition, _friends = make_edition(), listed("Friends of the Branch Library", city="Elmford")
    assert post(client, edition, **typed).status_code == 200

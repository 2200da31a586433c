"""The directory: organizations that signed in public, each with its page."""

import pytest
from django.urls import reverse

from casa.lib import alphabets
from casa.lib.testing import assert_flat_queries
from signatories.models import Organization, OrganizationAlias
from signatories.moderation import decisions
from signatories.organizations import alphabetical, entries
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

DIRECTORY = "/organizations/"
SECRET = "Zanzibarium"


def sign(edition, name, **fields):
    signature = {key: fields.pop(key) for key in ("state", "approved", "lead_position", "role",
                                                  "name_withheld", "representative")
                 if key in fields}  # fmt: skip
    organization = make_organization(name, **fields)
    named = signature.pop("representative", "Rita Representative")
    make_signature(edition, named, organization=organization, **signature)
    return organization


def names(client, **asked):
    answer = client.get(DIRECTORY, asked)
    assert answer.status_code == 200
    return [one.name for one in answer.context["page"].rows]


@pytest.mark.page
def test_it_says_where_there_is_none_yet(client):
    assert "No organization has signed" in client.get(DIRECTORY).text


@pytest.mark.slow
def test_it_is_in_alphabetical_order_and_each_has_a_page(client):
    edition = make_edition("Mend the bridge")
    for name in ("Zebra Club", "Østerby Forening", "ağac dostları"):
        sign(edition, name)
    assert names(client) == ["ağac dostları", "Østerby Forening", "Zebra Club"]
    for organization in Organization.objects.all():
        assert organization.get_absolute_url() in client.get(DIRECTORY).text
        text = client.get(organization.get_absolute_url()).text
        assert organization.name in text and "Mend the bridge" in text
    page = client.get(edition.statement.get_absolute_url()).text
    assert 'href="/organizations/zebra-club/"' in page


@pytest.mark.medium
def test_it_is_searched_by_any_of_its_names(client):
    edition = make_edition()
    trust = sign(edition, "İsmayıllı River Trust")
    sign(edition, "Readers' Circle")
    OrganizationAlias.objects.create(organization=trust, name="Friends of the Alder")
    for query in ("ismayilli", "RIV tru", "alder friends"):
        assert names(client, q=query) == [trust.name], query
    answer = client.get(DIRECTORY, {"q": "nobody"})
    assert "Nothing was found" in answer.text and f'href="{DIRECTORY}"' in answer.text


@pytest.mark.medium
def test_it_is_narrowed_by_kind_and_place_with_counts(client):
    edition = make_edition()
    sign(edition, "A School", kind="education", country="US", region="IA")
    sign(edition, "B School", kind="education", country="US", region="ME")
    sign(edition, "C Club", country="NO")
    text = client.get(DIRECTORY).text
    for choice in ("School or other education (2)", "United States (2)", "Norway (1)"):
        assert choice in text
    assert names(client, kind="education") == ["A School", "B School"]
    assert names(client, country="US", region="ME") == ["B School"]
    assert names(client, kind="x", country="NO") == ["C Club"]
    text = client.get(DIRECTORY, {"country": "US"}).text
    assert "IA (1)" in text and 'content="noindex"' in text


def secret_in_a_draft():
    statement = make_draft()
    organization = make_organization(SECRET)
    edition = lifecycle.publish(statement, by=None)[0]
    make_signature(edition, organization=organization)
    type(statement).objects.filter(pk=statement.pk).update(status="draft")


def secret_without_a_signature():
    make_organization(SECRET)


def secret_under_a_withdrawn_statement():
    edition = make_edition()
    sign(edition, SECRET)
    lifecycle.withdraw(edition.statement, by=None)


@pytest.mark.medium
@pytest.mark.parametrize(
    "secret",
    [
        secret_in_a_draft,
        secret_without_a_signature,
        secret_under_a_withdrawn_statement,
        lambda: sign(make_edition(), SECRET, state="pending"),
        lambda: sign(make_edition(), SECRET, state="hidden"),
        lambda: sign(make_edition(), SECRET, state="withdrawn"),
        lambda: sign(make_edition(), SECRET, approved=False),
        lambda: sign(make_edition(), SECRET, name_withheld=True),
    ],
)
def test_it_knows_only_who_signed_in_public(client, secret):
    secret()
    organization = Organization.objects.get()
    assert SECRET not in client.get(DIRECTORY).text
    assert names(client, q=SECRET) == []
    assert client.get(organization.get_absolute_url()).status_code == 404


@pytest.mark.slow
def test_a_page_tells_of_public_statements_alone(client):
    edition, other = make_edition("Something public"), make_edition(f"{SECRET} title")
    organization = sign(edition, "River Trust")
    make_signature(other, organization=organization)
    url = organization.get_absolute_url()
    assert SECRET in client.get(url).text
    lifecycle.withdraw(other.statement, by=None)
    text = client.get(url).text
    assert "Something public" in text and SECRET not in text


@pytest.mark.medium
def test_a_page_says_who_spoke_for_it_only_where_the_statement_does(client):
    edition = make_edition()
    loud = sign(edition, "River Trust", lead_position=1, role="Chair", representative="Ada Abel")
    quiet = sign(edition, "Quiet Club", representative=SECRET)
    assert "through Ada Abel, Chair" in client.get(loud.get_absolute_url()).text
    assert SECRET not in client.get(quiet.get_absolute_url()).text


@pytest.mark.page
@pytest.mark.medium
def test_a_page_says_how_it_was_verified_and_links_without_vouching(client):
    edition = make_edition()
    trust = sign(edition, "River Trust", website="https://river.example.org/")
    OrganizationAlias.objects.create(organization=trust, name="Alder Friends")
    url = trust.get_absolute_url()
    text = client.get(url).text
    assert "Not verified" in text and "Alder Friends" in text
    assert 'href="https://river.example.org/" rel="nofollow noopener"' in text
    decisions.verify(trust, by=make_user(), reason="called them")
    assert "Verified by the office" in client.get(url).text
    Organization.objects.filter(pk=trust.pk).update(verified_domain="river.example.org")
    assert "Verified by the mail domain river.example.org" in client.get(url).text


def test_an_address_is_made_once_and_stays():
    first = make_organization("River Trust")
    second = make_organization("River  Trust", country="NO")
    foreign = make_organization("河流", country="JP")
    third = entries.find_or_add("River Trust", country="GB")
    assert [first.slug, second.slug, third.slug, foreign.slug] == [
        "river-trust", "river-trust-2", "river-trust", "organization",
    ]  # fmt: skip
    first.name = "Lake Trust"
    first.save()
    first.refresh_from_db()
    assert first.slug == "river-trust"
    others = {entries.find_or_add("河流", country=code).slug for code in ("CN", "TW", "SG")}
    assert others == {"organization-2", "organization-3", "organization-4"}


@pytest.mark.medium
def test_pages_go_by_key(client, monkeypatch):
    monkeypatch.setattr("signatories.public.directory.ORGANIZATIONS_PER_PAGE", 2)
    edition = make_edition()
    for letter in "abcde":
        sign(edition, f"{letter} club-{letter}")
    first = client.get(DIRECTORY)
    key = first.context["page"].next
    assert names(client, page=key) == ["c club-c", "d club-d"]
    sign(edition, "aa new")
    assert names(client, page=key) == ["c club-c", "d club-d"]
    assert names(client, page="last") == ["d club-d", "e club-e"]
    assert names(client, page="x") == ["a club-a", "aa new"]


@pytest.mark.medium
def test_the_number_of_queries_does_not_grow(client):
    def ask(rows):
        assert len(names(client, q="club", country="")) == rows

    assert_flat_queries(lambda n: sign(make_edition(f"Statement {n}"), f"Club {n}"), ask)


@pytest.mark.medium
def test_a_page_costs_the_same_for_one_and_for_three(client):
    club = entries.find_or_add("Club")
    url = reverse("signatories:organization", args=[club.slug])

    def add(n):
        make_signature(make_edition(f"Statement {n}"), organization=club)
        OrganizationAlias.objects.create(organization=club, name=f"Alias {n}")

    def ask(rows):
        assert client.get(url).text.count("row-title") == rows

    assert_flat_queries(add, ask)


AZERBAIJANI = ["Camal", "Çinar", "Elçin", "Əli", "Fərəh", "Hilal", "Xəzər", "İnci", "Kür", "Qala"]


@pytest.mark.medium
def test_it_stands_in_the_order_of_the_readers_alphabet(client, monkeypatch):
    monkeypatch.setattr("signatories.public.directory.ORGANIZATIONS_PER_PAGE", 3)
    edition = make_edition()
    for name in sorted(AZERBAIJANI, key=lambda name: name[::-1]):
        sign(edition, name)
    assert walked(client, "/az/organizations/") == AZERBAIJANI
    assert walked(client, DIRECTORY)[-3:] == ["Kür", "Qala", "Xəzər"]
    # And back, by the same pages.
    last = client.get("/az/organizations/", {"page": "last"}).context["page"]
    assert [one.name for one in last.rows] == AZERBAIJANI[-3:]
    before = client.get("/az/organizations/", {"page": f"{last.previous}.back"}).context["page"]
    assert [one.name for one in before.rows] == AZERBAIJANI[-6:-3]
    # What no page wrote is the first page.
    for odd in ("zz-1", "0-1", f"{'f' * 1601}-1", "-", "ə-1"):
        assert client.get("/az/organizations/", {"page": odd}).status_code == 200


def walked(client, url):
    found, page = [], client.get(url).context["page"]
    while True:
        found += [one.name for one in page.rows]
        if not page.next:
            return found
        page = client.get(url, {"page": page.next}).context["page"]


@pytest.mark.medium
def test_the_order_follows_a_new_name_and_is_made_for_rows_that_have_none(client):
    edition = make_edition()
    for name in ("Fərəh", "Əli"):
        sign(edition, name)
    renamed = Organization.objects.get(name="Fərəh")
    renamed.name = "Elçin"
    renamed.save(update_fields=["name"])
    assert walked(client, "/az/organizations/") == ["Elçin", "Əli"]
    Organization.objects.update(sort_key_az=b"", sort_key_tr=b"")
    alphabetical.make_keys(Organization.objects.all())
    assert walked(client, "/az/organizations/") == ["Elçin", "Əli"]


def test_keys_fit_an_index_whatever_the_name():
    for name in ("\ufdfa" * 200, "ü" * 200, "ı" * 200, "???"):
        assert len(alphabets.stored_key(name, "az")) <= alphabets.STORED_LENGTH

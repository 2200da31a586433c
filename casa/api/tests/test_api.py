"""The public API: what visitors read, for programs. Its contract is tested by schemathesis."""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans

from casa.api import page as api_page
from casa.lib.testing import assert_flat_queries
from casa.wsgi import application
from signatories.models import Organization, OrganizationAlias
from signatories.moderation import decisions
from signatories.public.api import organizations, signatures
from signatories.signing.antispam import rate_limits
from signatories.testing import make_logo, make_organization, make_signature
from statements import api as statements_api
from statements import lifecycle
from statements.models import Delivery, Target, Update
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

ROOT = "/api/v1"


def read(client, path, **headers):
    answer = client.get(f"{ROOT}{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def follow(client, path):
    """The items of all pages, by the addresses the answers give."""
    items = []
    while path:
        page = read(client, path)
        items += page["items"]
        path = (page["next"] or "").partition(ROOT)[2]
    return items


@pytest.fixture
def edition():
    edition = make_edition("Keep the reading room open", place="Aldermouth")
    make_signature(edition, "Nora Lind", role="Nurse", city="Oslo", country="NO")
    make_signature(edition, organization=make_organization("River Trust", country="GB"))
    make_signature(edition, "Someone Secret", name_withheld=True, city="Hidden Town")
    return edition


@pytest.mark.slow
def test_a_list_of_statements_with_words_and_tally(client, edition):
    (one,) = read(client, "/statements")["items"]
    assert one["slug"] == edition.statement.slug
    assert one["signing"] == "open"
    none = {"organizations": 0, "people": 0}
    apart = {"earlier": none, "collected": none, "paper": 0}
    assert one["tally"] == {"organizations": 1, "people": 2, **apart}
    (words,) = one["texts"]
    assert words["title"] == edition.title
    assert words["url"].endswith(edition.statement.get_absolute_url())


@pytest.mark.medium
def test_one_statement_whole(client, edition):
    statement = edition.statement
    target = Target.objects.create(statement=statement, name="The council")
    today = timezone.localdate()
    Delivery.objects.create(statement=statement, target=target, delivered_on=today, note="By hand.")
    Update.objects.create(statement=statement, title="The press wrote", body="<p>News.</p>")
    whole = read(client, f"/statements/{statement.slug}")
    assert whole["editions"][0]["body"] == edition.body
    assert whole["editions"][0]["sha256"] == edition.sha256
    assert whole["targets"] == [{"name": "The council", "office": ""}]
    assert whole["deliveries"][0]["to"] == "The council"
    assert whole["updates"][0]["title"] == "The press wrote"
    assert read(client, f"/statements/{statement.slug}/tally") == whole["tally"]


@pytest.mark.medium
def test_every_edition(client, edition):
    statement = edition.statement
    statement.texts.update(title="Keep the reading room open, please")
    lifecycle.correct(statement, by=None, note="A word was missing.", is_material=False)
    heads = read(client, f"/statements/{statement.slug}/editions")
    assert [(head["number"], head["change_note"]) for head in heads] == [
        (2, "A word was missing."), (1, ""),
    ]  # fmt: skip
    (first,) = read(client, f"/statements/{statement.slug}/editions/1")
    assert first["title"] == "Keep the reading room open"


@pytest.mark.medium
def test_who_signed_as_the_page_shows_it(client, edition):
    people = read(client, f"/statements/{edition.statement.slug}/signatories")["items"]
    withheld, nora = people
    assert (nora["name"], nora["role"], nora["city"], nora["country"]) == (
        "Nora Lind", "Nurse", "Oslo", "NO",
    )  # fmt: skip
    assert (withheld["withheld"], withheld["name"], withheld["city"]) == (True, None, "")
    path = f"/statements/{edition.statement.slug}/signatories?kind=organization"
    (trust,) = read(client, path)["items"]
    assert (trust["name"], trust["country"]) == ("River Trust", "GB")
    assert (trust["organization"], nora["organization"]) == ("river-trust", None)
    assert read(client, f"/organizations/{trust['organization']}")["name"] == "River Trust"


@pytest.mark.slow
def test_organizations_with_what_they_signed(client, edition, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    trust = Organization.objects.get(slug="river-trust")
    OrganizationAlias.objects.create(organization=trust, name="The Trust")
    make_logo(trust)
    (one,) = read(client, "/organizations")["items"]
    assert (one["name"], one["verified"], one["country"]) == ("River Trust", False, "GB")
    picture = client.get(urlsplit(one["logos"][0]["url"]).path)
    assert b"".join(picture.streaming_content)[:4] == b"RIFF"
    whole = read(client, "/organizations/river-trust")
    assert whole["aliases"] == ["The Trust"]
    assert [signed["statement"] for signed in whole["signed"]] == [edition.statement.slug]
    assert read(client, "/organizations?q=trust&country=GB")["items"] == [one]
    assert read(client, "/organizations?country=NO")["items"] == []


@pytest.mark.medium
def test_no_organization_that_the_directory_does_not_show(client, edition):
    make_organization("Zanzibarium waits")
    rejected = make_organization("Zanzibarium front")
    make_signature(edition, organization=rejected)
    decisions.reject(rejected, by=make_user(), reason="None of the kind.")
    assert "Zanzibarium" not in json.dumps(read(client, "/organizations"))
    for slug in ("zanzibarium-waits", "zanzibarium-front"):
        assert client.get(f"{ROOT}/organizations/{slug}").status_code == 404


@pytest.mark.medium
def test_nothing_that_is_not_shown_to_visitors(client, edition):
    make_signature(edition, "Zanzibarium Hidden", state="hidden")
    make_signature(edition, "Zanzibarium Pending", state="pending")
    make_signature(edition, "Nils", comment="Zanzibarium", postal_code="Zanzibarium")
    make_draft("Zanzibarium draft")
    later = make_edition("Zanzibarium", publish_at=timezone.now() + timedelta(days=1)).statement
    gone = make_edition("Zanzibarium").statement
    lifecycle.withdraw(gone, by=None, note="A mistake.")
    slug = edition.statement.slug
    paths = ["/statements", *(f"/statements/{slug}{end}" for end in (
        "", "/tally", "/editions", "/signatories", "/signatories?kind=organization"))]  # fmt: skip
    for path in paths:
        text = json.dumps(read(client, path))
        assert "Zanzibarium" not in text, path
        assert "@example.org" not in text, path
        assert "Secret" not in text, path
    assert client.get(f"{ROOT}/statements/{later.slug}").status_code == 404
    answer = client.get(f"{ROOT}/statements/{gone.slug}")
    assert (answer.status_code, answer.json()) == (410, {"detail": "Withdrawn"})


@pytest.mark.medium
def test_pages_follow_each_other_and_miss_nobody(client, edition, monkeypatch):
    monkeypatch.setattr(signatures, "PER_PAGE", 2)
    monkeypatch.setattr(statements_api, "PER_PAGE", 2)
    for number in range(5):
        make_signature(edition, f"Person {number}")
        make_edition(f"Statement {number}")
    names = [
        one["name"] for one in follow(client, f"/statements/{edition.statement.slug}/signatories")
    ]
    assert len(names) == 7
    assert len({one["slug"] for one in follow(client, "/statements")}) == 6
    assert len(follow(client, "/statements?signing=open")) == 6


@pytest.mark.medium
def test_pages_of_the_directory_follow_each_other(client, edition, monkeypatch):
    monkeypatch.setattr(organizations, "PER_PAGE", 2)
    for name in ("Çay & Su", "100 % Rivers", "ağac-dostları", "A+B"):
        make_signature(edition, organization=make_organization(name))
    names = [one["name"] for one in follow(client, "/organizations")]
    assert len(names) == 5
    assert names == [one.name for one in Organization.objects.order_by("sort_key", "pk")]


@pytest.mark.medium
@pytest.mark.parametrize(
    "path",
    [
        "/statements",
        "/statements/{slug}",
        "/statements/{slug}/signatories",
        "/organizations",
        "/organizations/river-trust",
    ],
)
def test_three_cost_as_much_as_one(client, edition, path):
    statement = edition.statement

    def add(number):
        another = make_edition(f"Another {number}")
        make_signature(another, organization=Organization.objects.get(slug="river-trust"))
        make_signature(another)
        make_signature(edition)
        make_signature(edition, organization=make_organization(f"Club {number}"))
        target = Target.objects.create(statement=statement, name=f"Council {number}")
        today = timezone.localdate()
        Delivery.objects.create(statement=statement, target=target, delivered_on=today)
        Update.objects.create(statement=statement, title=f"News {number}", body="<p>News.</p>")

    assert_flat_queries(add, lambda _rows: read(client, path.format(slug=statement.slug)))


@pytest.mark.page
def test_scripts_of_other_sites_may_read_it(client, edition):
    url = f"{ROOT}/statements"
    answer = client.get(url, headers={"Origin": "https://partner.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"].startswith("public")
    assert not answer.cookies
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]
    before = client.options(url, headers={"Access-Control-Request-Method": "GET"})
    assert (before.status_code, before["Access-Control-Allow-Methods"]) == (
        204, "GET, HEAD, OPTIONS",
    )  # fmt: skip
    assert client.post(url).status_code == 405


@pytest.mark.medium
def test_who_has_the_answer_already_is_told_so(client, edition):
    url = f"{ROOT}/statements/{edition.statement.slug}/tally"
    first = client.get(url)
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_signature(edition)
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.head(url).status_code == 200


@pytest.mark.medium
@pytest.mark.page
def test_who_asks_too_often_is_told_when_to_come_back(client, edition, settings, monkeypatch):
    settings.SIGN_LIMITS = True
    monkeypatch.setitem(rate_limits.LIMITS, "api", (rate_limits.Limit(rate_limits.MINUTE, 2, 60),))
    answers = [client.get(f"{ROOT}/statements") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert answers[-1]["Cache-Control"] == "private, no-store"
    assert answers[-1]["Access-Control-Allow-Origin"] == "*"


@pytest.mark.page
@pytest.mark.medium
def test_it_is_described_for_people_whole_and_without_a_script(client):
    page = client.get(f"{ROOT}/docs/").text
    schema = client.get(f"{ROOT}/openapi.json").json()
    assert "<script" not in page
    for path, methods in schema["paths"].items():
        assert f"GET {path}" in page or f'href="{path}"' in page
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
    shown = set(re.findall(r'<h3 id="(\w+)"', page))
    # Queries are described as parameters; everything else is an object in some answer.
    assert shown == {name for name in schema["components"]["schemas"] if "Query" not in name}
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r' href="#([^"]+)"', page)) <= ids | {"top"}


@pytest.mark.page
@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"$ref": "#/components/schemas/TallyOut"}, "TallyOut"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/TallyOut"}}, "list of TallyOut"),
        ({"anyOf": [{"const": "open", "type": "string"}, {"type": "null"}]}, "“open” or null"),
        ({"enum": ["person", "organization"], "type": "string"}, "“person”, “organization”"),
        ({"format": "date", "type": "string"}, "date"),
        ({"type": "array", "items": {}}, "list"),
        ({}, "anything"),
    ],
)
def test_it_says_what_a_value_may_be(value, said):
    assert "".join(term.words for term in api_page.terms(value)) == said


@pytest.mark.page
def test_descriptions_of_the_api_are_no_html():
    assert (
        api_page.mark_code("As `next`, <b>")
        == "<span>As </span><code>next</code><span>, &lt;b&gt;</span>"
    )


@pytest.fixture
def _one_connection():
    """Lets requests leave the test's connection open, as Django's own test client does."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("_one_connection")
def test_the_contract_holds(edition):
    import schemathesis  # takes half a second, and no other test needs it

    schema = schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", application)
    for result in schema.get_all_operations():
        operation = result.ok()
        of_organization = "/organizations/" in operation.path
        check_contract(operation, "river-trust" if of_organization else edition.statement.slug)


def check_contract(operation, known_slug):
    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(), booleans())
    def holds(case, is_known):
        if is_known and "slug" in (case.path_parameters or {}):
            case.path_parameters["slug"] = known_slug
        case.call_and_validate()

    holds()

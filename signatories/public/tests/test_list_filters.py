"""Who signed: found by name, organization and place, narrowed, and never who asked not to be."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casa.lib.testing import assert_flat_queries
from signatories.core import states
from signatories.models import Signature
from signatories.moderation import decisions
from signatories.public.lists import NUMBERED
from signatories.signing import confirmation
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

SECRET = "Zanzibarium"


def url_of(edition):
    return reverse("signatories:list", args=[edition.statement.slug])


def found(client, edition, **asked):
    answer = client.get(url_of(edition), asked)
    assert answer.status_code == 200
    sections = [answer.context.get(name) for name in ("organizations", "people")]
    return [str(one) for section in sections if section for one in section.page.rows]


@pytest.mark.slow
def test_a_person_is_found_by_name_organization_and_place(client):
    edition = make_edition()
    make_signature(edition, "Leyla İsmayılova", affiliation="Kitabxana Dostları", city="Şirinvan")
    make_signature(edition, "Leyla Aliyeva", city="Baku")
    for query in ("ismayil", "Ismayilova", "İSMAYILOVA", "leyla ism", "İsmayılova Leyla",
                  "kitabxana dost", "sirinvan", "leyla ş"):  # fmt: skip
        assert found(client, edition, q=query) == ["Leyla İsmayılova"], query


@pytest.mark.slow
def test_an_organization_is_found_by_name_and_place(client):
    edition = make_edition()
    trust = make_organization("River Trust", city="Oslo")
    make_signature(edition, "Nora Secretary", organization=trust, city="Bergen")
    make_signature(edition, organization=make_organization("Readers' Circle"))
    for query in ("river", "trust", "oslo"):
        assert found(client, edition, q=query) == ["River Trust"], query
    assert found(client, edition, q="secretary") == []
    assert found(client, edition, q="bergen") == []


@pytest.mark.medium
def test_a_lead_signatory_is_found_too(client):
    edition = make_edition()
    make_signature(edition, "Lena Lead", lead_position=1)
    assert found(client, edition, q="lena") == ["Lena Lead"]


@pytest.mark.medium
def test_nobody_is_found_by_what_they_are_not_called(client):
    edition = make_edition()
    make_signature(edition, "Leyla Aliyeva", email="nora@example.org", role="Teacher")
    for query in ("aliyeva x", "%", "liyeva", "' | :*", "nora@example.org", "_"):
        answer = client.get(url_of(edition), {"q": query})
        assert "Nobody was found" in answer.text, query
        assert f'href="{url_of(edition)}"' in answer.text, query


@pytest.mark.medium
@pytest.mark.parametrize("state", ["pending", "hidden", "withdrawn", "invalidated"])
def test_a_name_that_does_not_stand_is_not_found(client, state):
    edition = make_edition()
    make_signature(edition, f"Nora {SECRET}", state=state, city=SECRET, country="NO")
    make_signature(edition, "Emil Berg", country="DK")
    assert found(client, edition, q=SECRET) == []
    assert "Norway" not in client.get(url_of(edition)).text


@pytest.mark.medium
def test_a_name_that_is_yet_to_be_checked_is_not_found(client):
    edition = make_edition()
    signature = make_signature(edition, f"Nora {SECRET}", approved=False)
    assert found(client, edition, q=SECRET) == []
    states.approve(signature, by=make_user(), reason="looked at")
    assert len(found(client, edition, q=SECRET)) == 1


@pytest.mark.slow
def test_a_withheld_name_is_counted_and_found_by_nothing(client):
    edition = make_edition()
    fields = {"city": SECRET, "affiliation": SECRET, "region": "XY", "country": "NO"}
    signature = make_signature(edition, f"Nora {SECRET}", name_withheld=True, **fields)
    make_signature(edition, "Emil Berg", country="DK")
    text = client.get(url_of(edition)).text
    assert "1\u00a0of them asked not to be named." in text
    assert "Norway" not in text
    for asked in ({"q": SECRET}, {"country": "NO"}, {"country": "NO", "region": "XY"}):
        assert found(client, edition, **asked) == []
    # Whatever wrote the row: the search asks for names that are shown.
    Signature.objects.filter(pk=signature.pk).update(search_words="zanzibarium")
    assert found(client, edition, q=SECRET) == []


@pytest.mark.slow
def test_who_withholds_their_name_is_not_found_any_more_and_who_shows_it_is(client):
    edition, user = make_edition(), make_user()
    signature = make_signature(edition, "Nora Lind")
    assert found(client, edition, q="lind") == ["Nora Lind"]
    for withheld, names in ((True, []), (False, ["Nora Lind"])):
        decisions.edit(signature, {"name_withheld": withheld}, by=user)
        assert found(client, edition, q="lind") == names


@pytest.mark.slow
def test_names_are_found_as_they_were_typed_last(client):
    edition = make_edition()
    signature = make_signature(edition, "Nora Lind", state="pending")
    Signature.objects.filter(pk=signature.pk).update(name="Nora Berg")  # as a second form does
    assert confirmation.confirm(signature) == confirmation.ConfirmationResult.CONFIRMED
    assert found(client, edition, q="berg") == ["Nora Berg"]
    club = make_organization("Old Club")
    make_signature(edition, organization=club)
    club.name = "New Circle"
    club.save()
    assert found(client, edition, q="circle") == ["New Circle"]
    assert found(client, edition, q="club") == []


@pytest.mark.medium
def test_nothing_is_found_under_another_statement_or_one_that_is_not_public(client):
    edition, other = make_edition("One"), make_edition("Two")
    make_signature(other, "Nora Lind")
    assert found(client, edition, q="lind") == []
    lifecycle.withdraw(other.statement, by=None)
    assert client.get(url_of(other), {"q": "lind"}).status_code == 410


@pytest.mark.slow
def test_places_and_kinds_are_choices_with_their_numbers(client):
    edition = make_edition()
    for n in range(2):
        make_signature(edition, f"Norwegian {n}", country="NO")
    make_signature(edition, "Iowan", country="US", region="IA")
    make_signature(edition, "Mainer", country="US", region="ME")
    make_signature(edition, organization=make_organization("Club"), country="US", region="ME")
    text = client.get(url_of(edition)).text
    for choice in ("Norway (2)", "United States (3)", "Organizations (1)", "People (4)"):
        assert choice in text
    assert "IA (1)" not in text
    assert found(client, edition, country="NO") == ["Norwegian 1", "Norwegian 0"]
    text = client.get(url_of(edition), {"country": "US"}).text
    assert "IA (1)" in text and "ME (2)" in text
    assert found(client, edition, country="US", region="ME") == ["Club", "Mainer"]
    assert found(client, edition, country="US", region="ME", show="people") == ["Mainer"]
    assert found(client, edition, country="xx") == []


@pytest.mark.slow
def test_narrowed_lists_are_kept_out_of_search_engines(client):
    edition = make_edition()
    make_signature(edition)
    assert "noindex" in client.get(url_of(edition), {"q": "nora"}).text
    text = client.get(url_of(edition)).text
    assert "noindex" not in text and f'{url_of(edition)}">' in text


@pytest.mark.slow
def test_pages_keep_what_was_asked_for(client, monkeypatch):
    monkeypatch.setattr("signatories.public.lists.NAMES_PER_PAGE", 2)
    edition, now = make_edition(), timezone.now()
    for n in range(5):
        make_signature(edition, f"Lind {n}", country="NO", confirmed_at=now - timedelta(minutes=n))
        make_signature(edition, f"Berg {n}", country="NO", confirmed_at=now)
    first = client.get(url_of(edition), {"q": "lind", "country": "NO"})
    key = first.context["people"].page.next
    assert f"q=lind&amp;country=NO&amp;people={key}#people" in first.text
    assert found(client, edition, q="lind", country="NO", people=key) == ["Lind 2", "Lind 3"]


@pytest.mark.slow
def test_names_are_numbered_as_far_as_can_be_told_at_once(client, monkeypatch):
    monkeypatch.setattr("signatories.public.lists.NAMES_PER_PAGE", 2)
    edition, now = make_edition(), timezone.now()
    for n in range(6):
        make_signature(edition, f"Lind {n}", confirmed_at=now - timedelta(minutes=n))
    page = client.get(url_of(edition))
    assert "1 to 2, newest first" in page.text
    page = client.get(url_of(edition), {"people": page.context["people"].page.next})
    assert 'start="3"' in page.text and "3 to 4" in page.text
    monkeypatch.setattr("signatories.public.lists.NUMBERED", 3)
    assert NUMBERED > 3
    page = client.get(url_of(edition), {"people": page.context["people"].page.next})
    assert "<ol" not in page.text and "Lind 4" in page.text


@pytest.mark.slow
def test_the_number_of_queries_does_not_grow(client):
    edition = make_edition()

    def add(n):
        make_signature(edition, f"Lind {n}", country="NO", region=f"R{n}")
        make_signature(edition, organization=make_organization(f"Lind Club {n}"), country="NO")

    def ask(rows):
        assert len(found(client, edition, q="lind", country="NO")) == 2 * rows

    assert_flat_queries(add, ask)


@pytest.fixture
def short_reading(monkeypatch):
    """As if each list had a thousand times as many names."""
    for name, number in {"READ": 6, "FEW": 1, "MOST": 4}.items():
        monkeypatch.setattr(f"casa.lib.db.found.{name}", number)
    monkeypatch.setattr("signatories.public.lists.NAMES_PER_PAGE", 3)


def walked(client, edition, **asked):
    """The names on all pages from the first one on, and whether a page left some out."""
    names, key = [], ""
    while True:
        page = client.get(url_of(edition), {**asked, "people": key}).context["people"].page
        names += [one.name for one in page.rows]
        if page.is_cut or not page.next:
            return names, page.is_cut
        key = page.next


def sign_in_turn(edition, names):
    now = timezone.now()
    for number, name in enumerate(names):
        moment = now - timedelta(seconds=number)
        make_signature(edition, f"{name} {number}", confirmed_at=moment, country="NO")


@pytest.mark.medium
@pytest.mark.parametrize("every", [1, 2, 3])
def test_what_many_are_called_is_found_page_by_page(client, short_reading, every):
    edition = make_edition()
    sign_in_turn(edition, ["Lind" if n % every == 0 else "Berg" for n in range(18)])
    found_all = [f"Lind {n}" for n in range(0, 18, every)]
    assert walked(client, edition, q="lin") == (found_all, False)
    assert walked(client, edition, q="LIN", country="NO") == (found_all, False)


@pytest.mark.medium
def test_what_few_are_called_is_found_behind_many_others(client, short_reading):
    edition, other = make_edition(), make_edition("Another")
    sign_in_turn(other, ["Lind"] * 8)
    sign_in_turn(edition, ["Berg"] * 9 + ["Lind"] * 4)
    assert walked(client, edition, q="lind") == ([f"Lind {n}" for n in range(9, 13)], False)
    assert walked(client, edition, q="lind", country="DK") == ([], False)
    assert walked(client, edition, q="lind 12") == (["Lind 12"], False)


@pytest.mark.medium
def test_a_list_that_would_be_long_to_find_is_cut_and_says_so(client, short_reading):
    edition = make_edition()
    sign_in_turn(edition, ["Berg"] * 9 + ["Lind"] * 7)
    names, is_cut = walked(client, edition, q="lind")
    text = client.get(url_of(edition), {"q": "lind"}).text
    if connection.vendor == "postgresql":
        assert len(names) == 3 and is_cut
        assert "More than 4 were found" in text
    else:  # it reads on
        assert names == [f"Lind {n}" for n in range(9, 16)] and not is_cut
    assert "were found" not in client.get(url_of(edition), {"q": "berg 1"}).text

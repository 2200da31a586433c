"""Who signed, from A to Z in the alphabet of whoever reads; also where it begins at a letter."""

import re

import pytest
from django.urls import reverse

from casa.lib.testing import queries_of
from signatories.models import Signature
from signatories.organizations import alphabetical
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

AZERBAIJANI = ["Cavid", "Çinarə", "Elçin", "Əli", "Fərid", "Hikmət", "Xəyal", "Irina", "İlkin"]


@pytest.fixture
def edition():
    made = make_edition()
    for name in ("İlkin", "Xəyal", "Əli", "Fərid", "Cavid", "Irina", "Çinarə", "Hikmət", "Elçin"):
        make_signature(made, name)
    make_signature(made, "Secret Signer", name_withheld=True)
    make_signature(made, organization=make_organization("Ərəb Klubu"))
    make_signature(made, organization=make_organization("Fanar Club"))
    make_signature(made, organization=make_organization("Elder Club"))
    return made


def url_of(edition, prefix=""):
    return prefix + reverse("signatories:list", args=[edition.statement.slug])


def names(answer, section="people"):
    return [one.displayed_name for one in answer.context[section].page.rows]


@pytest.mark.medium
def test_each_language_has_its_own_alphabet(client, edition):
    answer = client.get(url_of(edition, "/az"), {"order": "name"})
    assert names(answer) == AZERBAIJANI
    assert names(answer, "organizations") == ["Elder Club", "Ərəb Klubu", "Fanar Club"]
    english = names(client.get(url_of(edition), {"order": "name"}))
    assert english[:4] == ["Cavid", "Çinarə", "Elçin", "Əli"]
    assert names(client.get(url_of(edition)))[0] != "Cavid"


@pytest.mark.medium
def test_its_pages_turn_and_begin_at_letters(client, edition, monkeypatch):
    monkeypatch.setattr("signatories.public.lists.NAMES_PER_PAGE", 3)
    url = url_of(edition, "/az")
    seen, wanted = [], ""
    while True:
        answer = client.get(url, {"order": "name", "people": wanted})
        seen += names(answer)
        wanted = answer.context["people"].page.next
        if not wanted:
            break
    assert seen == AZERBAIJANI
    letters = dict(answer.context["people"].letters)
    assert list(letters)[:6] == ["A", "B", "C", "Ç", "D", "E"]
    assert names(client.get(url, {"order": "name", "people": letters["X"]}))[0] == "Xəyal"
    assert names(client.get(url, {"order": "name", "people": letters["Ə"]}))[0] == "Əli"
    back = client.get(url, {"order": "name", "people": "last"})
    assert names(back) == AZERBAIJANI[-3:]
    assert f"people={letters['X']}#people" in answer.text


@pytest.mark.medium
def test_the_order_is_offered_where_nothing_is_searched_and_kept_by_the_filters(client, edition):
    plain = client.get(url_of(edition)).text
    assert 'href="?order=name"' in plain
    ordered = client.get(url_of(edition), {"order": "name", "show": "people"}).text
    assert '<input type="hidden" name="order" value="name">' in ordered
    assert 'href="?show=people" ' in ordered or 'href="?show=people">' in ordered
    searched = client.get(url_of(edition), {"q": "cavid", "order": "name"}).text
    assert "order=name" not in searched
    strange = client.get(url_of(edition), {"order": "pk"})
    assert names(strange) == names(client.get(url_of(edition)))


@pytest.mark.medium
def test_whoever_withholds_their_name_stands_at_no_letter(client, edition):
    answer = client.get(url_of(edition), {"order": "name"})
    assert "Secret" not in answer.text and "Name withheld" not in answer.text
    assert "1\u00a0of them asked not to be named." in answer.text


@pytest.mark.medium
def test_a_page_costs_no_query_for_each_name(client, edition, monkeypatch):
    monkeypatch.setattr("signatories.public.lists.NAMES_PER_PAGE", 3)
    url = f"{url_of(edition)}?order=name"
    client.get(url)
    assert len(queries_of(lambda: client.get(url))) < 14


@pytest.mark.medium
def test_the_order_follows_a_new_name_and_is_made_for_rows_that_have_none(client, edition):
    one = Signature.objects.get(name="Əli")
    one.name = "Zaur"
    one.save(update_fields=["name"])
    url = url_of(edition, "/az")
    assert names(client.get(url, {"order": "name"}))[-1] == "Zaur"
    Signature.objects.update(sort_key_az=b"", sort_key_tr=b"")
    alphabetical.make_keys(Signature.objects.select_related("organization"))
    found = client.get(url, {"order": "name"})
    assert names(found)[-1] == "Zaur"
    assert names(found, "organizations")[1] == "Ərəb Klubu"


@pytest.mark.medium
def test_documents_name_them_from_a_to_z(client, edition):
    page = client.get(reverse("statements:print", args=[edition.statement.slug])).text
    found = re.findall(r'<span class="name"><bdi>(\w+)</bdi>', page)
    assert found == [
        "Cavid",
        "Çinarə",
        "Elçin",
        "Əli",
        "Fərid",
        "Hikmət",
        "İlkin",
        "Irina",
        "Xəyal",
    ]

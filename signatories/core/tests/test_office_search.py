"""What staff find by words: among few and many, by names and by addresses."""

import pytest

from signatories.core import office_search
from signatories.models import Signature
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed():
    edition = make_edition("Mend the bridge")
    return {
        "nora": make_signature(edition, name="Nora Lind", email="nora.lind@river.example.org"),
        "emil": make_signature(edition, name="Emil Aliyev", email="e_o'neil+x@example.net"),
        "trust": make_signature(
            edition, organization=make_organization("River Trust"), name="Ana Berg",
            email="ana@example.com",
        ),
    }  # fmt: skip


@pytest.fixture(params=[office_search.READ, 0], ids=["read", "indexed"])
def way(request, monkeypatch):
    """All that is asked of the rows themselves, or of the index alone."""
    monkeypatch.setattr(office_search, "READ", request.param)


def found(query, *, by_mailbox=True, at_most=office_search.MOST):
    rows = Signature.objects.all()
    return office_search.find(rows, query, by_mailbox=by_mailbox, at_most=at_most)


FOUND = {
    "nora": ["nora"], "lind nora": ["nora"], "ind": [], "aliyev": ["emil"],
    "river": ["trust"], "berg": ["trust"], "!?": [],
    "nora.lind@river.example.org": ["nora"], "NORA.LIND@River.example.org": ["nora"],
    "@river.example.org": ["nora"], "River.Example.org": ["nora"], "@example.net": ["emil"],
    "NORA.LIND@": [], "lind@river": [], "@example": [], "neil": [],
    "E_O'Neil+x@example.net": ["emil"], "\\@": [], "%@": [], "@": [], ".": [],
}  # fmt: skip


@pytest.mark.medium
def test_by_the_beginnings_of_words(signed, way):
    names = {row.pk: name for name, row in signed.items()}
    assert {query: [names[pk] for pk in found(query)] for query in FOUND} == FOUND


def test_nobody_is_found_by_an_address_that_may_not_be_seen(signed, way):
    for query in ("nora.lind@river.example.org", "@river.example.org", "river.example.org"):
        assert found(query, by_mailbox=False) == [], query


def test_of_many_the_newest_are_found(way):
    edition = make_edition("Mend the bridge")
    made = [make_signature(edition, name=f"Nora {number}").pk for number in range(5)]
    assert found("nora", at_most=3) == made[:1:-1]


def test_what_is_frequent_is_read_on_for(monkeypatch):
    edition = make_edition("Mend the bridge")
    made = [make_signature(edition, name=f"Nora {number}").pk for number in range(5)]
    monkeypatch.setattr(office_search, "READ", 2)
    monkeypatch.setattr(office_search, "FROM_INDEX", 0)  # nothing comes from there
    assert found("nora", at_most=4) == made[:0:-1]


@pytest.mark.medium
def test_a_filter_narrows_what_is_found(signed, way):
    rows = Signature.objects.filter(kind="person")
    assert office_search.find(rows, "example.net", by_mailbox=True) == [signed["emil"].pk]
    assert office_search.find(rows, "river", by_mailbox=True) == []
    assert office_search.find(rows.none(), "nora", by_mailbox=True) == []

"""Round numbers on the timeline: true when told, and told as of the day they were reached."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from casa.lib.testing import assert_flat_queries
from casa.lib.text import unparted
from signatories.core import milestones, tally
from signatories.models import Signature
from signatories.moderation import decisions
from signatories.testing import make_organization, make_signature
from statements.models import Milestone
from statements.public.parts import milestone_in_words
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_numbers(monkeypatch):
    numbers = {Milestone.Of.PEOPLE: (2, 3, 5), Milestone.Of.ORGANIZATIONS: (1, 2)}
    monkeypatch.setattr(milestones, "NUMBERS", numbers)


@pytest.fixture
def edition():
    return make_edition(publish_at=timezone.now() - timedelta(days=30))


def sign(edition, days_ago, **fields):
    signature = make_signature(edition, **fields)
    at = timezone.now() - timedelta(days=days_ago)
    Signature.objects.filter(pk=signature.pk).update(confirmed_at=at)
    return signature


def milestones_of(edition):
    return [
        (one.of, one.number, (timezone.now() - one.reached_at).days)
        for one in Milestone.objects.filter(statement=edition.statement)
    ]


def page_of(client, edition):
    return client.get(edition.statement.get_absolute_url()).text


@pytest.mark.medium
def test_it_is_told_with_the_day_on_which_it_was_reached(client, edition):
    for days in (9, 7, 2):
        sign(edition, days)
    sign(edition, 4, organization=make_organization("River Trust"))
    assert milestones.update_milestones() == 3
    assert milestones_of(edition) == [("person", 2, 7), ("organization", 1, 4), ("person", 3, 2)]
    page = page_of(client, edition)
    told = "3 people have signed", "1 organization has signed", "2 people have signed"
    places = [page.index(unparted(words)) for words in told]
    assert places == sorted(places)
    feed = client.get(f"/statements/{edition.statement.slug}/feed.atom").text
    assert unparted(f"3 people have signed: {edition.title}") in feed
    assert f"statements/{edition.statement.slug}/milestone/person/3" in feed


def test_it_is_marked_once(edition):
    for days in (9, 7):
        sign(edition, days)
    assert [milestones.update_milestones(), milestones.update_milestones()] == [1, 0]


def test_who_does_not_count_does_not_count(edition):
    sign(edition, 9)
    sign(edition, 8, state=Signature.State.PENDING)
    sign(edition, 7, approved=False)
    assert milestones.update_milestones() == 0


@pytest.mark.medium
def test_what_the_count_falls_below_is_taken_back(client, edition):
    first, *_ = [sign(edition, days) for days in (9, 7)]
    milestones.update_milestones()
    decisions.hide(first, by=make_user(), reason="Not a person.")
    milestones.update_milestones()
    assert milestones_of(edition) == []
    assert "people have signed" not in page_of(client, edition)
    sign(edition, 1)
    milestones.update_milestones()
    assert milestones_of(edition) == [("person", 2, 1)]


@pytest.mark.medium
def test_of_one_day_the_highest_is_told(client, edition):
    for _ in range(3):
        sign(edition, 3)
    milestones.update_milestones()
    page = page_of(client, edition)
    assert unparted("3 people have signed") in page
    assert unparted("2 people have signed") not in page


@pytest.mark.medium
def test_names_that_stood_there_at_publication_are_no_news(client, edition):
    for days in (40, 39):
        sign(edition, days)
    assert milestones.update_milestones() == 1
    assert "people have signed" not in page_of(client, edition)


def test_nothing_is_marked_before_it_is_public():
    later = make_edition(publish_at=timezone.now() + timedelta(days=1))
    for _ in range(3):
        make_signature(later)
    assert milestones.update_milestones() == 0


def test_a_count_that_ran_ahead_of_the_rows_marks_nothing(edition):
    """Somebody withdrew between the two looks."""
    tally.adjust(edition.statement_id, Signature.Kind.PERSON, 5)
    assert milestones.update_milestones() == 0
    tally.adjust(edition.statement_id, Signature.Kind.PERSON, -5)


@pytest.mark.medium
def test_it_costs_as_much_for_three_statements_as_for_one():
    def add(_number):
        edition = make_edition(publish_at=timezone.now() - timedelta(days=30))
        sign(edition, 2)
        sign(edition, 1)
        milestones.update_milestones()

    assert_flat_queries(add, lambda _rows: milestones.update_milestones())
    assert Milestone.objects.count() == 3


def test_the_numbers_are_round_and_rise():
    for numbers in (milestones.PEOPLE, milestones.ORGANIZATIONS):
        assert list(numbers) == sorted(set(numbers))
    assert milestones.PEOPLE[:6] == (100, 500, 1000, 2000, 5000, 10000)
    assert milestones.ORGANIZATIONS[:6] == (10, 25, 50, 100, 200, 500)


def test_it_is_said_in_the_readers_language():
    with translation.override("az"):
        said = milestone_in_words(Milestone(of="person", number=1000))
    assert "1" in said
    assert "people" not in said

"""The goal of a statement, and how many signed within a week."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from casa.lib.text import unparted
from signatories.core.goals import goal_of
from signatories.core.tally import this_week_in_words
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = make_edition(goal=1500)
    edition.statement.supporter_texts.create(language="en", next_step="then we hand it over")
    return edition


def test_how_many_are_missing(edition):
    statement = edition.statement
    assert goal_of(statement, 1200).words == unparted("300 more people until 1,500")
    assert goal_of(statement, 1499).words == unparted("1 more person until 1,500")
    reached = goal_of(statement, 1600)
    assert reached.is_reached and reached.people == 1500
    assert reached.words == unparted("The goal of 1,500 people is reached")


def test_what_was_not_reached_is_not_told_once_signing_is_over(edition):
    lifecycle.close(edition.statement, by=None)
    assert goal_of(edition.statement, 1499) is None
    assert goal_of(edition.statement, 1500)
    assert goal_of(make_edition("Without").statement, 9) is None


@pytest.mark.medium
def test_the_page_has_a_bar_and_the_next_step(client, edition):
    make_signature(edition, "Ada Abel")
    page = client.get(edition.statement.get_absolute_url()).text
    assert '<progress max="1500" value="1" aria-labelledby="goal-words">' in page
    assert unparted("1,499 more people until 1,500</span>, <span>then we hand it over") in page
    az = client.get(f"/az{edition.statement.get_absolute_url()}").text
    assert '<span lang="en" dir="ltr">then we hand it over' in az
    data = client.get(f"/api/v1/statements/{edition.statement.slug}").json()
    assert (data["goal"], data["next_step"]) == (1500, "then we hand it over")


def test_this_week_is_told_once_somebody_signed_before(edition):
    make_signature(edition, "Ada Abel")
    assert this_week_in_words(edition.statement) == ""
    cache.clear()
    long_ago = timezone.now() - timedelta(days=8)
    make_signature(edition, "Bo Berg", confirmed_at=long_ago)
    make_signature(edition, organization=make_organization())
    told = this_week_in_words(edition.statement)
    assert told == unparted("1 organization and 1 person this week")

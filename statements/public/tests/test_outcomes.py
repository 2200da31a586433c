"""To whom a statement was handed over and how it was answered, wherever it is shown."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from casa.lib.testing import assert_flat_queries
from casa.lib.text import unparted
from casa.site.social_images import posters
from statements.models import Delivery, Target
from statements.public.outcomes import outcome_of
from statements.testing import make_edition


def handed_to(*names: str, on: date = date(2026, 3, 5), **fields) -> Delivery:
    target = Target(name=names[0]) if names else None
    return Delivery(target=target, delivered_on=on, **fields)


def test_it_is_told_in_words():
    assert outcome_of([]) is None
    nobody = outcome_of([handed_to()])
    assert nobody and nobody.in_words == "Handed over on March 5, 2026"
    answered = handed_to("The council", answered_on=date(2026, 3, 9), answer="Soon.")
    came = outcome_of([answered, handed_to("The mayor", on=date(2026, 3, 6))])
    assert came and came.handed_over == "Handed over to The council and The mayor on March 6, 2026"
    assert came.answered == "Answered on March 9, 2026"
    many = outcome_of([handed_to(f"The council of {'X' * 30} {n}") for n in range(5)])
    assert many and unparted("and 4 others on") in many.handed_over
    with translation.override("az"):
        assert "5 mart 2026" in nobody.handed_over


def test_an_answer_to_come_is_not_told():
    tomorrow = timezone.localdate() + timedelta(days=1)
    came = outcome_of([handed_to("The council", answered_on=tomorrow)])
    assert came and came.answered == ""


@pytest.mark.medium
@pytest.mark.django_db
def test_it_stands_in_head_list_front_page_and_picture(client):
    edition = make_edition()
    statement = edition.statement
    target = statement.targets.create(name="The council")
    pages = ["/", "/statements/", statement.get_absolute_url()]
    assert not [path for path in pages if "Handed over to" in client.get(path).text]
    today = timezone.localdate()
    statement.deliveries.create(target=target, delivered_on=today, answered_on=today, answer="Yes.")
    for path in pages:
        text = client.get(path).text
        assert "Handed over to The council on" in text and "Answered on" in text, path
    head = client.get(pages[2]).text.partition('<div class="side">')[0]
    assert "Yes." in head
    assert "Answered on" in posters.of_edition(edition).kind


@pytest.mark.medium
@pytest.mark.django_db
def test_a_list_asks_once_for_all(client):
    def add(number):
        made = make_edition(f"Statement {number}").statement
        made.deliveries.create(delivered_on=timezone.localdate())

    assert_flat_queries(add, lambda _rows: client.get("/statements/"))

"""Which statement leads the front page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from statements.models import FrontPageLead, Statement
from statements.testing import make_draft, make_edition, make_translated, make_user

pytestmark = pytest.mark.django_db
PRESS = Statement.Kind.PRESS_STATEMENT


def days_ago(number):
    return timezone.localdate() - timedelta(days=number)


def order(client):
    response = client.get("/")
    shown = [*response.context["main"], *response.context["others"]]
    return [one.working_title for one in shown]


@pytest.mark.medium
@pytest.mark.parametrize("signers", ["everybody", "nobody"])
def test_an_old_press_statement_does_not_lead_because_it_was_entered_last(client, signers):
    make_edition("Read only", signers="nobody")
    make_edition("To be signed")
    make_edition("Of long ago", kind=PRESS, dated_on=days_ago(400), signers=signers)
    assert order(client) == (
        ["To be signed", "Of long ago", "Read only"]
        if signers == "everybody"
        else ["To be signed", "Read only", "Of long ago"]
    )


@pytest.mark.medium
def test_a_hundred_old_ones_do_not_push_out_what_can_be_signed(client, monkeypatch):
    monkeypatch.setattr("statements.public.front_page.CONSIDERED", 2)
    make_edition("To be signed")
    for number in range(3):
        make_edition(f"Old {number}", kind=PRESS, dated_on=days_ago(400 + number))
    assert order(client) == ["To be signed", "Old 2", "Old 1", "Old 0"]


@pytest.mark.medium
def test_one_of_last_week_and_one_without_a_date_are_of_their_day(client):
    make_edition("Of last week", kind=PRESS, dated_on=days_ago(7))
    make_edition("Without a date", kind=PRESS)
    make_edition("An old letter", dated_on=days_ago(400))
    assert order(client) == ["An old letter", "Without a date", "Of last week"]


@pytest.mark.medium
def test_the_set_is_what_each_says_of_itself():
    for number, days in enumerate((0, 89, 90, 91, 92, 4000)):
        make_edition(f"Press {number}", kind=PRESS, dated_on=days_ago(days))
        make_edition(f"Letter {number}", dated_on=days_ago(days))
    make_edition("Undated", kind=PRESS)
    public = Statement.objects.public()
    assert set(public.from_the_past()) == {one for one in public if one.is_from_the_past}
    assert set(public.of_its_day()) == {one for one in public if not one.is_from_the_past}
    assert public.from_the_past().exists()


def choose(statement, **until):
    return FrontPageLead.objects.update_or_create(pk=1, defaults={"statement": statement, **until})


@pytest.mark.medium
def test_what_staff_chose_leads_until_its_end(client, clock):
    first = make_edition("The first").statement
    make_edition("The second")
    choose(first, until=timezone.now() + timedelta(days=1))
    assert order(client) == ["The first", "The second"]
    clock.move(days=2)
    assert order(client) == ["The second", "The first"]


@pytest.mark.medium
def test_what_was_chosen_leads_though_many_are_newer_or_it_is_closed(client, monkeypatch):
    monkeypatch.setattr("statements.public.front_page.CONSIDERED", 1)
    first = make_edition("The first", signers="nobody").statement
    make_edition("The second")
    choose(first)
    assert order(client)[0] == "The first"


@pytest.mark.medium
def test_what_the_public_may_not_read_leads_nothing(client):
    make_edition("Public")
    draft = make_draft("A secret draft")
    choose(draft)
    assert order(client) == ["Public"]
    assert "A secret draft" not in client.get("/").text


@pytest.mark.medium
def test_without_a_choice_the_newest_in_the_readers_language_leads(client):
    both = make_translated()
    make_edition("English alone")
    assert order(client)[0] == "English alone"
    shown = client.get("/az/").context["main"]
    assert shown == [both]


@pytest.mark.medium
def test_the_choice_is_a_screen_of_editors_and_offers_what_is_public(client):
    public, draft = make_edition("Public").statement, make_draft("A draft")
    client.force_login(make_user())
    page = client.get("/admin/statements/frontpagelead/", follow=True)
    offered = page.context["adminform"].form.fields["statement"].queryset
    assert public in offered
    assert draft not in offered

"""Staff decide who stands among the lead signatories, and in which order."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from casa.lib.concurrent_edits.opened import NAME
from casa.lib.testing import assert_flat_queries
from signatories.core import states, tally
from signatories.leads import placement
from signatories.models import Signature
from signatories.parser import ParsedLine, numbered_lines, parse_block
from signatories.testing import make_signature
from statements import lifecycle
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


def user_with(*codenames):
    user = make_user(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def moderator(client):
    client.force_login(user_with("view_signature", "change_signature"))
    return client


def page_of(statement):
    return reverse("admin:signatories_signature_leads", args=[statement.pk])


def three_leads(edition):
    return [
        make_signature(edition, name, lead_position=place)
        for place, name in enumerate(("Ada", "Bruno", "Chidi"), start=1)
    ]


def opened(client, statement):
    """What the page was opened with, as its form posts it."""
    return {NAME: client.get(page_of(statement)).context["opened"]}


def places(*signatures):
    return {f"lead-{one.pk}-position": place for place, one in enumerate(signatures, start=1)}


def order(statement):
    return [one.name for one in statement.signatures.leads()]


@pytest.mark.medium
def test_an_order_that_a_colleague_stored_meanwhile_is_shown_before_it_is_replaced(moderator):
    edition = make_edition()
    ada, bruno, chidi = three_leads(edition)
    page, was = page_of(edition.statement), opened(moderator, edition.statement)
    colleague = make_user("b@example.org", name="Boris Brown")
    placement.reorder(edition.statement, [bruno.pk, ada.pk, chidi.pk], by=colleague)
    answer = moderator.post(page, places(chidi, ada, bruno) | was)
    assert answer.status_code == 200
    assert "Boris Brown changed this on" in answer.text
    assert [one.name for one in answer.context["theirs"]] == ["Bruno", "Ada", "Chidi"]
    assert [one.name for one in answer.context["leads"]] == ["Chidi", "Ada", "Bruno"]
    assert order(edition.statement) == ["Bruno", "Ada", "Chidi"]
    again = places(chidi, ada, bruno) | {NAME: answer.context["opened"]}
    assert moderator.post(page, again).status_code == 302
    assert order(edition.statement) == ["Chidi", "Ada", "Bruno"]


@pytest.mark.medium
def test_who_came_or_went_meanwhile_is_no_other_order(moderator):
    edition = make_edition()
    ada, bruno, chidi = three_leads(edition)
    page, was = page_of(edition.statement), opened(moderator, edition.statement)
    make_signature(edition, "Dora", lead_position=4)
    placement.take_out(bruno, by=make_user("b@example.org"))
    assert moderator.post(page, places(chidi, bruno, ada) | was).status_code == 302
    assert order(edition.statement) == ["Chidi", "Ada", "Dora"]


@pytest.mark.medium
def test_an_order_that_does_not_say_what_was_seen_replaces_none(moderator):
    edition = make_edition()
    ada, bruno, chidi = three_leads(edition)
    answer = moderator.post(page_of(edition.statement), places(chidi, bruno, ada))
    assert answer.status_code == 200
    assert order(edition.statement) == ["Ada", "Bruno", "Chidi"]


@pytest.mark.medium
@pytest.mark.parametrize(
    ("places", "names"),
    [
        (("3", "1", "2"), ["Bruno", "Chidi", "Ada"]),
        (("", "9", "9"), ["Bruno", "Chidi", "Ada"]),
        (("last", "-1", "1"), ["Chidi", "Ada", "Bruno"]),
        (("1", "2", "3"), ["Ada", "Bruno", "Chidi"]),
    ],
)
def test_the_order_is_what_the_numbers_say(moderator, places, names):
    edition = make_edition()
    signatures = three_leads(edition)
    data = {f"lead-{one.pk}-position": place for one, place in zip(signatures, places, strict=True)}
    data |= opened(moderator, edition.statement)
    assert moderator.post(page_of(edition.statement), data).status_code == 302
    assert order(edition.statement) == names


@pytest.mark.medium
def test_each_move_is_kept_in_the_history(moderator):
    edition = make_edition()
    ada, bruno, chidi = three_leads(edition)
    placement.reorder(
        edition.statement, [bruno.pk, ada.pk, chidi.pk], by=make_user("b@example.org")
    )
    assert [one.events.last().reason for one in (ada, bruno, chidi)] == [
        "place among the lead signatories: 1 → 2", "place among the lead signatories: 2 → 1", "",
    ]  # fmt: skip


@pytest.mark.medium
def test_whoever_came_in_the_meantime_stays_and_strangers_stay_out(moderator):
    edition, other = make_edition(), make_edition("Another")
    ada, bruno, _chidi = three_leads(edition)
    stranger = make_signature(other, "Stranger", lead_position=1)
    typed = {bruno.pk: 1, ada.pk: 2, stranger.pk: 3, "x": 4}
    was = opened(moderator, edition.statement)
    data = {f"lead-{key}-position": place for key, place in typed.items()}
    moderator.post(page_of(edition.statement), data | was)
    assert order(edition.statement) == ["Bruno", "Ada", "Chidi"]
    assert order(other.statement) == ["Stranger"]


@pytest.mark.medium
def test_a_signature_is_put_among_the_first_and_taken_back(moderator):
    edition = make_edition()
    three_leads(edition)
    nora = make_signature(edition, "Nora")
    url = reverse("admin:signatories_signature_lead", args=[nora.pk])
    moderator.post(url)
    assert order(edition.statement) == ["Ada", "Bruno", "Chidi", "Nora"]
    assert nora.events.last().reason == "put among the lead signatories"
    moderator.post(url, {"out": "1"})
    assert order(edition.statement) == ["Ada", "Bruno", "Chidi"]
    assert nora.events.last().reason == "taken from the lead signatories"
    assert not tally.differences()


@pytest.mark.medium
def test_only_what_is_confirmed_is_put_among_the_first(moderator):
    pending = make_signature(make_edition(), state="pending")
    url = reverse("admin:signatories_signature_lead", args=[pending.pk])
    assert "This cannot be done now" in moderator.post(url, follow=True).text
    assert Signature.objects.get().lead_position is None


@pytest.mark.medium
def test_whoever_was_placed_before_publication_stands_under_the_first_edition():
    statement, user = make_draft(), make_user()
    signature = placement.place(statement, lines("Ada Abel, Teacher, Leeds"))[0][0]
    with pytest.raises(states.StateError):
        placement.take_out(signature, by=user)
    edition = lifecycle.publish(statement, by=user)[0]
    placement.take_out(signature, by=user)
    signature.refresh_from_db()
    assert (signature.edition, signature.lead_position) == (edition, None)


def lines(text: str) -> list[ParsedLine]:
    return parse_block(numbered_lines(text))


@pytest.mark.medium
def test_it_needs_the_permission(client):
    edition = make_edition()
    ada, bruno, _chidi = three_leads(edition)
    client.force_login(user_with("view_signature", "moderate_signature"))
    place = reverse("admin:signatories_signature_lead", args=[ada.pk])
    page = page_of(edition.statement)
    data = {f"lead-{bruno.pk}-position": 1, f"lead-{ada.pk}-position": 2}
    answers = [client.get(page), client.post(page, data), client.post(place, {"out": "1"})]
    assert [answer.status_code for answer in answers] == [403] * 3
    assert order(edition.statement) == ["Ada", "Bruno", "Chidi"]


def test_places_are_not_changed_by_looking(moderator):
    signature = make_signature(make_edition())
    url = reverse("admin:signatories_signature_lead", args=[signature.pk])
    assert moderator.get(url).status_code == 405


@pytest.mark.medium
def test_the_page_costs_the_same_for_one_and_for_three(moderator):
    edition = make_edition()
    assert_flat_queries(
        lambda number: make_signature(edition, lead_position=number + 1),
        lambda _rows: moderator.get(page_of(edition.statement)),
    )


def test_who_has_a_place_gets_no_second_and_who_has_none_loses_none():
    signature, user = make_signature(make_edition()), make_user()
    assert not placement.take_out(signature, by=user)
    assert placement.make_lead(signature, by=user)
    assert not placement.make_lead(signature, by=user)
    (event,) = signature.events.all()[1:]
    assert event.reason == "put among the lead signatories"


def test_a_line_without_a_name_is_refused_by_its_number():
    line = ParsedLine(line=7, original="Teacher, Leeds", kind="person")
    with pytest.raises(placement.LineError, match="no name was found"):
        placement.place(make_draft(), [line])

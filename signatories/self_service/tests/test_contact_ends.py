"""Contact data goes a while after the hand-over, as was promised to each signer; names stay."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from casa.lib import periods, tasks
from casa.lib.periods import Term
from casa.retention import choosing
from casa.retention.models import Period, Removal
from signatories.core import tally
from signatories.models import Follower, Signature
from signatories.self_service import contact_ends
from signatories.testing import make_organization, make_signature
from statements import contact_periods, lifecycle
from statements.models import ContactEnding, Delivery
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
RULE = "end-contact-data"


def months_later(number, days=0):
    return periods.after(NOW, Term.CONTACT, number) + days * DAY


def at(moment, *names):
    with time_machine.travel(moment, tick=False):
        return [tasks.run(name) for name in names][-1]


def go_on(moment):
    """What the schedule does at a moment, staff having been told NOTICE before."""
    at(moment - contact_ends.NOTICE - DAY, contact_ends.TASK)
    at(moment - timedelta(hours=1), contact_ends.TASK)
    return at(moment, RULE)


@pytest.fixture
def edition():
    edition = make_edition()
    lifecycle.close(edition.statement, by=None)
    return edition


def signed(edition, **fields):
    return make_signature(edition, **{"comment": "Please", "postal_code": "1010", **fields})


@pytest.mark.medium
def test_after_the_period_the_name_stands_and_nothing_leads_to_its_owner(client, edition):
    row = signed(edition, answer="Often", question="How often?", answer_public=True)
    Follower.objects.create(statement=edition.statement, email="a@example.org", email_key="a")
    url = edition.statement.get_absolute_url()
    before = tally.of(edition.statement)
    at(months_later(12, -14), contact_ends.TASK)
    assert at(months_later(12, -1), RULE) == 0
    assert at(months_later(12, 1), RULE, "end-following", RULE) == 0
    row.refresh_from_db()
    assert (row.name, row.state, row.email, row.email_key) == ("Nora Lind", "confirmed", "", "")
    assert (row.comment, row.postal_code, row.answer, row.question) == ("", "", "", "")
    assert not Follower.objects.exists()
    assert tally.of(edition.statement) == before
    assert "Nora Lind" in client.get(url).text
    call_command("verify_tally")
    assert Removal.objects.get(rule=RULE).rows == 1


def test_nothing_goes_that_staff_were_not_told_of_before(edition):
    signed(edition)
    late = months_later(20)
    assert at(late, RULE) == 0
    at(late, contact_ends.TASK)
    assert at(late + contact_ends.NOTICE - DAY, contact_ends.TASK, RULE) == 0
    assert at(late + contact_ends.NOTICE + DAY, RULE) == 1


def test_a_hand_over_lets_the_period_begin_anew_and_signing_has_to_be_over(edition):
    signed(edition)
    day = (NOW + 100 * DAY).date()
    Delivery.objects.create(statement=edition.statement, delivered_on=day)
    assert go_on(months_later(13)) == 0
    lifecycle.reopen(edition.statement, by=None)
    assert go_on(months_later(30)) == 0
    assert contact_periods.end_of(edition.statement) is None


@pytest.mark.medium
def test_what_is_closed_for_good_cannot_be_opened_again(edition):
    signed(edition)
    go_on(months_later(13))
    with pytest.raises(lifecycle.LifecycleError, match="gone"):
        lifecycle.reopen(edition.statement, by=None)


def test_what_closed_by_its_date_is_closed_when_contact_data_goes():
    edition = make_edition(signing_closes_at=NOW + DAY)
    signed(edition)
    assert go_on(months_later(13)) == 1
    edition.statement.refresh_from_db()
    assert edition.statement.status == "closed"


@pytest.mark.medium
def test_a_longer_period_is_for_later_signers_and_a_shorter_one_for_all():
    edition = make_edition()
    statement, user = edition.statement, make_user()
    contact_periods.choose(statement, 6, by=user)
    first = signed(edition, name="First Signer")
    with time_machine.travel(NOW + DAY, tick=False):
        contact_periods.choose(statement, 24, by=user)
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        second = signed(edition, name="Second Signer")
    with time_machine.travel(NOW + 3 * DAY, tick=False):
        lifecycle.close(statement, by=None)
    assert go_on(months_later(7)) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.email == "", second.email == "") == (True, False)
    with time_machine.travel(months_later(7, 1), tick=False):
        contact_periods.choose(statement, 3, by=user)
    assert go_on(months_later(8)) == 1
    second.refresh_from_db()
    assert second.email == ""


def test_a_statement_without_a_period_follows_the_site_as_it_was_promised():
    edition = make_edition()
    statement = edition.statement
    assert contact_periods.length(statement) == 12
    with time_machine.travel(NOW + DAY, tick=False):
        choosing.choose(Term.CONTACT, 24, by=None)
        assert [one.length for one in contact_periods.promised(statement)] == [12, 24]
        contact_periods.choose(statement, 6, by=make_user())
        assert contact_periods.length(statement) == 6
    with time_machine.travel(NOW + 2 * DAY, tick=False):
        contact_periods.choose(statement, None, by=None)
        assert contact_periods.length(statement) == 24
        assert [one.length for one in contact_periods.promised(statement)][-3:] == [12, 6, 24] or [
            one.length for one in contact_periods.promised(statement)
        ][-2:] == [6, 24]


@pytest.mark.parametrize("months", [0, 61])
def test_a_period_has_bounds(months):
    with pytest.raises(contact_periods.ContactPeriodError, match="1 to 60"):
        contact_periods.choose(make_draft(), months, by=None)
    with pytest.raises(choosing.PeriodError):
        choosing.choose(Term.CONTACT, months, by=None)


@pytest.mark.medium
def test_several_who_tried_for_one_organization_are_all_forgotten(edition):
    trust = make_organization()
    rows = [
        signed(edition, organization=trust, state=state)
        for state in ("confirmed", "invalidated", "invalidated")
    ]
    assert go_on(months_later(13)) == 3
    kept = Signature.objects.filter(pk__in=[one.pk for one in rows])
    assert {one.email for one in kept} == {""}


@pytest.mark.medium
def test_a_run_that_was_stopped_goes_on(edition, monkeypatch):
    monkeypatch.setattr("casa.retention.rules.AT_ONCE", 2)
    for _number in range(5):
        signed(edition)
    original, calls = contact_ends.UpdateRecipient.objects.filter, []

    def fail_once(**what):
        calls.append(what)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return original(**what)

    monkeypatch.setattr(contact_ends.UpdateRecipient.objects, "filter", fail_once)
    with pytest.raises(RuntimeError):
        go_on(months_later(13))
    assert Signature.objects.filter(email="").count() == 2
    assert at(months_later(13), RULE) == 3
    assert Removal.objects.get(rule=RULE).rows == 5
    assert not contact_ends.holding().exists()


@pytest.mark.medium
def test_the_command_tells_without_taking_and_without_an_address(edition, capsys):
    signed(edition, email="nora@example.org")
    at(months_later(12, -1), contact_ends.TASK)
    with time_machine.travel(months_later(13), tick=False):
        call_command("retention", "--dry-run", "--rows")
        told = capsys.readouterr().out
        assert "end-contact-data" in told
        assert "Nora Lind" in told
        assert "example.org" not in told
        assert Signature.objects.get().email
        call_command("retention")
        assert not Signature.objects.get().email


def test_no_announcement_stays_of_what_does_not_go_any_more(edition):
    signed(edition)
    at(months_later(12, -1), contact_ends.TASK)
    assert ContactEnding.objects.exists()
    lifecycle.reopen(edition.statement, by=None)
    at(months_later(12), contact_ends.TASK)
    assert not ContactEnding.objects.exists()


@pytest.mark.medium
def test_the_privacy_page_says_the_period_in_force(client):
    url = reverse("pages:privacy")
    assert "12 months after the hand-over" in client.get(url).text
    choosing.choose(Term.CONTACT, 9, by=None)
    assert "9 months after the hand-over" in client.get(url).text


def test_what_came_under_a_shorter_promise_is_kept_no_longer():
    Period.objects.create(term=Term.MAIL, length=30, since=NOW - 200 * DAY)
    Period.objects.create(term=Term.MAIL, length=120, since=NOW - 60 * DAY)
    assert periods.cutoff(Term.MAIL, NOW) == NOW - 60 * DAY
    Period.objects.create(term=Term.MAIL, length=7, since=NOW - DAY)
    assert periods.cutoff(Term.MAIL, NOW) == NOW - 7 * DAY

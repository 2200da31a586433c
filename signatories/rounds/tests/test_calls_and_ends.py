"""Who is rung, what is noted of a whole list, and a round that is ended before its deadline."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.lib import tasks
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import invited
from signatories.models import Invitation, InvitationRound
from signatories.rounds import adding, sending, settings
from signatories.rounds.tests.test_rounds import (
    LIST,
    answer_url,
    days_later,
    page_of,
    send_all,
    signed_by_link,
    state_of,
    url,
)
from signatories.signing import round_answers
from signatories.testing import make_invitation, make_round
from statements.testing import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.medium]

State = Invitation.State


@pytest.fixture
def asking():
    return make_round()


@pytest.fixture
def office(client):
    client.force_login(make_user())
    return client


def words(answer):
    return re.sub(r"<[^>]+>|\s+", " ", answer.text)


def end(office, asking, verb="end"):
    answer = office.post(url(asking, "end"), {"verb": verb}, follow=True)
    asking.refresh_from_db()
    return words(answer)


# Telephone


def test_a_telephone_number_is_typed_shown_and_exported(office, asking):
    data = {"kind": "person", "name": "Nora Lind", "language": "en"}
    refused = office.post(url(asking, "add_one"), {**data, "phone": "=HYPERLINK(1)"})
    assert "Write one telephone number" in refused.text
    office.post(url(asking, "add_one"), {**data, "phone": "+47 22 12 34 56"})
    one = asking.invitations.get()
    for page in (url(asking), url(asking, "person", one.pk)):
        assert 'href="tel:+4722123456"' in office.get(page).text
    text = b"".join(office.get(url(asking, "csv")).streaming_content).decode()
    assert "+47 22 12 34 56" in text
    invited.erase(Invitation.objects.filter(pk=one.pk))
    one.refresh_from_db()
    assert one.phone == ""


def test_a_number_of_a_list_comes_along(office, asking):
    text = LIST.replace("E-mail\n", "E-mail\tTelephone\n").replace(
        "nora@example.org", "nora@example.org\t+47 22 12 34 56"
    )
    office.post(url(asking, "add_people"), {"text": text, "language": "en"})
    assert asking.invitations.get(name="Nora Lind").phone == "+47 22 12 34 56"
    assert asking.invitations.get(name="Anna Smith").phone == ""


def last_word(one):
    return Invitation.objects.with_times().get(pk=one.pk).last_contact


@pytest.mark.parametrize("verb", ["called", "promise", "decline"])
def test_a_call_is_the_last_word_from_us(office, asking, verb):
    rung, mailed = make_invitation(asking), make_invitation(asking, "Ida Dahl")
    send_all(asking)
    for one in (rung, mailed):
        days_later(one)
    office.post(url(asking), {"ids": rung.pk, "verb": verb})
    assert timezone.now() - last_word(rung) < timedelta(minutes=1)
    assert timezone.now() - last_word(mailed) > timedelta(days=2)
    page = office.get(url(asking), {"sort": "contact"}).text
    assert page.index("Ida Dahl") < page.index("Nora Lind")
    if verb != "called":
        office.post(url(asking, "person", rung.pk), {"verb": "reopen"})
        assert timezone.now() - last_word(rung) > timedelta(days=2)


def test_what_they_say_themselves_is_no_word_from_us(asking):
    one = make_invitation(asking)
    round_answers.decline(one.link, "")
    assert last_word(one) is None


def test_a_second_click_notes_one_call(office, asking):
    one = make_invitation(asking)
    for _click in range(2):
        office.post(url(asking, "person", one.pk), {"verb": "called"})
    assert one.events.filter(what="called").count() == 1
    assert state_of(one) == State.UNSENT


# All that a filter leaves


def test_what_is_noted_of_a_whole_list_needs_no_tick_and_says_its_number(office, asking):
    ada = make_staff("ada@example.org", name="Ada Brook")
    hers = [make_invitation(asking, f"Person {n}", asked_by=ada) for n in range(3)]
    other = make_invitation(asking, "Ida Dahl")
    listed = f"{url(asking)}?asker={ada.pk}"
    page = office.get(listed)
    assert "All 3 that this filter leaves" in page.text
    assert "All 4 on the list" in office.get(url(asking)).text
    office.post(listed, {"of": "listed", "counted": "3", "verb": "promise"})
    assert {state_of(one) for one in hers} == {State.PROMISED}
    assert state_of(other) == State.UNSENT


@pytest.mark.parametrize("counted", ["2", "", "x", "9" * 5000])
def test_nothing_is_noted_of_another_number_than_was_shown(office, asking, counted):
    one = make_invitation(asking)
    data = {"of": "listed", "counted": counted, "verb": "remove"}
    answer = office.post(url(asking), data, follow=True)
    assert "The list has changed since" in answer.text
    assert state_of(one) == State.UNSENT


# Ended before the deadline


def test_before_a_round_is_ended_the_page_says_what_stops(office, asking):
    signed = make_invitation(asking, "Ida Dahl")
    make_invitation(asking)
    make_invitation(asking, "Olga Quist", email="")
    signed_by_link(signed)
    sending.begin(asking, "ask", by=asking.created_by)
    page = words(office.get(url(asking, "end")))
    assert "1 link stops working" in page
    assert "No reminder leaves" in page
    assert "1 mail that is about to leave is held back" in page
    asking.refresh_from_db()
    assert asking.ended_at is None
    assert "Ended. 1 link takes no answer any more" in end(office, asking)
    assert "Nothing was done: somebody else was faster" in end(office, asking)


def test_after_a_round_is_ended_its_links_say_so_and_take_no_answer(client, asking):
    one, signer = make_invitation(asking), make_invitation(asking, "Ida Dahl")
    title = asking.statement.texts.get().title
    signed_by_link(signer)
    settings.end(asking, by=asking.created_by)
    page = client.get(page_of(one))
    assert page.status_code == 410
    assert "Our office stopped asking on" in page.text
    for answer in (page, signed_by_link(one), client.post(answer_url(one), {"action": "decline"})):
        assert answer.status_code == 410 and title not in answer.text
    assert state_of(one) == State.UNSENT
    assert title in client.get(page_of(signer)).text
    client.post(answer_url(signer), {"action": "withdraw"})
    assert state_of(signer) == State.DECLINED


def test_after_a_round_is_ended_no_mail_leaves_and_a_later_deadline_ends_nothing_anew(
    office, asking
):
    one = make_invitation(asking)
    send_all(asking)
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=6))
    left = OutgoingMail.objects.get()
    assert compose(left) is not None
    OutgoingMail.objects.update(attempts=1)  # a worker holds it
    settings.end(asking, by=asking.created_by)
    assert compose(left) is None
    InvitationRound.objects.update(deadline=timezone.now() + timedelta(days=6))
    assert sending.remind_by_the_clock() == 0
    make_invitation(asking, "Ida Dahl")
    asked = office.get(url(asking, "send", "ask"), follow=True)
    assert "The round is ended. Reopen it" in asked.text
    assert send_all(one.round) == 1 and OutgoingMail.objects.count() == 1  # marked, and not sent


def test_a_round_that_is_reopened_goes_on(office, asking):
    one = make_invitation(asking)
    settings.end(asking, by=asking.created_by)
    asking.refresh_from_db()
    assert "1 link works again" in words(office.get(url(asking, "end")))
    assert "Reopened. 1 link takes an answer" in end(office, asking, "reopen")
    assert office.get(page_of(one)).status_code == 200
    assert send_all(asking) == 1
    settings.end(asking, by=asking.created_by)
    InvitationRound.objects.update(deadline=timezone.now() - timedelta(days=1))
    assert "The deadline has passed: move it" in end(office, asking, "reopen")


def test_the_list_of_rounds_says_who_ended_one_and_the_form_that_it_stays_so(office, asking):
    make_invitation(asking)
    ada = make_staff("ada@example.org", name="Ada Brook")
    settings.end(asking, by=ada)
    listed = office.get(reverse("admin:signatories_invitationround_changelist"))
    assert "ended on" in listed.text
    assert "ended by Ada Brook on" in words(office.get(url(asking)))


def test_who_was_asked_in_an_ended_round_is_no_doubt_in_another_and_is_forgotten(asking):
    make_invitation(asking, "Nora Lind", email="nora@example.org")
    other = make_round(asking.statement)
    settings.end(asking, by=asking.created_by)
    entry = adding.Entry(kind="person", name="Nora Lind", email="nora@example.org")
    added = adding.add_one(other, entry, by=other.created_by, language="en", asked_by=None)
    assert not added.invitations[0].needs_check
    InvitationRound.objects.filter(pk=asking.pk).update(
        ended_at=timezone.now() - timedelta(days=90) - timedelta(days=1)
    )
    assert tasks.run("forget-rounds") == 1

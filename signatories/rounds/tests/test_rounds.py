"""Asking many to sign first: the list, the mails, the answers, and who may see them."""

import random
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.lib.testing import assert_flat_queries
from casa.mail import stops
from casa.mail.composing import compose
from casa.mail.kinds import Trouble
from casa.mail.models import OutgoingMail
from signatories.core import invited
from signatories.models import Invitation, InvitationRound, Signature
from signatories.rounds import adding, editing, mails, sending, settings
from signatories.self_service import privacy
from signatories.signing import round_answers
from signatories.testing import make_invitation, make_round
from statements import lifecycle, previews
from statements.testing import make_draft, make_user

pytestmark = pytest.mark.django_db

State = Invitation.State
LIST = (
    "Name\tOrganization\tRole\tE-mail\n"
    "Anna Smith\tRiver Trust\tDirector\tanna@example.org\n"
    "\tLake Club\t\tlake@example.org\n"
    "Nora Lind\t\tTeacher\tnora@example.org\n"
)


@pytest.fixture
def asking():
    return make_round()


def url(asking, name="people", *args):
    return reverse(f"admin:signatories_invitationround_{name}", args=[asking.pk, *args])


def state_of(one):
    return Invitation.objects.with_state().get(pk=one.pk).state


def answer_url(one):
    return reverse("signatories:invitation", args=[previews.token_of(one.link)])


def page_of(one):
    return previews.path_of(one.link)


def send_all(asking, due="ask"):
    number = sending.begin(asking, due, by=asking.created_by)
    sending.send_due()
    return number


def days_later(one, days=3):
    """Let the mails to somebody be of some days ago."""
    past = timezone.now() - timedelta(days=days)
    Invitation.objects.filter(pk=one.pk, sent_at__isnull=False).update(sent_at=past)
    Invitation.objects.filter(pk=one.pk, reminded_at__isnull=False).update(reminded_at=past)


@pytest.fixture
def office(client):
    client.force_login(make_user())
    return client


# The list


@pytest.mark.medium
def test_a_list_is_read_by_the_desk_and_nobody_is_mailed(office, asking):
    answer = office.post(url(asking, "add_people"), {"text": LIST, "language": "en"}, follow=True)
    assert "3 are on the list now" in answer.text
    rows = asking.invitations.order_by("pk")
    assert [(one.kind, one.displayed_name, one.email) for one in rows] == [
        ("person", "Anna Smith", "anna@example.org"),
        ("organization", "Lake Club", "lake@example.org"),
        ("person", "Nora Lind", "nora@example.org"),
    ]
    assert not OutgoingMail.objects.exists()


@pytest.mark.medium
def test_an_address_within_a_line_is_found_and_what_is_unsure_waits(office, asking):
    text = (
        "Reading Room Friends <friends@example.org>\nNora Lind, Teacher, Aldermouth, n@example.org"
    )
    answer = office.post(url(asking, "add_people"), {"text": text, "language": "en"}, follow=True)
    assert "1 line waits for your yes" in answer.text
    sure, unsure = asking.invitations.order_by("pk")
    assert (sure.email, state_of(sure)) == ("friends@example.org", State.UNSENT)
    assert (unsure.email, state_of(unsure)) == ("n@example.org", State.CHECK)
    assert send_all(asking) == 1
    office.post(url(asking), {"ids": unsure.pk, "verb": "accept"})
    assert send_all(asking) == 1


@pytest.mark.medium
def test_who_is_there_twice_has_signed_or_declined_is_left_out_and_named(office, asking):
    office.post(url(asking, "add_people"), {"text": LIST, "language": "en"})
    gone = asking.invitations.get(email="lake@example.org")
    invited.decline(gone, by=asking.created_by)
    settings.remove(gone)
    signed = "Mira Holm\t\t\tmira@example.org\n"
    signed_by_link(make_invitation(asking, "Mira Holm", email="mira@example.org"))
    asking.invitations.get(email="mira@example.org").link.delete()
    answer = office.post(
        url(asking, "add_people"), {"text": LIST + signed, "language": "en"}, follow=True
    )
    text = re.sub(r"\s+", " ", answer.text)
    assert "on the list already: Anna Smith; Nora Lind" in text
    assert "declined or want not to be asked: Lake Club" in text
    assert "have signed already: Mira Holm" in text
    assert asking.invitations.count() == 2


@pytest.mark.medium
def test_who_declined_in_one_round_of_a_statement_is_asked_in_no_other(office, asking):
    earlier = make_round(asking.statement)
    declined = make_invitation(earlier, "Nora Lind", email="nora@example.org")
    late = make_invitation(asking, "Ida Dahl", email="ida@example.org")
    also = make_invitation(earlier, "Ida Dahl", email="ida@example.org")
    make_invitation(earlier, "Anna Smith", email="")
    invited.decline(declined, by=asking.created_by)
    answer = office.post(url(asking, "add_people"), {"text": LIST, "language": "en"}, follow=True)
    assert "declined or want not to be asked: Nora Lind" in re.sub(r"\s+", " ", answer.text)
    anna = asking.invitations.get(name="Anna Smith")
    assert anna.doubt == "They are on the list of another round of this statement."
    assert state_of(asking.invitations.get(organization="Lake Club")) == State.UNSENT
    invited.decline(also)
    send_all(asking)
    assert {mail.to for mail in OutgoingMail.objects.all()} == {"lake@example.org"}
    late.refresh_from_db()
    assert late.no_mail


@pytest.mark.medium
def test_two_with_one_mailbox_are_not_called_the_same(office, asking):
    text = "Name\tE-mail\nNora Lind\tus@example.org\nIda Dahl\tus@example.org\n"
    answer = office.post(url(asking, "add_people"), {"text": text, "language": "en"}, follow=True)
    text = re.sub(r"\s+", " ", answer.text)
    assert "e-mail address is on the list already, under another name: Ida Dahl" in text
    assert "they are on the list already" not in text


@pytest.mark.page
@pytest.mark.medium
def test_what_cannot_be_read_keeps_what_was_typed(office, asking):
    text = "\n".join(f"this line {number} names nobody, it says" for number in range(20))
    answer = office.post(url(asking, "add_people"), {"text": text, "language": "en"})
    assert answer.status_code == 422
    assert "this line 7 names nobody" in answer.text
    assert office.post(url(asking, "add_people"), {"language": "en"}).status_code == 422


@pytest.mark.medium
def test_one_is_typed_and_their_address_stands_once(office, asking):
    data = {"kind": "organization", "organization": "River Trust", "email": "r@example.org",
            "language": "az", "note": "Ring after six"}  # fmt: skip
    assert office.post(url(asking, "add_one"), data).status_code == 302
    assert asking.invitations.get().note == "Ring after six"
    data |= {"organization": "Another", "email": "R@example.org"}
    again = office.post(url(asking, "add_one"), data)
    assert "on the list already" in again.text
    assert 'value="Another"' in again.text


@pytest.mark.page
@pytest.mark.medium
def test_a_list_that_is_far_too_long_is_refused_before_it_is_read(office, asking, monkeypatch):
    monkeypatch.setattr("signatories.admin.rounds.adding.MOST_LINES", 3)
    text = "Anna Smith, River Trust\n" * 4
    file = SimpleUploadedFile("names.csv", f"Name,Organization\n{text}".encode())
    for data in ({"text": text}, {"file": file}):
        answer = office.post(url(asking, "add_people"), {**data, "language": "en"})
        assert answer.status_code == 422
        assert "at most 3 are read at once" in answer.text
    assert not asking.invitations.exists()


@pytest.mark.medium
def test_who_waits_for_a_yes_still_waits_after_a_correction_and_it_is_said(office, asking):
    one = make_invitation(asking, needs_check=True)
    page = url(asking, "person", one.pk)
    form = office.get(page).context["form"]
    data = {
        name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()
    }
    saved = office.post(page, {**data, "note": "Tel. 555 0134", "save": "1"}, follow=True)
    assert "They still wait for your yes" in saved.text
    assert state_of(one) == State.CHECK


@pytest.mark.medium
def test_ticks_of_the_list_are_not_kept_as_words_that_were_typed(office, asking):
    make_invitation(asking)
    assert 'class="round-list" data-no-draft' in office.get(url(asking)).text


# Mails


@pytest.mark.medium
def test_a_second_click_asks_nobody_twice(office, asking):
    make_invitation(asking)
    make_invitation(asking, "Ida Dahl")
    assert "2 are asked by mail" in office.get(url(asking, "send", "ask")).text
    for _click in range(2):
        office.post(url(asking, "send", "ask"), {"counted": "2"})
        sending.send_due()
    assert OutgoingMail.objects.count() == 2
    assert all(one.sent_at for one in asking.invitations.all())


@pytest.mark.medium
def test_nothing_leaves_for_another_number_than_was_shown(office, asking):
    make_invitation(asking)
    answer = office.post(url(asking, "send", "ask"), {"counted": "5"})
    assert "The list has changed since" in answer.text
    assert not asking.invitations.exclude(due="").exists()


@pytest.mark.page
@pytest.mark.medium
def test_the_mail_is_in_the_readers_language_with_words_of_the_round(asking):
    asking.answers_to = "coordination@example.org"
    asking.save()
    asking.words.create(language="en", subject="Sign with us?", body="We meet on Monday.")
    make_invitation(asking, "Nora Lind", asked_by=make_staff("ada@example.org", name="Ada Brook"))
    make_invitation(asking, "Leyla", email="leyla@example.org", language="az")
    send_all(asking)
    english, azeri = [compose(mail) for mail in OutgoingMail.objects.order_by("pk")]
    assert english.subject == "Sign with us?"
    assert "We meet on Monday." in english.body
    assert "Ada Brook" in english.body
    assert english.extra_headers["Reply-To"] == "coordination@example.org"
    assert "List-Unsubscribe" in english.extra_headers
    assert "/az/" in azeri.body
    assert "We meet" not in azeri.body


@pytest.mark.medium
def test_stopping_takes_back_what_no_worker_has_and_they_are_asked_later(asking):
    one = make_invitation(asking)
    send_all(asking)
    assert sending.stop(asking) == 1
    assert not OutgoingMail.objects.exists()
    assert state_of(one) == State.UNSENT
    assert not one.events.filter(what="sent").exists()
    assert send_all(asking) == 1  # and with it the round goes on
    assert OutgoingMail.objects.count() == 1


@pytest.mark.medium
def test_the_clock_reminds_the_silent_once_for_each_day_that_was_set(asking):
    silent, signed = make_invitation(asking), make_invitation(asking, "Ida Dahl")
    send_all(asking)
    signed_by_link(signed)
    for one in (silent, signed):
        days_later(one, 6)
    asking.deadline = timezone.now() + timedelta(days=6)
    asking.save()
    OutgoingMail.objects.all().delete()
    for _run in range(3):
        sending.remind_by_the_clock()
        sending.send_due()
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.params["invitation"]) == (invited.REMIND, silent.pk)
    silent.refresh_from_db()
    assert silent.reminders == 1


@pytest.mark.medium
def test_who_was_asked_shortly_before_is_not_reminded(asking):
    make_invitation(asking)
    asking.deadline = timezone.now() + timedelta(days=2)
    asking.save()
    send_all(asking)
    assert sending.remind_by_the_clock() == 0
    assert send_all(asking, "remind") == 0


@pytest.mark.medium
def test_nobody_is_mailed_once_the_statement_is_public_or_the_deadline_over(asking):
    make_invitation(asking)
    sending.begin(asking, "ask", by=asking.created_by)
    InvitationRound.objects.update(deadline=timezone.now() - timedelta(minutes=1))
    assert sending.send_due() == 0
    InvitationRound.objects.update(deadline=timezone.now() + timedelta(days=1))
    asking.refresh_from_db()
    sending.begin(asking, "ask", by=asking.created_by)
    lifecycle.publish(asking.statement, by=None)
    assert sending.send_due() == 0
    assert not OutgoingMail.objects.exists()


@pytest.mark.medium
def test_a_mail_that_waits_is_not_sent_to_who_answers_meanwhile(asking):
    one = make_invitation(asking)
    send_all(asking)
    round_answers.decline(one.link, "")
    assert compose(OutgoingMail.objects.get()) is None


@pytest.mark.medium
@pytest.mark.parametrize("about", [invited.EVERY_ROUND, stops.ALL, "statement"])
def test_who_wants_no_mail_is_not_asked(asking, about):
    one = make_invitation(asking)
    about = f"statement:{asking.statement_id}" if about == "statement" else about
    stops.stop(stops.key_of(one.email), about)
    send_all(asking)
    assert not OutgoingMail.objects.exists()
    assert state_of(one) == State.NO_MAIL


@pytest.mark.medium
def test_the_button_of_mail_programs_ends_the_mails_of_the_round(client, asking):
    one = make_invitation(asking)
    send_all(asking)
    headers = compose(OutgoingMail.objects.get()).extra_headers
    stop = re.search(r"/mail/stop/[^>]+", headers["List-Unsubscribe"])[0]
    assert client.get(f"/en{stop}" if not stop.startswith("/") else stop).status_code in (200, 302)
    assert state_of(one) == State.SENT
    client.post(stop, {"List-Unsubscribe": "One-Click"})
    assert state_of(one) == State.NO_MAIL


@pytest.mark.medium
def test_a_mail_that_comes_back_is_shown(asking):
    one = make_invitation(asking)
    send_all(asking)
    mail = OutgoingMail.objects.get()
    mails.note_trouble(mail, Trouble.HARD)
    assert state_of(one) == State.BOUNCED
    mails.note_trouble(mail, None)
    assert state_of(one) == State.SENT


# Answers by the link


def signed_by_link(one, **fields):

    statement = one.round.statement
    data = {"kind": one.kind, "name": one.name or "Nora", "organization": one.organization,
            "authorized": "on", "country": "NO",
            "seen": previews.mark(previews.words_of(statement)[0]), **fields}  # fmt: skip
    return Client().post(answer_url(one), data)


@pytest.mark.page
@pytest.mark.medium
def test_the_page_shows_the_words_the_name_and_both_buttons(client, asking):
    one = make_invitation(asking, "Nora Lind", role="Teacher")
    answer = client.get(page_of(one))
    assert 'value="Nora Lind"' in answer.text
    assert 'value="Teacher"' in answer.text
    assert 'value="decline"' in answer.text
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert state_of(one) == State.OPENED


@pytest.mark.medium
def test_whoever_signs_by_the_link_is_signed(asking):
    one = make_invitation(asking)
    assert signed_by_link(one).status_code == 302
    assert state_of(one) == State.SIGNED
    assert Signature.objects.get().lead_position == 1


@pytest.mark.medium
def test_an_organization_that_signed_by_another_mailbox_has_signed(asking):
    first = make_invitation(asking, "", kind="organization", organization="River Trust")
    other = make_invitation(
        asking, "Ida", kind="organization", organization="the RIVER  trust", email="i@example.org"
    )
    other.organization_key = first.organization_key
    other.save()
    assert signed_by_link(first, name="Nora Lind").status_code == 302
    assert state_of(other) == State.SIGNED


@pytest.mark.medium
def test_declining_is_one_press_and_no_opening(client, asking):
    one = make_invitation(asking)
    client.get(answer_url(one), {"action": "decline"})
    assert state_of(one) == State.UNSENT
    client.post(answer_url(one), {"action": "decline", "reason": "Not our field"})
    assert state_of(one) == State.DECLINED
    one.refresh_from_db()
    assert (one.reason, one.answered_by) == ("Not our field", None)
    assert "You have declined" in client.get(page_of(one)).text
    assert signed_by_link(one).status_code == 302  # they change their mind
    assert state_of(one) == State.SIGNED


@pytest.mark.medium
@pytest.mark.parametrize(
    "reason", ["\0 no \x1b", "x" * 50_000, "<script>alert(1)</script>", "\u202e"]
)
def test_no_reason_keeps_anybody_from_declining(client, office, asking, reason):
    one = make_invitation(asking)
    assert client.post(answer_url(one), {"action": "decline", "reason": reason}).status_code == 302
    assert state_of(one) == State.DECLINED
    one.refresh_from_db()
    assert len(one.reason) <= 1000
    assert not set(one.reason) & set("\0\x1b\u202e")
    assert "<script>alert" not in office.get(url(asking)).text


@pytest.mark.medium
@pytest.mark.page
def test_another_site_declines_for_nobody(client, asking):
    one = make_invitation(asking)
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post(answer_url(one), {"action": "decline"}, headers=headers)
    assert answer.status_code == 403
    assert state_of(one) == State.UNSENT


@pytest.mark.medium
def test_who_wants_never_to_be_asked_is_left_out_of_other_rounds(client, asking):
    one = make_invitation(asking)
    client.post(answer_url(one), {"action": "decline", "never_again": "1"})
    other = make_round(statement=make_draft("Another one"), by=asking.created_by)
    entry = adding.Entry(kind="person", name="Nora Lind", email=one.email)
    added = adding.add_one(other, entry, by=other.created_by, language="en", asked_by=None)
    assert list(added.left_out) == [adding.STOPPED]


@pytest.mark.medium
def test_after_the_deadline_the_page_says_so_and_takes_no_answer(client, asking):
    one, signer = make_invitation(asking), make_invitation(asking, "Ida Dahl")
    title = asking.statement.texts.get().title
    client.get(page_of(one))
    signed_by_link(signer)
    InvitationRound.objects.update(deadline=timezone.now() - timedelta(hours=1))
    page = client.get(page_of(one))
    assert page.status_code == 410 and "The time to answer is over" in page.text
    for answer in (page, signed_by_link(one), client.post(answer_url(one), {"name": ""})):
        assert answer.status_code == 410 and title not in answer.text
    client.post(answer_url(one), {"action": "decline"})
    assert state_of(one) == State.OPENED
    assert title in client.get(page_of(signer)).text  # who signed reads on, and can withdraw
    client.post(answer_url(signer), {"action": "withdraw"})
    assert client.get(page_of(signer)).status_code == 410
    assert Signature.objects.get().state == "withdrawn"


@pytest.mark.medium
def test_a_new_deadline_lets_the_links_work_again(office, asking):
    one = make_invitation(asking)
    past = timezone.now() - timedelta(days=40)
    InvitationRound.objects.update(deadline=past)
    asking.refresh_from_db()
    settings.follow_deadline(asking)
    assert office.get(page_of(one)).status_code == 410
    asking.deadline = timezone.now() + timedelta(days=3)
    asking.save()
    settings.follow_deadline(asking)
    assert office.get(page_of(one)).status_code == 200


# By hand


@pytest.mark.medium
def test_an_answer_by_telephone_is_noted_and_taken_back(office, asking):
    one = make_invitation(asking)
    office.post(url(asking), {"ids": one.pk, "verb": "promise"})
    assert state_of(one) == State.PROMISED
    assert send_all(asking) == 0
    office.post(url(asking, "person", one.pk), {"verb": "reopen"})
    assert state_of(one) == State.UNSENT
    office.post(url(asking), {"ids": one.pk, "verb": "decline"})
    assert state_of(one) == State.DECLINED


@pytest.mark.medium
def test_what_they_said_themselves_stays(client, office, asking):
    one = make_invitation(asking)
    round_answers.decline(one.link, "")
    for verb in ("promise", "reopen", "sent"):
        office.post(url(asking), {"ids": one.pk, "verb": verb})
        assert state_of(one) == State.DECLINED


@pytest.mark.medium
def test_the_link_that_went_to_an_old_address_is_dead(office, asking):
    one = make_invitation(asking)
    send_all(asking)
    old = page_of(one)
    one.email = "new@example.org"
    editing.save(one, by=asking.created_by)
    assert office.get(old).status_code == 404
    one.link.refresh_from_db()
    assert one.link.email == "new@example.org"
    assert state_of(one) == State.UNSENT


@pytest.mark.medium
def test_two_colleagues_in_one_record_lose_nothing(office, asking):
    one = make_invitation(asking)
    page = office.get(url(asking, "person", one.pk)).text
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    Invitation.objects.update(note="Rang on Monday")
    data = {"save": "1", "kind": "person", "name": "Nora Lind", "email": one.email,
            "language": "en", "note": "Mine", "seen": seen}  # fmt: skip
    answer = office.post(url(asking, "person", one.pk), data)
    assert "Somebody else changed this" in answer.text
    assert "Mine" in answer.text
    assert Invitation.objects.get().note == "Rang on Monday"
    again = re.search(r'name="seen" value="([^"]*)"', answer.text)[1]
    office.post(url(asking, "person", one.pk), {**data, "seen": again})
    assert Invitation.objects.get().note == "Mine"


@pytest.mark.medium
def test_the_table_filters_sorts_and_counts(office, asking):
    ada = make_staff("ada@example.org", name="Ada Brook")
    make_invitation(asking, "Nora Lind", asked_by=ada)
    make_invitation(asking, "Ida Dahl")
    declined = make_invitation(asking, "Olga Quist")
    send_all(asking)
    round_answers.decline(declined.link, "")
    page = office.get(url(asking), {"state": "silent", "asker": ada.pk}).text
    assert "Nora Lind" in page
    assert "Ida Dahl" not in page
    assert "Olga Quist" in office.get(url(asking), {"state": "declined", "sort": "contact"}).text
    for hostile in ({"asker": "²"}, {"sort": "x'"}, {"page": "-1"}, {"state": "x"}):
        assert office.get(url(asking), hostile).status_code == 200


@pytest.mark.medium
def test_the_file_holds_no_link_and_no_formula(office, asking):
    one = make_invitation(asking, "=1+1")
    answer = office.get(url(asking, "csv"))
    text = b"".join(answer.streaming_content).decode()
    assert "'=1+1" in text
    assert previews.token_of(one.link) not in text


@pytest.mark.medium
@pytest.mark.parametrize("name", ["people", "csv"])
def test_a_list_asks_as_much_for_three_as_for_one(office, asking, name):
    def look(rows):
        answer = office.get(url(asking, name))
        found = b"".join(answer) if answer.streaming else answer.content
        assert found.count(b"Person No") >= rows

    def add(number):
        make_invitation(asking, f"Person No {'x' * number}", asked_by=asking.created_by)

    assert_flat_queries(add, look)


# Who may, and what is forgotten


@pytest.mark.medium
def test_a_colleague_without_rights_to_the_statement_sees_nothing(client, asking):
    one = make_invitation(asking)
    author = make_staff("author@example.org")
    author.user_permissions.add(
        *Permission.objects.filter(codename__endswith="_invitationround"),
        *Permission.objects.filter(codename="view_statement"),
    )
    client.force_login(author)
    for name, *args in (
        ("people",), ("person", one.pk), ("send", "ask"), ("csv",), ("add_people",), ("mail",),
    ):  # fmt: skip
        assert client.get(url(asking, name, *args)).status_code == 403, name
    assert client.post(url(asking), {"ids": one.pk, "verb": "remove"}).status_code == 403
    listed = client.get(reverse("admin:signatories_invitationround_changelist")).text
    assert asking.title not in listed


@pytest.mark.medium
def test_somebody_of_another_round_is_not_reached_through_this_one(office, asking):
    other = make_invitation(make_round(statement=make_draft("Other"), by=asking.created_by))
    assert office.get(url(asking, "person", other.pk)).status_code == 404
    office.post(url(asking), {"ids": other.pk, "verb": "decline"})
    assert state_of(other) == State.UNSENT


@pytest.mark.medium
def test_erasing_leaves_nobody(asking):
    one = make_invitation(asking, "Zqname", organization="Zqplace", note="zqnote")
    send_all(asking)
    invited.erase(Invitation.objects.filter(pk=one.pk))
    row = Invitation.objects.with_state().get()
    assert (row.state, row.email, row.note, row.organization) == (State.ERASED, "", "", "–")
    assert not OutgoingMail.objects.exists()
    row.link.refresh_from_db()
    assert (row.link.name, row.link.email) == ("–", "")


@pytest.mark.medium
def test_a_round_that_asked_nobody_is_deleted_with_its_links(office, asking):
    one = make_invitation(asking)
    delete = reverse("admin:signatories_invitationround_delete", args=[asking.pk])
    invited.note_sent_by_hand(one, by=asking.created_by)
    assert office.post(delete, {"post": "yes"}).status_code == 403
    Invitation.objects.update(sent_at=None)
    assert office.get(delete).status_code == 200
    settings.delete(asking)
    assert not Invitation.objects.exists()
    assert not asking.statement.previews.exists()


@pytest.mark.medium
def test_the_first_screen_says_who_is_silent_before_the_deadline(office, asking):
    make_invitation(asking)
    waits = make_invitation(asking, "Ida Dahl", needs_check=True)
    send_all(asking)
    home = reverse("admin:index")
    assert "unanswered" not in office.get(home).text
    asking.deadline = timezone.localtime() + timedelta(hours=20)
    asking.save()
    page = re.sub(r"<[^>]+>|\s+", " ", office.get(home).text)
    assert re.search(r"1\s+invitation is unanswered, and its deadline is near", page)
    assert re.search(r"1\s+invitation waits for your yes", page)
    invited.accept(waits, by=asking.created_by)
    assert "waits for your yes" not in office.get(home).text


@pytest.mark.medium
def test_the_history_says_who_was_asked_and_answered(office, asking):
    one = make_invitation(asking)
    send_all(asking)
    invited.decline(one, by=make_staff("ada@example.org", name="Ada Brook"))
    page = office.get(reverse("admin:signatories_invitationround_history", args=[asking.pk])).text
    assert "Nora Lind: asked by mail" in page
    assert re.search(r"Ada Brook(?s:.{0,200})Nora Lind: declined", page)
    statement = reverse("admin:statements_statement_history", args=[asking.statement_id])
    text = office.get(statement).text
    assert "Invitation round" in text
    assert "Preview link for" not in text


@pytest.mark.medium
def test_who_erases_all_of_theirs_is_erased_from_rounds(asking):
    one = make_invitation(asking)
    signed_by_link(one)
    signature = Signature.objects.get()
    assert privacy.collect(signature)["asked"][0]["email"] == one.email
    privacy.erase_all(signature)
    assert state_of(one) == State.ERASED
    assert not Invitation.objects.exclude(email="").exists()


# Every way through the states


@pytest.mark.medium
@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_steps_keeps_what_must_hold(seed):
    """Whoever answered is mailed no more, whoever signed is signed, and nobody twice."""

    chance = random.Random(seed)
    asking = make_round()
    one, by = make_invitation(asking), asking.created_by
    steps = {
        "ask": lambda: send_all(asking),
        "remind": lambda: (days_later(one), send_all(asking, "remind")),
        "decline": lambda: round_answers.decline(one.link, ""),
        "sign": lambda: signed_by_link(one),
        "promise": lambda: invited.promise(one, by=by),
        "noted": lambda: invited.decline(one, by=by),
        "reopen": lambda: invited.reopen(Invitation.objects.get(), by=by),
        "stop": lambda: sending.stop(asking),
        "trouble": lambda: [mails.note_trouble(mail, Trouble.HARD)
                            for mail in OutgoingMail.objects.all()],
    }  # fmt: skip
    signed = False
    for _step in range(12):
        name = chance.choice(sorted(steps))
        steps[name]()
        signed = signed or name == "sign"
        state = state_of(one)
        if signed:
            assert state == State.SIGNED
        elif Invitation.objects.filter(answer="declined").exists():
            assert state == State.DECLINED
        if state in (State.SIGNED, State.DECLINED, State.BOUNCED):
            waiting = OutgoingMail.objects.filter(due_at__isnull=False)
            assert [compose(mail) for mail in waiting if compose(mail)] == []
            assert send_all(asking) == send_all(asking, "remind") == 0
        assert OutgoingMail.objects.filter(kind=invited.ASK).count() <= 1


@pytest.mark.medium
@pytest.mark.parametrize("number", ["9" * 19, "9" * 5000, "٣"])
def test_a_number_of_any_length_changes_nothing_and_breaks_nothing(office, asking, number):
    one = make_invitation(asking)
    for data in (
        {"ids": number, "verb": "accept"},
        {"ids": one.pk, "verb": "assign", "asked_by": number},
    ):
        assert office.post(url(asking), data).status_code == 302
    assert office.get(url(asking), {"asker": number[:99], "page": number[:99]}).status_code == 200
    assert asking.invitations.get().asked_by is None


@pytest.mark.medium
@pytest.mark.parametrize("is_mailed", [True, False])
def test_a_link_passed_on_by_a_colleague_proves_no_mailbox(asking, is_mailed):
    mailbox = "board@river-trust.org"
    one = make_invitation(asking, email=mailbox, kind="organization", organization="River Trust")
    if is_mailed:
        send_all(asking)
    else:
        invited.note_sent_by_hand(one, by=asking.created_by)
        stops.stop(stops.key_of(mailbox), stops.ALL)
    one.refresh_from_db()
    signed_by_link(one, kind="organization", organization="River Trust",
                   website="https://river-trust.org")  # fmt: skip
    signature = Signature.objects.get()
    assert signature.state == "confirmed"
    assert (signature.organization.verification == "verified") is is_mailed
    assert stops.stops_of(mailbox).exists() is not is_mailed

"""Staff hear of what waits for them, of what came back, and of the week; each can switch it off."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from casa.accounts.models import User
from casa.accounts.testing import make_staff
from casa.lib.testing import assert_flat_queries
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.office.staff_mails import names, readers, week
from signatories.models import Signature
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import Statement
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db


def member(role, **fields):
    user = make_staff(f"{role.lower()}{User.objects.count()}@example.org", **fields)
    user.groups.add(Group.objects.get(name=role))
    return user


def mails(kind):
    return OutgoingMail.objects.filter(kind=kind).order_by("pk")


def readers_of(kind):
    return list(mails(kind).values_list("to", flat=True))


def switch_off(user, field):
    User.objects.filter(pk=user.pk).update(**{field: False})


# --- Drafts that go to and fro -------------------------------------------------------------


@pytest.mark.medium
def test_an_editor_hears_that_a_draft_waits_and_others_do_not():
    author, editor = member("Author"), member("Editor")
    member("Moderator"), member("Author")
    draft = make_draft("Plant more trees", by=author)
    lifecycle.submit(draft, by=author, note="Please look at the second paragraph.")
    assert readers_of("casa.review") == [editor.email]
    message = compose(mails("casa.review").get())
    for part in (message.body, message.alternatives[0].content):
        assert "Plant more trees" in part
        assert "Please look at the second paragraph." in part
        assert reverse("admin:statements_statement_change", args=[draft.pk]) in part
        assert reverse("admin:my_mails") in part


def test_who_submits_it_and_who_switched_it_off_hears_nothing():
    editor, other, gone = member("Editor"), member("Editor"), member("Editor")
    switch_off(other, "hears_of_reviews")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    lifecycle.submit(make_draft(by=editor), by=editor)
    assert readers_of("casa.review") == []


def test_what_is_decided_before_the_mail_leaves_is_not_told():
    author, editor = member("Author"), member("Editor")
    draft = make_draft(by=author)
    lifecycle.submit(draft, by=author)
    lifecycle.publish(draft, by=editor)
    assert compose(mails("casa.review").get()) is None


@pytest.mark.medium
def test_an_author_hears_that_a_draft_came_back_with_the_note():
    author, editor = member("Author"), member("Editor")
    draft = make_draft(by=author)
    lifecycle.submit(draft, by=author)
    lifecycle.send_back(draft, by=editor, note="It needs a <source>.")
    assert readers_of("casa.return") == [author.email]
    message = compose(mails("casa.return").get())
    assert "It needs a <source>." in message.body
    assert "It needs a &lt;source&gt;." in message.alternatives[0].content
    lifecycle.submit(draft, by=author)
    assert compose(mails("casa.return").get()) is None


@pytest.mark.medium
def test_an_author_hears_that_the_publication_was_stopped():
    author, editor = member("Author"), member("Editor")
    draft = make_draft("Later", by=author, publish_at=timezone.now() + timedelta(days=1))
    lifecycle.publish(draft, by=editor)
    lifecycle.stop_publication(draft, by=editor, note="The vote was put off.")
    message = compose(mails("casa.return").get())
    assert "stopped the publication of “Later”" in message.body
    assert "The vote was put off." in message.body


@pytest.mark.medium
def test_what_an_author_sends_back_to_themselves_or_switched_off_is_not_told():
    author = member("Editor")
    for switched_off in (False, True):
        draft = make_draft(by=author)
        lifecycle.submit(draft, by=author)
        lifecycle.send_back(draft, by=member("Editor") if switched_off else author)
        switch_off(author, "hears_of_returns")
    assert readers_of("casa.return") == []


def test_a_mail_goes_to_nobody_who_lost_the_role_meanwhile():
    author, editor = member("Author"), member("Editor")
    lifecycle.submit(make_draft(by=author), by=author)
    editor.groups.clear()
    assert compose(mails("casa.review").get()) is None


# --- Names that wait -----------------------------------------------------------------------


def waiting(edition, number=1):
    return [make_signature(edition, approved=False) for _ in range(number)]


@pytest.mark.medium
def test_a_moderator_gets_one_mail_with_a_number():
    moderator = member("Moderator")
    member("Author")
    waiting(make_edition(), 3)
    assert names.tell_moderators() == 1
    assert names.tell_moderators() == 0
    assert readers_of("casa.names") == [moderator.email]
    assert "3 names wait for a decision" in compose(mails("casa.names").get()).body


@pytest.mark.medium
def test_nobody_hears_of_nothing_or_of_what_was_decided_meanwhile():
    member("Moderator")
    assert names.tell_moderators() == 0
    waiting(make_edition())
    names.tell_moderators()
    Signature.objects.update(approved=True)
    assert compose(mails("casa.names").get()) is None


@pytest.mark.medium
def test_more_names_are_told_after_an_hour_if_the_first_were_decided_else_after_a_day(clock):
    member("Moderator")
    edition = make_edition()
    waiting(edition)
    assert names.tell_moderators() == 1
    clock.move(minutes=30)
    Signature.objects.update(approved=True)
    waiting(edition)
    assert names.tell_moderators() == 0  # half an hour is too soon
    clock.move(minutes=31)
    assert names.tell_moderators() == 1
    clock.move(hours=2)
    waiting(edition)
    assert names.tell_moderators() == 0  # the ones before still wait
    clock.move(hours=23)
    assert names.tell_moderators() == 1
    clock.move(days=3)
    assert names.tell_moderators() == 0  # nothing new came


def test_names_are_told_to_nobody_who_switched_it_off():
    switch_off(member("Moderator"), "hears_of_names")
    waiting(make_edition())
    assert names.tell_moderators() == 0


# --- The week ------------------------------------------------------------------------------


@pytest.fixture
def monday(monkeypatch):
    """Eight in the morning of a Monday; staff who are made have been there for a month."""
    now = timezone.make_aware(datetime(2026, 11, 23, 8))
    monkeypatch.setattr(timezone, "now", lambda: now)
    return now


def old_member(role, now):
    return member(role, date_joined=now - timedelta(days=30))


@pytest.mark.medium
def test_the_week_tells_people_and_organizations_apart(monday):
    reader = old_member("Editor", monday)
    edition = make_edition("Plant more trees")
    last_week = {"confirmed_at": monday - timedelta(days=3)}
    for _ in range(2):
        make_signature(edition, **last_week)
    make_signature(edition, organization=make_organization(), **last_week)
    make_signature(edition, confirmed_at=monday - timedelta(days=9))
    make_signature(edition, confirmed_at=monday)
    make_signature(edition, approved=False, **last_week)
    trouble = {"mail_trouble": "hard", "mail_trouble_at": monday - timedelta(days=1)}
    make_signature(make_edition("Quiet"), confirmed_at=monday - timedelta(days=30), **trouble)
    assert week.queue_week() == 1
    assert readers_of("casa.week") == [reader.email]
    message = compose(mails("casa.week").get())
    assert message.subject == "The week until 22 November 2026"
    for part in (message.body, message.alternatives[0].content):
        assert "Plant more trees" in part
        assert "1 organization, 2 people" in " ".join(part.split())
        assert "Mail to 1 signer came back" in part
        assert "Quiet" not in part


@pytest.mark.medium
def test_the_week_tells_no_number_without_its_condition(monday):
    old_member("Editor", monday)
    edition = make_edition()
    make_signature(edition, confirmed_at=monday - timedelta(days=3))
    edition.statement.texts.update(body="<p>Sundays.</p>")
    lifecycle.correct(edition.statement, by=None, note="Sundays.", is_material=True)
    week.queue_week()
    message = compose(mails("casa.week").get())
    for part in (message.body, message.alternatives[0].content):
        assert "All 1 person signed an earlier text than this one." in " ".join(part.split())


@pytest.mark.medium
def test_the_week_comes_once_and_not_before_seven(monday, monkeypatch):
    old_member("Editor", monday)
    make_signature(make_edition(), confirmed_at=monday - timedelta(days=1))
    early = monday - timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: early)
    assert week.queue_week() == 0
    for hours in (0, 1, 48):
        moment = monday + timedelta(hours=hours)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert week.queue_week() == int(hours == 0)
    monkeypatch.setattr(timezone, "now", lambda: monday + timedelta(days=7))
    assert week.queue_week() == 1


@pytest.mark.medium
def test_a_quiet_week_and_a_newcomer_and_who_switched_it_off_get_none(monday):
    old_member("Analyst", monday)
    switch_off(old_member("Editor", monday), "gets_digest")
    member("Editor", date_joined=monday)
    assert week.queue_week() == 1
    assert compose(mails("casa.week").get()) is None


@pytest.mark.medium
def test_a_colleagues_draft_is_in_nobodys_week(monday):
    reader = old_member("Author", monday)
    edition = make_edition("Public")
    make_signature(edition, confirmed_at=monday - timedelta(days=1))
    secret = make_edition("Zanzibarium")
    make_signature(secret, confirmed_at=monday - timedelta(days=1))
    Statement.objects.filter(pk=secret.statement_id).update(status="withdrawn")
    found = week.of(reader, timezone.localdate(monday))
    assert [row.title for row in found.rows] == ["Public"]
    assert found.came_back == 0


@pytest.mark.medium
def test_the_week_takes_as_many_queries_for_many_statements_as_for_one(monday):
    reader = old_member("Editor", monday)
    until = timezone.localdate(monday)

    def add(number):
        edition = make_edition(f"Number {number}")
        make_signature(edition, confirmed_at=monday - timedelta(days=1))

    assert_flat_queries(add, lambda rows: week.of(User.objects.get(pk=reader.pk), until))


# --- Each chooses for themselves -----------------------------------------------------------


@pytest.mark.medium
def test_each_member_of_staff_switches_off_what_concerns_them(client):
    moderator = member("Moderator")
    client.force_login(moderator)
    page = client.get(reverse("admin:my_mails"))
    assert 'name="hears_of_names"' in page.text
    assert "hears_of_reviews" not in page.text
    answer = client.post(reverse("admin:my_mails"), {"gets_digest": "on"}, follow=True)
    assert "Saved: you get what is ticked." in answer.text
    moderator.refresh_from_db()
    assert (moderator.hears_of_names, moderator.gets_digest) == (False, True)
    assert moderator.hears_of_reviews  # not on the page, so not changed
    assert moderator.history.first().history_user == moderator


@pytest.mark.medium
def test_each_has_their_mails_in_their_own_language(client, settings):
    moderator = member("Moderator")
    client.force_login(moderator)
    page = client.get(reverse("admin:my_mails")).text
    assert '<option value="en" selected>English</option>' in page
    client.post(reverse("admin:my_mails"), {"hears_of_names": "on", "mail_language": "az"})
    moderator.refresh_from_db()
    make_signature(make_edition("Keep the room open"), approved=False)
    assert names.tell_moderators() == 1
    mail = mails(names.KIND).get()
    assert '<html lang="az"' in compose(mail).alternatives[0].content
    settings.LANGUAGES = [("en", "English")]  # Azerbaijani is taken from the site
    assert '<html lang="en"' in compose(mail).alternatives[0].content
    assert readers.language_of(moderator) == "en"
    assert "mail_language" not in client.get(reverse("admin:my_mails")).text


@pytest.mark.medium
def test_who_has_no_role_is_told_that_no_mail_concerns_them(client):
    client.force_login(make_staff())
    page = client.get(reverse("admin:my_mails")).text
    assert "No mail concerns you yet" in page
    assert client.post(reverse("admin:my_mails"), {"gets_digest": ""}).status_code == 302


@pytest.mark.medium
def test_every_switch_is_on_the_account_and_concerns_somebody():
    fields = {field.name for field in User._meta.get_fields() if field.name in readers.CONCERNS}
    assert fields == set(readers.CONCERNS)
    for field in readers.CONCERNS:
        assert readers.readers_of(field).filter(pk=member("Administrator").pk).exists()

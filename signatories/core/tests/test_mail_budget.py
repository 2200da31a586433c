"""One budget of mails for a mailbox, whatever is asked for; one for a domain, with an alarm."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.lib import tasks
from casa.mail.models import OutgoingMail
from signatories.core import mail_budget
from signatories.mailings import followers, reminders
from signatories.models import DomainBudget, MailboxBudget, Signature
from signatories.self_service import privacy, private_links
from signatories.signing import confirmation, submission
from signatories.signing.submission import Submission
from signatories.testing import (
    a_day_later,
    form_data,
    make_organization,
    make_signature,
    without_what_was_typed,
)
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

MAILBOX = "nora@example.org"
SHARE = mail_budget.MAILS_PER_WINDOW
HOUR = timedelta(hours=1)


def sign(edition, email=MAILBOX, **typed):
    least = {"kind": "person", "name": "Nora Lind", "consent": "I agree."}
    submission.sign(edition, Submission(**{**least, "email": email, **typed}))


def sent(address=MAILBOX):
    return [mail.kind for mail in OutgoingMail.objects.filter(to=address)]


@pytest.mark.medium
def test_all_kinds_share_one_budget():
    signed, other = make_edition(), make_edition("Another statement")
    sign(signed)
    sign(other)
    followers.follow(signed.statement, MAILBOX)
    private_links.request(MAILBOX)
    followers.follow(other.statement, MAILBOX)
    assert len(sent()) == SHARE
    followers.follow(signed.statement, MAILBOX)
    sign(other)
    sign(make_edition("A third one"))
    assert len(sent()) == SHARE
    private_links.request(MAILBOX)  # is queued for the same work, and dropped unsent
    assert OutgoingMail.objects.latest("pk").params == {"over": True}


@pytest.mark.medium
def test_a_reminder_is_of_the_budget_too():
    make_signature(make_edition(), email=MAILBOX, state="pending")
    ago = timezone.now() - timedelta(hours=49)
    Signature.objects.update(created_at=ago, consented_at=ago)
    for number in range(SHARE):
        followers.follow(make_edition(f"Statement {number}").statement, MAILBOX)
    assert reminders.queue_reminders() == 0


@pytest.mark.medium
def test_so_is_the_mail_that_another_representative_was_first():
    """Else whoever confirms for invented organizations has one mail after the other sent."""
    edition = make_edition()
    for number in range(2 * SHARE):
        a_day_later()  # so that each of them was stored
        trust = make_organization(f"Trust {number}")
        make_signature(edition, organization=trust, email=MAILBOX, state="pending")
        make_signature(edition, organization=trust, state="pending", email=f"{number}@example.com")
    MailboxBudget.objects.all().delete()
    for one in Signature.objects.exclude(email=MAILBOX):
        confirmation.confirm(one)
    assert len(sent()) == SHARE


@pytest.mark.medium
def test_an_erasure_does_not_begin_it_anew(client):
    edition = make_edition()
    for _ in range(SHARE):
        sign(edition)
    privacy.erase_all(Signature.objects.get())
    assert sent() == []
    sign(edition)
    followers.follow(edition.statement, MAILBOX)
    assert sent() == []
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_nor_does_it_for_a_follower_who_left():
    edition = make_edition()
    for _ in range(2 * SHARE):
        followers.follow(edition.statement, MAILBOX)
        for one in edition.statement.followers.all():
            followers.unfollow(one)
    assert MailboxBudget.objects.get().sent == SHARE


@pytest.mark.medium
def test_every_spelling_is_of_one_budget():
    edition = make_edition()
    for number in range(2 * SHARE):
        sign(edition, f"Nora+{number}@Example.org")
    assert OutgoingMail.objects.count() == SHARE


def test_it_holds_a_keyed_hash_and_no_address():
    sign(make_edition())
    row = MailboxBudget.objects.get()
    assert row.mailbox == mail_budget.key_of(MAILBOX)
    assert "nora" not in row.mailbox


def test_a_day_after_the_first_mail_it_is_whole_again():
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert [bool(mail_budget.spend(MAILBOX)) for _ in range(SHARE + 1)] == [True] * SHARE + [
            False
        ]
    with time_machine.travel(now + timedelta(hours=23, minutes=59), tick=False):
        assert mail_budget.spend(MAILBOX) is None
    with time_machine.travel(now + timedelta(hours=24), tick=False):
        assert mail_budget.spend(MAILBOX)
        assert MailboxBudget.objects.get().sent == 1


def test_asking_for_links_uses_up_nobody_who_never_signed():
    """Else a stranger could keep somebody from signing, without a single mail to be seen."""
    for _ in range(2 * SHARE):
        private_links.request(MAILBOX)
    sign(make_edition())
    assert "signatories.confirm" in sent()


@pytest.mark.medium
def test_the_answer_is_the_same_beyond_it(client):
    url = reverse("signatories:sign", args=[make_edition().statement.slug])
    answers = [client.post(url, form_data()) for _ in range(SHARE + 3)]
    assert len({without_what_was_typed(answer) for answer in answers}) == 1
    assert len({answer.status_code for answer in answers}) == 1


# Domains


@pytest.fixture
def budget(settings):
    """Ten mails an hour to one domain."""
    settings.SIGN_LIMITS, settings.MAIL_DOMAIN_PER_HOUR = True, 10
    cache.clear()
    with time_machine.travel(timezone.now(), tick=False):
        yield timezone.now()


def turns(number, domain="example.org"):
    """When each of so many mails to addresses of a domain may go."""
    return [mail_budget.spend(f"someone{n}@{domain}") for n in range(number)]


def test_a_domain_gets_an_hours_budget_at_once_and_then_a_steady_pace(budget):
    due = turns(13)
    assert due[:10] == [budget] * 10
    assert due[10:] == [pytest.approx(budget + HOUR * n / 10, abs=timedelta(seconds=1))
                        for n in (1, 2, 3)]  # fmt: skip


@pytest.mark.medium
def test_what_waits_is_stored_and_its_mail_is_due_later(budget):
    edition = make_edition()
    for number in range(12):
        sign(edition, f"someone{number}@example.org")
    assert Signature.objects.count() == OutgoingMail.objects.count() == 12
    assert OutgoingMail.objects.filter(due_at__gt=budget).count() == 2


@pytest.mark.medium
def test_whoever_would_wait_for_more_than_a_day_gets_no_mail(budget):
    due = turns(10 * 25 + 5)
    assert due.count(None) == 5
    assert max(filter(None, due)) <= budget + mail_budget.LONGEST_WAIT
    edition = make_edition()
    sign(edition)
    assert not Signature.objects.exists()


def test_it_recovers(budget):
    turns(20)
    with time_machine.travel(budget + 3 * HOUR, tick=False):
        assert turns(10) == [timezone.now()] * 10


def test_domains_are_apart_and_names_under_one_are_together(budget):
    turns(10, "example.org")
    assert turns(1, "example.com") == [budget]
    assert turns(1, "mail.dept.example.org")[0] > budget


@pytest.mark.medium
def test_big_providers_get_more(budget):
    due = turns(200, "gmail.com")
    assert due == [budget] * 200


def test_and_are_bounded_too(budget, settings, monkeypatch):
    monkeypatch.setattr("signatories.core.mail_budget.random.randrange", lambda number: 0)
    settings.MAIL_DOMAIN_PER_HOUR = 1
    due = turns(20, "gmail.com")
    assert due[0] == budget
    assert due[-1] > budget
    assert DomainBudget.objects.get().domain == "gmail.com"


def test_the_office_is_told_once_an_hour_in_the_log(budget, caplog):
    with caplog.at_level(logging.WARNING):
        turns(15)
    (said,) = [one.getMessage() for one in caplog.records]
    assert "example.org" in said
    assert "@" not in said


@pytest.mark.medium
def test_and_on_the_first_screen(budget, client):
    turns(11)
    client.force_login(make_user())
    page = client.get(reverse("admin:index")).text
    assert "Unusually much mail is asked for at addresses of example.org" in page
    client.force_login(make_staff("author@example.org"))
    assert "example.org, so it waits" not in client.get(reverse("admin:index")).text


@pytest.mark.medium
def test_nothing_is_said_while_all_is_well(budget, client, caplog):
    turns(10)
    client.force_login(make_user())
    assert "Unusually much mail" not in client.get(reverse("admin:index")).text
    assert [one for one in caplog.records if one.levelname != "INFO"] == []  # staff signed in


def test_reminders_keep_the_pace_too(budget):
    edition = make_edition()
    ago = budget - timedelta(hours=49)
    for _ in range(12):
        make_signature(edition, state="pending")
    Signature.objects.update(created_at=ago, consented_at=ago)
    assert reminders.queue_reminders() == 12
    assert OutgoingMail.objects.filter(due_at__gt=budget).count() == 2


def test_measurements_are_not_slowed(budget, settings):
    settings.SIGN_LIMITS = False
    assert turns(50) == [budget] * 50
    assert not DomainBudget.objects.exists()


def test_what_is_whole_again_is_forgotten(budget):
    turns(3)
    assert tasks.run("forget-mail-budgets") == 0
    with time_machine.travel(budget + timedelta(days=2), tick=False):
        assert tasks.run("forget-mail-budgets") == 4
    assert not MailboxBudget.objects.exists()

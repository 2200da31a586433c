"""Who has not confirmed is written to once more, and then never again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.mailings import batches, reminders
from signatories.models import MailboxBudget, Signature
from signatories.moderation import decisions
from signatories.signing import codes, confirmation
from signatories.testing import a_day_later, make_organization, make_signature, use_up_mails
from statements import lifecycle
from statements.models import SigningPause
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


def waiting(edition, *, hours=49, **fields):
    """A signature that has waited for so long."""
    signature = make_signature(edition, state="pending", **fields)
    ago = timezone.now() - timedelta(hours=hours)
    Signature.objects.filter(pk=signature.pk).update(created_at=ago, consented_at=ago)
    signature.refresh_from_db()
    return signature


def test_it_says_once_more_what_the_first_mail_said():
    signature = waiting(make_edition(), email="nora@example.org", code_tries=5)
    assert reminders.queue_reminders() == 1
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to) == ("signatories.reminder", "nora@example.org")
    message = compose(mail)
    for part in (message.body, message.alternatives[0][0]):
        assert "/sign/confirm/" in part
        assert codes.grouped(codes.code_of(signature)) in part
        assert "only reminder" in part
    signature.refresh_from_db()
    assert signature.code_tries == 0


@pytest.mark.medium
def test_then_there_is_silence():
    waiting(make_edition())
    assert [reminders.queue_reminders() for _ in range(3)] == [1, 0, 0]
    Signature.objects.update(created_at=F("created_at") - timedelta(days=3))
    assert reminders.queue_reminders() == 0


@pytest.mark.parametrize(
    ("hours", "reminded"), [(47, 0), (48.01, 1), (24 * 14 - 1, 1), (24 * 14, 0)]
)
def test_it_waits_its_time_and_does_not_come_after_the_link_is_dead(hours, reminded):
    waiting(make_edition(), hours=hours)
    assert reminders.queue_reminders() == reminded


def test_the_time_is_a_setting_and_none_is_never(settings):
    waiting(make_edition(), hours=5)
    settings.REMINDER_HOURS = 4
    assert len(reminders._due()) == 1
    settings.REMINDER_HOURS = 0
    assert reminders.queue_reminders() == 0


def test_who_signed_again_since_is_not_hurried():
    signature = waiting(make_edition())
    Signature.objects.filter(pk=signature.pk).update(consented_at=timezone.now())
    assert reminders.queue_reminders() == 0


@pytest.mark.parametrize("state", ["confirmed", "hidden", "withdrawn", "invalidated"])
def test_only_what_waits_is_reminded_of(state):
    signature = waiting(make_edition())
    Signature.objects.filter(pk=signature.pk).update(state=state, confirmed_at=timezone.now())
    assert reminders.queue_reminders() == 0


@pytest.mark.parametrize(("hours", "reminded"), [(-1, 1), (23, 1), (25, 0)])
def test_only_while_it_can_still_be_confirmed(hours, reminded):
    closes = timezone.now() - timedelta(hours=hours)
    waiting(make_edition(signing_closes_at=closes))
    assert reminders.queue_reminders() == reminded


@pytest.mark.medium
def test_not_under_a_statement_that_is_withdrawn_archived_or_to_come():
    for verb in (lifecycle.withdraw, lambda statement, by: archive(statement)):
        edition = make_edition()
        waiting(edition)
        verb(edition.statement, by=None)
    later = make_edition()
    waiting(later)
    type(later.statement).objects.filter(pk=later.statement.pk).update(
        publish_at=timezone.now() + timedelta(hours=1)
    )
    assert reminders.queue_reminders() == 0


def archive(statement):
    type(statement).objects.filter(pk=statement.pk).update(status="archived")


def test_not_while_signing_is_paused():
    edition = make_edition()
    waiting(edition)
    type(edition.statement).objects.update(signing_paused=True)
    assert reminders.queue_reminders() == 0
    type(edition.statement).objects.update(signing_paused=False)
    SigningPause.objects.create(pk=1, is_on=True)
    assert reminders.queue_reminders() == 0


@pytest.mark.parametrize(("trouble", "reminded"), [("soft", 1), ("hard", 0), ("complaint", 0)])
def test_not_to_a_mailbox_that_takes_no_mail(trouble, reminded):
    waiting(make_edition(), mail_trouble=trouble)
    assert reminders.queue_reminders() == reminded


def test_it_is_counted_as_a_mail_and_waits_for_the_next_window_if_there_were_enough():
    waiting(make_edition(), email="nora@example.org")
    use_up_mails("nora@example.org")
    assert reminders.queue_reminders() == 0
    a_day_later()
    assert reminders.queue_reminders() == 1
    assert MailboxBudget.objects.get().sent == 1


@pytest.mark.medium
def test_those_left_for_later_do_not_hold_up_the_others(monkeypatch):
    monkeypatch.setattr(batches, "SIZE", 2)
    edition = make_edition()
    for number in range(5):
        waiting(edition, email=f"{number}@example.org")
        if number < 3:
            use_up_mails(f"{number}@example.org")
    assert reminders.queue_reminders() == 2


@pytest.mark.medium
def test_what_happened_before_it_is_sent_is_heeded():
    user = make_user()
    signatures = [waiting(make_edition()) for _ in range(3)]
    reminders.queue_reminders()
    confirmation.confirm(signatures[0])
    decisions.invalidate(signatures[1], by=user, reason="r")
    type(signatures[2].statement).objects.filter(pk=signatures[2].statement_id).update(
        signing_closes_at=timezone.now() - timedelta(hours=25)
    )
    assert [compose(mail) for mail in OutgoingMail.objects.filter(kind=reminders.KIND)] == [
        None
    ] * 3


def test_a_second_representative_is_not_asked_for_what_cannot_count():
    edition, trust = make_edition(), make_organization()
    make_signature(edition, organization=trust)
    waiting(edition, organization=trust)
    reminders.queue_reminders()
    assert compose(OutgoingMail.objects.get()) is None


@pytest.mark.medium
def test_killed_between_two_batches_it_goes_on_and_repeats_nobody(monkeypatch):
    monkeypatch.setattr(batches, "SIZE", 2)
    edition = make_edition()
    for _ in range(5):
        waiting(edition)
    queue, calls = reminders.queue, []

    def dies(*args, **kwargs):
        calls.append(kwargs["to"])
        if len(calls) == 4:
            raise KeyboardInterrupt
        return queue(*args, **kwargs)

    monkeypatch.setattr(reminders, "queue", dies)
    with pytest.raises(KeyboardInterrupt):
        reminders.queue_reminders()
    assert OutgoingMail.objects.count() == 2
    reminders.queue_reminders()
    recipients = list(OutgoingMail.objects.values_list("to", flat=True))
    assert len(recipients) == len(set(recipients)) == 5


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_at_once_remind_nobody_twice():
    edition = make_edition()
    for _ in range(20):
        waiting(edition)

    def run(_number):
        try:
            return reminders.queue_reminders()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))
    reminders.queue_reminders()
    assert OutgoingMail.objects.count() == 20

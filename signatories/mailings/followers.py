"""Following a statement: a confirmed mailbox is told, once each, what it waits for.

That is each hand-over and, for whoever asked while it could not be signed, that it now can.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language

from casa.lib.addresses.mailbox_keys import mailbox_key
from casa.lib.keyed_hashes import keyed_hashes
from casa.mail import stops
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from casa.retention.rules import Due, by_statement
from signatories.core import mail_budget
from signatories.mailings import batches
from signatories.mailings.awaited import awaited
from signatories.models import DeliveryNotice, Follower
from signatories.signing import held_forms
from statements import mail_subjects
from statements.models import Delivery, SigningPause, Statement

CONFIRM_KIND = "signatories.follow_confirm"
DELIVERED_KIND = "signatories.delivered"
OPENED_KIND = "signatories.opened"
KINDS = (CONFIRM_KIND, DELIVERED_KIND, OPENED_KIND)

CONFIRM, LEAVE = "confirm", "leave"
LIFETIME = {CONFIRM: timedelta(days=14), LEAVE: timedelta(days=3 * 365)}
FORGOTTEN_AFTER = LIFETIME[CONFIRM]
"""Whoever has not confirmed by then cannot any more, and is forgotten."""


@transaction.atomic
def follow(statement: Statement, email: str) -> None:
    """Queue a mail that asks the mailbox whether it wants to follow; nothing if it does already.

    The caller learns no difference. Nothing is stored for a mailbox that had its share of mails.
    """
    own = Follower.objects.counted_as_mailbox(email)
    language = get_language() or statement.language
    here = own.filter(statement=statement).order_by("pk")
    key = here.values_list("email_key", flat=True).first() or mailbox_key(email)
    new = Follower(statement=statement, email=email, email_key=key, language=language)
    Follower.objects.bulk_create([new], ignore_conflicts=True)
    if awaited(statement).opening:
        here.update(wants_opening=True)
    follower = Follower.objects.get(statement=statement, email_key=key)
    if follower.confirmed_at is not None:
        return
    due_at = mail_budget.spend(email)
    params = {"follower": follower.pk}
    queue(CONFIRM_KIND, to=email, language=language, params=params, due_at=due_at)
    if due_at is None:
        transaction.set_rollback(True)


@transaction.atomic
def confirm(follower: Follower) -> bool:
    """Let the mailbox follow from now on; False if it does already."""
    same = Follower.objects.filter(pk=follower.pk, confirmed_at=None)
    if not same.update(confirmed_at=timezone.now()):
        return False
    stops.lift_for(follower.email, mail_subjects.about(follower.statement))
    known = Delivery.objects.filter(
        statement=follower.statement_id, delivered_on__lte=timezone.localdate()
    )
    _record_notices(follower, known)
    return True


@transaction.atomic
def unfollow(follower: Follower) -> None:
    """Forget the mailbox, and our mails to it; following anew is a new wish."""
    ours = OutgoingMail.objects.to_mailbox(follower.email)
    ours.filter(kind__in=KINDS, params__follower=follower.pk).delete()
    Follower.objects.filter(pk=follower.pk).delete()
    held_forms.forget(follower.email)


def notify_followers() -> int:
    """Queue the mails that are due, in batches; how many. The schedule calls it every minute."""
    run = batches.Run(DELIVERED_KIND, OPENED_KIND)
    run.repeat(_notify_batch)
    if not SigningPause.is_on_now():
        run.repeat(_remind_batch)
    return run.queued


def due_unconfirmed(at: datetime) -> Iterator[Due]:
    """Who never confirmed, and cannot any more."""
    past = Follower.objects.filter(created_at__lt=at - FORGOTTEN_AFTER, confirmed_at=None)
    yield from by_statement(past)


def forget(keys: list[int]) -> None:
    for follower in Follower.objects.filter(pk__in=keys).order_by("pk"):
        unfollow(follower)


@transaction.atomic
def _notify_batch() -> int | None:
    """Queue one mail for each of the next followers; it tells of all they do not know of yet.

    None when nobody is left.
    """
    due = Follower.objects.to_notify().select_for_update(of=("self",), skip_locked=True)[
        : batches.SIZE
    ]
    followers = list(due)
    today = timezone.localdate()
    for follower in followers:
        made = Delivery.objects.filter(statement=follower.statement_id, delivered_on__lte=today)
        known = follower.notices.values_list("delivery", flat=True)
        news = list(made.exclude(pk__in=known))
        params = {"follower": follower.pk, "deliveries": [delivery.pk for delivery in news]}
        queue(DELIVERED_KIND, to=follower.email, language=follower.language, params=params)
        _record_notices(follower, news)
    return len(followers) or None


@transaction.atomic
def _remind_batch() -> int | None:
    """Queue a mail for each of the next who asked to hear that a statement can be signed.

    None when nobody is left.
    """
    due = Follower.objects.to_remind().select_for_update(of=("self",), skip_locked=True)
    followers = list(due[: batches.SIZE])
    for follower in followers:
        params = {"follower": follower.pk}
        queue(OPENED_KIND, to=follower.email, language=follower.language, params=params)
    Follower.objects.filter(pk__in=[one.pk for one in followers]).update(wants_opening=False)
    return len(followers) or None


def _record_notices(follower: Follower, deliveries: Iterable[Delivery]) -> None:
    rows = [DeliveryNotice(follower=follower, delivery=delivery) for delivery in deliveries]
    DeliveryNotice.objects.bulk_create(rows, ignore_conflicts=True)


def make_token(follower: Follower, purpose: str) -> str:
    """A token for a link in a mail, good for LIFETIME[purpose]; it holds no address."""
    return signing.dumps([follower.pk, _seals(follower, purpose)[0]], salt=_salt(purpose))


def read_token(token: str, purpose: str) -> Follower | None:
    """The follower a token was made for; None if it is not ours, too old, or they have left."""
    try:
        pk, seal = signing.loads(token, salt=_salt(purpose), max_age=LIFETIME[purpose])
    except signing.BadSignature:
        return None
    follower = Follower.objects.select_related("statement").filter(pk=pk).first()
    if follower and any(constant_time_compare(seal, one) for one in _seals(follower, purpose)):
        return follower
    return None


def _seals(follower: Follower, purpose: str) -> list[str]:
    value = f"{follower.nonce}\n{follower.email_key}"
    return [made[:32] for made in keyed_hashes(_salt(purpose), value)]


def _salt(purpose: str) -> str:
    return f"follower-link:{purpose}"

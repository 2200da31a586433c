"""Updates by mail to signers who asked for them: begun, sent in batches, stopped.

An `UpdateMailing` row is the truth about one mailing, so a worker that died, or was never woken,
forgets nobody; an `UpdateRecipient` row is written with each mail, so no mailbox gets two.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib import tasks
from casa.mail.models import OutgoingMail
from casa.mail.outbox import Letter, queue, queue_all, take_back
from signatories.core import subscriptions
from signatories.mailings import batches
from signatories.models import Signature, SignatureQuerySet, UpdateMailing, UpdateRecipient
from statements.models import Statement

Kind, State = UpdateMailing.Kind, UpdateMailing.State
KINDS = {Kind.UPDATE: "signatories.update", Kind.THANKS: "signatories.thanks"}  # of mail
TRIAL = "signatories.update_trial"
TASK = "send-updates"
UNDO = timedelta(minutes=1)
"""How long nothing leaves after somebody pressed the button, so that it can be called off whole."""

_GAP = re.compile(r"\[[^\[\]]+\]")  # what the prepared text leaves to staff


class MailingError(Exception):
    """What was asked for cannot be done now; the words are for staff."""


def subscribed_signatures(statement: Statement | int) -> SignatureQuerySet:
    """Signatures whose signer is to get news: they asked, their name counts, mail reaches them.

    One whose name has yet to be checked is among them; hidden and withdrawn ones are not.
    """
    return Signature.objects.filter(
        statement=statement, state=Signature.State.CONFIRMED, wants_updates=True
    ).exclude(email="")


def audience(statement: Statement) -> Counter[str]:
    """How many mailboxes would get a mailing, by the language they signed in."""
    firsts = (
        subscribed_signatures(statement).order_by().values("email_key").annotate(first=Min("pk"))
    )
    counted = (
        Signature.objects.filter(pk__in=firsts.values("first"))
        .order_by()
        .values("language")
        .annotate(number=Count("pk"))
    )
    return Counter({row["language"]: row["number"] for row in counted})


def awaiting_approval(statement: Statement) -> int:
    """How many of these mailboxes signed with a name that has yet to be checked."""
    subscribed = subscribed_signatures(statement).order_by()
    firsts = subscribed.values("email_key").annotate(first=Min("pk")).values("first")
    return Signature.objects.filter(pk__in=firsts, approved=False).count()


def obstacle(mailing: UpdateMailing) -> str:
    """Why it cannot be sent now, for staff; empty if it can."""
    statement = mailing.statement
    if not statement.is_public():
        return _("The statement is not public, so nobody is mailed about it.")
    if mailing.words_in(statement.language) is None:
        return _("Nothing is written yet.")
    if mailing.kind == Kind.THANKS and any(_GAP.search(one.body) for one in mailing.words.all()):
        return _("A text still has a passage in [square brackets] for you to fill in.")
    closes = statement.signing_closes_at
    is_over = statement.status != Statement.Status.PUBLISHED or (
        closes is not None and closes <= timezone.now()
    )
    if mailing.kind == Kind.THANKS and not is_over:
        return _("Signing is still open. Thanks are sent once it is closed.")
    return ""


@transaction.atomic
def begin(mailing: UpdateMailing, *, by: User, at: datetime | None = None) -> bool:
    """Let it leave at `at`, yet not before UNDO has passed; False if somebody did so already.

    Raises MailingError where it cannot be.
    """
    if reason := obstacle(mailing):
        raise MailingError(reason)
    now = timezone.now()
    drafts = UpdateMailing.objects.filter(pk=mailing.pk, state=State.DRAFT)
    begun = drafts.update(
        state=State.WAITING, begun_at=now, begun_by=by, leaves_at=max(at or now, now + UNDO)
    )
    mailing.refresh_from_db()
    return bool(begun)


@transaction.atomic
def call_off(mailing: UpdateMailing) -> bool:
    """Undo `begin`: nobody gets it, and its words may change again. False once it has left."""
    waiting = UpdateMailing.objects.filter(pk=mailing.pk, state=State.WAITING)
    called_off = waiting.update(state=State.DRAFT, begun_at=None, begun_by=None, leaves_at=None)
    mailing.refresh_from_db()
    return bool(called_off)


def start_due() -> None:
    """Let go what waits for a moment that has come; what cannot be sent by now is stopped."""
    now = timezone.now()
    waiting = UpdateMailing.objects.filter(state=State.WAITING, leaves_at__lte=now)
    for mailing in waiting.select_related("statement").prefetch_related("words"):
        row = waiting.filter(pk=mailing.pk)  # unless it is called off at this moment
        if obstacle(mailing):
            row.update(state=State.STOPPED, stopped_at=now)
        else:
            row.update(state=State.SENDING)


@transaction.atomic
def stop(mailing: UpdateMailing) -> bool:
    """Send no more of it; False if it was not being sent.

    What no worker has touched is taken back and the cursor with it, so that `resume` comes to
    them again. A mail that is on its way to the server at this moment goes out.
    """
    row = _lock(mailing, State.SENDING, State.FINISHED)
    if row is None:
        return False
    waiting = UpdateRecipient.objects.filter(mailing=row, mail__due_at__isnull=False)
    recipients = {one.mail_id: one for one in waiting}
    taken = take_back(OutgoingMail.objects.filter(pk__in=waiting.values("mail")))
    back = [recipients[number] for number in taken]
    if row.state == State.FINISHED and not back:
        return False
    UpdateRecipient.objects.filter(mailing=row, mail=None, pk__in=[one.pk for one in back]).delete()
    row.last_signature = min([row.last_signature, *(one.signature_id - 1 for one in back)])
    row.queued -= len(back)
    row.state, row.stopped_at, row.finished_at = State.STOPPED, timezone.now(), None
    row.skip_history_when_saving = True  # type: ignore[attr-defined]  # no edit
    row.save(update_fields=["last_signature", "queued", "state", "stopped_at", "finished_at"])
    mailing.refresh_from_db()
    return True


@transaction.atomic
def resume(mailing: UpdateMailing) -> bool:
    """Go on where it was stopped; False if it was not. Raises MailingError where it cannot be."""
    if reason := obstacle(mailing):
        raise MailingError(reason)
    stopped = UpdateMailing.objects.filter(pk=mailing.pk, state=State.STOPPED)
    resumed = stopped.update(state=State.SENDING, stopped_at=None)
    mailing.refresh_from_db()
    if resumed:
        transaction.on_commit(wake)
    return bool(resumed)


def _lock(mailing: UpdateMailing, *states: str) -> UpdateMailing | None:
    """The row, once the batch that is at work has ended."""
    rows = UpdateMailing.objects.select_for_update().filter(pk=mailing.pk, state__in=states)
    return rows.first()


def send_trial(mailing: UpdateMailing, *, to: User, language: str) -> None:
    """Send one copy to a member of staff, with invented links in place of a signer's."""
    queue(TRIAL, to=to.email, language=language, params={"mailing": mailing.pk, "user": to.pk})


def send_updates() -> int:
    """Queue mails of all mailings that are being sent; how many.

    Harmless to run at any time and by many at once. What it leaves, the next run takes up.
    """
    start_due()
    run = batches.Run(*KINDS.values())
    public = Statement.objects.public()
    sending = UpdateMailing.objects.filter(state=State.SENDING, statement__in=public)
    for pk in sending.order_by("pk").values_list("pk", flat=True):
        run.repeat(partial(send_batch, pk))
    return run.queued


@transaction.atomic
def send_batch(pk: int) -> int | None:
    """Queue the mails for the next signatures of a mailing and move its cursor; how many mails.

    None when it is done, stopped, or another worker is at it. The work of a batch is the same
    wherever it stands among the signatures.
    """
    sending = UpdateMailing.objects.filter(pk=pk, state=State.SENDING)
    mailing = sending.select_for_update(skip_locked=True).first()
    if mailing is None:
        return None
    following = subscribed_signatures(mailing.statement_id).filter(pk__gt=mailing.last_signature)
    signatures = list(
        following.only("pk", "email", "email_key", "language").order_by("pk")[: batches.SIZE]
    )
    mails = _queue(mailing, signatures)
    if signatures:
        mailing.last_signature = signatures[-1].pk
        mailing.queued += mails
    if len(signatures) < batches.SIZE:
        mailing.state, mailing.finished_at = State.FINISHED, timezone.now()
    mailing.skip_history_when_saving = True  # type: ignore[attr-defined]  # no edit
    mailing.save(update_fields=["last_signature", "queued", "state", "finished_at"])
    return mails if signatures else None


def _queue(mailing: UpdateMailing, signatures: Sequence[Signature]) -> int:
    """A mail to each mailbox of `signatures` that this mailing has not come to yet."""
    by_mailbox: dict[str, Signature] = {}
    for signature in signatures:
        by_mailbox.setdefault(_is_first_of_mailbox(signature), signature)
    had = UpdateRecipient.objects.filter(mailing=mailing, mailbox__in=list(by_mailbox))
    for mailbox in had.values_list("mailbox", flat=True):
        del by_mailbox[mailbox]
    if not by_mailbox:
        return 0
    mails = queue_all(
        KINDS[Kind(mailing.kind)],
        [
            Letter(one.email, one.language, {"signature": one.pk, "mailing": mailing.pk})
            for one in by_mailbox.values()
        ],
    )
    UpdateRecipient.objects.bulk_create(
        UpdateRecipient(mailing=mailing, mailbox=mailbox, signature=signature, mail=mail)
        for (mailbox, signature), mail in zip(by_mailbox.items(), mails, strict=True)
    )
    return len(mails)


def _is_first_of_mailbox(signature: Signature) -> str:
    return salted_hmac("update-recipient", signature.email_key, algorithm="sha256").hexdigest()


@dataclass(frozen=True)
class Progress:
    """What became of a mailing's mails so far."""

    waiting: int = 0
    sent: int = 0
    dropped: int = 0  # left before it came to them
    failed: int = 0
    bounced: int = 0  # accepted, and told later that the mailbox is not there or wants none


def progress(mailing: UpdateMailing) -> Progress:
    recipients: QuerySet[UpdateRecipient] = UpdateRecipient.objects.filter(mailing=mailing)
    states = Counter(
        {
            row["mail__state"]: row["number"]
            for row in recipients.order_by().values("mail__state").annotate(number=Count("pk"))
        }
    )
    mail = OutgoingMail.State
    trouble = recipients.filter(
        mail__state=mail.SENT, signature__mail_trouble_at__gte=mailing.leaves_at or mailing.begun_at
    )
    return Progress(
        waiting=states[mail.QUEUED] + states[mail.SENDING],
        sent=states[mail.SENT],
        dropped=states[mail.DROPPED],
        failed=states[mail.DEAD],
        bounced=trouble.count() if mailing.begun_at else 0,
    )


def unsubscribe(signature: Signature, *, how: str) -> bool:
    """Send no more news of this statement to the mailbox of `signature`; False if none was.

    A mailbox may have signed more than once, as a person and for an organization, and whoever
    wants no more of it means all.
    """
    left = False
    others = Signature.objects.filter(
        statement=signature.statement_id, email_key=signature.email_key, wants_updates=True
    )
    with transaction.atomic():
        for one in others.exclude(email_key="").order_by("pk"):
            left = subscriptions.unsubscribe(one, how=how) or left
    signature.refresh_from_db(fields=["wants_updates"])
    return left


def wake() -> None:
    """Have a worker begin soon; never raises, since a schedule looks every minute."""
    tasks.enqueue(TASK)

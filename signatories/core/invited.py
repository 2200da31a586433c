"""The one door of what is known of an invitation: each verb changes its row and writes its event.

What an invited person signed is not stored here; it is read from the signatures.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from casa.accounts.models import User
from casa.lib.keys import primary_key
from casa.mail import stops
from casa.mail.models import OutgoingMail
from casa.mail.stops import Subject
from signatories.models import (
    Invitation,
    InvitationEvent,
    InvitationQuerySet,
    InvitationRound,
)
from statements import mail_subjects
from statements.models import PreviewLink

Answer, Due, What = Invitation.Answer, Invitation.Due, InvitationEvent.What

ASK, REMIND = "signatories.ask", "signatories.ask_reminder"
KINDS = (ASK, REMIND)
"""The mails of a round."""

EVERY_ROUND = "rounds"
"""What stops are kept for of who wants to be asked in no round any more."""


ONE_CALL = timedelta(minutes=1)
"""Calls that are noted within it are one."""


def about(pk: int) -> str:
    """What stops are kept for of who wants no mail of that round (`casa.mail.stops`)."""
    return f"round:{pk}"


def subject(what: str) -> Subject | None:
    """The statement of a round, once everybody may read it."""
    kind, _colon, number = what.partition(":")
    if kind != "round":
        return None
    rounds = InvitationRound.objects.select_related("statement")
    found = rounds.filter(pk=primary_key(number)).first()
    return mail_subjects.subject(mail_subjects.about(found.statement)) if found else None


class Unwilling:
    """Who wants not to be asked: what stands in the way is read once for each statement.

    Whoever declined in one round of a statement, or stopped its mails, is asked in no other of it.
    """

    def __init__(self) -> None:
        self._stopped = stops.EveryStop()
        self._subjects: dict[int, tuple[str, ...]] = {}

    def has(self, address: str, asking: InvitationRound) -> bool:
        """Whether the owner of a mailbox wants not to be asked in this round."""
        return any(self._stopped.stand(address, one) for one in self._about(asking))

    def _about(self, asking: InvitationRound) -> tuple[str, ...]:
        pk = asking.statement_id
        if pk not in self._subjects:
            rounds = InvitationRound.objects.filter(statement=pk).values_list("pk", flat=True)
            of_statement = mail_subjects.about(asking.statement)
            self._subjects[pk] = (EVERY_ROUND, of_statement, *map(about, rounds))
        return self._subjects[pk]


def record(
    invitations: Iterable[int], what: str, *, by: User | None, at: datetime | None = None
) -> None:
    """Write a step of each of them."""
    now = at or timezone.now()
    InvitationEvent.objects.bulk_create(
        InvitationEvent(invitation_id=pk, what=what, by=by, at=now) for pk in invitations
    )


@transaction.atomic
def decline(invitation: Invitation, *, by: User | None = None, reason: str = "") -> bool:
    """Keep that they do not sign; False if that was known. They get no more mail of the round.

    `by` is the colleague who notes it; nobody where they say so themselves by their link.
    """
    declined = _answer(invitation, Answer.DECLINED, what=What.DECLINED, by=by, reason=reason)
    # Kept as a keyed hash too, so that a row made anew asks them no second time.
    if declined and invitation.email:
        stops.stop(stops.key_of(invitation.email), about(invitation.round_id))
    return declined


@transaction.atomic
def promise(invitation: Invitation, *, by: User) -> bool:
    """Keep that they said yes, on the telephone say; False if that was known.

    They have not signed: only their own signature says that.
    """
    return _answer(invitation, Answer.PROMISED, what=What.PROMISED, by=by)


@transaction.atomic
def note_called(invitation: Invitation, *, by: User) -> bool:
    """Keep that a colleague rang them, whatever came of it; False if that was noted just now."""
    rows = Invitation.objects.select_for_update().filter(pk=invitation.pk)
    if not rows.exclude(answer=Answer.ERASED).values_list("pk", flat=True):
        return False
    calls = InvitationEvent.objects.filter(invitation=invitation.pk, what=What.CALLED)
    if calls.filter(at__gt=timezone.now() - ONE_CALL).exists():  # a second click
        return False
    record([invitation.pk], What.CALLED, by=by)
    return True


@transaction.atomic
def reopen(invitation: Invitation, *, by: User) -> bool:
    """Take back what a colleague noted; False if there is nothing, or they said it themselves."""
    rows = Invitation.objects.filter(
        pk=invitation.pk, answer__in=(Answer.DECLINED, Answer.PROMISED), answered_by__isnull=False
    )
    if not rows.update(answer="", answered_at=None, answered_by=None, reason=""):
        return False
    if invitation.email and not invitation.no_mail:
        stops.lift_only(invitation.email, about(invitation.round_id))
    record([invitation.pk], What.REOPENED, by=by)
    return True


def _answer(
    invitation: Invitation, answer: str, *, what: str, by: User | None, reason: str = ""
) -> bool:
    rows = Invitation.objects.filter(pk=invitation.pk).exclude(answer__in=(answer, Answer.ERASED))
    if by is not None:  # what they said themselves stands until they say otherwise
        rows = rows.exclude(answer=Answer.DECLINED, answered_by=None)
    changed = rows.update(
        answer=answer, answered_at=timezone.now(), answered_by=by, reason=reason, due="",
        needs_check=False,
    )  # fmt: skip
    if changed:
        record([invitation.pk], what, by=by)
    return bool(changed)


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> bool:
    """Say yes to a line that was not read with certainty; False if somebody did."""
    rows = Invitation.objects.filter(pk=invitation.pk, needs_check=True)
    if not rows.update(needs_check=False, doubt=""):
        return False
    record([invitation.pk], What.ACCEPTED, by=by)
    return True


@transaction.atomic
def note_sent_by_hand(invitation: Invitation, *, by: User) -> bool:
    """Keep that a colleague sent the link themselves; False if it was asked already."""
    rows = Invitation.objects.filter(pk=invitation.pk, sent_at=None, needs_check=False, answer="")
    if not rows.update(sent_at=timezone.now(), due=""):
        return False
    record([invitation.pk], What.SENT_BY_HAND, by=by)
    return True


@transaction.atomic
def note_mailed(invitations: list[Invitation]) -> None:
    """Keep that the mails which were due have left for the outbox."""
    now = timezone.now()
    asked = [one.pk for one in invitations if one.due == Due.ASK]
    reminded = [one.pk for one in invitations if one.due == Due.REMIND]
    Invitation.objects.filter(pk__in=asked).update(due="", sent_at=now)
    Invitation.objects.filter(pk__in=reminded).update(
        due="", reminded_at=now, reminders=F("reminders") + 1
    )
    record(asked, What.SENT, by=None, at=now)
    record(reminded, What.REMINDED, by=None, at=now)


def was_mailed(invitation: Invitation) -> bool:
    """Whether the site itself wrote to the mailbox that it has now; another one begins anew."""
    asked = Q(what=What.SENT, at=F("invitation__sent_at"))
    reminded = Q(what=What.REMINDED, at=F("invitation__reminded_at"))
    return InvitationEvent.objects.filter(asked | reminded, invitation=invitation.pk).exists()


@transaction.atomic
def note_taken_back(asked: Iterable[int], reminded: Iterable[int]) -> None:
    """Undo `note_mailed` for those whose mail was taken back before it left."""
    steps = InvitationEvent.objects.filter(by=None)
    for numbers, what, moment in (
        (list(asked), What.SENT, "sent_at"),
        (list(reminded), What.REMINDED, "reminded_at"),
    ):
        steps.filter(invitation__in=numbers, what=what, at=F(f"invitation__{moment}")).delete()
        rows = Invitation.objects.filter(pk__in=numbers)
        back = {"reminders": F("reminders") - 1} if what == What.REMINDED else {}
        rows.update(**{moment: None}, **back)


@transaction.atomic
def note_no_mail(invitations: InvitationQuerySet) -> None:
    """Keep that they want no mail of this kind; whoever asks has to ring them."""
    numbers = list(invitations.filter(no_mail=False).values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=numbers).update(no_mail=True, due="")
    record(numbers, What.NO_MAIL, by=None)


def note_stop(mailbox: str, what: str) -> None:
    """Keep with its invitation that a mailbox stopped the mails of a round."""
    kind, _colon, number = what.partition(":")
    if kind != "round":
        return
    rows = Invitation.objects.filter(round=primary_key(number), answer="").exclude(email="")
    keyed = ((pk, stops.key_of(email)) for pk, email in rows.values_list("pk", "email"))
    note_no_mail(rows.filter(pk__in=[pk for pk, key in keyed if key == mailbox]))


@transaction.atomic
def erase(invitations: InvitationQuerySet) -> None:
    """Leave that somebody was asked, and not who; their link shows nothing any more."""
    rows = list(invitations.values_list("pk", "link_id"))
    numbers = [pk for pk, _link in rows]
    OutgoingMail.objects.filter(kind__in=KINDS, params__invitation__in=numbers).delete()
    Invitation.objects.filter(pk__in=numbers).update(
        name="–", organization="–", organization_key="", role="", email="", email_key="", phone="",
        note="", original="", doubt="", reason="", due="", needs_check=False, answer=Answer.ERASED,
    )  # fmt: skip
    PreviewLink.objects.filter(pk__in=[link for _pk, link in rows]).update(
        name="–", email="", revoked_at=timezone.now()
    )

"""What those who are asked to sign first are written, in their language."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casa.lib.addresses import mailboxes
from casa.lib.contact_details import harmless
from casa.lib.http import absolute
from casa.mail import stops
from casa.mail.kinds import Message, Trouble, register
from casa.mail.models import OutgoingMail
from signatories.core import invited
from signatories.models import (
    Invitation,
    InvitationEvent,
    InvitationRound,
    InvitationWords,
)
from signatories.rounds import sending
from statements import mail_subjects, previews
from statements.models import PreviewLink, Statement

State = Invitation.State


def register_kinds() -> None:
    register(
        invited.ASK,
        ask,
        label=gettext_lazy("Asked to sign first"),
        when=gettext_lazy("When staff ask those on the list of an invitation round."),
        sample=lambda: message(_sample(), is_reminder=False),
        on_trouble=note_trouble,
    )
    register(
        invited.REMIND,
        remind,
        label=gettext_lazy("Asked to sign first: reminder"),
        when=gettext_lazy("Some days before the deadline of a round, to who is silent."),
        sample=lambda: message(_sample(), is_reminder=True),
        on_trouble=note_trouble,
    )


def ask(mail: OutgoingMail) -> Message | None:
    """The private link of who is asked; nothing once they answered, or cannot any more."""
    asked = _waiting(mail)
    return message(asked, is_reminder=False) if asked else None


def remind(mail: OutgoingMail) -> Message | None:
    """The same once more, for who is silent."""
    asked = _waiting(mail)
    return message(asked, is_reminder=True) if asked else None


def _waiting(mail: OutgoingMail) -> Invitation | None:
    """The invitation of a mail, while an answer to it is wanted and can be given."""
    rows = Invitation.objects.select_related("round__statement", "link", "asked_by")
    rows = rows.filter(pk=mail.params.get("invitation"), email=mail.to)
    asked = rows.in_state(State.UNSENT, *Invitation.REMINDED_STATES).first()
    if asked is None or sending.obstacle(asked.round):
        return None
    of_statement = mail_subjects.about(asked.round.statement)
    if any(stops.stand(mail.to, one) for one in (of_statement, invited.EVERY_ROUND)):
        return None
    return asked


def message(
    asked: Invitation, *, is_reminder: bool, words: InvitationWords | None = None
) -> Message:
    """The mail to somebody, in the active language; `words` in place of those of the round."""
    asking = asked.round
    if words is None and asking.pk:
        words = asking.words_in(get_language() or "")
    subject = words.subject if words else shipped_words()["subject"]
    if is_reminder:
        subject = _("We still hope for your answer")
    return Message(
        subject=subject,
        template="ask",
        context={
            "name": harmless(asked.name),
            "organization": harmless(asked.organization),
            "asker": harmless(asked.asked_by.name) if asked.asked_by else "",
            "words": words.body if words else shipped_words()["body"],
            "is_reminder": is_reminder,
            "deadline": asking.deadline,
            "answers_to": mailboxes.shown(asking.answers_to) if asking.answers_to else "",
            "button_url": absolute(previews.path_of(asked.link)),
            "button_label": _("Read, then sign or decline"),
        },
        headers={"Reply-To": mailboxes.in_ascii(asking.answers_to)} if asking.answers_to else {},
        about=invited.about(asking.pk or 0),
    )


def shipped_words() -> dict[str, str]:
    """What a mail says in the active language where staff wrote nothing else."""
    return {
        "subject": _("Will you be among the first to sign?"),
        "body": _(
            "Before we publish a statement, we ask some organizations and people to sign it"
            " first.\n\nPlease read it by your private link. You can sign there at once, or tell us"
            " with one click that you do not want to."
        ),
    }


def _sample() -> Invitation:
    statement = Statement()
    deadline = timezone.now() + timedelta(days=14)
    asking = InvitationRound(statement=statement, deadline=deadline)
    link = PreviewLink(statement=statement, name="Nora Lind", key="sample", expires_at=deadline)
    return Invitation(
        round=asking, link=link, kind="organization", name="Nora Lind", organization="River Trust"
    )


def note_trouble(mail: OutgoingMail, trouble: Trouble | None) -> None:
    """Keep that a mail came back, or that it arrived after all; whoever asked rings them."""
    rows = Invitation.objects.filter(pk=mail.params.get("invitation"), email=mail.to)
    changed = rows.exclude(mail_trouble=trouble or "")
    numbers = list(changed.values_list("pk", flat=True))
    changed.update(mail_trouble=trouble or "")
    if trouble in (Trouble.HARD, Trouble.COMPLAINT):
        invited.record(numbers, InvitationEvent.What.BOUNCED, by=None)

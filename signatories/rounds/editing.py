"""Changes what is known of somebody on the list, and with it their private link."""

from __future__ import annotations

import secrets

from django.db import IntegrityError, transaction

from casa.accounts.models import User
from casa.lib.addresses.mailbox_keys import mailbox_key
from signatories.core import invited
from signatories.models import Invitation, InvitationEvent
from signatories.rounds.adding import key_of
from statements.models import PreviewLink

FIELDS = ("kind", "name", "organization", "role", "email", "phone", "language", "asked_by", "note")


class TakenError(Exception):
    """Another one on the list has this mailbox."""


@transaction.atomic
def save(invitation: Invitation, *, by: User) -> None:
    """Store what was changed. Raises TakenError.

    Another address is another mailbox: the link that went to the old one opens nothing any more,
    and the new one has not been asked.
    """
    before = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.organization_key = key_of(invitation.kind, invitation.organization)
    invitation.email_key = mailbox_key(invitation.email) if invitation.email else ""
    fields = [*FIELDS, "organization_key", "email_key"]
    if invitation.email != before.email:
        invitation.sent_at = invitation.reminded_at = None
        invitation.due = invitation.mail_trouble = ""
        invitation.no_mail, invitation.reminders = False, 0
        fields += ["sent_at", "reminded_at", "due", "mail_trouble", "no_mail", "reminders"]
        _renew(invitation)
    try:
        with transaction.atomic():
            invitation.save(update_fields=fields)
    except IntegrityError as error:
        raise TakenError from error
    PreviewLink.objects.filter(pk=invitation.link_id).update(
        name=invitation.displayed_name[:200], email=invitation.email
    )
    invited.record([invitation.pk], InvitationEvent.What.EDITED, by=by)


def _renew(invitation: Invitation) -> None:
    """Give the link another key, and forget that the old one was opened."""
    link = PreviewLink.objects.filter(pk=invitation.link_id)
    link.update(key=secrets.token_urlsafe(16))
    invitation.link.visits.all().delete()


def assign(numbers: list[int], to: User | None) -> int:
    """Say who of us asks them; how many that changes."""
    rows = Invitation.objects.filter(pk__in=numbers).exclude(answer=Invitation.Answer.ERASED)
    return rows.update(asked_by=to)

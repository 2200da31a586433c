"""How pages name the mails that people got, or are about to get."""

from django import template

from casa.mail import kinds
from casa.mail.models import OutgoingMail
from signatories.mailings import correction_notices
from statements.models import Statement

register = template.Library()


@register.filter
def mail_label(mail: OutgoingMail) -> str:
    return str(kinds.labels().get(mail.kind, mail.kind))


@register.simple_tag
def mailboxes_asked(statement: Statement) -> list[tuple[str, int]]:
    """The languages of a statement, each with how many a material correction of it would ask."""
    return list(correction_notices.mailboxes_asked(statement).items())

"""How a signer's private page names the mails they got."""

from django import template

from casa.mail import kinds
from casa.mail.models import OutgoingMail

register = template.Library()


@register.filter
def mail_label(mail: OutgoingMail) -> str:
    return str(kinds.labels().get(mail.kind, mail.kind))

"""What a private preview page says of the invitation round that its link belongs to."""

from django import template

from signatories.models import Invitation
from signatories.signing import round_answers
from statements.models import PreviewLink

register = template.Library()


@register.simple_tag
def asked_by_link(link: PreviewLink) -> Invitation | None:
    """The invitation of the link; None where no round made it."""
    return round_answers.invitation_of(link)

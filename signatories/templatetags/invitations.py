"""What a private preview page, and the office's list of such links, show of signing by one."""

from django import template

from signatories.signing import invitations
from signatories.signing.forms import InvitationForm
from signatories.signing.invitations import InvitedSignature
from statements import previews
from statements.models import PreviewLink, Statement
from statements.previews import Words

register = template.Library()


@register.inclusion_tag("signatories/_invitation.html")
def invitation(link: PreviewLink, words: Words, token: str) -> dict[str, object]:
    """The panel of the preview page: the form, or how the signature stands."""
    invited, seen = invitations.invited_signature(link), previews.mark(words)
    return {
        "link": link,
        "token": token,
        "seen": seen,
        "statement": link.statement,
        "is_open": invitations.is_open(link),
        "invited": invited,
        "signature": invited.signature if invited else None,
        "form": None if invited else InvitationForm(link, seen=seen),
    }


@register.simple_tag
def signed_by_link(statement: Statement) -> list[InvitedSignature]:
    """Who signed by a preview link, each with whether the words are still the same."""
    return invitations.invited_signatures(statement)

"""What who is asked in an invitation round answers by their private link."""

from django.db import transaction

from casa.mail import stops
from signatories.core import invited
from signatories.models import Invitation
from statements.models import PreviewLink

LONGEST_REASON = 1000


def invitation_of(link: PreviewLink) -> Invitation | None:
    """The invitation of a link that a round made."""
    if not link.in_round:
        return None
    asked = Invitation.objects.select_related("round", "asked_by").filter(link=link)
    return asked.first()


def is_late(link: PreviewLink) -> bool:
    """Whether the time to answer by the link is over."""
    asked = invitation_of(link)
    return asked is not None and asked.round.is_over


def _storable(reason: str) -> str:
    """A reason without what no database stores; no reason keeps anybody from declining."""
    shown = (char for char in reason[: LONGEST_REASON * 2] if char.isprintable() or char == "\n")
    return "".join(shown).strip()[:LONGEST_REASON]


@transaction.atomic
def decline(link: PreviewLink, reason: str, *, never_again: bool = False) -> bool:
    """Keep that the holder of the link does not sign; False where they cannot say so now.

    `never_again`: they want to be asked in no other round either.
    """
    asked = invitation_of(link)
    if asked is None or asked.round.is_over:
        return False
    invited.decline(asked, reason=_storable(reason))
    if never_again and asked.email:
        stops.stop(stops.key_of(asked.email), invited.EVERY_ROUND)
    return True

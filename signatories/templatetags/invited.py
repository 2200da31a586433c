"""How the back office calls the state of an invitation."""

from django import template

from signatories.models import Invitation

register = template.Library()


@register.filter
def state_label(state: str) -> str:
    return str(Invitation.State(state).label)

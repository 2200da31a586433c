"""What is yet to come of a statement, so that somebody may be told of it by mail."""

from typing import NamedTuple

from statements.models import Statement
from statements.public.parts import visible_deliveries
from statements.templatetags.reading import SigningState, signing_state


class Awaited(NamedTuple):
    """Neither: nothing is left to be told of."""

    opening: bool
    """Whether it cannot be signed yet, or not for the moment."""

    handover: bool
    """Whether it is still to be handed over, to whoever has not got it."""

    def __bool__(self) -> bool:
        return self.opening or self.handover


def awaited(statement: Statement) -> Awaited:
    opening = signing_state(statement) in (SigningState.PAUSED, SigningState.OPENS_LATER)
    return Awaited(opening, _is_to_be_handed_over(statement))


def _is_to_be_handed_over(statement: Statement) -> bool:
    """One that was handed over to nobody in particular is done."""
    had = {delivery.target_id for delivery in visible_deliveries(statement)}
    if not had:
        return True
    return None not in had and any(target.pk not in had for target in statement.targets.all())

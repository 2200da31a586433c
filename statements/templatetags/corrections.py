"""What pages ask about the editions of a statement."""

from django import template

from statements import lifecycle
from statements.editions import waiting_changes
from statements.models import Statement

register = template.Library()


@register.simple_tag
def correction_waits(statement: Statement) -> bool:
    """Whether the working copy of a published statement is not what visitors read."""
    return statement.status in lifecycle.CORRECTABLE and bool(
        waiting_changes(statement, list(statement.texts.all()))
    )

"""What the back office asks about the editions of a statement."""

from django import template

from statements import lifecycle
from statements.models import Statement
from statements.translations import LanguageState, language_states

register = template.Library()


@register.simple_tag
def correction_states(statement: Statement) -> list[LanguageState]:
    """The languages of a published statement, each with what waits in it; else []."""
    if statement.status not in lifecycle.CORRECTABLE:
        return []
    return language_states(statement, statement.texts.all())


@register.filter
def any_waits(states: list[LanguageState]) -> bool:
    """Whether the working copy of a language is not what visitors read."""
    return any(state.waits for state in states)


@register.filter
def that_are_behind(states: list[LanguageState]) -> list[LanguageState]:
    return [state for state in states if state.is_behind]

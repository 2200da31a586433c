"""What the back office asks about the editions of a statement."""

from django import template

from statements import lifecycle
from statements.models import Edition, Statement
from statements.translations import LanguageState, language_states

register = template.Library()


@register.simple_tag
def correction_states(statement: Statement) -> list[LanguageState]:
    """The languages of a published statement, each with what waits in it; else []."""
    if statement.status not in lifecycle.CORRECTABLE:
        return []
    return language_states(statement, statement.texts.all())


@register.simple_tag
def editions_that_differ(statement: Statement) -> list[Edition]:
    """What visitors read in each language, the original first; [] where it is one number."""
    states = language_states(statement, [])
    editions = [state.edition for state in states if state.edition]
    return editions if len({edition.number for edition in editions}) > 1 else []


@register.filter
def any_waits(states: list[LanguageState]) -> bool:
    """Whether the working copy of a language is not what visitors read."""
    return any(state.waits for state in states)


@register.filter
def that_are_behind(states: list[LanguageState]) -> list[LanguageState]:
    return [state for state in states if state.is_behind]

"""How far a statement is from the number of people that the office wants."""

from typing import NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext, ngettext

from casa.lib.text import unparted
from statements.models import Statement


class Goal(NamedTuple):
    number: int
    people: int
    words: str

    @property
    def is_reached(self) -> bool:
        return self.people >= self.number


def goal_of(statement: Statement, people: int) -> Goal | None:
    """None without a goal, and where signing ended before it was reached."""
    if statement.goal is None:
        return None
    missing = statement.goal - people
    if missing > 0 and not statement.is_open_by_its_dates():
        return None
    return Goal(statement.goal, min(people, statement.goal), _words(statement.goal, missing))


def _words(goal: int, missing: int) -> str:
    if missing <= 0:
        told = gettext("The goal of %(goal)s people is reached")
        return unparted(told % {"goal": intcomma(goal)})
    told = ngettext(
        "%(missing)s more person until %(goal)s", "%(missing)s more people until %(goal)s", missing
    )
    return unparted(told % {"missing": intcomma(missing), "goal": intcomma(goal)})

"""What a page of the back office says was done, without a wall of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib import messages

register = template.Library()

MOST_ALONE = 3


@dataclass(frozen=True)
class Told:
    """`folded` are told as one, by their number; the others each."""

    folded: list[Any]
    alone: list[Any]


@register.simple_tag
def gathered(said: Iterable[Any]) -> Told:
    """Messages for a page: more than a few that something was done are one; others stay."""
    rows = list(said)
    done = [one for one in rows if one.level == messages.SUCCESS]
    if len(done) <= MOST_ALONE:
        return Told([], rows)
    return Told(done, [one for one in rows if one.level != messages.SUCCESS])

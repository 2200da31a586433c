"""Names put together as the reader's language does: the first of many, and how many others."""

from collections.abc import Sequence

from babel.lists import format_list
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from casa.lib.moments.words import locale

ROOM = 40
"""Letters of names that two lines on a telephone have room for."""

LONG = 32
"""A name of more letters is cut off at the end of a narrow line."""


def first_named(names: Sequence[str], number: int) -> list[str]:
    """Of `number` that there are, the first of `names` that have ROOM together; at least one."""
    shown: list[str] = []
    for name in names:
        is_last = len(shown) + 1 == number
        letters = sum(map(len, shown)) + len(name)
        if shown and letters > (ROOM + LONG if is_last else ROOM):
            break
        shown.append(name)
    return shown


def enumerated(names: Sequence[str], others: SafeString | None = None) -> SafeString:
    """ "A, B and 3 others" as HTML; `others` says the rest."""
    parts = [*map(_marked, names), *([others] if others else [])]
    return mark_safe(put_together(parts))  # noqa: S308 - each is escaped


def put_together(parts: Sequence[str]) -> str:
    """ "A, B and C" as the reader's language does."""
    return format_list(parts, locale=locale())


def _marked(name: str) -> str:
    if len(name) <= LONG:
        return format_html("<bdi>{}</bdi>", name)
    return format_html('<bdi class="long">{}</bdi>', name)

"""Whether words below a line of dashes read like a signature, or like a text that goes on."""

import re
from enum import Enum, auto

from casa.lib.html.paste.nodes import Element

LONG = 120  # characters: a line of prose, and no name, office, street or number
_NAME = 80
_MOST_LINES = 8
_LOOKED_AT = 12  # lines: a signature says early how its writer is reached
_ENDS_OF_SENTENCES = (".", "?", "!", ":", ";", "。", "؟", "।")

_ADDRESS = re.compile(r"[\w.+-]@[\w-]|\bwww\.|https?://", re.IGNORECASE)
_PHONE = re.compile(r"[^\d+]{0,16}\+?[\d ()/.\u00a0\u2011-]{5,30}")
_DAY = re.compile(r"(?<!\d)\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?!\d)")
_LEAST_DIGITS = 6


class Verdict(Enum):
    SIGNATURE = auto()
    DOUBT = auto()


def lines_of(element: Element) -> list[str]:
    """The lines of an element that hold words."""
    return [one for line in element.lines.splitlines() if (one := " ".join(line.split()))]


def judge(lines: list[str], *, is_in_mail: bool) -> Verdict:
    """A disclaimer of any length may follow a name; a text of several paragraphs is none."""
    first_long = next((at for at, one in enumerate(lines) if len(one) > LONG), len(lines))
    head, longer = lines[:first_long], sum(len(one) > LONG for one in lines)
    if not head or len(head[0]) > _NAME:
        return Verdict.DOUBT
    if has_contact(head):
        return Verdict.SIGNATURE
    if is_in_mail:
        return Verdict.SIGNATURE if longer <= 1 and len(head) <= _LOOKED_AT else Verdict.DOUBT
    is_short = 2 <= len(lines) <= _MOST_LINES and max(map(len, lines)) < _NAME
    ends = any(one.endswith(_ENDS_OF_SENTENCES) for one in lines)
    return Verdict.SIGNATURE if is_short and not ends else Verdict.DOUBT


def has_contact(lines: list[str]) -> bool:
    """Whether they say how somebody is reached: an address, or a number on a line of its own."""
    return any(_ADDRESS.search(one) or _is_phone(one) for one in lines[:_LOOKED_AT])


def _is_phone(line: str) -> bool:
    return (
        bool(_PHONE.fullmatch(line))
        and sum(map(str.isdigit, line)) >= _LEAST_DIGITS
        and not _DAY.search(line)
    )

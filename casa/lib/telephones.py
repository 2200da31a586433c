"""Telephone numbers as somebody typed them: read with care, and found in a line of text."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 40
FEWEST_DIGITS, MOST_DIGITS = 4, 20
_MARKS = frozenset("+ ()/.-")
# A number says so itself by its country code; others may be dates, codes or sums.
_WITH_COUNTRY = re.compile(r"\+\d[\d ()/.-]{6,25}")


def read_telephone(text: str) -> str:
    """`text` in plain digits and marks. Raises ValidationError if it is no telephone number."""
    shown = "".join(_plain(char) for char in text[: LONGEST * 2])
    shown = " ".join(shown.split())
    digits = sum(char.isdigit() for char in shown)
    fits = len(shown) <= LONGEST and FEWEST_DIGITS <= digits <= MOST_DIGITS
    if shown and not (fits and all(char.isdigit() or char in _MARKS for char in shown)):
        raise ValidationError(_("Write one telephone number of digits, as in “+47 22 12 34 56”."))
    return shown


def _plain(char: str) -> str:
    """Digits of any script as ours, and dashes and blanks of any kind as one."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if unicodedata.category(char) == "Pd":
        return "-"
    return " " if char.isspace() else char


def telephone_in(text: str) -> str:
    """The only number in `text` that begins with its country code; "" where there is none."""
    found = {_whole(one) for one in _WITH_COUNTRY.findall(text)}
    if len(found) != 1:
        return ""
    try:
        return read_telephone(found.pop())
    except ValidationError:
        return ""


def _whole(number: str) -> str:
    """Without the marks behind it, which belong to the line."""
    return number.rstrip(" (/.-" if "(" in number else " )/.-")


def address_of(number: str) -> str:
    """What a telephone dials: `tel:` and the digits."""
    dialled = "".join(char for char in number if char.isdigit())
    return f"tel:{'+' if number.startswith('+') else ''}{dialled}"

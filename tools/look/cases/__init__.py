"""What sites are filled with: each case is a function, named here with its module.

Everything is invented, and made by the product's own verbs. This module itself needs no Django.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.look.pages import Page

CASES = {
    "crowd": "sizes",
    "directory": "organizations",
    "long": "contents",
    "letter": "contents",
    "rtl": "languages",
    "azerbaijani": "languages",
    "signing": "signing",
    "ended": "signing",
    "one": "sizes",
    "empty": "sizes",
    "fresh": "sizes",
    "errors": "signing",
}
"""In the order in which they are looked at: those that take longest begin."""


def make(case: str) -> list[Page]:
    """Fill the site with the case; returns the pages to look at."""
    made: list[Page] = getattr(import_module(f"{__name__}.{CASES[case]}"), case)()
    return made

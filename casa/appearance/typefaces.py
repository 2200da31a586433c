"""The pairs of typefaces that the office can choose from: the one table.

`serif` and `sans` are what static/casa/site/*.css calls --serif (words and titles of statements)
and --sans (all else). `extended` replaces --serif where a language has letters that many typefaces
lack, such as ə: they would be taken from another typeface, letter by letter.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EXTENDED_LANGUAGES = ("az",)
DEFAULT = "document"

_HUMANIST = (
    'Seravek,"Gill Sans Nova",Ubuntu,Calibri,"Noto Sans","DejaVu Sans",source-sans-pro,sans-serif'
)
_BOOK = '"Palatino Linotype",Palatino,"URW Palladio L","Book Antiqua",P052,Georgia,serif'
_EXTENDED = '"Noto Serif","DejaVu Serif",Cambria,"Times New Roman",serif'


@dataclass(frozen=True)
class Pair:
    """Two stacks of typefaces, in CSS; "" leaves what foundation.css says."""

    label: Promise
    serif: str = ""
    sans: str = ""
    extended: str = ""

    @property
    def stylesheet(self) -> str:
        told = {"--serif": self.serif, "--sans": self.sans}
        said = ";".join(f"{name}:{stack}" for name, stack in told.items() if stack)
        rules = f":root{{{said}}}" if said else ""
        if self.extended:
            rules += f":lang({','.join(EXTENDED_LANGUAGES)}){{--serif:{self.extended}}}"
        return rules


PAIRS: dict[str, Pair] = {
    DEFAULT: Pair(_("Document: a serif for the words of a statement, a sans-serif for the rest")),
    "plain": Pair(
        _("Plain: one sans-serif for everything"),
        serif=_HUMANIST, sans=_HUMANIST, extended=_HUMANIST,
    ),
    "book": Pair(
        _("Book: an old serif for the words of a statement, a plain sans-serif for the rest"),
        serif=_BOOK, sans=_HUMANIST, extended=_EXTENDED,
    ),
}  # fmt: skip

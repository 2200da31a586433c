"""Text files that are offered: text that every program reads alike, and that none runs."""

import re
from typing import IO

from django.utils.translation import gettext as _

from casa.lib.media import files

# Where a cell of a table may begin, whichever of the usual marks a program takes for its end.
_CELL = re.compile(r"""(?:^|[,;\t\r\n])["' ]{0,9}([=@+-])([^,;\t\r\n]{0,60})""")
_NUMBER = re.compile(r"[\d\s.,()%:/-]*\"?")


class UnfitTextError(Exception):
    """Why a text file is not taken, and what to do, for staff."""


def check(file: IO[bytes], kind: str) -> None:
    """Raises UnfitTextError unless `file` is text, and as a table holds no formula."""
    text = _text_of(file)
    if any(ord(char) < 32 and char not in "\t\r\n\f" for char in set(text)):
        raise UnfitTextError(_("The file holds characters that are no text."))
    if kind == files.TABLE and (found := _first_formula(text)) is not None:
        sentence = _(
            "Line %(line)s has a cell that begins with “%(mark)s”: a spreadsheet would run it as a"
            " formula. Save the table with values in place of formulas."
        )
        raise UnfitTextError(
            sentence % {"line": text.count("\n", 0, found.start(1)) + 1, "mark": found[1]}
        )


def _text_of(file: IO[bytes]) -> str:
    file.seek(0)
    content = file.read()
    file.seek(0)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitTextError(
            _("The text is not in UTF-8, so letters would be read wrongly. Save it as UTF-8.")
        ) from None


def _first_formula(text: str) -> re.Match[str] | None:
    cells = _CELL.finditer(text)
    return next((one for one in cells if one[1] in "=@" or not _NUMBER.fullmatch(one[2])), None)

"""The check of a scanned PDF: it can be opened and holds nothing that runs.

Found out by the confined reader of documents: a hostile file is taken apart there and nowhere else.
"""

from __future__ import annotations

from typing import IO

from django.utils.translation import gettext_lazy as _

from casa.lib.documents.reading import DocumentRefused, read_document

TAKEN = frozenset({"scan", "empty"})
"""Refusals of a list of names that are right for a scan: it has pictures of pages and no text."""


def is_pdf(file: IO[bytes]) -> bool:
    file.seek(0)
    start = file.read(5)
    file.seek(0)
    return start == b"%PDF-"


_SENTENCES = {
    "password": _("This PDF is protected by a password. Save it without one."),
    "busy": _("Another file is being read just now. Send it again in a minute; it is kept."),
}
_UNFIT = _("This PDF cannot be opened here. Scan the sheet anew, or choose a picture of it.")


class RefusedError(Exception):
    """A PDF that is not taken; `str()` is a sentence that says why."""


def pages_of(file: IO[bytes]) -> int:
    """How many pages a PDF has. Raises RefusedError where it is not taken."""
    try:
        return read_document(file, name="").pages
    except DocumentRefused as refused:
        if refused.code not in TAKEN:
            raise RefusedError(str(_SENTENCES.get(refused.code, _UNFIT))) from refused
        return int(refused.facts.get("pages", 0))

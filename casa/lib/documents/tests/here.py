"""Reads a document in the process of the test: for whatever is known to harm nothing."""

import io
from dataclasses import asdict
from typing import IO

from casa.lib.documents.reader.__main__ import run
from casa.lib.documents.reading import LIMITS, Document, as_document


def read_here(file: IO[bytes] | bytes, name: str = "names.txt", encoding: str = "") -> Document:
    """As `read_document` does it. Raises DocumentRefused."""
    made = io.BytesIO()
    given = io.BytesIO(file) if isinstance(file, bytes) else file
    run({"limits": asdict(LIMITS), "encoding": encoding}, given, made)
    made.seek(0)
    return as_document(made, name)

"""The program that sets one PDF: a job comes in as JSON, the document goes out.

`typesetting` runs it in a process of its own, because a long list of names takes some hundred
megabytes, which a web server would not give back. Of the product it imports nothing.
"""

import json
import sys
from base64 import b64decode
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

MISSING = "could not be displayed"  # of Typst's sentence about a letter that no font has
NO_LETTER = "It has letters that no font here has; FONTS_DIR can name more fonts."


def set_document(job: dict[str, Any]) -> bytes:
    """`job`: "templates" (paths, read as one), "content", "fonts" (folders), and "made_at".

    The seconds of `made_at` count from 1970. "pictures" are {name: base64}, for templates to read.
    Raises typst.TypstError for a template that fails.
    """
    with TemporaryDirectory() as folder:
        for name, picture in job.get("pictures", {}).items():
            (Path(folder) / name).write_bytes(b64decode(picture))
        return _set(job, folder)


def _set(job: dict[str, Any], folder: str) -> bytes:
    compiled: Callable[..., Any] = partial(
        typst.compile,
        b"".join(Path(path).read_bytes() for path in job["templates"]),
        root=folder,  # a template reads nothing outside it
        # The system's own fonts differ from machine to machine.
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=job["fonts"]),
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(job["content"])},
        format="pdf",
        timestamp=datetime.fromtimestamp(job["made_at"], UTC),
    )
    try:
        return bytes(compiled(pdf_standards=["a-2a", "ua-1"]))
    except typst.TypstError as error:
        if not error.message.startswith("PDF/"):
            raise
        sys.stderr.write(NO_LETTER if MISSING in error.message else error.message)
        return bytes(compiled())


if __name__ == "__main__":
    sys.stdout.buffer.write(set_document(json.load(sys.stdin)))

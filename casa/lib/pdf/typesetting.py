"""PDF documents: plain data, set by Typst after a template of ours.

Words reach the template as data, never as its source: nothing that was typed is read as a
command. The documents are tagged for screen readers (PDF/UA-1) and fit for archives (PDF/A-2a).
"""

import json
import logging
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

FONTS = Path(__file__).parents[1] / "media" / "fonts"
PROGRAM = Path(__file__).with_name("typesetter.py")
SECONDS = 30  # a list of 1,500 names takes a third of one

logger = logging.getLogger(__name__)


def pdf(
    template: Path,
    content: dict[str, Any],
    *,
    made_at: datetime,
    before: Path | None = None,
    pictures: dict[str, str] | None = None,
) -> bytes:
    """The document that `template` (a .typ file) makes of `content` (what JSON can hold).

    What stands in `before` is read first, as a part of the template that others share. `pictures`
    are {name: base64} of files that it shows, in the formats of casa/lib/media/.

    The same content and second give the same bytes. A letter that no font has, neither those
    that come along nor ADDED_FONTS, is drawn as a box. Then, and where words are nested
    as no editor would, the document does not claim the standards, and the log says why. Raises
    RuntimeError for content that the template cannot be made with.
    """
    folders = dict.fromkeys([FONTS, *(file.parent for file in settings.ADDED_FONTS)])
    job = {
        "templates": [str(path) for path in (before, template) if path],
        "content": content,
        "fonts": [str(folder) for folder in folders],
        "made_at": int(made_at.timestamp()),
        "pictures": pictures or {},
    }
    done = subprocess.run(  # noqa: S603 - our own program, and words come as its input
        [sys.executable, "-I", str(PROGRAM)],
        input=json.dumps(job).encode(), env={}, capture_output=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"A PDF could not be set: {done.stderr.decode()[-2_000:]}")
    if done.stderr:
        logger.warning("A PDF does not meet the standards. %s", done.stderr.decode())
    return done.stdout

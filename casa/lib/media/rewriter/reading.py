"""Decodes a file to pixels after its header was judged."""

from typing import IO

from casa.lib.media.rewriter.bounds import Limits, RefusedError, shrink_of
from casa.lib.media.rewriter.coded import Coded
from casa.lib.media.rewriter.heif import Heif
from casa.lib.media.rewriter.writing import KEPT_AS, Picture


def read(file: IO[bytes], limits: Limits) -> Picture:
    """The picture in `file`. Raises RefusedError before anything is decoded, or when it fails."""
    beginning = file.read(12)
    file.seek(0)
    opened = Heif(file) if beginning[4:8] == b"ftyp" else Coded(file, limits.memory)
    if opened.format not in limits.formats and opened.format != "MPO":
        raise RefusedError("format")
    return Picture(opened.decoded(shrink_of(opened, limits)), KEPT_AS[opened.format])

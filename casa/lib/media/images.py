"""Pictures that are uploaded: never decoded here, but by `rewriter`, a program that is confined.

It runs one at a time in each process of the site, so that many uploads at once take the memory of
one. It is called once all else is known to be right: it is what costs.
"""

import json
import logging
from dataclasses import asdict, dataclass
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casa.lib import confined
from casa.lib.media import files
from casa.lib.media.rewriter.bounds import Crop

PROGRAM = confined.Program(
    "casa.lib.media.rewriter",
    patience=10,
    wall_seconds=45,  # however slow the machine is; nginx gives up after 60
    in_line=2,  # the one that is read and the next; half of a worker's threads are left for pages
)
IN_MEMORY = 1 << 19  # bytes of a picture, more than any logo has; larger ones wait on the disk

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
SUFFIXES = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp"}

SENTENCES: dict[str, str | Promise] = {
    "format": _("Pictures of this kind are not taken here. Save it as PNG, JPEG or WebP."),
    "damaged": _("This picture is damaged. Save it anew, or choose another."),
    "sides": _(
        "This picture is %(width)s × %(height)s pixels, and no side may be longer than %(limit)s."
        " Save it smaller."
    ),
    "shape": _(
        "This picture is %(width)s × %(height)s pixels, and no side may be more than %(limit)s"
        " times as long as the other. Cut it, or choose another."
    ),
    "pixels": _(
        "This picture has %(pixels)s million pixels. Of this kind, at most %(limit)s million can"
        " be read. Save it smaller."
    ),
    "small": _(
        "This picture is %(width)s × %(height)s pixels. It has to be at least %(least_width)s wide"
        " and %(least_height)s high: choose a larger one."
    ),
    "heavy": _("This picture is too large to be read. Save it smaller, or choose another."),
    "many": _("Many pictures came from your network lately. Leave it out, or try again later."),
    "busy": _("Other pictures are being read just now. Choose it again and send it in a minute."),
}
"""By the code of a refusal; the first ones are those of `rewriter`."""

logger = logging.getLogger(__name__)


class RefusedError(Exception):
    """The picture is not taken; `str()` says why and what helps."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(str(SENTENCES[code]) % facts)


@dataclass(frozen=True)
class Job:
    """What is made of a picture, and what that may cost.

    `memory` are bytes at the peak, `seconds` those of a processor. What has more pixels than are
    `kept` is read at a half or a quarter of either side. With `boxes`, sizes for these
    (width, height) are made, with a dark ground under what could not be seen if it is shown
    `on_white`. With `crops`, the whole picture as JPEG comes first, then these, around `focus` (per
    cent from the left and from the top); one below `least` (width, height) is refused. With
    neither, the whole picture comes first, then its renditions.
    """

    formats: tuple[str, ...]
    kept: int
    memory: int
    seconds: int
    boxes: tuple[tuple[int, int], ...] = ()
    on_white: bool = True
    crops: tuple[Crop, ...] = ()
    focus: tuple[int, int] = (50, 50)
    least: tuple[int, int] = (1, 1)


FROM_ANYBODY = Job(("JPEG", "PNG", "WEBP", "GIF"), kept=4_000_000, memory=64 << 20, seconds=3)
FROM_STAFF = Job((*FROM_ANYBODY.formats, "HEIF"), kept=25_000_000, memory=160 << 20, seconds=20)


class UnfitError(Exception):
    """The upload is no picture that a job takes; `str()` says why and what helps."""


def check(upload: IO[bytes], size: int, job: Job, most: int) -> None:
    """Look at size and beginning alone, which costs nothing; both in bytes. Raises UnfitError."""
    if size > most:
        sentence = _("This file is larger than %(limit)s MB. Choose a smaller picture.")
        raise UnfitError(str(sentence) % {"limit": most // 1024**2})
    kind = files.picture_format(upload)
    if kind in job.formats:
        return
    if kind:
        raise UnfitError(str(SENTENCES["format"]))
    if files.is_svg(upload):
        raise UnfitError(str(_("An SVG file can hold programs. Save it as PNG, JPEG or WebP.")))
    raise UnfitError(str(_("This is no picture. Choose a PNG, JPEG, WebP or GIF file.")))


@dataclass(frozen=True)
class Written:
    """A picture that was written anew; width and height in pixels. Whoever stored it closes it."""

    content_type: str
    width: int
    height: int
    file: IO[bytes]

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.content_type]

    @property
    def data(self) -> bytes:
        self.file.seek(0)
        return self.file.read()


def rewritten(upload: IO[bytes], job: Job) -> tuple[Written, ...]:
    """What `job` makes of the picture in `upload`. Raises RefusedError."""
    with TemporaryFile() as made:
        try:
            PROGRAM.run(json.dumps(asdict(job)), upload, made)
        except confined.BusyError as error:
            raise RefusedError("busy") from error
        except confined.EndedError as error:
            logger.warning("A picture could not be read (%s).", error)
            raise RefusedError("heavy") from error
        return _written(made)


def _written(made: IO[bytes]) -> tuple[Written, ...]:
    """The pictures that the program wrote, each behind a line about it. Raises RefusedError."""
    pictures = []
    while line := made.readline():
        facts: dict[str, Any] = json.loads(line)
        if code := facts.pop("refused", None):
            raise RefusedError(code, **facts)
        size = facts["bytes"]
        file: IO[bytes] = BytesIO() if size <= IN_MEMORY else TemporaryFile()  # noqa: SIM115
        file.write(made.read(size))
        pictures.append(Written(facts["type"], facts["width"], facts["height"], file))
    return tuple(pictures)

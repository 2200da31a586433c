"""The kinds of pictures that Pillow reads."""

import re
from io import SEEK_END
from typing import IO

from PIL import Image

from casa.lib.media.rewriter.bounds import BAND, RefusedError
from casa.lib.media.rewriter.writing import JPEG, KEPT_AS, writing_cost

# Bytes that decoding takes at its peak for each pixel of the file; measured.
_WEBP_COST = 18  # two canvases, a copy and the picture
_STORED = {"1": 1, "L": 1, "P": 1, "I;16": 2}  # by Pillow's mode; of all others 4

_MOST_PASSES = 64
"""A progressive JPEG has ten passes. A file of 300 kB can have 10,000, of 2 ms each."""
_PASS = re.compile(rb"\xff\xda\x00(?:\x08\x01|\x0a\x02|\x0c\x03|\x0e\x04)")

_ORIENTATION = 0x0112  # the EXIF tag
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


class Coded:
    """A file of which only the header is read."""

    def __init__(self, file: IO[bytes], memory: int) -> None:
        # Pillow makes room for a WebP as soon as it is opened, unless it has twice as many pixels.
        is_webp = b"WEBP" in file.read(12)
        Image.MAX_IMAGE_PIXELS = memory // _WEBP_COST // 2 if is_webp else None
        file.seek(0)
        try:
            self._opened = Image.open(file, formats=("JPEG", "PNG", "WEBP", "GIF"))
        except Image.DecompressionBombError as error:
            raise RefusedError("heavy") from error
        self.format = self._opened.format or ""
        self._bytes = file.seek(0, SEEK_END)
        if KEPT_AS[self.format] == JPEG and _passes(file) > _MOST_PASSES:
            raise RefusedError("heavy")
        self.width, self.height = self._opened.size
        self._turn = self._read_turn()

    def memory(self, shrink: int) -> int:
        width, height = -(-self.width // shrink), -(-self.height // shrink)
        made = 4 * width * height
        turned = 2 * made if self._turn is not None else 0
        writing = writing_cost(KEPT_AS[self.format], width, height, self._mode())
        return max(self._decoding_cost(shrink, made), turned, writing)

    def _decoding_cost(self, shrink: int, made: int) -> int:
        pixels, is_as_made = self.width * self.height, self._opened.mode == self._mode()
        if self.format == "WEBP":
            return _WEBP_COST * pixels + 3 * self._bytes
        if KEPT_AS[self.format] == JPEG:
            return made + max(self._coefficients(), 0 if is_as_made else made)
        stored = pixels * _STORED.get(self._opened.mode, 4)
        stored += pixels if self.format == "GIF" else 0  # the frame, on its ground
        return stored if is_as_made and shrink == 1 else stored + made

    def _coefficients(self) -> int:
        """What a progressive JPEG needs, of which every pass needs the whole picture."""
        if not self._opened.info.get("progressive"):
            return 0
        layers: list[tuple[int, ...]] = self._opened.layer  # type: ignore[attr-defined]
        factors = [(horizontal, vertical) for _id, horizontal, vertical, *_rest in layers]
        largest = max(one for one, _other in factors) * max(other for _one, other in factors)
        samples = sum(one * other for one, other in factors) / largest
        return int(2 * samples * self.width * self.height)

    def decoded(self, shrink: int) -> Image.Image:
        """About 1/`shrink` as wide and high, set upright."""
        opened = self._opened
        opened.draft(None, (self.width // shrink, self.height // shrink))
        is_drafted = opened.size != (self.width, self.height)
        opened.load()
        image = _converted(opened, self._mode(), 1 if is_drafted else shrink)
        image = image if self._turn is None else image.transpose(self._turn)
        image.info = {}  # only the pixels go on: EXIF, comments and colour profiles stay behind
        return image

    def _read_turn(self) -> Image.Transpose | None:
        if self.format == "PNG" and "exif" not in self._opened.info:
            return None  # Pillow would decode it, to look whether any comes behind
        return _TURNS.get(self._opened.getexif().get(_ORIENTATION, 1))

    def _mode(self) -> str:
        keeps_alpha = KEPT_AS[self.format] != JPEG and self._has_alpha()
        return "RGBA" if keeps_alpha else "RGB"

    def _has_alpha(self) -> bool:
        return "A" in self._opened.getbands() or "transparency" in self._opened.info


def _converted(image: Image.Image, mode: str, shrink: int) -> Image.Image:
    """Works in parts, so that there is no second copy of its size."""
    if image.mode == mode and shrink == 1:
        return image
    made = Image.new(mode, (-(-image.width // shrink), -(-image.height // shrink)))
    for top in range(0, image.height, BAND):
        band = image.crop((0, top, image.width, min(top + BAND, image.height)))
        made.paste(band.convert(mode).reduce(shrink), (0, top // shrink))
    return made


def _passes(file: IO[bytes]) -> int:
    """How often a JPEG begins to tell pixels. Bytes of a film behind it are not taken for that."""
    file.seek(0)
    return len(_PASS.findall(file.read()))

"""Pictures that are uploaded: looked at before they are unpacked, and always written anew."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
MAX_PIXELS = 40_000_000
"""Width × height. A small file can claim to be so large that unpacking it fills the memory."""

WIDTHS = (640, 1280)
"""Of the renditions, in pixels; none is wider than the picture itself."""

NEARLY_WHITE = 215
"""The mean lightness, of 255, from which a drawing is lost on white."""

DARK_GROUND = "#1b1f23"

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
SUFFIXES = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp"}
_WRITING: dict[str, tuple[str, dict[str, Any]]] = {
    JPEG: ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
    PNG: ("PNG", {"optimize": True}),
    WEBP: ("WEBP", {"quality": 80, "method": 4}),
}
# What a picture is kept as; a moving one keeps its first frame.
_KEPT_AS = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP, "GIF": PNG}


class TooLargeError(Exception):
    """The picture has more pixels than are unpacked."""


class BrokenError(Exception):
    """It begins like a picture and cannot be read to its end."""


@dataclass(frozen=True)
class Written:
    """A picture as bytes; width and height in pixels."""

    content_type: str
    width: int
    height: int
    data: bytes

    @property
    def suffix(self) -> str:
        return SUFFIXES[self.content_type]


@dataclass(frozen=True)
class Picture:
    """An upload that was unpacked, turned upright and freed of what cameras add to it."""

    image: Image.Image
    kept_as: str

    def whole(self) -> Written:
        """The picture in its own size, without EXIF and whatever else the file held."""
        return _written(self.image, self.kept_as)

    def renditions(self) -> Iterator[Written]:
        """WebP and JPEG, in each of WIDTHS that the picture fills, at least once."""
        for width in sorted({min(width, self.image.width) for width in WIDTHS}):
            height = max(1, round(self.image.height * width / self.image.width))
            scaled = self.image.resize((width, height), Image.Resampling.LANCZOS)
            for content_type in (WEBP, JPEG):
                yield _written(scaled, content_type)

    def fitted(self, *boxes: tuple[int, int]) -> Iterator[Written]:
        """WebP, and PNG or JPEG for old readers, scaled down into each box (width, height).

        Never enlarged. What is transparent stays so. Boxes that a small picture fits in alike
        give one size.
        """
        fallback = PNG if self.image.mode == "RGBA" else JPEG
        sizes = {self._within(*box) for box in boxes}
        for size in sorted(sizes):
            scaled = self.image.resize(size, Image.Resampling.LANCZOS)
            for content_type in (WEBP, fallback):
                yield _written(scaled, content_type)

    def on_white(self) -> "Picture":
        """As it can be seen on white: what is transparent and nearly white gets a dark ground."""
        if self.image.mode != "RGBA" or not self.image.getchannel("A").getbbox():
            return self
        drawn = ImageStat.Stat(self.image.convert("L"), mask=self.image.getchannel("A"))
        if drawn.mean[0] < NEARLY_WHITE:
            return self
        ground = Image.new("RGBA", self.image.size, DARK_GROUND)
        return Picture(Image.alpha_composite(ground, self.image), self.kept_as)

    def _within(self, width: int, height: int) -> tuple[int, int]:
        scale = min(1, width / self.image.width, height / self.image.height)
        return max(1, round(self.image.width * scale)), max(1, round(self.image.height * scale))


def read(file: IO[bytes], *, max_pixels: int | None = None) -> Picture | None:
    """The picture in `file`, which is rewound; None for what is none.

    Raises TooLargeError before anything is unpacked (past `max_pixels`, else MAX_PIXELS),
    BrokenError for a damaged file.
    """
    file.seek(0)
    try:
        opened = _opened(file)
        if opened is None:
            return None
        if opened.width * opened.height > (max_pixels or MAX_PIXELS):
            raise TooLargeError
        return _unpacked(opened)
    finally:
        file.seek(0)


def _opened(file: IO[bytes]) -> Image.Image | None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return Image.open(file, formats=FORMATS)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            raise TooLargeError from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            return None


def _unpacked(opened: Image.Image) -> Picture:
    kept_as = _KEPT_AS[opened.format or ""]
    try:
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        has_alpha = "A" in upright.getbands() or "transparency" in upright.info
        pixels = upright.convert("RGBA" if has_alpha and kept_as != JPEG else "RGB")
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise BrokenError from error
    # Only the pixels go on: EXIF, comments and colour profiles stay behind.
    bare = Image.new(pixels.mode, pixels.size)
    bare.paste(pixels)
    return Picture(bare, kept_as)


def _written(image: Image.Image, content_type: str) -> Written:
    if content_type == JPEG and image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    name, options = _WRITING[content_type]
    buffer = io.BytesIO()
    image.save(buffer, name, **options)
    return Written(content_type, image.width, image.height, buffer.getvalue())

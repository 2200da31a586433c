"""What is made of a picture, once it is decoded."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageStat

WIDTHS = (640, 1280)
"""The renditions, in pixels; none is wider than the picture itself."""

NEARLY_WHITE = 215
"""The mean lightness, of 255, from which a drawing is lost on white."""

DARK_GROUND = "#1b1f23"

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
# What a picture is kept as; a moving one keeps its first frame. MPO is a JPEG with more behind it,
# as telephones write it for depth and brightness.
KEPT_AS = {"JPEG": JPEG, "MPO": JPEG, "PNG": PNG, "WEBP": WEBP, "GIF": PNG, "HEIF": JPEG}

_WRITING: dict[str, tuple[str, dict[str, Any]]] = {
    JPEG: ("JPEG", {"quality": 82, "optimize": True, "progressive": True}),
    PNG: ("PNG", {"optimize": True}),
    WEBP: ("WEBP", {"quality": 80, "method": 4}),
}
_LARGE = 13_000_000
"""Pixels. A larger JPEG is written row by row, which takes no memory and some 5 % more bytes."""

# Bytes at the peak for each pixel, beside the picture that is written; measured.
_WEBP_COST = {"RGB": 6, "RGBA": 42}
_JPEG_COST = 4


@dataclass(frozen=True)
class Encoded:
    """A picture as bytes; width and height in pixels."""

    content_type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True)
class Picture:
    """What was decoded, turned upright and freed of what cameras add to it."""

    image: Image.Image
    kept_as: str

    def whole(self) -> Encoded:
        """The picture in its own size, without EXIF and whatever else the file held."""
        return encoded(self.image, self.kept_as)

    def renditions(self) -> Iterator[Encoded]:
        """WebP and JPEG, in each of WIDTHS that the picture fills, at least once."""
        for width in sorted({min(width, self.image.width) for width in WIDTHS}):
            height = max(1, round(self.image.height * width / self.image.width))
            scaled = self.image.resize((width, height), Image.Resampling.LANCZOS)
            for content_type in (WEBP, JPEG):
                yield encoded(scaled, content_type)

    def fitted(self, *boxes: tuple[int, int]) -> Iterator[Encoded]:
        """WebP, and PNG or JPEG for old readers, scaled down into each box (width, height).

        Never enlarged. What is transparent stays so. No two sizes are of one width: pages choose
        by it.
        """
        fallback = PNG if self.image.mode == "RGBA" else JPEG
        sizes = dict(sorted(self._within(*box) for box in boxes))
        for size in sizes.items():
            scaled = self.image.resize(size, Image.Resampling.LANCZOS)
            for content_type in (WEBP, fallback):
                yield encoded(scaled, content_type)

    def opaque(self) -> Image.Image:
        """On white, where it is transparent."""
        if self.image.mode != "RGBA":
            return self.image
        ground = Image.new("RGB", self.image.size, "white")
        ground.paste(self.image, mask=self.image.getchannel("A"))
        return ground

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


def kept_whole(picture: Picture) -> Iterator[Encoded]:
    """The picture itself, then its renditions."""
    yield picture.whole()
    yield from picture.renditions()


def kept_in_boxes(
    picture: Picture, boxes: list[tuple[int, int]], *, on_white: bool = True
) -> Iterator[Encoded]:
    """A size for each of the boxes; what is shown `on_white` gets a ground that it is seen on."""
    *_smaller, largest = sorted(boxes)
    picture.image.thumbnail(largest, Image.Resampling.LANCZOS)
    yield from (picture.on_white() if on_white else picture).fitted(*boxes)


def writing_cost(kept_as: str, width: int, height: int, mode: str) -> int:
    """Bytes at the peak, while a picture and its renditions are written."""
    widest = min(width, WIDTHS[-1])
    rendition = widest * -(-height * widest // width)
    return 4 * width * height + max(
        _cost_beside(kept_as, width * height, mode),
        (4 + _WEBP_COST[mode]) * rendition + (4 * width * height if mode == "RGBA" else 0),
    )


def _cost_beside(kept_as: str, pixels: int, mode: str) -> int:
    if kept_as == WEBP:
        return pixels * _WEBP_COST[mode]
    return pixels * _JPEG_COST if kept_as == JPEG and pixels <= _LARGE else 0


def encoded(image: Image.Image, content_type: str, quality: int | None = None) -> Encoded:
    if content_type == JPEG:
        image = Picture(image, content_type).opaque()
    name, options = _WRITING[content_type]
    if content_type == JPEG and image.width * image.height > _LARGE:
        options = {"quality": options["quality"]}
    if quality is not None:
        options = {**options, "quality": quality}
    buffer = io.BytesIO()
    image.save(buffer, name, **options)
    return Encoded(content_type, image.width, image.height, buffer.getvalue())

"""Parts of a picture in fixed shapes, around the point that must be seen."""

from collections.abc import Iterator

from PIL import Image, ImageOps

from casa.lib.media.rewriter.bounds import Crop, RefusedError
from casa.lib.media.rewriter.writing import JPEG, Encoded, Picture, encoded

_QUALITIES = (80, 70, 60, 45, 30, 15)
"""Tried from the first on, until a picture takes no more bytes than it may."""


def kept_cropped(
    picture: Picture, crops: list[Crop], *, focus: tuple[int, int], least: tuple[int, int]
) -> Iterator[Encoded]:
    """The picture itself as JPEG, then what is cropped around `focus` (per cent from left and top).

    Raises RefusedError for a picture that is smaller than `least` (width, height).
    """
    image = picture.opaque()
    if image.width < least[0] or image.height < least[1]:
        raise RefusedError(
            "small", width=image.width, height=image.height, least_width=least[0],
            least_height=least[1],
        )  # fmt: skip
    yield encoded(image, JPEG)
    done = set()
    for crop in crops:
        cropped = _cropped(image, crop, focus)
        if (cropped.size, crop.content_type) not in done:  # of a small picture, sizes are the same
            done.add((cropped.size, crop.content_type))
            yield _within_bytes(cropped, crop)


def _cropped(image: Image.Image, crop: Crop, focus: tuple[int, int]) -> Image.Image:
    """The largest part in the shape of `crop`, which `focus` divides as it divides the picture.

    So does `object-position` in CSS.
    """
    width = min(image.width, image.height * crop.width / crop.height)
    scale = 1 if crop.is_enlarged else min(1, width / crop.width)
    size = max(1, round(crop.width * scale)), max(1, round(crop.height * scale))
    left, top = focus
    centering = left / 100, top / 100
    return ImageOps.fit(image, size, Image.Resampling.LANCZOS, centering=centering)


def _within_bytes(image: Image.Image, crop: Crop) -> Encoded:
    for quality in _QUALITIES:
        made = encoded(image, crop.content_type, quality)
        if len(made.data) <= crop.most_bytes:
            break
    return made

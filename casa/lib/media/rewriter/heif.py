"""HEIC, as newer telephones write it, read tile by tile.

pillow-heif decodes a picture as a whole, which takes 220 MB for 48 megapixels. The library within
it, libheif, can do it in parts; so it is called here by its own interface in C.
"""

import importlib.util
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from ctypes import (
    CDLL,
    POINTER,
    Structure,
    byref,
    c_char_p,
    c_int,
    c_size_t,
    c_uint8,
    c_uint32,
    c_void_p,
    cast,
)  # fmt: skip
from dataclasses import dataclass
from typing import IO, Any

from PIL import Image

from casa.lib.media.rewriter.bounds import BAND, SHRINKS, RefusedError
from casa.lib.media.rewriter.writing import JPEG, writing_cost

# The numbers are libheif's.
_RGB, _INTERLEAVED_RGB, _INTERLEAVED = 1, 10, 10
_CROP, _TURN, _MIRROR = (int.from_bytes(name, "big") for name in (b"clap", b"irot", b"imir"))

_COST = 2.1
"""Bytes that decoding a tile takes for each pixel, beside the three that it becomes; measured."""

_TURNS = {
    90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270,
}  # fmt: skip
_MIRRORS = (Image.Transpose.FLIP_TOP_BOTTOM, Image.Transpose.FLIP_LEFT_RIGHT)
_LYING = {
    Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270, Image.Transpose.TRANSPOSE,
    Image.Transpose.TRANSVERSE,
}  # fmt: skip
_FROM_END = {
    Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_270, Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.TRANSVERSE,
}  # fmt: skip


class _Error(Structure):
    _fields_ = [("code", c_int), ("subcode", c_int), ("message", c_char_p)]


class _Tiling(Structure):
    """How a picture is cut, before it is turned; one that is not in tiles is one tile."""

    _fields_ = [
        ("version", c_int), ("columns", c_uint32), ("rows", c_uint32), ("tile_width", c_uint32),
        ("tile_height", c_uint32), ("width", c_uint32), ("height", c_uint32), ("above", c_uint32),
        ("left", c_uint32), ("dimensions", c_uint8), ("sizes", c_uint32 * 8),
        ("room_for_later_versions", c_uint32 * 64),
    ]  # fmt: skip


@dataclass(frozen=True)
class _Tile:
    """Pixels in the memory of libheif, and where they lie."""

    left: int
    width: int
    pixels: int
    stride: int

    def rows(self, start: int, stop: int) -> Image.Image:
        part: Any = (c_uint8 * (self.stride * (stop - start))).from_address(
            self.pixels + self.stride * start
        )
        size = self.width, stop - start
        return Image.frombuffer("RGB", size, part, "raw", "RGB", self.stride, 1)


class Heif:
    """A file of which only the header is read."""

    format = "HEIF"

    def __init__(self, file: IO[bytes]) -> None:
        self._lib, self._data, self._tiling = _library(), file.read(), _Tiling()
        self._context, self._handle = c_void_p(self._lib.heif_context_alloc()), c_void_p()
        self._lib.heif_context_set_max_decoding_threads(self._context, 0)
        size = c_size_t(len(self._data))
        self._call("context_read_from_memory_without_copy", self._context, self._data, size, None)
        self._call("context_get_primary_image_handle", self._context, byref(self._handle))
        self._call("image_handle_get_image_tiling", self._handle, 0, byref(self._tiling))
        self._left, self._above, self.width, self.height = (
            0, 0, self._tiling.width, self._tiling.height,
        )  # fmt: skip
        self._check_tiles()
        self._turn = self._read_transformations()
        self._options = c_void_p(self._lib.heif_decoding_options_alloc())
        cast(self._options, POINTER(c_uint8))[1] = 1  # "ignore_transformations", after the version

    def memory(self, shrink: int) -> int:
        tiling = self._tiling
        width, height = -(-self.width // shrink), -(-self.height // shrink)
        bits = self._lib.heif_image_handle_get_luma_bits_per_pixel(self._handle)
        decoding = _COST * (2 if bits > 8 else 1) * tiling.tile_width * tiling.tile_height
        tiles = 3 * tiling.columns * tiling.tile_width * tiling.tile_height
        bands = 3 * 4 * self.width * (BAND + SHRINKS[-1])
        reading = 4 * width * height + int(decoding) + tiles + bands
        if self._turn in _LYING:
            width, height = height, width
        return len(self._data) + max(reading, writing_cost(JPEG, width, height, "RGB"))

    def decoded(self, shrink: int) -> Image.Image:
        """About 1/`shrink` as wide and high, set upright."""
        width, height = -(-self.width // shrink), -(-self.height // shrink)
        made = Image.new("RGB", (height, width) if self._turn in _LYING else (width, height))
        for top, band in self._bands():
            part = band.reduce(shrink)
            at = height - top // shrink - part.height if self._turn in _FROM_END else top // shrink
            part = part if self._turn is None else part.transpose(self._turn)
            made.paste(part, (at, 0) if self._turn in _LYING else (0, at))
        return made

    def _check_tiles(self) -> None:
        """Whether they cover the picture, and no more than they have to."""
        tiling = self._tiling
        for tiles, tile, side in (
            (tiling.columns, tiling.tile_width, tiling.width),
            (tiling.rows, tiling.tile_height, tiling.height),
        ):
            if not (tiles - 1) * tile < side <= tiles * tile:
                raise RefusedError("damaged")

    def _read_transformations(self) -> Image.Transpose | None:
        """Read what is cut off, which comes first, and return how the rest is turned."""
        marks = Image.frombytes("L", (2, 3), bytes(range(6)))  # turned as the picture is
        start = marks
        for number, kind in self._transformations():
            if kind == _CROP and marks is start:
                self._crop(number)
            elif kind == _TURN and (turn := _TURNS.get(self._about("rotation_ccw", number))):
                marks = marks.transpose(turn)
            elif kind == _MIRROR:
                marks = marks.transpose(_MIRRORS[self._about("mirror", number)])
            elif kind != _TURN:
                raise RefusedError("damaged")
        return next((turn for turn in Image.Transpose if start.transpose(turn) == marks), None)

    def _transformations(self) -> Iterator[tuple[int, int]]:
        found = (c_uint32 * 8)()
        item = self._lib.heif_image_handle_get_item_id(self._handle)
        count = self._lib.heif_item_get_transformation_properties(self._context, item, found, 8)
        for number in found[:count]:
            yield number, self._lib.heif_item_get_property_type(self._context, item, number)

    def _about(self, name: str, number: int) -> int:
        item = self._lib.heif_image_handle_get_item_id(self._handle)
        ask = getattr(self._lib, f"heif_item_get_property_transform_{name}")
        answer: int = ask(self._context, item, number)
        return answer

    def _crop(self, number: int) -> None:
        item = self._lib.heif_image_handle_get_item_id(self._handle)
        borders = [c_int() for _ in range(4)]
        self._lib.heif_item_get_property_transform_crop_borders(
            self._context, item, number, self.width, self.height, *map(byref, borders)
        )
        left, above, right, below = (max(border.value, 0) for border in borders)
        self._left, self._above = self._left + left, self._above + above
        self.width, self.height = self.width - left - right, self.height - above - below

    def _bands(self) -> Iterator[tuple[int, Image.Image]]:
        """Full rows of pixels from top to bottom, each beginning where all SHRINKS divide."""
        step, top = SHRINKS[-1], 0
        band = Image.new("RGB", (self.width, BAND + step))
        for upper, tiles in self._rows_of_tiles():
            end = min(upper + self._tiling.tile_height, self.height)
            for start in range(max(upper, 0), end, BAND):
                stop = min(start + BAND, end)
                for tile in tiles:
                    band.paste(tile.rows(start - upper, stop - upper), (tile.left, start - top))
                ready = stop if stop == self.height else stop // step * step
                if ready > top:
                    yield top, band.crop((0, 0, self.width, ready - top))
                    band.paste(band.crop((0, ready - top, self.width, stop - top)))
                    top = ready

    def _rows_of_tiles(self) -> Iterator[tuple[int, list["_Tile"]]]:
        """Those tiles that are shown, row by row, and where the row begins."""
        tiling = self._tiling
        for row in range(tiling.rows):
            upper = row * tiling.tile_height - self._above
            if not -tiling.tile_height < upper < self.height:
                continue
            with ExitStack() as stack:
                yield (
                    upper,
                    [
                        stack.enter_context(self._tile(column, row, left))
                        for column in range(tiling.columns)
                        for left in [column * tiling.tile_width - self._left]
                        if -tiling.tile_width < left < self.width
                    ],
                )

    @contextmanager
    def _tile(self, column: int, row: int, left: int) -> Iterator["_Tile"]:
        lib, decoded, stride = self._lib, c_void_p(), c_size_t()
        at = c_uint32(column), c_uint32(row)
        self._call("image_handle_decode_image_tile", self._handle, byref(decoded),
                   _RGB, _INTERLEAVED_RGB, self._options, *at)  # fmt: skip
        try:
            size = (lib.heif_image_get_width(decoded, _INTERLEAVED),
                    lib.heif_image_get_height(decoded, _INTERLEAVED))  # fmt: skip
            pixels = lib.heif_image_get_plane_readonly2(decoded, _INTERLEAVED, byref(stride))
            if size != (self._tiling.tile_width, self._tiling.tile_height) or not pixels:
                raise RefusedError("damaged")
            yield _Tile(left, size[0], pixels, stride.value)
        finally:
            lib.heif_image_release(decoded)

    def _call(self, name: str, *arguments: Any) -> None:
        function = getattr(self._lib, f"heif_{name}")
        function.restype = _Error
        if function(*arguments).code:
            raise RefusedError("damaged")


def _library() -> CDLL:
    """libheif, as it comes with pillow-heif."""
    found = importlib.util.find_spec("_pillow_heif")
    lib = CDLL(found.origin if found else None)
    lib.heif_context_alloc.restype = lib.heif_decoding_options_alloc.restype = c_void_p
    lib.heif_image_get_plane_readonly2.restype = c_void_p
    lib.heif_image_release.restype = lib.heif_context_set_max_decoding_threads.restype = None
    return lib

"""What a picture may be and cost, and how it is refused."""

from dataclasses import dataclass
from typing import Protocol

LONGEST_SIDE = 20_000
"""Pixels. A panorama of a telephone has 16,000."""

MOST_STRETCHED = 20
"""How many times as long as the other a side may be. A decoder pays for each row."""

SHRINKS = (1, 2, 4)  # as JPEG decoders can; more would leave too little of a picture

BAND = 256  # rows that are made smaller at once; all SHRINKS divide it


class RefusedError(Exception):
    """The picture is not read; the code says why, and facts belong to its sentence."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Limits:
    """What reading one picture may cost: bytes at the peak, and seconds of a processor.

    What has more pixels (width × height) than are `kept` is read at a half or a quarter of either
    side.
    """

    formats: tuple[str, ...]
    kept: int
    memory: int
    seconds: int


@dataclass(frozen=True)
class Crop:
    """A part of a picture: its shape, the most pixels and bytes that it has.

    It is made larger than it is in the picture only if it `is_enlarged`.
    """

    width: int
    height: int
    content_type: str
    most_bytes: int
    is_enlarged: bool = False


class Estimate(Protocol):
    """A picture of which only the header is read."""

    width: int
    height: int

    def memory(self, shrink: int) -> int:
        """Bytes at the peak, if it is read at 1/`shrink` of either side and written."""


def shrink_of(opened: Estimate, limits: Limits) -> int:
    """What the picture is to be shrunk by. Raises RefusedError for what must not be decoded."""
    width, height = opened.width, opened.height
    shorter, longer = sorted((width, height))
    if not shorter:
        raise RefusedError("damaged")
    if longer > LONGEST_SIDE:
        raise RefusedError("sides", width=width, height=height, limit=LONGEST_SIDE)
    if longer > shorter * MOST_STRETCHED:
        raise RefusedError("shape", width=width, height=height, limit=MOST_STRETCHED)
    pixels = width * height
    for shrink in SHRINKS:
        if pixels <= limits.kept * shrink**2 and opened.memory(shrink) <= limits.memory:
            return shrink
    most = pixels * limits.memory // opened.memory(SHRINKS[-1])
    raise RefusedError("pixels", pixels=-(-pixels // 10**6), limit=most // 10**6)

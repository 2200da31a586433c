"""Reads a picture from its input, and writes what a job says to its output."""

import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any

from casa.lib.media.rewriter import reading
from casa.lib.media.rewriter.bounds import Crop, Limits, RefusedError
from casa.lib.media.rewriter.cropping import kept_cropped
from casa.lib.media.rewriter.writing import Encoded, Picture, kept_in_boxes, kept_whole

SLACK = 24 << 20
"""Bytes for the program itself and for what the estimate does not know of."""


def run(job: dict[str, Any], file: IO[bytes], out: IO[bytes]) -> None:
    """Write a line of JSON for each picture that is made, and its bytes behind it.

    The line of a picture that is refused has a "refused" with the code, and its facts.
    """
    limits = Limits(tuple(job["formats"]), job["kept"], job["memory"], job["seconds"])
    try:
        for made in _made_by(job)(reading.read(file, limits)):
            facts = {"type": made.content_type, "width": made.width, "height": made.height}
            _write(out, {**facts, "bytes": len(made.data)}, made.data)
    except RefusedError as refusal:
        _write(out, {"refused": refusal.code, **refusal.facts})
    except MemoryError:
        _write(out, {"refused": "heavy"})
    except Exception:  # noqa: BLE001 - a decoder raises what it likes
        _write(out, {"refused": "damaged"})


def _made_by(job: dict[str, Any]) -> Callable[[Picture], Iterator[Encoded]]:
    if job["crops"]:
        crops = [Crop(**crop) for crop in job["crops"]]
        return partial(
            kept_cropped, crops=crops, focus=tuple(job["focus"]), least=tuple(job["least"])
        )
    if job["boxes"]:
        boxes = [(width, height) for width, height in job["boxes"]]
        return partial(kept_in_boxes, boxes=boxes, on_white=job["on_white"])
    return kept_whole


def _write(out: IO[bytes], line: dict[str, Any], data: bytes = b"") -> None:
    out.write(json.dumps(line).encode() + b"\n" + data)


def confine(job: dict[str, Any]) -> None:
    """What an estimate missed ends this process, and pages go before pictures."""
    os.nice(5)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (job["seconds"], job["seconds"] + 1))
    data = job["memory"] + SLACK
    resource.setrlimit(resource.RLIMIT_DATA, (data, data))


if __name__ == "__main__":
    job: dict[str, Any] = json.loads(sys.argv[1])
    confine(job)
    run(job, sys.stdin.buffer, sys.stdout.buffer)

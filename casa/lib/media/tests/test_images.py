"""Pictures are read by a program of their own, one at a time, within what it may take."""

import io
import json
import resource
import subprocess
import sys
import zlib
from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from threading import Thread

import pytest
from PIL import Image, ImageChops

from casa.lib.confined import ENVIRONMENT
from casa.lib.media import files, images
from casa.lib.media.tests.test_rewriter import SECRET, chunk, exif, photo, png

DATA = Path(__file__).with_name("data")
MEGABYTE = 1 << 20


def peak_of(file, job):
    """Bytes of memory that the program takes at its peak, with what it takes for nothing."""
    script = (
        "import resource, subprocess, sys;"
        " subprocess.run(sys.argv[1:], check=True);"
        " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, *images.PROGRAM.command, json.dumps(asdict(job))]
    with TemporaryFile() as given:
        given.write(file.getvalue())
        given.seek(0)
        done = subprocess.run(
            command, env=ENVIRONMENT, stdin=given, capture_output=True, check=True
        )
    assert b"refused" not in done.stdout[:20]
    return int(done.stderr)


@pytest.fixture(scope="module")
def of_telephone():
    with (DATA / "48-megapixels.heic").open("rb") as file:
        return images.rewritten(file, images.FROM_STAFF)


@pytest.mark.slow
def test_48_megapixels_of_a_telephone_are_read(of_telephone):
    with (DATA / "48-megapixels.heic").open("rb") as file:
        assert SECRET in file.read()
        assert files.picture_format(file) == "HEIF"
    whole, *renditions = of_telephone
    assert (whole.content_type, whole.width, whole.height) == ("image/jpeg", 3024, 4032)
    assert {one.width for one in renditions} == {640, 1280}
    assert SECRET not in whole.data
    # It was held sideways; what was its upper left is the upper right.
    image = Image.open(whole.file)
    assert image.getpixel((3000, 20))[0] > 180
    assert image.getpixel((20, 4000))[0] < 80


@pytest.mark.slow
@pytest.mark.parametrize(
    ("quarters", "further"), [(1, Image.Transpose.ROTATE_180), (2, Image.Transpose.ROTATE_270)]
)
def test_tiles_are_put_together_however_the_camera_was_held(quarters, further, of_telephone):
    """The last ones of a row and of a column are cut, which may be the first when it is turned."""
    file = (DATA / "48-megapixels.heic").read_bytes()
    at = file.index(b"irot") + 4  # as it is, it says three quarters
    turned = io.BytesIO(file[:at] + bytes([quarters]) + file[at + 1 :])
    one, other = thumbnail(images.rewritten(turned, images.FROM_STAFF)), thumbnail(of_telephone)
    difference = ImageChops.difference(one, other.transpose(further))
    assert max(high for _low, high in difference.getextrema()) < 40


def thumbnail(pictures):
    return Image.open(pictures[-1].file).convert("RGB").resize((16, 16))


@pytest.fixture(scope="module")
def empty():
    """Bytes that the program takes for nothing."""
    return peak_of(png(1, 1), images.FROM_STAFF)


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        lambda: io.BytesIO((DATA / "48-megapixels.heic").read_bytes()),
        lambda: photo(8064, 6048, progressive=True),
        lambda: photo(5000, 4000, exif=exif(6)),
        lambda: png(6500, 5000),
        lambda: png(5700, 4200, channels=4),
        lambda: photo(3000, 3000, "WEBP", method=0),
        lambda: noise(900, 900, "WEBP", quality=1, method=0),
    ],
)
def test_reading_takes_no_more_than_is_estimated(make, empty):
    """Of the largest pictures that are taken; without the estimate a header cannot be judged."""
    taken = peak_of(make(), images.FROM_STAFF) - empty
    assert taken < images.FROM_STAFF.memory + 8 * MEGABYTE


def noise(width, height, name, **options):
    """What takes the most memory to write, where all that is transparent is kept."""
    file = io.BytesIO()
    pixels = Random(1).randbytes(width * height * 4)
    Image.frombytes("RGBA", (width, height), pixels).save(file, name, **options)
    return file


def with_text(megabytes):
    """A small PNG whose text says nothing at such length; packed it is a thousandth."""
    text = b"\0\0" + zlib.compress(bytes(MEGABYTE - 99), 9)
    texts = b"".join(chunk(b"zTXt", b"%d" % number + text) for number in range(megabytes))
    whole = png(4, 4).getvalue()
    return io.BytesIO(whole[:33] + texts + whole[33:])


def with_many_texts():
    """A small PNG of 18 MB, whose texts are told apart one by one."""
    whole = png(4, 4).getvalue()
    return io.BytesIO(whole[:33] + chunk(b"tEXt", b"a\0b") * 1_200_000 + whole[33:])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "memory"), [(lambda: with_text(60), MEGABYTE), (with_many_texts, 80 * MEGABYTE)]
)
def test_what_no_header_tells_ends_with_the_program(make, memory):
    """Within the seconds and the memory that a picture may take, and with a sentence."""
    file = make()
    narrow = replace(images.FROM_ANYBODY, memory=memory, seconds=1)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(images.RefusedError, match="too large to be read"):
        images.rewritten(file, narrow)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 3


def test_a_slow_machine_does_not_hold_the_request(monkeypatch):
    monkeypatch.setattr(images.PROGRAM, "wall_seconds", 0.01)
    with pytest.raises(images.RefusedError, match="too large to be read"):
        images.rewritten(photo(), images.FROM_ANYBODY)


@pytest.mark.slow
@pytest.mark.parametrize(("patience", "told"), [(images.PROGRAM.patience, 3), (0.01, 4)])
def test_one_is_read_at_a_time_and_one_waits(patience, told, monkeypatch):
    """Others are told at once, and so is who waits too long: a thread that waits answers nobody."""
    monkeypatch.setattr(images.PROGRAM, "patience", patience)
    said = []

    def upload():
        try:
            images.rewritten(photo(), images.FROM_ANYBODY)
        except images.RefusedError as refusal:
            said.append(str(refusal))

    uploads = [Thread(target=upload) for _ in range(5)]
    for one in uploads:
        one.start()
    for one in uploads:
        one.join()
    assert len(said) == told
    assert "Other pictures are being read" in said[0]
    assert images.rewritten(photo(), images.FROM_ANYBODY)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(b"%PDF-1.7", None), (b"<svg xmlns='x'/>", None), (b"", None), (b"GIF89a", "GIF")],
)
def test_what_begins_otherwise_is_no_picture(content, kind):
    assert files.picture_format(io.BytesIO(content)) == kind


def test_nothing_is_decoded_in_a_process_that_serves():
    """A decoder that is broken into finds no secret there, and what it takes is given back."""
    for module in ("casa/lib/media/images.py", "casa/lib/media/uploads.py", "casa/lib/confined.py"):
        source = Path(images.__file__).parents[3].joinpath(module).read_text()
        assert "PIL" not in source

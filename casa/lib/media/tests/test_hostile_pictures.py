"""Files that are made to harm what reads them: each is refused or read, at once and in bounds."""

import io
import json
import struct
import warnings
import zlib
from dataclasses import asdict
from functools import cache
from random import Random

import pillow_heif
import pytest
from PIL import Image

from casa.lib.media import files, images
from casa.lib.media.rewriter import __main__ as program
from casa.lib.media.tests.test_images import DATA, with_text
from casa.lib.media.tests.test_rewriter import chunk, headed, photo, png

pillow_heif.register_heif_opener()

HEIC = (DATA / "48-megapixels.heic").read_bytes()
GRID = HEIC.index(struct.pack(">HH", 8064, 6048))  # behind the numbers of rows and columns
JPEG, PNG = photo(300, 200).getvalue(), photo(300, 200, "PNG").getvalue()
STORED = "stored"


def outcome(content, job=images.FROM_STAFF):
    """The code of the refusal, or that it was read."""
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore"):  # as the program is started
        program.run(asdict(job), io.BytesIO(content), out)
    first = json.loads(out.getvalue().partition(b"\n")[0])
    return first.get("refused", STORED)


def in_png(*chunks):
    return PNG[:33] + b"".join(chunks) + PNG[33:]


def raw_png(width, height, bits, kind, *chunks, interlaced=0, row):
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, interlaced)
    parts = chunk(b"IHDR", header), *chunks, chunk(b"IDAT", zlib.compress(bytes(height * row), 9))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def in_jpeg(marker, data, times=1):
    part = bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
    return JPEG[:2] + part * times + JPEG[2:]


def exif(entries):
    return b"Exif\0\0MM\0*\0\0\0\x08" + struct.pack(">H", len(entries)) + b"".join(entries)


def entry(tag, kind, count, value):
    return struct.pack(">HHII", tag, kind, count, value)


def moving(name, frames, size=(50, 50), **options):
    drawn = [Image.new("RGB", size, (number % 250, 0, 0)) for number in range(frames)]
    file = io.BytesIO()
    drawn[0].save(file, name, save_all=True, append_images=drawn[1:], **options)
    return file.getvalue()


def claiming(content, width, height):
    """A JPEG whose header tells another size than it is of."""
    return content.replace(struct.pack(">HH", 200, 300), struct.pack(">HH", height, width), 1)


def gif_of(width, height):
    content = bytearray(moving("GIF", 1))
    content[6:10] = struct.pack("<HH", width, height)
    return bytes(content)


def grid_of(width, height, rows=12, columns=16):
    told = bytes([rows - 1, columns - 1]) + struct.pack(">HH", width, height)
    return HEIC[: GRID - 2] + told + HEIC[GRID + 4 :]


def with_passes(number):
    """A progressive JPEG that tells one of its passes again and again; each takes its time."""
    start, *passes = photo(400, 300, progressive=True).getvalue().split(b"\xff\xda")
    shortest = min(passes[:-1], key=len)
    return b"\xff\xda".join([start, *[shortest] * number, *passes])


def saved(name, **options):
    return photo(60, 40, name, **options).getvalue()


@cache
def bomb():
    return zlib.compress(bytes(80 << 20), 9)


BOXES = HEIC[: int.from_bytes(HEIC[:4], "big")]
CASES = {
    # Headers that claim
    "jpeg of 65,500 squared": (lambda: claiming(JPEG, 65_500, 65_500), {"sides"}),
    "jpeg in passes of 19,000 squared": (
        lambda: claiming(photo(300, 200, progressive=True).getvalue(), 19_000, 19_000), {"pixels"}),
    "jpeg for print of 19,000 squared": (
        lambda: claiming(photo(300, 200, mode="CMYK").getvalue(), 19_000, 19_000), {"pixels"}),
    "png of 2^31 squared": (lambda: headed(2**31 - 1, 2**31 - 1).getvalue(), {"sides"}),
    "png of nothing": (lambda: headed(0, 100).getvalue(), {"damaged"}),
    "png in black and white, 20,000 squared": (
        lambda: raw_png(19_999, 19_999, 1, 0, row=1)[:200], {"pixels"}),
    "png of 16 bits": (lambda: raw_png(6400, 6400, 16, 6, row=1)[:200], {"pixels"}),
    "gif of 19,000 squared": (lambda: gif_of(19_000, 19_000), {"pixels"}),
    "gif of 12,000 x 11,000": (lambda: gif_of(12_000, 11_000), {"pixels"}),
    "heic of 65,535 squared": (lambda: grid_of(65_535, 65_535), {"damaged"}),
    "heic whose tiles do not cover it": (lambda: grid_of(20_000, 20_000), {"damaged"}),
    "heic with more tiles than it needs": (lambda: grid_of(8000, 400), {"damaged"}),
    "heic of one tile": (lambda: grid_of(8064, 6048, 1, 1), {"damaged"}),
    "heic of 65,536 tiles": (lambda: grid_of(8064, 6048, 256, 256), {"damaged"}),
    # What unpacks
    "png with 80 MB of text": (
        lambda: in_png(chunk(b"zTXt", b"a\0\0" + bomb())), {"damaged", "heavy"}),
    "png with 80 MB of text for all languages": (
        lambda: in_png(chunk(b"iTXt", b"a\0\1\0\0\0" + bomb())), {"damaged", "heavy"}),
    "png with 80 MB of colour profile": (
        lambda: in_png(chunk(b"iCCP", b"a\0\0" + bomb())), {"damaged", "heavy"}),
    "png with 80 times a megabyte of text": (
        lambda: with_text(80).getvalue(), {"damaged", "heavy"}),
    "png with more pixels than it tells of": (
        lambda: PNG[:33] + chunk(b"IDAT", bomb()) + PNG[-12:], {STORED}),
    "png with 100,000 empty parts": (lambda: in_png(chunk(b"IDAT", b"") * 100_000), {STORED}),
    "png interlaced": (
        lambda: raw_png(900, 900, 8, 2, interlaced=1, row=6000), {STORED}),
    "png without its colours": (lambda: raw_png(90, 90, 8, 3, row=91), {STORED}),
    # What cameras add
    "jpeg with 16 MB of exif": (lambda: in_jpeg(0xE1, exif([]) + bytes(64_000), 250), {STORED}),
    "jpeg with 16 MB of colour profile": (
        lambda: in_jpeg(0xE2, b"ICC_PROFILE\0\1\xfa" + bytes(64_000), 250), {STORED}),
    "jpeg with 100,000 comments": (lambda: in_jpeg(0xFE, b"", 100_000), {STORED}),
    "jpeg whose exif points at itself": (
        lambda: in_jpeg(0xE1, exif([entry(0x8769, 4, 1, 8)])), {STORED}),
    "jpeg whose exif is none": (lambda: in_jpeg(0xE1, b"Exif\0\0" + b"nonsense" * 9), {STORED}),
    "jpeg whose exif is cut": (lambda: in_jpeg(0xE1, b"Exif\0\0MM"), {STORED}),
    "jpeg with orientations of 4 GB": (
        lambda: in_jpeg(0xE1, exif([entry(0x0112, 3, 2**32 - 1, 8)] * 5000)), {STORED}),
    "jpeg that asks for slow patterns": (
        lambda: in_jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + b'tiff:Orientation="' * 3000),
        {STORED}),
    "png with 4 MB of exif": (
        lambda: in_png(chunk(b"eXIf", exif([entry(1, 1, 1, 1)] * 60_000)[6:] + bytes(4 << 20))),
        {STORED}),
    "webp with 4 MB of exif": (
        lambda: saved("WEBP", exif=exif([]) + bytes(4 << 20)), {STORED}),
    # What moves
    "gif of 200 frames": (lambda: moving("GIF", 200), {STORED}),
    "webp of 200 frames": (lambda: moving("WEBP", 200), {STORED}),
    "png of 200 frames": (lambda: moving("PNG", 200), {STORED}),
    "png that says it moves": (
        lambda: in_png(chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))), {STORED, "damaged"}),
    # What takes its time
    "jpeg of 10,000 passes": (lambda: with_passes(10_000), {"heavy"}),
    "jpeg with a film behind it": (lambda: JPEG + Random(2).randbytes(6 << 20), {STORED}),
    # Other kinds, whatever their names say
    **{f"a {name} file": (lambda name=name: saved(name), {"damaged"})
       for name in ("TIFF", "BMP", "ICO", "TGA", "PPM", "SGI", "PCX")},
    "a psd file": (lambda: b"8BPS\0\1" + bytes(200), {"damaged"}),
    "an avif file": (lambda: b"\0\0\0\x1cftypavif" + bytes(300), {"damaged"}),
    "heic of nothing": (lambda: BOXES + bytes(1 << 20), {"damaged"}),
    "heic of 100,000 empty boxes": (lambda: BOXES + b"\0\0\0\x08free" * 100_000, {"damaged"}),
    # What ends too soon
    **{f"{name} cut at {at}": (
        lambda name=name, at=at: saved(name)[:at], {"damaged"})
       for name in ("JPEG", "PNG", "GIF", "WEBP", "HEIF") for at in (16, 40, 80)},
    "heic cut in the middle": (lambda: HEIC[: len(HEIC) // 2], {"damaged"}),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_it_is_read_or_refused(name):
    make, expected = CASES[name]
    content = make()
    assert outcome(content) in expected
    assert images.SENTENCES.keys() >= expected - {STORED}


@pytest.mark.slow
def test_a_whole_picture_is_read():
    assert outcome(png(4, 4).getvalue()) == outcome(HEIC) == STORED


@pytest.mark.parametrize("name", ["TIFF", "BMP", "ICO"])
def test_other_kinds_do_not_reach_the_program(name):
    assert files.picture_format(io.BytesIO(saved(name))) is None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["JPEG", "PNG", "GIF", "WEBP", "HEIF"])
def test_a_few_wrong_bytes_end_in_a_sentence(name):
    """In a process of its own: a decoder that they broke would end it."""
    random = Random(name)
    for _ in range(4):
        content = bytearray(saved(name))
        for _ in range(random.choice((1, 2, 5, 20))):
            content[random.randrange(12, len(content))] = random.randrange(256)
        try:
            images.rewritten(io.BytesIO(content), images.FROM_STAFF)
        except images.RefusedError as refusal:
            assert "%" not in str(refusal)

"""Uploaded pictures: only their pixels are kept, and nothing is decoded that costs too much."""

import io
import struct
import zlib
from itertools import product

import pillow_heif
import pytest
from PIL import Image

from casa.lib.media import images
from casa.lib.media.rewriter import __main__ as program
from casa.lib.media.rewriter import reading, writing
from casa.lib.media.rewriter.bounds import Limits, RefusedError

pillow_heif.register_heif_opener()

SECRET = b"Taken by Nora Lind at 40.4093, 49.8671"
JOB = images.FROM_STAFF
STAFF = Limits(JOB.formats, JOB.kept, JOB.memory, JOB.seconds)
BOXES = [(192, 96), (384, 192)]


def read(file, limits=STAFF):
    file.seek(0)
    return reading.read(file, limits)


def photo(width=2000, height=1000, name="JPEG", mode="RGB", **options):
    file = io.BytesIO()
    Image.new(mode, (width, height), "red").save(file, name, **options)
    return file


def exif(orientation=1):
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010E] = SECRET.decode()
    return found


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, *, channels=3, size=None):
    """A black PNG, made without the memory that its pixels take; `size` is what it claims."""
    kind = {3: 2, 4: 6}[channels]
    header = struct.pack(">IIBBBBB", *(size or (width, height)), 8, kind, 0, 0, 0)
    packer = zlib.compressobj(9)
    left, piece = height * (width * channels + 1), 1 << 20  # all of it zeros
    packed = [packer.compress(bytes(min(left - at, piece))) for at in range(0, left, piece)]
    rows = b"".join(packed) + packer.flush()
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + parts)


def headed(width, height):
    """The header alone of a PNG; who decoded more would call it damaged."""
    return io.BytesIO(png(1, 1, size=(width, height)).getvalue()[:60])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_what_a_camera_adds_is_gone(name):
    file = photo(name=name, exif=exif())
    assert SECRET in file.getvalue()
    picture = read(file)
    for made in (picture.whole(), *picture.renditions()):
        assert SECRET not in made.data
        assert not Image.open(io.BytesIO(made.data)).getexif()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("kept", [STAFF.kept, 12_000])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_lying_on_its_side_is_set_upright(name, orientation, kept):
    """However the camera was held, and also if it is made smaller while it is decoded."""
    drawn = Image.new("RGB", (208, 104), "white")
    drawn.paste("red", (0, 0, 104, 52))
    upright = Image.Transpose  # what turns the drawing into what such a camera stores
    stored = {
        1: None, 2: upright.FLIP_LEFT_RIGHT, 3: upright.ROTATE_180, 4: upright.FLIP_TOP_BOTTOM,
        5: upright.TRANSPOSE, 6: upright.ROTATE_90, 7: upright.TRANSVERSE, 8: upright.ROTATE_270,
    }[orientation]  # fmt: skip
    file = io.BytesIO()
    lying = drawn.transpose(stored) if stored is not None else drawn
    lying.save(file, name, exif=exif(orientation).tobytes())
    limits = Limits(STAFF.formats, kept, STAFF.memory, STAFF.seconds)
    made = read(file, limits).image
    assert made.size == ((208, 104) if kept == STAFF.kept else (104, 52))
    red, white = made.getpixel((10, 10)), made.getpixel((made.width - 10, made.height - 10))
    assert red[1] < 60
    assert white[1] > 200


@pytest.mark.medium
def test_two_sizes_in_two_formats():
    made = [(one.content_type, one.width, one.height) for one in read(photo()).renditions()]
    assert made == [
        ("image/webp", 640, 320), ("image/jpeg", 640, 320),
        ("image/webp", 1280, 640), ("image/jpeg", 1280, 640),
    ]  # fmt: skip


def test_a_small_picture_is_not_blown_up():
    made = list(read(photo(300, 100)).renditions())
    assert [(one.width, one.height) for one in made] == [(300, 100)] * 2


@pytest.mark.parametrize(
    ("name", "mode", "kept_as"),
    [("PNG", "RGBA", "image/png"), ("GIF", "P", "image/png"), ("WEBP", "RGB", "image/webp"),
     ("PNG", "L", "image/png"), ("PNG", "LA", "image/png"), ("PNG", "1", "image/png"),
     ("PNG", "I;16", "image/png"), ("JPEG", "CMYK", "image/jpeg"), ("JPEG", "L", "image/jpeg"),
     ("HEIF", "RGB", "image/jpeg"), ("HEIF", "RGBA", "image/jpeg"), ("HEIF", "L", "image/jpeg"),
     ("MPO", "RGB", "image/jpeg")],
)  # fmt: skip
def test_every_kind_is_read(name, mode, kept_as):
    """MPO: two JPEGs in one file, as telephones write it for depth and brightness."""
    file = io.BytesIO()
    image = Image.new(mode, (100, 50))
    image.save(
        file, name, **({"save_all": True, "append_images": [image]} if name == "MPO" else {})
    )
    for kept, size in ((STAFF.kept, (100, 50)), (1250, (50, 25))):
        picture = read(file, Limits(STAFF.formats, kept, STAFF.memory, STAFF.seconds))
        assert (picture.whole().content_type, picture.image.size) == (kept_as, size)
        assert len(list(picture.renditions())) == 2


def test_what_is_transparent_stays_so_in_every_kind_that_can():
    for mode, options in (("RGBA", {}), ("LA", {}), ("P", {"transparency": 0})):
        file = io.BytesIO()
        Image.new(mode, (20, 10)).save(file, "PNG", **options)
        for kept in (STAFF.kept, 50):
            made = read(file, Limits(STAFF.formats, kept, STAFF.memory, 5)).image
            assert made.getpixel((1, 1))[3] == 0, (mode, kept)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (headed(1, 6_000_000), "sides"),
        (headed(60_000, 60_000), "sides"),
        (headed(20_001, 1100), "sides"),
        (headed(1, 900), "shape"),
        (headed(1050, 50), "shape"),
        (headed(15_000, 12_000), "pixels"),
    ],
)
def test_what_costs_too_much_is_refused_by_its_header(file, code):
    with pytest.raises(RefusedError) as refused:
        read(file)
    assert refused.value.code == code
    sentence = str(images.RefusedError(refused.value.code, **refused.value.facts))
    assert "%" not in sentence


def test_what_the_header_allows_is_decoded():
    with pytest.raises(OSError, match="truncated"):
        read(headed(4, 4))


def test_a_large_webp_is_refused_before_there_is_room_for_it():
    beginning = bytearray(photo(30, 20, "WEBP", lossless=True).getvalue())
    bits = 15_999 | 15_999 << 14
    beginning[21:25] = struct.pack("<I", bits)
    with pytest.raises(RefusedError, match="heavy"):
        read(io.BytesIO(beginning))


def test_a_damaged_picture_is_refused():
    out = io.BytesIO()
    job = {**JOB.__dict__, "boxes": []}
    program.run(job, io.BytesIO(photo().getvalue()[:3000]), out)
    assert b"damaged" in out.getvalue()


@pytest.mark.slow
def test_a_kind_that_is_not_taken_is_refused():
    with pytest.raises(RefusedError, match="format"):
        read(photo(name="HEIF"), Limits(("PNG",), STAFF.kept, STAFF.memory, 5))


def test_a_file_behind_the_picture_does_not_come_along():
    file = io.BytesIO(photo(20, 20, "PNG").getvalue() + b"<script>alert(1)</script>")
    assert b"script" not in read(file).whole().data


@pytest.mark.slow
def test_no_two_sizes_are_of_one_width_whatever_the_shape():
    sides = (1, 2, 3, 5, 9, 19, 50, 96, 97, 192, 193, 300, 384, 900, 1200)
    shapes = [(w, h) for w, h in product(sides, sides) if max(w, h) <= 20 * min(w, h)]
    for shape in shapes:
        picture = writing.Picture(Image.new("RGB", shape), writing.PNG)
        made = list(writing.kept_in_boxes(picture, BOXES))
        kept = [(one.width, one.content_type) for one in made]
        assert len(kept) == len(set(kept)), shape
        assert all(one.width <= 384 and one.height <= 192 for one in made), shape

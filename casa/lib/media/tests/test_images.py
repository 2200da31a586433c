"""Uploaded pictures: only their pixels are kept, and only of what can be unpacked safely."""

import io
import struct
import zlib

import pytest
from PIL import Image

from casa.lib.media import images

SECRET = b"Taken by Nora Lind at 40.4093, 49.8671"


def photo(width=2000, height=1000, name="JPEG", mode="RGB", **options):
    file = io.BytesIO()
    Image.new(mode, (width, height), "red").save(file, name, **options)
    file.seek(0)
    return file


def exif(orientation=1):
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010E] = SECRET.decode()
    return found


def enormous():
    """A PNG of a few bytes that says it has 60,000 × 60,000 pixels."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b""))


def test_what_a_camera_adds_is_gone():
    file = photo(exif=exif(), comment=SECRET)
    assert SECRET in file.getvalue()
    picture = images.read(file)
    for made in (picture.whole(), *picture.renditions()):
        assert SECRET not in made.data
        assert not Image.open(io.BytesIO(made.data)).getexif()


def test_a_picture_lying_on_its_side_is_set_upright():
    assert images.read(photo(200, 100, exif=exif(6))).whole().height == 200


def test_two_sizes_in_two_formats():
    made = [(one.content_type, one.width, one.height) for one in images.read(photo()).renditions()]
    assert made == [
        ("image/webp", 640, 320), ("image/jpeg", 640, 320),
        ("image/webp", 1280, 640), ("image/jpeg", 1280, 640),
    ]  # fmt: skip


def test_a_small_picture_is_not_blown_up():
    made = list(images.read(photo(300, 100)).renditions())
    assert [(one.width, one.height) for one in made] == [(300, 100)] * 2


@pytest.mark.parametrize(
    ("name", "mode", "kept_as"),
    [("PNG", "RGBA", "image/png"), ("GIF", "P", "image/png"), ("WEBP", "RGB", "image/webp"),
     ("PNG", "L", "image/png"), ("JPEG", "CMYK", "image/jpeg")],
)  # fmt: skip
def test_every_kind_is_read(name, mode, kept_as):
    picture = images.read(photo(50, 50, name, mode))
    assert picture.whole().content_type == kept_as
    assert len(list(picture.renditions())) == 2


def test_a_picture_that_would_fill_the_memory_is_not_unpacked():
    with pytest.raises(images.TooLargeError):
        images.read(enormous())


def test_a_picture_of_too_many_pixels_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(images, "MAX_PIXELS", 99)
    with pytest.raises(images.TooLargeError):
        images.read(photo(10, 10))


def test_a_damaged_picture_is_told_from_none():
    with pytest.raises(images.BrokenError):
        images.read(io.BytesIO(photo().getvalue()[:3000]))
    assert images.read(io.BytesIO(b"%PDF-1.7")) is None
    assert images.read(io.BytesIO(b"<svg xmlns='x'/>")) is None


def test_a_file_behind_the_picture_does_not_come_along():
    file = io.BytesIO(photo(20, 20, "PNG").getvalue() + b"<script>alert(1)</script>")
    assert b"script" not in images.read(file).whole().data

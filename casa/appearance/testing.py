"""Appearances for tests."""

import io

from PIL import Image

from casa.appearance import pictures, publishing
from casa.appearance.models import Appearance, PublishedAppearance
from casa.lib.media import images


def make_public(**changes: object) -> PublishedAppearance:
    """Make a draft public that has these values."""
    row = publishing.draft()
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    publishing.publish(by=None)
    return PublishedAppearance.objects.latest("pk")


def make_logo(row: Appearance, which: str = "logo") -> str:
    """Give the draft a picture; the name of its file."""
    buffer = io.BytesIO()
    Image.new("RGB", (240, 56), "#123456").save(buffer, "PNG")
    written = images.Written(images.PNG, 240, 56, buffer)
    setattr(row, which, pictures.store([written]))
    row.save()
    return pictures.sizes_of(getattr(row, which))[0]["filename"]

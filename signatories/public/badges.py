"""The count as a small picture for other sites, and the address of a statement as a QR code."""

import io

import segno
from django.template.loader import render_to_string

from casa.appearance import reading
from casa.lib.media import lettering
from casa.lib.media.lettering import SANS, SANS_BOLD

SIZE = 11  # pixels of the letters
PADDING = 8


def badge(label: str, value: str) -> str:
    """An SVG of two boxes: what it is, and the count in words."""
    taken = {"label_width": _width(label, SANS), "value_width": _width(value, SANS_BOLD)}
    left, right = (width + 2 * PADDING for width in taken.values())
    context = taken | {
        "label": label, "value": value, "left": left, "right": right, "width": left + right,
        "label_at": left / 2, "value_at": left + right / 2, "size": SIZE,
        "accent": reading.current().accent.on_light,
    }  # fmt: skip
    return render_to_string("signatories/badge.svg", context)


def _width(text: str, face: str) -> int:
    """Pixels the text takes in a wide sans-serif; a browser sets it in as many, in its own."""
    return round(lettering.font(face, SIZE).getlength(text))


def qr(url: str) -> bytes:
    """The address as a QR code in SVG, dark on a light ground with the quiet zone it needs."""
    buffer = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        buffer, kind="svg", scale=8, border=4, dark="#000", light="#fff", title=url, xmldecl=False
    )
    return buffer.getvalue()

"""Small files that are large pictures, many at once."""

import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tools.attack.attacks import Effort, attack
from tools.attack.client import Answer, forms_of
from tools.attack.content import STATEMENT
from tools.attack.site import Site

MOST_MEGABYTES = 400
AT_ONCE = 20


def png(width: int, height: int, bits: int = 8, colour: int = 6) -> bytes:
    """A PNG of nothing but zeros, as small as it can be made."""
    samples = {0: 1, 2: 3, 6: 4}[colour]
    row = b"\0" * (1 + (width * samples * bits + 7) // 8)
    deflate = zlib.compressobj(9)
    data = b"".join(deflate.compress(row) for _ in range(height)) + deflate.flush()
    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def gif(width: int, height: int, frames: int) -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x44\x01\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0" * 6
    return head + frame * frames + b"\x3b"


HOSTILE = {
    "narrow.png": lambda: png(1, 6_000_000),
    "flat.png": lambda: png(60_000, 40, colour=0),
    "large.png": lambda: png(20_000, 20_000, bits=1, colour=0),
    "deep.png": lambda: png(6_000, 6_000),
    "frames.gif": lambda: gif(5_000, 5_000, 2_000),
    "cut.png": lambda: png(3_000, 3_000)[:-2_000],
    "nothing.png": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 1000,
}


@attack("20 hostile pictures at once", may_be_slow=True, takes_long=True)
def hostile_pictures(site: Site, effort: Effort) -> Iterator[str]:
    files = {name: make() for name, make in HOSTILE.items()}
    for name, content in files.items():
        post = partial(send, site, name, content)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(post, range(AT_ONCE)))
        yield from (f"{name}: {answer}" for answer in answers if answer.status >= 500)
        if not any(answer.status == 200 or "logo" in answer.text for answer in answers):
            yield f"{name}: no form with it was even read: {answers[0]}"
    for process, megabytes in site.peaks().items():
        if megabytes > MOST_MEGABYTES:
            yield f"{process} took {megabytes:.0f} MB"


def send(site: Site, name: str, content: bytes, number: int) -> Answer:
    """Post the form for an organization, with a picture as its logo."""
    client = site.stranger()
    page = client.get(f"/sign/{STATEMENT}/")
    fields = next(form.fields for form in forms_of(page) if form.method == "POST")
    typed = {
        "kind": "organization", "name": "Nora Lind", "email": f"n{number}@logo-{name}.example.org",
        "organization": f"Club {number} of {name}", "country": "NO", "authorized": "on",
        "website": f"https://club-{number}.example.org", "of_age": "on",
    }  # fmt: skip
    return client.post(f"/sign/{STATEMENT}/", {**fields, **typed}, files={"logo": (name, content)})

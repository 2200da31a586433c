"""Decodes bytes to text, by what the file declares or by a guess that is reported."""

import codecs
import re
from typing import NamedTuple

from casa.lib.documents.reader.bounds import RefusedError

CHOICES = {
    "utf-8": "UTF-8", "utf-16": "UTF-16", "windows-1252": "Windows-1252", "windows-1250":
    "Windows-1250", "windows-1251": "Windows-1251", "windows-1253": "Windows-1253",
    "windows-1254": "Windows-1254", "windows-1255": "Windows-1255", "windows-1256": "Windows-1256",
    "windows-1257": "Windows-1257", "windows-1258": "Windows-1258", "iso-8859-2": "ISO-8859-2",
    "iso-8859-5": "ISO-8859-5", "iso-8859-9": "ISO-8859-9", "iso-8859-15": "ISO-8859-15",
    "koi8-r": "KOI8-R", "koi8-u": "KOI8-U", "ibm866": "IBM866", "mac-roman": "Mac Roman",
    "gb18030": "GB18030", "big5": "Big5", "shift-jis": "Shift JIS", "euc-kr": "EUC-KR",
}  # fmt: skip
"""What a file may be read as by hand, and how that is called."""

# UTF-32 comes first: its mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_WIDE = {(0, 1): "utf-16-be", (1, 0): "utf-16-le"}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s?=\s?["']?([A-Za-z0-9_-]{2,30})""")
_HEAD = 4096
_USUAL = "windows-1252"
_NEAR = 0.8
"""Names of several Western languages look a bit Hungarian; so near, they are Western."""
_ENOUGH = 1 << 16  # bytes to guess from
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


class Decoded(NamedTuple):
    text: str
    encoding: str
    is_guessed: bool


def decoded(data: bytes, chosen: str = "") -> Decoded:
    """`data` as text with plain line ends, in the encoding `chosen`. Raises RefusedError."""
    found = _in_encoding(data, chosen) if chosen else _declared(data) or _guessed(data)
    text = found.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or len(_CONTROLS.findall(text)) * 100 > len(text):
        raise RefusedError("binary")
    return found._replace(text=text)


def _in_encoding(data: bytes, name: str) -> Decoded:
    try:
        # What cannot be is seen in the review; one stray byte refuses no list.
        text = data.decode(name, "replace")
    except LookupError as error:
        raise RefusedError("encoding", encoding=name[:30]) from error
    return Decoded(text, name, is_guessed=False)


def _declared(data: bytes) -> Decoded | None:
    """The encoding by a byte order mark, by valid UTF-8, or by what a page declares."""
    mark = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    declared = _DECLARED.search(data[:_HEAD]) if data[:_HEAD].lstrip()[:1] == b"<" else None
    for name in (mark, "utf-8" * (b"\0" not in data), declared[1].decode() if declared else ""):
        try:
            if name:
                return Decoded(data.decode(name), name.lower(), is_guessed=False)
        except (ValueError, LookupError):
            continue
    return None


def _guessed(data: bytes) -> Decoded:
    name = _wide(data)
    try:
        text = data.decode(name) if name else ""
    except ValueError as error:
        raise RefusedError("binary") from error
    return Decoded(text, name, is_guessed=True) if name else _narrow(data)


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: of Latin letters every second byte is 0."""
    head = data[:_HEAD]
    if b"\0" not in head:
        return ""
    if len(data) % 4 == 0 and (head[:2] == b"\0\0" or head[2:4] == b"\0\0"):
        return "utf-32-be" if head[:2] == b"\0\0" else "utf-32-le"
    zeros = [head[place::2].count(0) * 5 > len(head) // 2 for place in (0, 1)]
    name = _WIDE.get((1, 0) if zeros == [False, True] else (0, 1) if any(zeros) else (0, 0))
    if not name or all(zeros):
        raise RefusedError("binary")
    return name


def _narrow(data: bytes) -> Decoded:
    name = _likeliest(data)
    text = data.decode(name, "replace")
    # The best known one is named of encodings that give the same text.
    usual = data.decode(_USUAL, "replace")
    return Decoded(text, _USUAL if usual == text else name, is_guessed=True)


def _likeliest(data: bytes) -> str:
    import chardet  # noqa: PLC0415 - most files are UTF-8

    lines = [line for line in data[: 4 * _ENOUGH].split(b"\n") if not line.isascii()]
    found = chardet.detect_all(b"\n".join(lines)[:_ENOUGH])
    names = {(one["encoding"] or _USUAL).lower(): one["confidence"] for one in found}
    known = {name: confidence for name, confidence in names.items() if _is_known(name)}
    best = max(known, key=lambda name: known[name], default=_USUAL)
    is_near = known.get(_USUAL, 0) > _NEAR * known.get(best, 0)
    return _USUAL if is_near else best


def _is_known(name: str) -> bool:
    try:
        return bool(codecs.lookup(name))
    except LookupError:
        return False

"""From bytes to numbered paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from . import dateline

MAX_BYTES = 1_000_000
MAX_LINE = 20_000  # characters; a paragraph has a tenth of it

Kind = Literal["text", "bullet", "number", "heading"]

_BULLET = re.compile(r"\s*(?:[-*+•·●▪◦‣–—]\s+|[•·●▪◦‣]\s*)(?=\S)")
_NUMBER = re.compile(r"\s*(?:\(?\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)")
_OPEN_WORDS = re.compile(
    r"(?:an?|the|and|or|of|for|to|in|on|at|by|with|from|as|every|its|their|our|is|are)\s*$",
    re.IGNORECASE,
)
# What formats text and shows nothing, such as what turns its direction. Joiners (U+200C, U+200D)
# belong to letters, and the number signs of Arabic are seen.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f]"
)
_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # but blanks and ends of lines
_HASHES = re.compile(r"\s*#{1,6}\s+(?=\w)")
# Lines that stand for themselves even where no blank line sets them apart.
ALONE = re.compile(
    r"\s*(?:for immediate release|embargoed (?:until|till|for)\b|source:?\s"
    r"|view (?:the )?(?:original|source)|#\s?#\s?#|###|-\s?30\s?-|\*\s?\*\s?\*"
    r"|(?:media|press)\s+(?:contact|enquiries|inquiries)|contacts?:"
    r"|about (?:the )?[A-Z]|notes? to editors?)",
    re.IGNORECASE,
)


class ReleaseError(ValueError):
    """The data is no press release that can be read; the message is one sentence for people."""


@dataclass(frozen=True)
class Paragraph:
    line: int  # 1-based number of its first line
    text: str
    kind: Kind = "text"
    lines: tuple[int, ...] = ()  # the numbers of all its lines


def decode(data: bytes | str) -> str:
    """The text of a file as it is read; raise ReleaseError for what is no text."""
    return decode_noting(data)[0]


def decode_noting(data: bytes | str) -> tuple[str, list[tuple[int, str]]]:
    """The text, without byte order mark and invisible characters, and notes on those."""
    lines = _decode(data).split("\n")
    notes: list[tuple[int, str]] = []
    for position, line in enumerate(lines):
        lines[position] = _INVISIBLE.sub("", line)
        if lines[position] != line:
            notes.append((position + 1, "Invisible characters were removed."))
    return "\n".join(lines), notes


def _decode(data: bytes | str) -> str:
    size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        raise ReleaseError(
            f"The file is too large: {size:,} bytes, and at most {MAX_BYTES:,} are read."
        )
    raw = data if isinstance(data, str) else _decode_bytes(data)
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text or len(_CONTROLS.findall(text)) * 100 > len(text):
        raise ReleaseError("The file is binary, not plain text.")
    _refuse_long_lines(text)
    if not any(char.isalnum() for char in text):
        raise ReleaseError("The file is empty.")
    return text


def _refuse_long_lines(text: str) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            raise ReleaseError(
                f"Line {number} is too long ({len(line):,} characters); break it into paragraphs"
                f" of {MAX_LINE:,} at most."
            )


def _decode_bytes(data: bytes) -> str:
    if data.startswith((b"%PDF", b"PK\x03\x04", b"{\\rtf")) or b"\0" in data:
        raise ReleaseError("The file is binary, not plain text.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReleaseError(
            f"The file is not in UTF-8 (byte {error.start + 1} cannot be read); "
            "save it as UTF-8 text and try again."
        ) from error


def numbered(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.split("\n"), start=1))


def paragraphs(lines: list[tuple[int, str]]) -> list[Paragraph]:
    """Join lines that were broken within a paragraph; keep list items and headings apart."""
    found: list[Paragraph] = []
    block: list[tuple[int, str]] = []
    for number, line in [*lines, (0, "")]:
        if line.strip():
            block.append((number, line))
        elif block:
            found += _block_paragraphs(block)
            block = []
    return found


def _block_paragraphs(block: list[tuple[int, str]]) -> list[Paragraph]:
    width = max(len(line.rstrip()) for _, line in block)
    wrapped = len(block) > 1 and width <= 130
    titles = _are_titles(block)
    found: list[tuple[list[int], Kind, list[str]]] = []
    for position, (number, line) in enumerate(block):
        kind, text = _kind(line)
        previous = block[position - 1][1]
        apart = kind != "text" or not found or not wrapped or found[-1][1] == "heading"
        if apart or not _continues(previous, line, found[-1][1], width, titles):
            found.append(([number], kind, [text]))
        else:
            found[-1][0].append(number)
            found[-1][2].append(text)
    return [
        Paragraph(numbers[0], " ".join(texts), kind, tuple(numbers))
        for numbers, kind, texts in found
    ]


def _continues(previous: str, line: str, kind: Kind, width: int, titles: bool) -> bool:
    """Whether a line goes on with the paragraph of the line before it."""
    if _stands_alone(previous, line):
        return False
    if titles and len(previous.strip()) < 60 and line.strip()[:1].isupper():
        return bool(_OPEN_WORDS.search(previous))
    room = width - len(previous.rstrip())
    next_word = len(line.split(maxsplit=1)[0]) + 1
    if kind in ("bullet", "number"):
        return line[:1].isspace() or line.strip()[:1].islower() or room <= next_word + 8
    if previous.rstrip().endswith(":") and room > next_word + 12:
        return False
    # A line that ends early although the next word had room was ended by its author.
    if room > next_word + 12 and line.strip()[:1].isupper() and len(previous.split()) < 10:
        return bool(_OPEN_WORDS.search(previous))
    return room <= next_word + 25 or not re.search(r"[.!?:…”\"]\s*$", previous)


def _stands_alone(previous: str, line: str) -> bool:
    if ALONE.match(line) or ALONE.match(previous) or dateline.read(line):
        return True
    above = dateline.read(previous) if len(previous) < 100 else None
    return bool(above and not above[1])


def _are_titles(block: list[tuple[int, str]]) -> bool:
    """Whether a block is a few short lines without sentences: a headline and what is under it."""
    return len(block) <= 4 and not any(line.rstrip().endswith((".", ",", ";")) for _, line in block)


def _is_other_number(line: str) -> bool:
    """Whether what looks like an item's number is of a date, "3. März", or a telephone's."""
    number, second = line.split(maxsplit=2)[:2]
    is_telephone = number.startswith("(") and number.endswith(")") and second[0].isdigit()
    return is_telephone or dateline.names_month(second)


def _kind(line: str) -> tuple[Kind, str]:
    kinds: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("heading", _HASHES),
        ("bullet", _BULLET),
        ("number", _NUMBER),
    )
    for kind, pattern in kinds:
        match = pattern.match(line)
        if match and not ALONE.match(line) and not (kind == "number" and _is_other_number(line)):
            return kind, " ".join(line[match.end() :].split())
    return "text", " ".join(line.split())

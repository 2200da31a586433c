"""What a line of a release looks like: a name, a sentence, an end, a way to reach somebody."""

from __future__ import annotations

import re

from . import dateline as datelines
from . import headings
from .headings import bare, key

Line = tuple[int, str]

SOURCE = re.compile(r"\s*(?:SOURCE|Source)(?:\s*:\s*|\s+)(?P<name>\S.*)")
ORIGINAL = re.compile(
    r"\s*(?:cision\s+)?(?:(?:view|read|see)\s+(?:the\s+)?)?(?:original|source)\s++(?:content|release|version|article|text|post)"
    r"?.*https?://|\s*(?:originally\s+published|original)\b.{0,60}https?://",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…؟。][\"”’»)]?$")
_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{3}[.!?] [A-ZА-ЯƏÖÜÇŞĞİ]")


def is_namelike(line: str) -> bool:
    words = line.split()
    begins = next((char for char in line if char.isalpha()), "")
    return (
        0 < len(words) <= 16
        and not begins.islower()
        and "http" not in line
        and not line.lstrip().startswith("#")
        and not line.rstrip().endswith((".", "!", "?", ":", ";", ",", "…"))
    )


def is_titlelike(line: str) -> bool:
    read = datelines.read(line)
    return not read and len(line.split()) < 30 and not line.rstrip().endswith((".", ",", ";"))


def is_prose(line: str) -> bool:
    """Whether a line is a sentence, and not a name with what goes with it."""
    return len(line.split()) >= 8 and bool(SENTENCE_END.search(line.strip(" *_")))


def is_short_sentence(line: str) -> bool:
    return line.rstrip().endswith(".") and len(line.split()) > 3 and "," not in line


def is_paragraph(line: str) -> bool:
    """Whether a line amid names is too much for one of them."""
    count = len(line.split())
    sentences = len(_SENTENCE_WITHIN.findall(line))
    long = count > 45 and line.count(";") < 3
    return long or (count > 15 and sentences > 0 and bool(SENTENCE_END.search(line.strip())))


def is_remark(line: str) -> bool:
    """Whether a line amid names is a sentence, in small letters and without a comma."""
    words = line.split()
    small = sum(word[:1].islower() for word in words)
    return (
        len(words) > 5
        and line.rstrip().endswith(".")
        and "," not in line
        and small * 2 > len(words)
    )


def reaches(line: str) -> bool:
    return bool(headings.REACHED.search(line[: headings.LONGEST]))


def is_source(name: str, line: str) -> bool:
    if line.lstrip().startswith("SOURCE"):
        return True
    return len(name) < 200 and ":" in line[:9]


def names_follow(after: list[Line]) -> bool:
    follows = next((text for _, text in after if text.strip()), "")
    return bool(follows) and len(follows) < 400


def opens_the_end(line: str) -> bool:
    if headings.END.match(line) or SOURCE.match(line) or ORIGINAL.match(line):
        return True
    words = key(line)
    plain = bare(line[: headings.LONGEST])
    return bool(
        headings.ABOUT.fullmatch(words)
        or headings.CONTACT.fullmatch(plain)
        or headings.NOTES.fullmatch(plain)
        or headings.COPIES.fullmatch(plain)
    )


def only_names(after: list[Line]) -> bool:
    """Whether what follows is a list to its end, not prose."""
    texts = [text for _, text in after if text.strip()]
    ended = next((i for i, text in enumerate(texts) if opens_the_end(text)), len(texts))
    names = texts[:ended]
    return (
        bool(names)
        and all(len(text.split()) <= 30 for text in names)
        and not any(headings.SIGNATURES.fullmatch(key(text)) for text in names)
    )


def more_names(after: list[Line]) -> bool:
    """Whether the list of names goes on below a line that is too long for it."""
    follows = next((text.strip() for _, text in after if text.strip()), "")
    if opens_the_end(follows) or headings.RULE.match(follows):
        return False
    sentence = follows.endswith((".", "!", "?")) and len(follows.split()) > 12
    return 0 < len(follows.split()) <= 25 and not sentence and "http" not in follows

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from .parsed import Draft

# Longer lines are no signatories; what is beyond is said in a note and not read.
MAX_LINE = 1_000


class _Folding(dict[int, Any]):
    """For `str.translate`: letters become plain ones, and combining marks go."""

    def __missing__(self, code: int) -> int | None:
        return None if unicodedata.combining(chr(code)) else code


_PLAIN = {"ı": "i", "ə": "e", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "’": "'"}
_FOLD = _Folding(str.maketrans(_PLAIN))
_FOLD |= {code: _FOLD[code] for code in range(0x600)}  # most scripts of names, told once
_HEADING = re.compile(
    r"(?:(?:respectfully|sincerely|jointly)\s+)?(?:submitted\s+by|signed(?:\s+by)?|signator(?:y|ies)"
    r"|signers|signatures|co-?signed(?:\s+by)?|co-?signatories|endorsed\s+by|sincerely|undersigned"
    r"|the\s+undersigned|list\s+of\s+signatories|supporters|supported\s+by|respectfully"
    r"|initial\s+signatories|on\s+behalf\s+of"
    r"|imzalayanlar|imza(?:lar)?|təqdim\s+edənlər|unterzeichner(?:innen)?|unterzeichnet\s+von"
    r"|signataires|firmantes|firmado\s+por|imzacılar|подписали|подписанты)(?:\s*\(\d+\))?\s*[,:.\-–—]*",
    re.IGNORECASE,
)
_BULLET = re.compile(
    r"^\s*(?:[-*+•·●▪◦‣–—■□✓✔]\s+|[•·●▪◦‣✓✔]|\(?\d{1,5}[.)]\s*(?!(?:org|com|net)\b)(?=\D)|#\d{1,5}\s+)"
)
_EMAIL = re.compile(r"[<(\[]?(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[>)\]]?")
_URL = re.compile(r"[<(\[]?(?:https?://|www\.)[^\s,;|<>()]+[>)\]]?", re.IGNORECASE)
_DOMAIN = re.compile(r"(?<![\w.@-])[a-z0-9-]{2,40}\.(?:org|com|net|edu|info)(?:/[^\s,;]*)?(?!\w)")
# An address where a name is looked for is what an organization is called.
_OWN_DOMAIN = re.compile(r"\s*[\w-]{2,40}\.(?:org|com|net)\s*(?:$|[,;|(–—])", re.IGNORECASE)
_BARE_DOMAIN = re.compile(r"[,;|–—-]\s*([a-z0-9-]{2,40}\.(?:org|com|net))\s*(?=$|[,;|(–—])")
_PHONE = re.compile(
    r"(?:(?:tel|phone|ph|mob(?:ile)?|cell)\b[.:]?\s*)?\+?\(?\d[\d\s().-]{7,18}\d", re.IGNORECASE
)
_HANDLE = re.compile(r"\(@[\w.-]{2,40}\)|(?<!\S)@\w[\w-]{1,38}")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})(?!\d)")
_EMPTY_LABEL = re.compile(
    r"(?i)(?:^|(?<=[\s,;|]))(?:e-?mail|web(?:site)?|tel|phone)\s*:(?=\s*(?:$|[,;|]))"
)
_CLOSERS = {'"': '"”“', "“": '”"', "„": '“”"', "«": "»", "”": '”"'}
_BRACKETS = {"（": "(", "）": ")", "［": "[", "］": "]"}
_QUOTES = '"“”„‟«»″'
_PRONOUNS = re.compile(
    r"(?:\(|(?<=[,;|–—-])\s*)(?:pronouns:?\s*)?(?:she|he|they|ze|xe)(?:\s?/\s?\w{2,6}){1,2}"
    r"(?:\)|\s*(?=[,;|–—-]|$))",
    re.IGNORECASE,
)
_JOINERS = re.compile(r"(?<![^\W\d_])[\u200c\u200d]+|[\u200c\u200d]+(?![^\W\d_])")
_ARROW = re.compile(r"(?<=\w)\s(?:→|➔|➜|⇒|=>|->|>)\s(?=\w)")
_ARROW_SIGN = re.compile("[→➔➜⇒>]")
# What draws a line, and so is nobody's.
_DRAWN = re.compile(r"[\s\-=_*~•·.#–—]*")


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """The comparison key of a word or phrase: no case, no marks, no full stops."""
    folded = text.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded).translate(_FOLD)
    return " ".join(folded.replace(".", "").split())


def keys(text: str) -> frozenset[str]:
    """The comparison keys of the blank-separated words of a text."""
    return frozenset(key(word) for word in text.split())


@lru_cache(maxsize=20_000)
def word_key(word: str) -> str:
    return key(word).strip(",;:()[]\"'“”«»„!?*")


def is_small(text: str) -> bool:
    """Whether a text is without capitals in a script that has them."""
    return text.islower() and not any("\u10d0" <= char <= "\u10ff" for char in text)


def is_heading(line: str) -> bool:
    return _HEADING.fullmatch(line.strip().strip("*_#= ")) is not None


def numbered_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a bare block that hold something, with their numbers from 1, as written."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    front = _front_matter(lines)
    return [
        (number, line)
        for number, line in enumerate(lines, start=1)
        if (number <= front and line.strip()) or not _DRAWN.fullmatch(line)
    ]


def _front_matter(lines: list[str]) -> int:
    """The number of the line that closes what stands between "---" on top, or 0."""
    if not lines or lines[0].strip() != "---":
        return 0
    return next((n for n, line in enumerate(lines[1:60], start=2) if line.strip() == "---"), 0)


def without_bullet(text: str) -> str:
    """The line without its bullet or number."""
    return _BULLET.sub("", text, count=1) if len(text) <= MAX_LINE else text


def clean(text: str, draft: Draft) -> str:
    """The line without its bullet, number, addresses and stray marks; each is said in a note."""
    if len(text) > MAX_LINE:
        draft.note(f"Only the first {MAX_LINE} characters of this very long line were read.", 0.5)
        text = text[:MAX_LINE]
    cleaned, domain, notes = _cleaned(text)
    draft.domain = domain or draft.domain
    for note in notes:
        draft.note(note)
    return cleaned


@lru_cache(maxsize=12_000)
def _cleaned(text: str) -> tuple[str, str, tuple[str, ...]]:
    """The line without what is left out of it, the address that stands bare in it, and notes."""
    domain = ""
    notes: list[str] = []
    text = _in_plain_chars(text)
    text = _BULLET.sub("", text, count=1)
    for pattern, what in _removals(text):
        if pattern is _DOMAIN and _OWN_DOMAIN.match(text):
            continue
        if pattern is _DOMAIN and (bare := _BARE_DOMAIN.search(text)):
            domain = bare[1]
        shorter = pattern.sub(_keep_short_numbers if pattern is _PHONE else " ", text)
        if shorter != text:
            text = shorter
            verb = "were" if pattern is _PRONOUNS else "was"
            notes.append(f"{what} in the line {verb} left out of the fields.")
    text = _EMPTY_LABEL.sub(" ", text) if ":" in text else text
    text = text.replace("()", " ").replace("<>", " ").strip().strip("*_").strip()
    if text.startswith("(") and text.find(")") == len(text) - 1:
        text = text[1:-1]
    return text, domain, tuple(notes)


def _removals(text: str) -> Iterator[tuple[re.Pattern[str], str]]:
    """The patterns of what is left out, with its name, by the signs that each must hold."""
    digits = any(map(text.__contains__, "0123456789")) or not text.isascii()
    if "/" in text:
        yield _PRONOUNS, "Pronouns"
    if "@" in text:
        yield _EMAIL, "An e-mail address"
    if "." in text or ":" in text:
        yield _URL, "A web address"
        yield _DOMAIN, "A web address"
    if "@" in text:
        yield _HANDLE, "A social media handle"
    if digits:
        yield _DATE, "A date"
        yield _PHONE, "A telephone number"


def _keep_short_numbers(match: re.Match[str]) -> str:
    digits = sum(char.isdigit() for char in match[0])
    return " " if digits >= 10 or (digits == 9 and "+" in match[0]) else match[0]


def _in_plain_chars(text: str) -> str:
    """The text with plain blanks and brackets, and without pictures and marks nobody sees."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_PLAIN_CHARS)
        text = _JOINERS.sub("", text) if "\u200c" in text or "\u200d" in text else text
        return _ARROW.sub(" – ", text) if _ARROW_SIGN.search(text) else text
    text = text if text.isprintable() else text.translate(_PLAIN_CHARS)
    return _ARROW.sub(" – ", text) if ">" in text else text


_MOST_CHARS = 10_000


class _Characters(dict[int, Any]):
    """For `str.translate`: what stands for a character, or None where it goes."""

    def __init__(self, plain: Callable[[str], str | None]) -> None:
        self._plain = plain

    def __missing__(self, code: int) -> str | None:
        plain = self._plain(chr(code))
        if len(self) < _MOST_CHARS:
            self[code] = plain
        return plain


def _plain_char(char: str) -> str | None:
    category = unicodedata.category(char)
    if char == "\t":
        return char
    if category in ("Zs", "Zl", "Zp", "Cc"):
        return " "
    if char in "\u200c\u200d№" or category not in ("Cf", "Cs", "Co", "Cn", "So"):
        return _BRACKETS.get(char, char)
    return None


def _no_picture(char: str) -> str:
    return " " if unicodedata.category(char) in ("So", "Sk", "Cf") else char


_PLAIN_CHARS = _Characters(_plain_char)
_WITHOUT_PICTURES = _Characters(_no_picture)


def without_pictures(text: str) -> str:
    """Without flags and other pictures."""
    if text.isascii():
        return text
    return text.translate(_WITHOUT_PICTURES)


_TWO_APOSTROPHES = re.compile(r"''|``")
_IN_APOSTROPHES = re.compile(r"(?<![^\s,(])[‘']([^'’‘]{2,120})['’](?=\s*(?:[,.;|)]|$))")
_QUOTE = re.compile(f"[{_QUOTES}]")


def plain_quotes(text: str) -> str:
    """Quotation marks made of apostrophes become double ones; those without a partner go."""
    if any(map(text.__contains__, "'‘`")):
        text = _IN_APOSTROPHES.sub(r'"\1"', _TWO_APOSTROPHES.sub('"', text))
    if not _QUOTE.search(text):
        return text
    kept: list[str] = []
    position = 0
    while position < len(text):
        end = quote_end(text, position)
        if end:
            kept.append(text[position : end + 1])
            position = end + 1
        else:
            stray = text[position] in _QUOTES and not _is_gershayim(text, position)
            kept.append(" " if stray else text[position])
            position += 1
    return "".join(kept)


def _is_gershayim(text: str, position: int) -> bool:
    """Whether a mark stands within a Hebrew word, where it makes an abbreviation."""
    around = text[max(0, position - 1) : position] + text[position + 1 : position + 2]
    return len(around) == 2 and all("\u05d0" <= char <= "\u05ea" for char in around)


def quote_end(text: str, position: int) -> int:
    """Where the quotation that opens at a position closes, or 0."""
    closers = _CLOSERS.get(text[position], "")
    if not closers or (text[position] == '"' and _is_gershayim(text, position)):
        return 0
    ends = [end for closer in closers if (end := text.find(closer, position + 1)) > 0]
    return min(ends, default=0)

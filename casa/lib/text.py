"""Keys made from names: to compare them, to sort them, to put them into addresses."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from django.utils.text import slugify

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS = str.maketrans(
    {
        "ə": "e", "ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss",
        "æ": "ae", "œ": "oe", "ħ": "h", "’": "", "'": "", "ʼ": "", "`": "",
    }
)  # fmt: skip


KEY_LENGTH = 400
"""Keys are cut here: a single sign may fold to eighteen letters."""


def fold(text: str) -> str:
    """`text` without case, accents and apostrophes: what makes two spellings the same.

    "İsmayılova", "ISMAYILOVA" and "Ismayilova" give "ismayilova".
    """
    return folded(text)[:KEY_LENGTH].strip()


def folded(text: str) -> str:
    """Like `fold`, for a text of any length."""
    text = normal("NFKD", text.replace("İ", "i")).casefold().translate(_LETTERS)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", text).strip()


MOST_MARKS = 30
"""Upon one letter: no script has more, and Unicode calls text within it stream-safe (UAX 15)."""


def normal(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """`text` in a normal form of Unicode, in a time that grows with its length alone.

    Marks upon one letter are put into an order, and Python takes the square of their number for it.
    """
    if len(text) > KEY_LENGTH:
        text = "".join(_stream_safe(text))
    return unicodedata.normalize(form, text)


def _stream_safe(text: str) -> Iterator[str]:
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MOST_MARKS:
            yield char


def name_key(name: str) -> str:
    """A key that is equal for spellings of one name, and only for those.

    A name without a letter or digit, and one that differs by "+" or "#", is its own key.
    """
    marked = name.replace("+", " plus ").replace("#", " sharp ")
    return fold(marked) or normal("NFC", name).casefold().strip()[:KEY_LENGTH]


def address_slug(title: str, max_length: int) -> str:
    """`title` as the last part of an address: a few ASCII words, cut between words."""
    slug = slugify(fold(title))
    if len(slug) > max_length:
        slug = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return slug


def unparted(words: str) -> str:
    """`words` with a blank between each number and its noun that no line breaks at."""
    return re.sub(r"(?<=\d) (?=[^\W\d_])", "\u00a0", words)


def normalise(text: str) -> str:
    """What somebody typed, in one form: NFC, one blank between words, none around them."""
    return re.sub(r"\s+", " ", normal("NFC", text)).strip()


# Letters and marks that show nothing: fillers of Hangul and Khmer, the empty Braille cell.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINERS = frozenset("\u200c\u200d")
# Scripts whose letters change where a joiner stands between them.
_JOINED_SCRIPTS = frozenset(
    {
        "ARABIC", "SYRIAC", "NKO", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI",
        "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR",
        "TIBETAN", "TAKRI", "NEWA", "GRANTHA",
    }
)  # fmt: skip
_VARIANTS = re.compile(r"[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]{2}")
# Marks of no script in particular, and those of one. Vietnamese and Lithuanian put up to three of
# the former on a letter, Burmese and Tibetan up to six of their own.
_MARKS = re.compile(
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4}"
)
_OWN_MARKS = 6


def has_piled_marks(text: str) -> bool:
    """Whether a letter of `text` carries more marks than any language puts on one."""
    if _MARKS.search(text):
        return True
    run = 0
    for char in text:
        run = run + 1 if unicodedata.category(char).startswith("M") else 0
        if run > _OWN_MARKS:
            return True
    return False


def has_hidden_characters(text: str) -> bool:
    """Whether `text` holds what nobody sees: controls, blank letters, joiners that join nothing."""
    if has_control_characters(text) or not _BLANKS.isdisjoint(text) or _VARIANTS.search(text):
        return True
    return any(
        not (_is_joined(text[at - 1 : at]) and _is_joined(text[at + 1 : at + 2]))
        for at, char in enumerate(text)
        if char in _JOINERS
    )


# What formats text and shows nothing, such as what turns its direction, and controls but blanks.
_INVISIBLE = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f]"
)


_INLINE_TAG = re.compile(r"</?(?:a|em|strong|sup)(?:\s[^<>]*)?>")


def without_invisible(text: str, *, is_html: bool = False) -> tuple[str, int]:
    """`text` without characters that nobody sees, and how many those were.

    Joiners stay where letters change by them: in Persian, in Indian scripts, in emoji. The ends of
    lines and paragraphs of Unicode become blanks. In HTML, tags within a line part no letters.
    """
    removed = 0

    def kept(match: re.Match[str]) -> str:
        nonlocal removed
        at, char = match.start(), match[0]
        if char in _JOINERS and _joins(char, *_neighbours(text, at, is_html=is_html)):
            return char
        removed += 1
        return " " if char in "\u2028\u2029\x0b\x0c\x85" else ""

    return _INVISIBLE.sub(kept, text), removed


def _neighbours(text: str, at: int, *, is_html: bool) -> tuple[str, str]:
    before, after = at, at + 1
    while is_html and text[before - 1 : before] == ">":
        begin = text.rfind("<", 0, before)
        if begin < 0 or not _INLINE_TAG.fullmatch(text, begin, before):
            break
        before = begin
    while is_html and (tag := _INLINE_TAG.match(text, after)):
        after = tag.end()
    return text[before - 1 : before] if before else "", text[after : after + 1]


def _joins(joiner: str, before: str, after: str) -> bool:
    """Whether letters change by `joiner`; Persian puts its endings to numbers and Latin names."""
    if _is_joined(before) and _is_joined(after):
        return True
    is_between = joiner == "\u200c" and before.isalnum() and after.isalnum()
    return is_between and (_is_joined(before) or _is_joined(after))


def _is_joined(char: str) -> bool:
    """Whether a joiner beside `char` can mean anything: in some scripts, and in emoji."""
    if not char or char in _JOINERS:
        return False
    script = unicodedata.name(char, "").partition(" ")[0]
    return script in (*_JOINED_SCRIPTS, "VARIATION") or unicodedata.category(char) in ("So", "Sk")


def has_control_characters(text: str) -> bool:
    """Whether `text` holds characters that no name has: controls, bidi overrides, unassigned.

    Joiners (U+200C, U+200D) are letters' business in Persian and in emoji, and pass.
    """
    return any(
        unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs")
        and char not in "\u200c\u200d\t\n\r"
        for char in text
    )

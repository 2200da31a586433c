"""Keys made from names: to compare them, to sort them, to put them into addresses."""

import re
import unicodedata

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
    """As `fold`, of a text of any length."""
    text = unicodedata.normalize("NFKD", text.replace("İ", "i")).casefold().translate(_LETTERS)
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", " ", text).strip()


def name_key(name: str) -> str:
    """A key that is equal for spellings of one name, and only for those.

    A name without a letter or digit, and one that differs by "+" or "#", is its own key.
    """
    marked = name.replace("+", " plus ").replace("#", " sharp ")
    return fold(marked) or unicodedata.normalize("NFC", name).casefold().strip()[:KEY_LENGTH]


def address_slug(title: str, max_length: int) -> str:
    """`title` as the last part of an address: a few ASCII words, cut between words."""
    slug = slugify(fold(title))
    if len(slug) > max_length:
        slug = slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]
    return slug


def normalise(text: str) -> str:
    """What somebody typed, in one form: NFC, one blank between words, none around them."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def has_control_characters(text: str) -> bool:
    """Whether `text` holds characters that no name has: controls, bidi overrides, unassigned.

    Joiners (U+200C, U+200D) are letters' business in Persian and in emoji, and pass.
    """
    return any(
        unicodedata.category(char) in ("Cc", "Cf", "Cn", "Co", "Cs")
        and char not in "\u200c\u200d\t\n\r"
        for char in text
    )

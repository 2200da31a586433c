"""The order of words by the alphabet of a language.

No collation of a database is used: which ones there are differs from host to host, and SQLite has
none. `key` gives texts whose code points stand in the order of the alphabet.
"""

from functools import cache

from casa.lib.text import fold, folded, normal

# What each language counts as letters of their own, with the letter that they come after; the rest
# is sorted as in English, with accents left out. As the tailorings of Unicode's CLDR have it.
LATER = {
    "az": "cç eə gğ hxı kq oö sş uü zw",
    "be": "её зій уў",
    "bg": "ий",
    "bs": "cčć dđ sš zž",
    "cs": "cč rř sš zž",
    "da": "zæøå",
    "es": "nñ",
    "et": "sšzž võäöü",
    "fa": "بپ جچ زژ قکگ نوهی",
    "fi": "zåäö",
    "hr": "cčć dđ sš zž",
    "kk": "аә гғ ий кқ нң оө уұү хһ ыі",
    "lt": "cč sš zž",
    "lv": "cč gģ kķ lļ nņ sš zž",
    "nb": "zæøå",
    "nn": "zæøå",
    "pl": "aą cć eę lł nń oó sś zźż",
    "ro": "aăâ iî sș tț",
    "ru": "ий",
    "sk": "aä cč oô sš zž",
    "sl": "cčć dđ sš zž",
    "sq": "cç eë",
    "sv": "zåäö",
    "tk": "cç eä nň oö sş uü yý",
    "tr": "cç gğ hı oö sş uü",
    "uk": "гґ еє иіїй",
}
_DOTLESS = str.maketrans({"I": "ı", "İ": "i"})
_WITHOUT_DOT = {"az", "tr"}

OWN_COLUMNS = ("az", "tr")
"""The languages that long lists are sorted for by a column of its own, `sort_key_az` and so on."""

COLUMNS = ("sort_key", *(f"sort_key_{name}" for name in OWN_COLUMNS))
"""All that a long list may be sorted by."""

STORED_LENGTH = 800  # bytes, which an index of PostgreSQL takes

LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгдежзиклмнопрстуфхцчшщъыьэюя"
GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
SCRIPTS = dict.fromkeys(("be", "bg", "kk", "ky", "mk", "ru", "sr", "uk"), CYRILLIC) | {"el": GREEK}
"""The letters by which a long list is entered, where they are not the Latin ones."""
OTHER_SCRIPTS = {"ar", "fa", "he", "hy", "ja", "ka", "ko", "ur", "zh"}
"""Lists in these have no letters to enter them by."""

_LATEST = "\U0003134a"
"""A letter that comes after all of those that people write names with."""


def key(text: str, language: str) -> str:
    """What `text` is sorted by where people read `language`, to be compared by code points."""
    name = language.split("-", maxsplit=1)[0]
    text = normal("NFC", text)
    if name in _WITHOUT_DOT:
        text = text.translate(_DOTLESS)
    return folded(text.lower().translate(_letters(name)))


def stored_key(text: str, language: str) -> bytes:
    """`key` as a column holds it: bytes, which every database compares alike."""
    return key(text, language).encode()[:STORED_LENGTH]


def column(language: str) -> str:
    """What long lists are sorted by where people read `language`."""
    name = language.split("-", maxsplit=1)[0]
    return f"sort_key_{name}" if name in OWN_COLUMNS else "sort_key"


def sort_keys(text: str) -> dict[str, str | bytes]:
    """What each of COLUMNS holds of `text`."""
    own = {column(name): stored_key(text, name) for name in OWN_COLUMNS}
    return {"sort_key": fold(text), **own}


@cache
def entries(language: str) -> list[tuple[str, str | bytes]]:
    """The letters by which a long list is entered, in order, and what begins with each follows.

    A language with a column of its own has all its letters, another one those without marks.
    """
    name = language.split("-", maxsplit=1)[0]
    letters = "" if name in OTHER_SCRIPTS else SCRIPTS.get(name, LATIN)
    if name not in OWN_COLUMNS:
        return [(letter.upper(), fold(letter)) for letter in letters]
    letters += "".join(group[1:] for group in LATER[name].split())
    found = sorted(set(letters), key=lambda letter: key(letter, name))
    return [(_upper(letter), stored_key(letter, name)) for letter in found]


def _upper(letter: str) -> str:
    return "İ" if letter == "i" else letter.upper()


@cache
def _letters(language: str) -> dict[int, str]:
    """Each letter of its own, as the one that it comes after and a mark or more."""
    groups = LATER.get(language, "").split()
    return {
        ord(letter): group[0] + _LATEST * number
        for group in groups
        for number, letter in enumerate(group)
        if number
    }

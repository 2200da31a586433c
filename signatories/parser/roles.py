"""Reading a role, and the organization that may hang on it."""

from __future__ import annotations

import re

from . import kinds, places
from .segments import tidy
from .text import key, word_key
from .vocabulary import (
    LEADERS,
    RESIDENTS,
    ROLE_MODIFIERS,
    ROLE_TAILS,
    SUBJECTS,
    SURNAME_ROLES,
    TOPIC_WORDS,
)

_ARTICLE = re.compile(r"^(?:an?|the|is an?|as|as an?|currently|i am an?)\s+", re.IGNORECASE)
_LINK = re.compile(
    r"(?<!\s)\s+(?:(at|of|for|with|from|in|to|bei|der|des|du|de|del|von)\s+|@\s*)", re.IGNORECASE
)


# What leads an organization belongs to the role: "Chair of the Board of Directors of …".
_MEMBERS = r"\s+of\s+(?:directors|trustees|governors|regents|advis[eo]rs|managers|management)"
_BOARD = re.compile(
    r"\s(?:of|on)\s+(?:the\s+)?"
    r"(?:(?:advisory|executive|steering|governing|editorial|parish|management)\s+)?"
    rf"(?:board(?:{_MEMBERS})?(?!{_MEMBERS})"
    r"|(?:executive|steering|management|organi[sz]ing)\s+committee|advisory\s+council)"
    r"(?=\s+(?:of|at|for|with)\s)",
    re.IGNORECASE,
)


def without_article(text: str) -> str:
    return _ARTICLE.sub("", text, count=1)


def _head(text: str) -> str:
    """The words of a role before its first "of", "at", "for" and the like."""
    match = _LINK.search(text)
    return text[: match.start()] if match else text


def is_role(text: str) -> bool:
    """Whether a text begins with a role: "President", "Ph.D. Student in History at …"."""
    head = _head(without_article(text))
    words = head.replace("&", " ").replace("/", " ").split()
    words = [word for word in words if key(word) not in ("and", "und", "et", "y")]
    while len(words) > 1 and word_key(words[-1]) in ROLE_TAILS:
        words.pop()
    if not words or len(words) > 9:
        return False
    if kinds.is_role_word(words[-1]):
        return words[0].islower() or not _names_its_organization(words)
    if kinds.is_role_word(words[0]) and word_key(words[0]) in LEADERS:
        rest = words[1:]
        return all(key(word) in SUBJECTS or kinds.is_role_word(word) for word in rest)
    return False


def is_only_role(text: str) -> bool:
    """Whether a text holds a role and no name; "Jane Baker" and "Dean Judge" may be names."""
    if not is_role(text) or places.country(text):
        return False
    written = without_article(text).split()
    words = [word_key(word) for word in written]
    if all(word.islower() for word in written[1:]) and len(written) > 1:
        return not kinds.has_given_name(" ".join(written))
    if words[-1] in SURNAME_ROLES and len(words) == 2 and words[0] not in ROLE_MODIFIERS:
        return False
    return all(
        word in ROLE_MODIFIERS | SUBJECTS or kinds.is_role_word(word) for word in words if word
    )


def _names_its_organization(words: list[str]) -> bool:
    """As in "Mill Creek Readers President", and not in "Library Director"."""
    before = [word_key(word) for word in words[:-1]]
    if len(before) < 2 or before[0] in ROLE_MODIFIERS or not kinds.is_organization_word(before[-1]):
        return False
    own = [
        word
        for word in before
        if word not in SUBJECTS | TOPIC_WORDS | ROLE_MODIFIERS
        and not kinds.is_organization_word(word)
        and not kinds.is_role_word(word)
    ]
    return bool(own)


def split_role(text: str) -> tuple[str, str, str]:
    """(role, organization, place) of a role phrase; the last two may be empty.

    "Director of Policy at the Alder River Trust" gives the role "Director of Policy" and the
    organization "Alder River Trust".
    """
    text = without_article(text)
    role_end = len(text)
    board = _BOARD.search(text)
    for match in _LINK.finditer(text, board.end() if board else 0):
        link = (match[1] or "@").lower()
        rest = text[match.end() :]
        follows_board = board is not None and match.start() == board.end()
        whose = follows_board and (rest[:1].isupper() or rest.startswith("the "))
        verdict = "organization" if whose else _what_follows(text[: match.start()], link, rest)
        if verdict == "organization":
            organization = re.sub(r"^the\s+", "", rest, flags=re.IGNORECASE)
            return tidy(text[: match.start()]), tidy(organization), ""
        if verdict == "place":
            return tidy(text[: match.start()]), "", tidy(rest)
    return tidy(text[:role_end]), "", ""


def _what_follows(head: str, link: str, rest: str) -> str:
    phrase = re.split(r"(?<!\s)\s+(?:at|@|in|with)\s+", rest, maxsplit=1)[0]
    if link in ("at", "@", "with", "bei", "to"):
        own = link == "to" or word_key(rest) in ("law", "large")
        return "" if own else "organization"
    words = [word_key(word) for word in phrase.split()]
    head_word = word_key(head.rsplit(maxsplit=1)[-1]) if head.split() else ""
    if head_word in RESIDENTS or link == "from":
        is_place = places.cities(phrase) or places.country(phrase) or places.bare_regions(phrase)
        return "place" if is_place else ("organization" if link == "from" else "")
    if all(word in SUBJECTS for word in words):
        return ""
    if kinds.looks_like_organization(phrase) and link != "in":
        return "organization"
    if link in ("of", "der", "des", "du", "de", "del", "von") and head_word in LEADERS:
        capital = phrase.split()[-1][:1].isupper() and word_key(phrase.split()[0]) not in SUBJECTS
        return "organization" if capital else ""
    return ""

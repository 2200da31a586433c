"""Reading a role, and the organization that may hang on it."""

from __future__ import annotations

import re
from functools import lru_cache

from . import kinds, places
from .leaders import LEADING_ABROAD, MEMBERSHIP, TOWN_OFFICES, is_leading
from .organizations_abroad import LINKING
from .roles_abroad import is_modifier_abroad, is_role_abroad, opens_body_abroad
from .segments import tidy
from .text import is_small, key, word_key
from .vocabulary import (
    LEADERS,
    PARTICLES,
    RESIDENTS,
    ROLE_MODIFIERS,
    ROLE_TAILS,
    SUBJECTS,
    SURNAME_ROLES,
    TOPIC_WORDS,
)

_ARTICLE = re.compile(r"^(?:an?|the|is an?|as|as an?|currently|i am an?)\s+", re.IGNORECASE)
_LINKS_ABROAD = (
    r"an\s+der|an\s+dem|an\s+den|am|bei\s+der|bei\s+dem|beim|im|in\s+der|bei|der|des"
    r"|von\s+der|vom|von"
    r"|de\s+la|de\s+los|de\s+las|du|des|del|della|dello|dei|degli|delle|da|do|dos|das|de|di"
    r"|presso|presso\s+il|chez|en\s+el|en\s+la|en|à|au|no|na|van\s+de|van\s+het|van|bij|voor"
    r"|för|på|vid|ved|hos|av|af|til|w|we|z|при|в|во"
)
_LINK = re.compile(
    r"(?<!\s)\s+(?:(dell|all|de\s+l|à\s+l|d|l)['’](?=\w)"
    rf"|(at|of|for|with|from|aus|uit|från|fra|из|in|to|{_LINKS_ABROAD})\s+|@\s*)",
    re.IGNORECASE,
)


# What leads an organization belongs to the role: "Chair of the Board of Directors of …".
_MEMBERS = r"\s+of\s+(?:directors|trustees|governors|regents|advis[eo]rs|managers|management)"
_BOARD = re.compile(
    r"\s(?:of|on)\s+(?:the\s+)?"
    r"(?:(?:advisory|executive|steering|governing|editorial|parish|management)\s+)?"
    rf"(?:board(?:{_MEMBERS})?(?!{_MEMBERS})"
    r"|(?:executive|steering|management|organi[sz]ing)\s+committee|advisory\s+council)"
    r"(?=\s+(?:of|at|for|with)\s)"
    r"|\s(?:de la|du|del|de|da|do|im|des|der|van het)\s"
    r"(?:junta directiva|consejo (?:rector|directivo)|comité (?:directivo|directeur|director)"
    r"|conseil d['’]administration|bureau|consiglio direttivo|direttivo|direç?ção|vorstandes"
    r"|vorstands"
    r"|vorstand|bestuur)(?=\s(?:de|du|des|del|della|dell['’]|da|do|von|vom|der|van)\b)",
    re.IGNORECASE,
)


_ARTICLE_ABROAD = re.compile(
    r"^(?:l['’]|(?:le|la|el|il|lo|der|die|das|de|het|o|a|os|as|en|ein|eine|un|una|une|um|uma)\s+)"
    r"(?=[^\W\d_])",
    re.IGNORECASE,
)


def without_article(text: str) -> str:
    bare = _ARTICLE.sub("", text, count=1)
    abroad = _ARTICLE_ABROAD.match(bare)
    rest = bare[abroad.end() :] if abroad else ""
    return rest if rest and is_role_abroad(rest.split(maxsplit=1)[0]) else bare


def _head(text: str) -> str:
    """The words of a role before its first "of", "at", "for" and the like."""
    match = _LINK.search(text)
    return text[: match.start()] if match else text


@lru_cache(maxsize=20_000)
def is_role(text: str) -> bool:
    """Whether a text begins with a role: "President", "Ph.D. Student in History at …"."""
    if _is_titled_body(text):
        return False
    head = _head(without_article(text))
    words = head.replace("&", " ").replace("/", " ").split()
    words = [word for word in words if key(word) not in ("and", "und", "et", "y")]
    while len(words) > 1 and word_key(words[-1]) in ROLE_TAILS:
        words.pop()
    if not words or len(words) > 9:
        return False
    if _is_abroad(words):
        return True
    if kinds.is_role_word(words[-1]):
        return words[0].islower() or not _names_its_organization(words)
    if kinds.is_role_word(words[0]) and word_key(words[0]) in LEADERS:
        rest = words[1:]
        return all(key(word) in SUBJECTS or kinds.is_role_word(word) for word in rest)
    return False


def _is_titled_body(text: str) -> bool:
    """As in "The Harbour Reader", a paper, and not in "The President" or "the reader"."""
    words = text.split()
    if opens_body_abroad(words):
        return True
    capitals = len(words) > 2 and words[0] == "The" and all(w[:1].isupper() for w in words)
    return capitals and words[1] not in ("Chief", "Executive", "Deputy", "Vice", "Managing")


def _is_abroad(words: list[str]) -> bool:
    """As in "directora general", "stellvertretender Vorsitzender"; a name may end in a role."""
    first, *others = words
    if is_role_abroad(first):
        return len(words) == 1 or not others[-1][:1].isupper() or is_role_abroad(others[-1])
    return is_modifier_abroad(first) and any(map(is_role_abroad, others))


def is_role_in_english(text: str) -> bool:
    return any(kinds.is_role_word(word) for word in text.split())


# As in "MP for Bath" and "MdB Bündnis Ufer".
_SEAT = re.compile(r"(?:MP|MEP|MSP|MLA|MS|TD|MdB|MdL|MdEP)\s+(?:for|from|of|\(|[A-ZÄÖÜ])")


@lru_cache(maxsize=20_000)
def is_role_behind(text: str) -> bool:
    """Whether a part that stands behind a name is a role: here a small first letter tells."""
    if opens_body_abroad(text.split()):
        return False
    if is_role(text) or _split_abroad(text) or _SEAT.match(text):
        return True
    words = _head(text).replace("/", " ").split()
    if not words or len(words) > 9:
        return False
    if _is_small(text):
        return True
    plain = not any(map(kinds.is_organization_word, words)) and not kinds.has_given_name(text)
    return plain and (is_role_abroad(words[-1]) or _starts_abroad(text))


def _starts_abroad(text: str) -> bool:
    words = text.split()
    return is_role_abroad(words[0]) and (len(words) > 1 or not words[0].isascii())


def _is_small(text: str) -> bool:
    first = text.split(maxsplit=1)[0]
    small = is_small(text[:1]) and is_small(first) and "." not in first.strip(".")
    if kinds.is_strong_organization_word(first) and any(
        w.strip("«“„\"'")[:1].isupper() for w in text.split()
    ):
        return False
    apart = word_key(first) in LINKING | PARTICLES or any(char.isdigit() for char in first)
    return small and not apart


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
    if _is_of_capitals(words):
        return True
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


def _is_of_capitals(words: list[str]) -> bool:
    """As in "Weir Watch contributor": capitals of an organization, and a small role."""
    *before, role = words
    known = ROLE_MODIFIERS | SUBJECTS
    topical = all(word_key(word) in TOPIC_WORDS for word in before)
    return (
        not topical
        and is_small(role)
        and len(before) > 1
        and all(word[:1].isupper() for word in before)
        and not any(word_key(w) in known or kinds.is_role_word(w) for w in before)
    )


def split_role(text: str, *, held: bool = False) -> tuple[str, str, str]:
    """(role, organization, place) of a role phrase; the last two may be empty.

    `held` says that another part of the line names the organization: what a role is "of" then
    belongs to the role, unless its words are an organization's beyond doubt.

    "Director of Policy at the Alder River Trust" gives the role "Director of Policy" and the
    organization "Alder River Trust".
    """
    text = without_article(text)
    abroad = _split_abroad(text)
    if abroad and not (held and not _is_surely_held(*abroad)):
        return *abroad, ""
    role_end = len(text)
    board = _BOARD.search(text)
    for match in _LINK.finditer(text, board.end() if board else 0):
        link, rest = _link_and_rest(text, match)
        follows_board = board is not None and match.start() == board.end()
        whose = follows_board and (rest[:1].isupper() or rest.startswith(("the ", "l'", "l’")))
        verdict = "organization" if whose else _what_follows(text[: match.start()], link, rest)
        if verdict == "organization" and held and link not in _CERTAIN_LINKS:
            verdict = verdict if _is_surely_held(text[: match.start()], rest) else ""
        if verdict == "organization":
            organization = re.sub(r"^(?:the\s+|l['’](?=\w))", "", rest, flags=re.IGNORECASE)
            organization = _OF_ITS_KIND.sub("", organization)
            return tidy(text[: match.start()]), tidy(organization), ""
        if verdict == "place":
            return tidy(text[: match.start()]), "", tidy(rest)
    return tidy(text[:role_end]), "", ""


_CERTAIN_LINKS = ("at", "@", "with", "bei", "chez", "presso", "bij", "hos")


def leads(role: str) -> bool:
    """Whether a role is one within an organization: "chair", "Vorsitzende", not "teacher"."""
    return any(map(is_leading, _head(role).split()))


def _is_surely_held(role: str, organization: str) -> bool:
    """Whether a leader's role names what is led, although another part is an organization too."""
    words = organization.split()
    leads = any(
        word_key(word) in LEADERS or word_key(word).startswith(LEADING_ABROAD)
        for word in role.split()
    )
    return leads and len(words) > 1 and any(map(kinds.is_strong_organization_word, words))


def _link_and_rest(text: str, match: re.Match[str]) -> tuple[str, str]:
    """The word that links; an article with a capital is the organization's: "de La Ruche"."""
    written = match[1] or match[2] or "@"
    first, *article = written.split()
    if article and first.islower() and article[-1][:1].isupper():
        return first, f"{article[-1]} {text[match.end() :]}"
    return written.lower(), text[match.end() :]


# A word of its kind before an organization's name: "présidente de l'association Rives".
_OF_ITS_KIND = re.compile(
    r"^(?:associa\w{3,5}|asocia\w{3,5}|collectif|colectiv[oa]|collettivo|fondation|fundación"
    r"|fondazione|ong|verein|vereniging)\s+(?=[\"“«„]|[A-ZÀ-ÞŠŽŁŚ])"
)
_ABROAD = frozenset(
    " ".join(link.replace("\\s+", " ").split()) for link in _LINKS_ABROAD.split("|")
)
_ABROAD |= {"dell", "all", "de l", "à l", "d", "l"}
_AT_WORK = frozenset(
    [
        "an der",
        "an dem",
        "am",
        "bei der",
        "bei dem",
        "bei",
        "beim",
        "im",
        "in der",
        "presso",
        "chez",
        "bij",
        "ved",
        "hos",
        "på",
    ]
)


def _follows_abroad(head: str, link: str, rest: str) -> str | None:
    """What hangs on a role in another language; None where English has the same link."""
    if kinds.looks_like_organization(rest) and (rest[:1].isupper() or not rest[:1].isalpha()):
        return "organization"
    if word_key(head.split(maxsplit=1)[0]).startswith(TOWN_OFFICES):
        return ""
    own = kinds.is_organization_word(rest.split(maxsplit=1)[0]) and any(map(str.isupper, rest))
    if own or kinds.is_acronym(rest) or (link in _AT_WORK and rest[:1].isupper()):
        return "organization"
    if link in _AT_WORK:
        return ""
    return _follows_role(head, link, rest)


def _follows_role(head: str, link: str, rest: str) -> str | None:
    role = is_role_abroad(head.split(maxsplit=1)[0]) or is_role_abroad(head.rsplit(maxsplit=1)[-1])
    if not role:
        return None
    german = link in ("der", "des", "von", "vom", "von der", "in", "für")
    if rest[:1].isupper() and not german:
        place = places.cities(rest) or places.country(rest)
        leads = word_key((head.split() or [""])[0]).startswith(LEADING_ABROAD)
        return "organization" if (leads or len(rest.split()) > 1) and not place else ""
    return "" if rest[:1].islower() else None


def _split_abroad(text: str) -> tuple[str, str] | None:
    """As in "директор Музея мельницы" or "مدير مكتبة الحي": no word links the two."""
    words = text.split()
    if len(words) > 2 and is_role_abroad(words[0]) and _is_led_body(words[1:]):
        return words[0], " ".join(words[1:])
    first = next((n for n, word in enumerate(words) if not is_modifier_abroad(word)), 0)
    if len(words) < first + 2 or not is_role_abroad(words[first]):
        return None
    position = _own_position(words, first)
    if not position:
        return None
    linked = position > 1 and word_key(words[position - 1]) in LINKING
    return tidy(" ".join(words[: position - linked])), tidy(" ".join(words[position:]))


def _is_led_body(words: list[str]) -> bool:
    """As in "Co-Präsident Velo Emmental": names in capitals, and no second role."""
    capitals = all(word[:1].isupper() and not word.isupper() for word in words)
    told = any(is_role_abroad(word) or is_modifier_abroad(word) for word in words)
    return capitals and not told and not any(kinds.is_role_word(word) for word in words)


def _own_position(words: list[str], first: int) -> int:
    """Where the name of an organization begins behind a role, or 0."""
    small = words[first].islower()
    for position, word in enumerate(words[first + 1 :], start=first + 1):
        if _LINK.match(f" {word} ") or "'" in word or "’" in word:
            return 0
        if is_role_abroad(word) or is_modifier_abroad(word):
            continue
        named = small and words[0].islower() and word[:1].isupper()
        if not (named or word[:1] in _QUOTES or kinds.is_organization_word(word)):
            continue
        cased = word[:1].isupper() or word[:1].islower()
        told = small or all(map(is_role_abroad, words[first:position]))
        lone = position == len(words) - 1 and not named
        return 0 if lone or (cased and not told) else position
    return 0


_QUOTES = tuple('"«“„')


_AT_OR_IN = re.compile(r"(?<!\s)\s+(?:at|@|in|with)\s+")


def _what_follows(head: str, link: str, rest: str) -> str:
    phrase = _AT_OR_IN.split(rest, maxsplit=1)[0]
    if link in _WITHIN and rest[:1].isupper() and places.cities(rest):
        return "place"
    abroad = _follows_abroad(head, link, rest) if link in _ABROAD else None
    return _follows(head, link, phrase) if abroad is None else abroad


# What such a person is in charge of belongs to the role.
_OFFICES = frozenset(("minister", "ambassador", "mayor", "governor", "consul", "bishop"))


_WITHIN = ("in", "à", "en", "em", "i", "w", "в", "у")


def _follows(head: str, link: str, phrase: str) -> str:
    if link in ("at", "@", "with", "bei", "to"):
        own = link == "to" or word_key(phrase) in ("law", "large")
        return "" if own else "organization"
    words = [word_key(word) for word in phrase.split()]
    head_word = word_key(head.rsplit(maxsplit=1)[-1]) if head.split() else ""
    away = link in ("from", "aus", "uit", "från", "fra", "из")
    if head_word in RESIDENTS or away:
        is_place = places.cities(phrase) or places.country(phrase) or places.bare_regions(phrase)
        return "place" if is_place else ("organization" if away else "")
    if all(word in SUBJECTS for word in words) or _OFFICES & set(map(word_key, head.split())):
        return ""
    if kinds.looks_like_organization(phrase) and link != "in":
        return "organization"
    leads = head_word in LEADERS or head_word in MEMBERSHIP
    if link in ("of", "der", "des", "du", "de", "del", "von") and leads:
        capital = phrase.rsplit(maxsplit=1)[-1][:1].isupper() and words[0] not in SUBJECTS
        return "organization" if capital else ""
    return ""

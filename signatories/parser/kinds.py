"""Whether a piece of a line looks like a person, an organization or a role."""

from __future__ import annotations

import re
from functools import lru_cache

from . import places
from .given_names import GIVEN_NAMES_ABROAD
from .organizations_abroad import LINKING, is_organization_abroad
from .text import key, word_key
from .vocabulary import (
    CONNECTIVES,
    GIVEN_NAMES,
    LEGAL_FORMS,
    NAME_SUFFIXES,
    ORGANIZATION_ENDINGS,
    ORGANIZATION_STARTS,
    ORGANIZATION_WORDS,
    PARTICLES,
    PATRONYMS,
    ROLE_MODIFIERS,
    ROLE_WORDS,
    SURNAME_ROLES,
    TOPIC_WORDS,
    WEAK_ORGANIZATION_WORDS,
)

_INNER_CAPITAL = re.compile(
    r"(?!(?:Mc|Mac|De|Di|Du|La|Le|Van|Von|Fitz|O['’]|D['’]|Al|El)[A-Z])[A-Z]?[a-z]+[A-Z]"
)
_ABBREVIATION = re.compile(r"\([A-Z][\w&./-]{1,14}\)")
_DOMAIN = re.compile(r"^[\w-]{2,40}\.(?:org|com|net)\b", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\b(?:local|chapter|lodge|post|branch|troop|unit|district)\s+(?:no\.?\s*)?#?\d{1,6}$",
    re.IGNORECASE,
)
# As in "Tiché hory, z. s.": small letters are a form of the body.
_SPACED_FORM = re.compile(r"[\s,](?:[a-zúá]\.\s?){2,4}$")
# Articles that names do not begin with, unless they are very short.
_ARTICLES = frozenset(("les", "los", "las", "gli", "het", "die", "das"))
_JOINER = str.maketrans("", "", "\u200c\u200d")
_NAME_WORD = re.compile(r"[^\W\d_][^\W\d_'’`´.\-]*(?:['’`´.\-]+[^\W\d_'’`´.\-]+)*\.?")


@lru_cache(maxsize=10_000)
def is_organization_word(word: str) -> bool:
    bare = word_key(word).removesuffix("'s")
    return is_organization_abroad(word) or (
        bare in ORGANIZATION_WORDS
        or bare.endswith(ORGANIZATION_ENDINGS)
        or (bare.isascii() and "-" in bare and bare.rpartition("-")[2] in ORGANIZATION_WORDS)
        or bare.startswith(ORGANIZATION_STARTS)
    )


@lru_cache(maxsize=10_000)
def is_strong_organization_word(word: str) -> bool:
    return is_organization_word(word) and word_key(word) not in WEAK_ORGANIZATION_WORDS


@lru_cache(maxsize=10_000)
def is_acronym(word: str) -> bool:
    bare = word.strip("(),.;:\"'")
    return 2 <= len(bare) <= 8 and bare.isalpha() and bare.isupper() and bare.isascii()


def _is_lower_inside(word: str) -> bool:
    """Whether a word with a small letter stands where a name would have a capital."""
    bare = word_key(word)
    return word.islower() and bare not in PARTICLES and (bare in LINKING or len(bare) > 3)


# As in "Gijs in 't Hout": what stands before an article is the name's.
_DUTCH = re.compile(r"\b(?:in|op|aan|uit|onder|over|bij|van)\s+(?:['’`]t|het|den?|der)(?=\s)")


def _without_dutch(text: str) -> str:
    return _DUTCH.sub("van", text) if _DUTCH_ARTICLE.search(text) else text


_DUTCH_ARTICLE = re.compile(r"\s(?:['’`]t|het|den?|der)\s")
_SPANISH = re.compile(
    r"(?:red|mesa|banca|casa|peña|feria|taller|frente)\s+d(?:e|el|ei|ella|o|as?)\s"
)


# As in "St Oswin's Church" and "All Saints Chapel".
_OF_SAINT = re.compile(
    r"(?:St\.?|Saints?|SS|All|Holy|Our)\s(?:[\w'’.-]{2,20}\s){1,4}"
    r"(?:Church|Chapel|Abbey|Priory|Cathedral|Hospice|Parish|House|Hall|School|Primary|Academy)$"
)


@lru_cache(maxsize=20_000)
def organization_score(text: str, mixed_case: bool = True) -> int:
    """How much a text looks like an organization: from 2 on more likely than not."""
    text = _without_dutch(text).replace("e. V.", "e.V.")
    words = text.split()
    bare = [word_key(word) for word in words]
    score = 0
    weak = 0
    for position, word in enumerate(words):
        given = not position and is_given_name(bare[0]) and len(words) < 4
        if (is_strong_organization_word(word) and not given) or (
            bare[position] in LEGAL_FORMS and position and word != word.lower()
        ):
            score += 3
        elif bare[position] in WEAK_ORGANIZATION_WORDS:
            weak += 1
        elif bare[position] in TOPIC_WORDS and bare[position] not in GIVEN_NAMES:
            score += 1
        elif places.is_demonym(word):
            score += 2 if word_key(word).endswith("s") and len(words) > 1 else 1
        score += _shape_score(word, bare[position], mixed_case)
    score += weak if len(words) > 2 or score else 0
    if len(words) == 2 and weak and bare[0] not in GIVEN_NAMES:
        score += 1
    score += 2 * any(word in _JOINING and word.islower() for word in words[1:-1])
    score += 2 * (text[:1].isupper() and len(words) > 1 and any(map(_is_lower_inside, words[1:])))
    score += 2 * (bare[:1] == ["the"] or (len(words) > 2 and bare[0] in _ARTICLES))
    score += len(words) > 2 and bare[-1].endswith("ers") and len(bare[-1]) > 5
    score += mixed_case and len(words) > 1 and _opens_with_acronym(words)
    score += 2 * (len(words) > 2 and len(bare[0]) > 4 and _is_country_first(words))
    return score + _score_by_pattern(text, len(words))


def _score_by_pattern(text: str, words: int) -> int:
    """What the signs of a text tell: a domain, a number of its own, an abbreviation."""
    score = 3 * bool("." in text and _DOMAIN.search(text))
    if not score and text.rstrip()[-1:].isdecimal():
        score = 3 * bool(_NUMBERED.search(text))
    score += 2 * bool(words > 1 and _SPANISH.match(text.casefold()))
    score += 2 * bool(words > 2 and _OF_SAINT.match(text))
    score += 3 * ends_as_body(text)
    return score + 2 * bool("(" in text and _ABBREVIATION.search(text))


_JOINING = CONNECTIVES - PARTICLES


def ends_as_body(text: str) -> bool:
    """Whether the last letters are a form of a body: "Tiché hory, z. s."."""
    return text.endswith(".") and _SPACED_FORM.search(text) is not None


def _opens_with_acronym(words: list[str]) -> bool:
    """As in "CGT Spectacle", and not in "ROE Jane"."""
    short = is_acronym(words[0]) and 2 < len(words[0]) < 6 and not is_role_word(words[0])
    return short and not any(is_given_name(word_key(word)) for word in words)


def _is_country_first(words: list[str]) -> bool:
    """As in "France Lecture Solidaire"; "Georgia" and "Jordan" are given names as well."""
    return bool(places.country(words[0])) and not has_given_name(words[0])


def _shape_score(word: str, bare: str, mixed_case: bool) -> int:
    inner = len(word) > 3 and not word[1:].islower() and _INNER_CAPITAL.match(word)
    score = 2 * bool(inner)
    score += mixed_case and is_acronym(word) and len(bare) > 2
    return score + (bare.isdigit() or bare == "&")


def looks_like_organization(text: str, mixed_case: bool = True) -> bool:
    return organization_score(text, mixed_case) >= 2


def _is_of_letters(word: str) -> bool:
    return _NAME_WORD.fullmatch(word.strip('"(),')) is not None


@lru_cache(maxsize=20_000)
def looks_like_name(text: str, least: int = 2) -> bool:
    """Whether every word could be part of a person's name, with `least` words that carry it."""
    words = _without_dutch(text if text.isascii() else text.translate(_JOINER)).split()
    if not words or len(words) > 7 or not all(map(_is_of_letters, words)):
        return False
    carrying = 0
    for word in words:
        bare = word_key(word)
        given = word is words[0] and len(words) == 2 and word[0].isupper()
        if bare in PARTICLES and not given and not (word[0].isupper() and len(bare) > 3):
            continue
        linking = word.islower() and bare in LINKING and word is not words[0]
        if (
            linking
            or bare in CONNECTIVES
            or is_strong_organization_word(word)
            or bare in LEGAL_FORMS
        ):
            return False
        carrying += bare not in NAME_SUFFIXES
    if any(is_dense(word) for word in words):
        return True
    if _DOMAIN.match(text):
        return False
    return least <= carrying <= 5 and not (places.country(text) and least > 1)


def is_dense(word: str) -> bool:
    """Whether a word is in a script that writes a whole name without blanks."""
    return 2 <= len(word) <= 6 and all(
        "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in word
    )


def ends_as_name(text: str) -> bool:
    return word_key(text.rsplit(maxsplit=1)[-1]) in PATRONYMS | NAME_SUFFIXES


@lru_cache(maxsize=10_000)
def has_given_name(text: str) -> bool:
    """Whether a text begins with a word that is given to people, or with a double name of two."""
    first = word_key(text.split(maxsplit=1)[0]) if text.split() else ""
    return is_given_name(first) or is_given_name(first.partition("-")[0])


@lru_cache(maxsize=10_000)
def is_given_name(bare: str) -> bool:
    return bare in GIVEN_NAMES or (
        bare in GIVEN_NAMES_ABROAD and bare not in TOPIC_WORDS and bare not in ORGANIZATION_WORDS
    )


def _is_double_name(word: str) -> bool:
    """As "Marchetti-Dean": two names of a family, of which the second is a role's word, too."""
    first, _, second = word.strip(",;:()").partition("-")
    capitals = len(first) > 4 and first.istitle() and second.istitle()
    return capitals and key(second) in SURNAME_ROLES and key(first) not in ROLE_MODIFIERS


@lru_cache(maxsize=10_000)
def is_role_word(word: str) -> bool:
    bare = word_key(word)
    parts = bare.split("-")
    if bare.endswith(("ician", "ologist", "iatrist", "ographer")) and len(bare) > 8:
        return True
    if bare in ROLE_WORDS:
        return True
    if len(parts) > 1 and parts[-1] in ROLE_WORDS:
        return not _is_double_name(word)
    if bare.endswith(("-at-law", "-at-large")) and parts[0] in ROLE_WORDS:
        return True
    return "/" in bare and all(part in ROLE_WORDS for part in bare.split("/"))


@lru_cache(maxsize=10_000)
def split_name_from_organization(text: str, certain: bool = False) -> tuple[str, str] | None:
    """Split "Jane Roe Alder River Trust" before the organization, or None where it is one thing.

    `certain` says that the text begins with a person's name (an honorific stood before it).
    """
    words = text.split()
    start = _organization_start(words) or 0
    strong = any(map(is_strong_organization_word, words[1:]))
    if start == 0 or (certain and start == 1 and not strong):
        return None
    while start > 1 and (word_key(words[start - 1]) in PARTICLES - PATRONYMS):
        start -= 1
    limit = next((i for i, word in enumerate(words) if word_key(word) in PATRONYMS), None)
    if limit is not None and limit < start:
        return " ".join(words[: limit + 1]), " ".join(words[limit + 1 :])
    given = has_given_name(text) or certain
    cut = start if start == 3 and _opens_organization(words[start]) else _name_length(words, start)
    name, organization = " ".join(words[:cut]), " ".join(words[cut:])
    if not looks_like_name(name, least=1 if certain else 2):
        return None
    distinctive = _is_distinctive(re.sub(r"\([^()]*\)", " ", organization).split() or words[cut:])
    if not given and not distinctive:
        return None
    if given and not distinctive and not certain and len(words) - cut < 2:
        return None
    return name, organization


def _opens_organization(word: str) -> bool:
    if word_key(word) in TOPIC_WORDS:
        return word_key(word) == "the"
    return is_acronym(word) or places.is_nation_word(word)


def no_doubt_splits(name: str, organization: str) -> bool:
    """Whether an organization without a mark before it begins with a word that only it has."""
    first = organization.split(maxsplit=1)[0]
    sure = _opens_organization(first) or is_strong_organization_word(first)
    topical = word_key(first) in TOPIC_WORDS and not has_given_name(name)
    return len(name.split()) < 3 and (sure or topical)


def _organization_start(words: list[str]) -> int | None:
    """Where the first word stands that no name would hold."""
    if not any(is_organization_word(word) for word in words[1:]) and not any(
        is_acronym(word) or places.is_demonym(word) for word in words[1:]
    ):
        return None
    for position, word in enumerate(words):
        bare = word_key(word)
        if (
            is_strong_organization_word(word)
            or (bare in TOPIC_WORDS and bare not in GIVEN_NAMES)
            or places.is_demonym(word)
            or (is_acronym(word) and len(bare) > 2)
            or (position and len(bare) > 3 and places.country(word))
            or (position > 1 and bare in WEAK_ORGANIZATION_WORDS)
            or (
                position > 1
                and len(bare) > 3
                and word[0].isupper()
                and _is_region_name(words, position)
            )
            or (position > 1 and bare in CONNECTIVES and bare not in PARTICLES)
            or (position > 2 and len(bare) > 3 and places.is_nation_word(word))
        ):
            return position
    return None


def _is_region_name(words: list[str], position: int) -> bool:
    one, two = words[position], " ".join(words[position : position + 2])
    return any(places.region(name, "US") and len(name) > 3 for name in (one, two))


def _name_length(words: list[str], start: int) -> int:
    """How many of the words before an organization's first sure word are the name.

    Two words that carry a name, with the initials and particles between them, are the rule; a
    word after them is the organization's ("Jane Roe | Alder River Trust").
    """
    carrying = 0
    for position in range(start):
        word = words[position]
        bare = word_key(word)
        if len(bare) > 1 and bare not in PARTICLES:
            carrying += 1
        if carrying == 2:
            following = words[position + 1] if position + 1 < start else ""
            return position + 2 if word_key(following) in NAME_SUFFIXES else position + 1
    return start


def _is_distinctive(words: list[str]) -> bool:
    """Whether words can stand as an organization's name, not only as its last words."""
    if not any(is_organization_word(word) or is_acronym(word) for word in words):
        return False
    first = words[0]
    if _opens_organization(first):
        return True
    if places.is_nation_word(" ".join(words[:2])):
        return True
    plain = [
        word
        for word in words
        if not is_organization_word(word) and word_key(word) not in CONNECTIVES | LEGAL_FORMS
    ]
    return len(plain) >= 2 or (len(plain) == 1 and len(words) > 3 and "of" in words)


def phrase_key(text: str) -> str:
    return key(text)

"""Lines that name several signatories: lists within a line, and people of one organization."""

from __future__ import annotations

import re
from functools import cache

from . import kinds, places
from .headings import heading_of, is_of_signing
from .names import split_honorific
from .pairs import AND, AND_WORDS, PAIR, is_clear_name, may_pair, of_one_family
from .roles import is_role, is_role_behind
from .segments import split_segments
from .text import MAX_LINE, is_small, word_key
from .vocabulary import GIVEN_NAMES

_LABEL = re.compile(r"^(?P<label>[^:：;]{2,80}?)\s*[:：]\s*(?P<rest>\S.*)$", re.DOTALL)
_SIGNED_BY = re.compile(
    r"^(?:[^\W\d_]{2,14}\s){0,5}(?:(?:co-?)?signed(?:\s+by)?|(?:supported|endorsed)\s+by|unterstützt\s+von"
    r"|soutenue?\s+par|apoyado\s+por|sostenuto\s+da|apoiado\s+por|signatories|unterzeichnet\s+von|signé\s+par|firmado\s+por|firman"
    r"|firmato\s+da|assinado\s+por|ondertekend\s+door)\s+(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"^(?:(?:Mr|Herr|M|Sr|Sig|Dhr|Pan)\.?\s(?:&|and|und|et|y|e|en|i)\s(?:Mrs|Ms|Frau|Mme|Sra|Sig\.ra|Mevr|Pani)"
    r"|Familie|Fam|Family|Ehepaar|Famille|Familia|Famiglia)\.?\s(?=[^\W\d_]{2})"
)
_COMMA = re.compile("[,،，]")
_OF = re.compile(
    r"^(?:all\s+)?(?:of|from|for|at|von|vom|de|du|des|d')\s+(?:the\s+)?", re.IGNORECASE
)


_COLON = re.compile("[:：]")


def without_label(text: str) -> tuple[str, bool]:
    """The line without "Signed by:" in front of its names, and whether it had such words."""
    match = _LABEL.match(text) if len(text) <= 20_000 and _COLON.search(text) else None
    if match and _is_office(match["label"], match["rest"]):
        return text, False
    if match and heading_of(match["label"], alone=True) and not places.country(match["label"]):
        return match["rest"], True
    if match and _is_label_of_names(match["label"], match["rest"]):
        return match["rest"], True
    if (rest := _behind_signing(text)) != text:
        return rest, True
    rest = _SIGNED_BY.sub("", text, count=1)
    if rest == text and (led := _LED.match(text)) and _is_sentence_of_names(led, text):
        rest = text[led.end() :]
    return rest, rest != text


# The words of a sentence before its names are no more than these.
_FEW = 8


def _behind_signing(text: str) -> str:
    """As in "Firman este manifiesto Jane Roe, …": what stands behind a verb of signing."""
    found = list(_WORD.finditer(text, 0, 120))[:_FEW]
    verb = next((n for n, word in enumerate(found) if _signs(word[0], first=not n)), None)
    if verb is None:
        return text
    after = next((w for w in found[verb + 1 :] if not is_small(w[0])), None)
    parts = parts_of(text[after.start() :]) if after else []
    names = [_first_of(part) for part in parts]
    if not after or len(parts) < 3 or not all(map(is_clear_name, names)):
        return text
    return text[after.start() :]


_WORD = re.compile(r"[^\s,;:.]+")


def _signs(word: str, *, first: bool) -> bool:
    return (first or is_small(word)) and is_of_signing(word)


def _is_office(label: str, rest: str) -> bool:
    """As in "Treasurer: Jane Roe": whoever is behind the colon holds it, and is one."""
    return is_role_behind(label) and not heading_of(label, alone=False) and len(parts_of(rest)) < 3


# As in "Deze oproep wordt gesteund door Stichting Oude Sluis, …": small words, one of them long.
_LED = re.compile(r"[^\W\d_]\w{2,20}(?: [^\W\d_A-ZÀ-Þ]\w{0,20}){2,8} (?=[\w„“«\"])")


def _is_sentence_of_names(led: re.Match[str], text: str) -> bool:
    """Whether small words open a sentence that goes on with names between commas."""
    small = led[0].split()[1:]
    parts = parts_of(text[led.end() :])
    capitals = [part.lstrip('„“«"')[:1].isupper() for part in parts]
    plain = all(map(is_small, small)) and max(map(len, small)) > 3
    return plain and len(parts) > 2 and text.rstrip().endswith(".") and all(capitals[1:])


def _is_label_of_names(label: str, rest: str) -> bool:
    """Whether what stands before a colon names nobody, and what is behind it names several."""
    parts = [_first_of(part) for part in parts_of(rest)]
    phrase = any(map(is_small, label.split()[1:]))
    if len(parts) < 3 or len(label.split()) > 5 or (kinds.has_given_name(label) and not phrase):
        return False
    sentence = phrase and is_small(label.rsplit(maxsplit=1)[-1])
    if (kinds.looks_like_organization(label) and not sentence) or is_role_behind(label):
        return False
    told = [is_clear_name(part) or kinds.looks_like_organization(part) for part in parts]
    return 5 * sum(told) >= 4 * len(told)


_DASH = re.compile(r"\s[–—-]\s")


def _first_of(part: str) -> str:
    """What stands in front of a bracket, a comma or a dash."""
    return _DASH.split(_COMMA.split(without_brackets(part))[0])[0].strip()


def parts_of(text: str) -> list[str]:
    """The parts between commas or semicolons; brackets hold theirs together."""
    outside = _outside(text)
    mark = next((one for one in "•|;؛；" if outside.count(one) > 1), ",;،、，")
    if text.count(" / ") > 1 and mark.startswith(","):
        return _joined_by_and(text.split(" / "))
    if not any(bracket in text for bracket in "([（"):
        return _joined_by_and(_between(mark).split(text))
    parts: list[str] = []
    depth = start = 0
    for position, char in enumerate(text):
        depth = max(0, depth + (char in "([（") - (char in ")]）"))
        if char in mark and not depth:
            parts.append(text[start:position])
            start = position + 1
    parts.append(text[start:])
    return _joined_by_and(parts)


@cache
def _between(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{marks}]")


def _joined_by_and(parts: list[str]) -> list[str]:
    *parts, last = (part.strip() for part in parts)
    last = AND.sub("", last.rstrip(".").strip())
    found = PAIR.split(last, maxsplit=1)
    two = len(found) > 1 and all(is_clear_name(without_brackets(name)) for name in found)
    two = two or (len(found) > 1 and all(map(_opens_organization, found)))
    two = two or (len(found) > 1 and all(side != without_brackets(side) for side in found))
    return [part for part in [*parts, *(found if two else [last])] if part]


def _opens_organization(text: str) -> bool:
    first, *others = text.split() or [""]
    return bool(others) and kinds.is_strong_organization_word(first)


_BRACKETS = re.compile(r"\([^()]{0,300}\)")


def _outside(text: str) -> str:
    return _BRACKETS.sub("", text) if "(" in text else text


_LAST_BRACKETS = re.compile(r"(?<!\s)\s*+[(（][^()（）]{0,300}[)）]\s*+$")


def without_brackets(part: str) -> str:
    return _LAST_BRACKETS.sub("", part) if "(" in part or "（" in part else part


def inline_list(text: str, *, lonely: bool) -> list[str]:
    """The signatories of a line that lists several, or none. `lonely`: hardly any other line."""
    if len(text) > 20_000:
        return []
    rest, labelled = without_label(text)
    parts = _with_offices(_with_last(parts_of(rest))) if labelled else parts_of(rest)
    if len(parts) < 3 or any(len(part) > MAX_LINE for part in parts):
        return [rest] if labelled and len(parts) < 3 and rest else []
    bare = list(map(_first_of, parts))
    if labelled:
        parted = len(parts) > 3 and any(mark in rest for mark in (" / ", " | ", " • "))
        parted = parted or _are_bracketed(parts, bare)
        named, organized = (
            sum(map(is_clear_name, bare)),
            sum(map(kinds.looks_like_organization, bare)),
        )
        return parts if parted or _are_signatories(bare, named, organized) else [rest]
    marked = any(mark in text for mark in (";", " / "))
    if marked and 5 * sum(map(kinds.looks_like_organization, bare)) >= 4 * len(parts):
        return parts
    if not _are_clear_names(bare) or _is_told(bare[1]):
        return []
    known = sum(kinds.has_given_name(split_honorific(part)[1]) for part in bare)
    enough = (
        2 * known >= len(parts) or "、" in rest or len(parts) > 5 or (lonely and len(parts) > 3)
    )
    return parts if enough else []


def _are_bracketed(parts: list[str], firsts: list[str]) -> bool:
    """As in "Jane Roe (baker), John Poe (River Trust), Ann Doe (Leeds)": each with a bracket."""
    behind = sum(part != first for part, first in zip(parts, firsts, strict=True))
    return behind == len(parts) and all(map(kinds.looks_like_name, firsts))


_ARTICLE = re.compile(r"^(?:the|die|der|das|les|la|le|el|los|las|il|o|os|as|de|het)\s+(?=[A-ZÀ-Þ])")


def _with_last(parts: list[str]) -> list[str]:
    """The parts; the last of a sentence holds two, where "and" stands between capitals."""
    *others, last = parts or [""]
    found = [_ARTICLE.sub("", side) for side in PAIR.split(last)]
    if not others or len(found) != 2 or AND.match(last):
        return parts
    words = [word for side in found for word in side.split()]
    whole = all(len(side.split()) > 1 and side[:1].isupper() for side in found)
    return [*others, *found] if whole and len(words) > 3 else parts


def _with_offices(parts: list[str]) -> list[str]:
    """The parts; as in "the Mayor of Leeds, Jane Roe", an office goes behind the name it leads."""
    found: list[str] = []
    office = ""
    for part in parts:
        bare = _ARTICLE.sub("", part)
        if office and is_clear_name(part):
            found.append(f"{part}, {office}")
        elif bare != part and is_role_behind(bare) and not is_clear_name(part):
            office = bare
            continue
        else:
            found += [office, part] if office else [part]
        office = ""
    return [*found, office] if office else found


def _are_clear_names(parts: list[str]) -> bool:
    """Whether nine in ten are names; the last ones tell soonest, they are towns elsewhere."""
    others = 0
    for part in reversed(parts):
        others += not is_clear_name(part)
        if 10 * others > len(parts):
            return False
    return True


def _are_signatories(parts: list[str], named: int, organized: int) -> bool:
    """Whether the parts behind "Signed by" are each somebody, not what is told of the first."""
    told = any(_is_told(part) or places.country(part) or places.cities(part) for part in parts)
    told = told and not (len(parts) > 2 and 4 * organized >= 3 * len(parts))
    if not told and len(parts) > 3 and not any(map(is_small, (part[:1] for part in parts))):
        return True
    if told or kinds.looks_like_organization(parts[0]):
        return not told
    if 2 * organized >= len(parts):
        return True
    return named > 1 and 5 * (named + organized) >= 4 * len(parts)


def _is_told(text: str) -> bool:
    """Whether a second part tells of the first: a role, or a town."""
    return is_role_behind(text)


def people_together(text: str, *, among_people: bool = False) -> list[str]:
    """As in "Jane Roe and John Poe, of River Trust": each with what they have in common.

    `among_people`: no other line is an organization's.
    """
    if len(text) > MAX_LINE or text.startswith('"'):
        return []
    text = _BOTH.sub("", text, count=1)
    if labelled := _of_organization(text):
        return labelled
    if not (may_pair(text) and PAIR.search(text)):
        return []
    if together := _each_with_role(text) or of_one_family(text, among_people=among_people):
        return together
    bare = without_brackets(text) if text.rstrip().endswith(")") else text
    bracket = text[len(bare) :].strip(" ()")
    parts = [segment.text for segment in split_segments(bare)]
    people, rest = _people_first(parts)
    if len(people) < 2:
        return []
    common = ", ".join(_OF.sub("", part) for part in [*rest, bracket] if part)
    return [f"{person}, {common}" if common else person for person in people]


_AND_BEHIND = re.compile(rf",\s+(?:{AND_WORDS})\s+(?=\S)", re.IGNORECASE)


def _each_with_role(text: str) -> list[str]:
    """As in "Jane Roe, chair, and John Poe, secretary, River Trust": each with a role."""
    found = _AND_BEHIND.split(text)
    if len(found) != 2 or "(" in text:
        return []
    left, right = ([segment.text for segment in split_segments(part)] for part in found)
    if min(len(left), len(right)) < 2 or not (_is_full_name(left[0]) and _is_full_name(right[0])):
        return []
    if not (is_role_behind(left[1]) and is_role_behind(right[1])):
        return []
    common = [] if len(left) > 2 else right[2:]
    return [", ".join([*left, *common]), ", ".join(right)]


# As in "Jane Roe and her husband John Roe".
_OF_WHOM = re.compile(r"^(?:[a-zà-ÿ]{2,9}\s){2}(?=[A-ZÀ-Þ])")


def _people_first(parts: list[str]) -> tuple[list[str], list[str]]:
    """The names at the beginning, the last of which stands behind "and", and what follows."""
    people: list[str] = []
    for position, part in enumerate(parts):
        names = [_OF_WHOM.sub("", name.strip()) for name in PAIR.split(AND.sub("", part))]
        if not all(map(_is_full_name, names)) or any(map(is_role, names)):
            break
        people += names
        if len(names) > 1 or (position and AND.match(part)):
            rest = parts[position + 1 :]
            second = bool(rest) and is_clear_name(rest[0]) and kinds.has_given_name(rest[0])
            return ([], parts) if second else (people, rest)
    return [], parts


def _of_organization(text: str) -> list[str]:
    """As in "River Trust: Jane Roe, John Poe"."""
    match = _LABEL.match(text) if _COLON.search(text) else None
    if not match or not kinds.looks_like_organization(match["label"]):
        return []
    if heading_of(match["label"]):
        return []
    names = parts_of(match["rest"])
    named = len(names) > 1 and all(map(_is_full_name, map(without_brackets, names)))
    named = named and not any(map(is_role_behind, names))
    return [f"{name}, {match['label'].strip()}" for name in names] if named else []


def _is_full_name(text: str) -> bool:
    words = text.split()
    plain = is_clear_name(text) and not any(word.islower() and len(word) > 3 for word in words)
    return (
        plain
        and not kinds.is_acronym(words[0])
        and word_key(words[-1]) not in GIVEN_NAMES - {"rose"}
    )

"""Two names in one line, and the words that stand between them."""

from __future__ import annotations

import re

from . import kinds, places
from .names import split_credentials, split_honorific
from .roles import is_only_role
from .segments import split_segments

AND_WORDS = (
    r"and|&|und|et|y|e|və|ve|и|та|і|og|och|en|oraz|και|a|un|ir|ja|és|și|dhe|eta|agus|(?-i:i)"
)
AND = re.compile(rf"^(?:{AND_WORDS})\s+", re.IGNORECASE)
PAIR = re.compile(
    rf"(?<!\s)\s+(?:{AND_WORDS}|\+|u\.)\s+|\s?\sو\s?(?=\w{{2}})|\s?＆\s?", re.IGNORECASE
)


def is_clear_name(text: str) -> bool:
    name = split_credentials(split_honorific(text)[1])[0]
    single = len(name.split()) < 2 and not kinds.is_dense(name)
    topical = kinds.has_given_name(name) and len(name.split()) < 4
    if single or kinds.organization_score(name) > topical or is_only_role(text):
        return False
    return kinds.looks_like_name(name) and not places.cities(name) and not places.country(name)


_PAIRING = frozenset([*AND_WORDS.split("|"), "i", "+"])


def may_pair(text: str) -> bool:
    """Whether a text holds one of the words of `_PAIR`, which is told faster than searched."""
    small = text.lower()
    if not text.isascii():
        small = small.translate(_DOTLESS)
    return not _PAIRING.isdisjoint(small.split()) or "و" in small or "＆" in small


# As patterns that ignore case compare: without dots above, and all kinds of i and s alike.
_DOTLESS = {0x131: "i", 0x307: None, 0x17F: "s"}


def of_one_family(text: str, *, among_people: bool) -> list[str]:
    """As in "Hans & Ute Meier, Aachen": two given names, and one family's name."""
    first, *rest = [segment.text for segment in split_segments(text)] or [""]
    found = PAIR.split(first)
    if len(found) != 2:
        return []
    one, other = (part.strip() for part in found)
    given, family = other.partition(" ")[::2]
    named = kinds.has_given_name(one) or kinds.has_given_name(given)
    named = named or (among_people and one.istitle() and given.istitle())
    plain = len(split_honorific(f"{one} Roe")[1].split()) == 2 and len(one) > 1 and bool(family)
    if not (named and plain and is_clear_name(other) and _is_one_name(one)):
        return []
    if kinds.organization_score(first.replace("&", "and").replace("+", "and").lower()) > 2:
        return []
    return [", ".join([name, *rest]) for name in (f"{one} {family}", other)]


def may_be_family(text: str) -> bool:
    """As in "Dev and Kirsty Roe", where no other line is an organization's."""
    return may_pair(text) and bool(of_one_family(text, among_people=True))


def _is_one_name(word: str) -> bool:
    """Whether one word is a given name, as "Ben" is, which stands within names as well."""
    return kinds.looks_like_name(word, 1) or kinds.has_given_name(word)

"""Names with the surname in front: behind a comma, in capitals, or before a patronymic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from . import kinds, places
from .names import split_honorific
from .parsed import Draft
from .roles import is_role
from .segments import Segment
from .text import key, keys, word_key
from .vocabulary import GIVEN_NAMES, PARTICLES

# The share of lines from which on a block is thought to be so throughout.
_MOSTLY = 0.6
_PATRONYMIC = re.compile(
    r"[^\W\d_]{2,15}(?:ович|евич|йович|ьич|мич|нич|лич|тич|кич|ліч|овна|евна|ична|івна|ївна)"
)


@dataclass(frozen=True)
class Order:
    """How the names of a block are written."""

    capitals_first: bool = False  # as in "ROE Jane"
    address: str = ""  # "M." or "D." where it is a form of address, and no initial
    given_last: bool = False  # as in "Čuk Lovrenc", by the alphabet of the surnames


NO_ORDER = Order()


def order_of(names: Sequence[str]) -> Order:
    """How most names of a block are written, by their first parts."""
    names = [name.partition(" (")[0] for name in names]
    parted = [_split_capitals(split_honorific(name)[1]) for name in names]
    first = sum(part is not None for part in parted)
    titled = [name.split()[0] for name in names if len(name.split()) > 2]
    capitals = first > 1 and first >= _MOSTLY * len(names)
    return Order(capitals, _address(titled), not capitals and _are_given_last(names))


def _are_given_last(names: Sequence[str]) -> bool:
    """Whether names of two words stand by the alphabet of their first, which is no given name."""
    pairs = [name.split() for name in names if len(name.split()) == 2]
    if len(pairs) < _LEAST or 5 * len(pairs) < 4 * len(names):
        return False
    firsts = [key(first) for first, _ in pairs]
    ends = sum(kinds.is_given_name(word_key(last)) for _, last in pairs)
    opens = sum(map(kinds.has_given_name, (first for first, _ in pairs)))
    told = ends >= _LEAST - 2 and ends > 2 * opens
    return firsts == sorted(firsts) and told


_LEAST = 4


_LADIES = {"M.": ("Mme", "Mlle", "Monsieur", "Mmes"), "D.": ("Dª", "Dña", "D.ª", "Doña", "Da")}
_WRITTEN = {"M.": "Monsieur", "D.": "don"}


def _address(titles: Sequence[str]) -> str:
    """ "M." where ladies are addressed as well, or most lines begin so."""
    for sir, ladies in _LADIES.items():
        sirs = titles.count(sir)
        addressed = sum(title.rstrip(".") in ladies or title in ladies for title in titles)
        if sirs and (addressed or (sirs > 2 and 2 * sirs > len(titles))):
            return sir
    return ""


def _split_capitals(name: str) -> tuple[str, str] | None:
    """("DE LA TOUR", "Odile") of "DE LA TOUR Odile"."""
    words = name.split()
    size = next((n for n, word in enumerate(words) if any(map(str.islower, word))), len(words))
    surname, given = " ".join(words[:size]), " ".join(words[size:])
    whole = 0 < size < len(words) < 7 and len(surname) > 1 and all(map(str.isupper, words[:size]))
    if not whole or not kinds.looks_like_name(given, 1) or not given[:1].isupper():
        return None
    if any(len(word.strip(".")) == 1 for word in words[:size]):
        return None
    return surname, given


def in_order(segments: list[Segment], order: Order, draft: Draft) -> list[Segment]:
    """The parts with the given name first, where the block or a patronymic tells it."""
    if not segments or segments[0].quoted:
        return segments
    first, bracket, inside = segments[0].text.partition(" (")
    if order.address and first.startswith(f"{order.address} ") and len(first.split()) > 2:
        first = f"{_WRITTEN[order.address]} {first[3:]}"
    honorific, name = split_honorific(first)
    turned = (_by_capitals(name) if order.capitals_first else "") or _by_patronymic(name)
    if not turned and order.given_last and len(name.split()) == 2:
        turned = " ".join(reversed(name.split()))
    if turned:
        known = not order.given_last or kinds.has_given_name(turned)
        draft.note(f"“{name}” was read as surname and given name.", 0.0 if known else 0.2)
        first = f"{honorific} {turned}".strip()
    elif f"{first}{bracket}{inside}" == segments[0].text:
        return segments
    told = "person" if turned else segments[0].told
    return [replace(segments[0], text=f"{first}{bracket}{inside}", told=told), *segments[1:]]


def _by_capitals(name: str) -> str:
    parted = _split_capitals(name)
    return f"{parted[1]} {parted[0]}" if parted else ""


_CHILD = keys(
    "oğlu oglu ogly o'g'li ogli qızı qizi kızı kizi gyzy uulu uly ұлы улы оглы оғлы углы "
    "қызы кызы гызы"
)


def _by_patronymic(name: str) -> str:
    """ "Илья Андреевич Берёзкин" of "Берёзкин Илья Андреевич"."""
    words = name.split()
    if len(words) == 4 and key(words[3]) in _CHILD and kinds.looks_like_name(" ".join(words[:3])):
        return " ".join([*words[1:], words[0]])
    if len(words) != 3 or _PATRONYMIC.fullmatch(key(words[1])):
        return ""
    told = _PATRONYMIC.fullmatch(words[2].casefold())
    return f"{words[1]} {words[2]} {words[0]}" if told and kinds.looks_like_name(name) else ""


def is_town(text: str) -> bool:
    return bool(places.cities(text)) and not kinds.has_given_name(text)


def is_surname_first(segments: list[Segment]) -> bool:
    if len(segments) < 2 or segments[1].separator != "," or segments[1].quoted:
        return False
    surname, given = segments[0].text, segments[1].text
    carrying = [word for word in surname.split() if key(word) not in PARTICLES]
    known = kinds.has_given_name(split_honorific(f"{given} Roe")[1].removesuffix(" Roe"))
    if surname.isupper() and not given.isupper() and len(surname) > 2:
        capitals = 0 < len(carrying) <= 4 and not kinds.looks_like_organization(
            surname, mixed_case=False
        )
        if capitals and kinds.looks_like_name(given, 1) and not places.country(given):
            return not kinds.looks_like_organization(given) and not is_role(given)
    most = 3 if known and not kinds.has_given_name(surname) else 1
    if not 0 < len(carrying) <= most or kinds.looks_like_organization(surname):
        return False
    if len(given.split()) > 3:
        return False
    if places.country(given) or places.is_region_code(given) or is_role(given):
        return False
    return kinds.looks_like_name(given, 1) and not kinds.looks_like_organization(given)


def is_lone_surname_first(segments: list[Segment]) -> bool:
    """Whether one line alone reads as "Cohen, David": a single word and a known given name."""
    if not is_surname_first(segments) or kinds.has_given_name(segments[0].text):
        return False
    if _stands_before_role(segments):
        return True
    given, *middle = segments[1].words
    particle = segments[0].words[0]
    if particle.islower() and key(particle) in PARTICLES and len(segments[0].words) > 1:
        return len(segments) == 2 and not is_town(segments[1].text)
    plain = not kinds.is_acronym(segments[0].text)
    return plain and key(given) in GIVEN_NAMES and all(len(key(word)) == 1 for word in middle)


def _stands_before_role(segments: list[Segment]) -> bool:
    """As in "Okafor, Ximena - Mayor": a word, a word, and a role behind another mark."""
    if (
        len(segments) < 3
        or segments[2].separator not in ("-", "–", "—")
        or is_town(segments[1].text)
    ):
        return False
    single = len(segments[0].words) == len(segments[1].words) == 1
    return single and is_role(segments[2].text) and not kinds.is_acronym(segments[0].text)


def turn_surname_first(segments: list[Segment], draft: Draft) -> list[Segment]:
    if not is_surname_first(segments):
        return segments
    surname, given = segments[0].text, segments[1].text
    draft.note(f"“{surname}, {given}” was read as surname and given name.")
    if surname.isupper() and len(surname.split()) > 1:
        surname = surname.title()  # two words in capitals would be an organization's
    return [Segment(f"{given} {surname}"), *segments[2:]]

"""What proves the fields of a row that is sure so far: known words, and the rows beside it.

Each kind of proof was tried on lists that the rules of their day had not seen. What was wrong in
more than 2 % of the lines that rest on it proves nothing, and the line waits for a look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from . import kinds, places
from .parsed import UNPROVED, ParsedLine
from .roles import is_role
from .text import is_small, key
from .vocabulary import LEGAL_FORMS, PARTICLES

_NAME_WORDS = 2
"""Of a name that begins with no known given name: behind a third word a title may hide."""
_LONG = 4
"""Words of a bare name that may be an organization's, whatever its first word is."""


def with_proof(rows: Sequence[ParsedLine]) -> list[ParsedLine]:
    """The rows of a list; one that is sure, with a field that nothing proves, is unsure."""
    lines: dict[int, list[ParsedLine]] = defaultdict(list)
    for row in rows:
        lines[row.line].append(row)
    bare = 2 * sum(map(_is_bare, rows)) >= len(rows)
    abroad = 3 * sum(bool(row.country and not row.city) for row in rows) >= 2 * len(rows)
    proofs: tuple[Callable[[ParsedLine], str], ...] = (
        _unproved_name,
        _unproved_role,
        _unproved_organization,
        _unproved_town,
        lambda row: "" if abroad else _unproved_country(row),
        lambda row: "" if bare else _lone_name(row),
        _left_over,
        lambda row: _torn(row, lines[row.line]),
    )
    return [_proved(row, proofs) if row.is_sure else row for row in rows]


def _proved(row: ParsedLine, proofs: Iterable[Callable[[ParsedLine], str]]) -> ParsedLine:
    doubt = next(filter(None, (find(row) for find in proofs)), "")
    if not doubt:
        return row
    return replace(row, confidence=UNPROVED, doubts=[doubt, *row.doubts], notes=[doubt, *row.notes])


def _is_bare(row: ParsedLine) -> bool:
    return bool(row.name) and not (row.role or row.organization or row.city or row.country)


def _lone_name(row: ParsedLine) -> str:
    """A bare name among lines that say more may be a heading, or who sent the list."""
    return f"“{row.name}” may not be a name." if _is_bare(row) else ""


def _unproved_name(row: ParsedLine) -> str:
    """A name that no known given name begins, where it is long or has such a word behind."""
    words = [word for word in row.name.split() if key(word) not in PARTICLES]
    if not words or kinds.is_dense(row.name):
        return ""
    if kinds.has_given_name(row.name):
        doubtful = len(words) >= _LONG and not (row.honorific or row.role or row.organization)
    else:
        given = any(kinds.is_given_name(key(word)) for word in words)
        doubtful = given or len(words) > _NAME_WORDS
    return f"“{row.name}” may not be a name." if doubtful else ""


def _unproved_role(row: ParsedLine) -> str:
    """A role that is no known one, or that may hold an organization, too."""
    for role in _parts(row.role):
        strong = any(map(kinds.is_strong_organization_word, role.split()))
        if (strong and not row.organization) or not is_role(role):
            return f"“{role}” was read as a role; it may hold an organization."
    return ""


def _unproved_organization(row: ParsedLine) -> str:
    bodies = row.organization
    if not row.city and any(map(places.cities, _parts(bodies))):
        return f"“{bodies}” was read as an organization; it may be a town."
    strong = any(map(kinds.is_strong_organization_word, bodies.split()))
    if not bodies or (strong and not is_small(bodies[:1])) or _names_itself(bodies):
        return ""
    return f"Only its place tells that “{bodies}” is an organization."


_SHORT_FORM = re.compile(r"(?P<words>.+) \((?P<short>\w+)\)")


def _names_itself(body: str) -> bool:
    """Whether it ends in a legal form, or in its own short form: "Bay Rowers (BaR)"."""
    if key(body.rsplit(maxsplit=1)[-1]) in LEGAL_FORMS:
        return True
    found = _SHORT_FORM.fullmatch(body)
    if not found:
        return False
    initials = "".join(word[0] for word in found["words"].split() if word[0].isupper())
    return len(initials) > 1 and initials == "".join(filter(str.isupper, found["short"]))


def _unproved_town(row: ParsedLine) -> str:
    """What only stands before a country, as in "Jane Roe, River Walks, Tonga", may be a body."""
    town = row.city
    if not town or not row.country or places.cities(town, row.country):
        return ""
    if len(town.split()) == 1 and not (is_role(town) or kinds.looks_like_organization(town)):
        return ""
    return f"“{town}” was read as a city; it may be something else."


_PARTED = re.compile(r"[,،、，(–—|]\s*|\s-\s+")


def _unproved_country(row: ParsedLine) -> str:
    """As in "Jane Roe, Vic": what was read as a country or a region may be a town."""
    last = _PARTED.split(row.original.strip(" ).;"))[-1].strip(" ).;")
    if row.city or not row.country or last == row.original or not places.cities(last):
        return ""
    return f"“{last}” was read as {places.country_name(row.country) or row.country}."


def _parts(text: str) -> Iterable[str]:
    return filter(None, text.split(", "))


_CODE = re.compile(r"\(([A-Z]{1,4})\)")


def _left_over(row: ParsedLine) -> str:
    """A code in brackets that is in no field, as in "Lienz (A)" and "Tram Users (TU)"."""
    code = _CODE.search(row.original)
    if not code or (row.city and places.country(code[1]) == row.country != ""):
        return ""
    fields = (row.name, row.credentials, row.role, row.organization, row.region)
    if any(code[1] in field for field in fields):
        return ""
    return f"“{code[1]}” was left out of the fields."


_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _torn(row: ParsedLine, together: Sequence[ParsedLine]) -> str:
    """A field whose words do not stand side by side in the line, in whatever order."""
    line = _words(row.original)
    known = len(together) > 1 and all(kinds.has_given_name(one.name) for one in together)
    names = [] if known else [row.name]
    fields = (*names, *_parts(row.role), *_parts(row.organization), row.city)
    torn = next((field for field in fields if not _side_by_side(_words(field), line)), "")
    return torn and f"“{torn}” may be a second person."


def _side_by_side(words: list[str], line: list[str]) -> bool:
    size, same = len(words), sorted(words)
    if not set(words) & set(line):
        return True  # a short name that is known, as NYC is
    return any(sorted(line[at : at + size]) == same for at in range(len(line) - size + 1))

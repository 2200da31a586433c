"""Through a list from top to bottom: which lines sign, and what the others say of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import takewhile

from . import inline, kinds, marks
from .cells import has_cells
from .endings import endings_of
from .headings import Heading, heading_of, kind_on_top
from .heads import heads_of, towns_of
from .nobodies import ends_mail, is_prose, may_be_slogan, remark_of
from .parsed import Mark, Shape
from .text import MAX_LINE, is_small

Line = tuple[int, str]

_NUMBER = re.compile(r"^\s*(?:\(?\d{1,5}[.)]|#\d{1,5})\s*\D")
_BEFORE_NAME = re.compile(r"^\s*(?:\(?\d{1,5}[.)]-?|[-*•·▪◦‣–—])\s*")
_BULLET = re.compile(r"^\s*(?:[-*+•·●▪◦‣–—■□✓✔]\s|[•●▪◦‣✓✔])")
# What opens a contact, copies or boilerplate: the lines below it, up to a blank one, go with it.
_ASIDE = re.compile(
    r"\s*(?:cc\s*:|contact(?:s|\(s\))?(?:\s+information)?\s*(?:$|:)|press\s+office\s*(?:$|:)"
    r"|(?:media|press|news)\s+(?:contacts?|enquiries|inquiries)\b|(?:presse)?kontakt\s*(?:$|:)"
    r"|contact\s+presse|contacto(?:\s+de\s+prensa)?\s*(?:$|:)|contatti\s*(?:$|:)"
    r"|контакты?\s*(?:$|:))",
    re.IGNORECASE,
)
_BULLET_SIGN = "*"
_NOTES = re.compile(r"\W*notes?\s+(?:to|for)\s+(?:the\s+)?editors?\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\s*(?:about|über|à propos d\w{1,2}|sobre|acerca de)\s+(?P<whom>[^,;:]{2,80}):?\s*$",
    re.IGNORECASE,
)
_DETAIL = re.compile(r"@\w|\+?\d[\d\s().-]{8,20}\d|https?://|www\.")


@dataclass
class Walked:
    """The lines that sign, with the heading that holds for each, and the notes on the others."""

    lines: list[Line] = field(default_factory=list)
    headings: dict[int, Heading] = field(default_factory=dict)
    notes: list[tuple[int, str]] = field(default_factory=list)
    bridged: set[int] = field(default_factory=set)  # dropped lines that part no card
    numbered: dict[int, Mark] = field(default_factory=dict)  # lines with a footnote's number
    apart: set[int] = field(default_factory=set)  # lines that stand alone, or end a mail
    marks: dict[str, Mark] = field(default_factory=dict)  # by footnote's mark, "" for all
    sender: frozenset[int] = frozenset()  # the lines of who sent the mail, below its last greeting
    below: dict[int, list[int]] = field(default_factory=dict)  # of these, by the first of them
    unexplained: set[str] = field(default_factory=set)  # marks of footnotes that are not understood
    shape: Shape = Shape.LIST


def walk(lines: list[Line]) -> Walked:
    walked = Walked(shape=_shape(lines))
    used = marks.used_symbols(text for _, text in lines if len(text) <= MAX_LINE)
    if sum(text.lstrip().startswith(_BULLET_SIGN) for _, text in lines) > 1:
        used -= {_BULLET_SIGN}
    numbers = marks.numbers_of_notes(text for _, text in lines if len(text) <= MAX_LINE)
    heading = Heading()
    aside = closed = False
    alone = _alone(lines)
    capitals = _mostly_in_capitals(lines)
    heads = _heads(lines)
    width = _width(lines)
    endings = endings_of(lines)
    for position, (line, text) in enumerate(lines):
        gap = not position or line > lines[position - 1][0] + 1
        if len(text) > MAX_LINE:
            _keep(walked, line, text, heading)
            continue
        closed = closed and (not gap or line in walked.sender)
        aside = aside and not (gap and _resumes(lines, position))
        aside = aside or _opens_aside(lines, position, gap, bool(walked.lines))
        if aside:
            walked.notes.append((line, f"Left out: “{short(text)}” stands below the names."))
        elif _is_footnote(text, used, walked):
            walked.notes.append((line, f"Left out: “{short(text)}” is a footnote."))
        elif found := heads.get(line) or heading_of(text, alone=gap):
            heading = found.over(heading)
            walked.notes.append((line, f"Left out: “{short(text)}” is a heading."))
        elif (
            said := endings.get(line) or _said(text, capitals) or _greets(lines, position, gap)
        ) and not (_is_like_others(text, said, width) or _calls_itself(lines, position, said)):
            closed = _left_out(walked, lines, position, said) or closed
        else:
            bare, mark = marks.without_numbers(text, numbers) if numbers else (text, "")
            walked.numbered.update({line: mark} if mark else {})
            walked.apart |= {line} if closed or said or line in alone else set()
            _keep(walked, line, bare, heading)
    return walked


def _heads(lines: list[Line]) -> dict[int, Heading]:
    """The headings that no word tells, and those that are towns."""
    heads = heads_of(lines)
    towns = towns_of(lines, heads)
    bare = {
        line: heading_of(text) or Heading(kind_on_top(text))
        for line, text in lines
        if line in heads
    }
    placed = {line: Heading(town=town) for line, town in towns.items()}
    return _with_unknown(lines, bare) | placed


def _with_unknown(lines: list[Line], heads: dict[int, Heading]) -> dict[int, Heading]:
    """The headings; among countries, one that nothing tells is doubtless one that is not known."""
    countries = sum(bool((heading_of(text) or Heading()).country) for _, text in lines)
    untold = {line for line, heading in heads.items() if heading == Heading()}
    if not countries or countries < len(untold):
        return heads
    first = lines[0][0]
    return heads | {
        line: Heading(unknown=short(text))
        for line, text in lines
        if line in untold and line != first and len(text.split()) < _FEW_WORDS
    }


_FEW_WORDS = 4


def _left_out(walked: Walked, lines: list[Line], position: int, said: str) -> bool:
    """Note a line that names nobody; whether it ends a mail, so that its sender stands below."""
    line, text = lines[position]
    if symbol := marks.footnote(text)[0]:
        walked.unexplained.add(symbol)
    if said in ("an address", "a note"):
        walked.bridged.add(line)
    walked.notes.append((line, f"Left out: “{short(text)}” is {said}, nobody's name."))
    ends = said == "a word of a mail" and bool(walked.lines)
    if ends:
        walked.sender = _sender(lines[position + 1 :], len(walked.lines))
    return ends


def _alone(lines: list[Line]) -> frozenset[int]:
    """The lines with blank ones above and below, in a list whose other lines have none."""
    numbers = {line for line, _ in lines}
    alone = frozenset(n for n in numbers if n - 1 not in numbers and n + 1 not in numbers)
    return alone if 3 * len(alone) <= len(numbers) else frozenset()


def _said(text: str, capitals: bool) -> str:
    """What a line that names nobody is, or an empty text; `capitals`: most lines begin so."""
    said = remark_of(text) or ("a remark" if capitals and _is_aside(text) else "")
    return "" if said and _lists_names(text) else said


_PARTING = re.compile(r"[,،;؛|–—]|\s-\s")
_WIDE = 3


def _width(lines: list[Line]) -> int:
    """How many parts most lines have, where these are several and end in no full stop; or 0."""
    counts = Counter(len(_PARTING.split(text)) for _, text in lines if len(text) <= MAX_LINE)
    width, often = counts.most_common(1)[0] if counts else (0, 0)
    return width if width >= _WIDE and often >= _WIDE and 5 * often >= 2 * len(lines) else 0


def _is_like_others(text: str, said: str, width: int) -> bool:
    """Whether a line that reads as a sentence has the parts that the names beside it have."""
    plain = said in ("a sentence", "a remark", "a title") and text.strip()[-1:].isalpha()
    parts = _PARTING.split(text) if width and plain else []
    return 0 < len(parts) == width and max(len(part.split()) for part in parts) < _MANY_WORDS


_MANY_WORDS = 6


def _calls_itself(lines: list[Line], position: int, said: str) -> bool:
    """Whether a call of few words stands between names of as few parts, as theirs do."""
    around = [lines[n] for n in (position - 1, position + 1) if 0 <= n < len(lines)]
    line, text = lines[position]
    between = len(around) > 1 and all(abs(line - one) == 1 for one, _ in around)
    bodies = all("," not in one and not remark_of(one) for _, one in around)
    return said == "a call" and between and bodies and may_be_slogan(text)


def _mostly_in_capitals(lines: list[Line]) -> bool:
    """Whether nearly all lines begin with a capital, so that one that does not stands out."""
    bare = [_BEFORE_NAME.sub("", text).strip() for _, text in lines if len(text) <= MAX_LINE]
    return len(bare) > 2 and 5 * sum(text[:1].isupper() for text in bare) >= 4 * len(bare)


def _is_aside(text: str) -> bool:
    """As in "list continues on page 2": small words alone, and no name among them."""
    bare = _BEFORE_NAME.sub("", text).strip().strip("()[]")
    if not is_small(bare):
        return False
    words = bare.split()
    plain = len(words) > 2 and not any(sign in bare for sign in ",;:–—|@")
    organized = any(map(kinds.is_strong_organization_word, words))
    return plain and is_small(bare) and not organized and not kinds.has_given_name(bare)


def _lists_names(text: str) -> bool:
    """As in "The letter is signed by Jane Roe (River Trust), John Poe, and Ann Doe."."""
    return inline.without_label(text)[1] and len(inline.inline_list(text, lonely=True)) > 2


def _is_sender(lines: list[Line], position: int) -> bool:
    """As "Kim" below "Best wishes", at the very end of a mail."""
    text = lines[position][1].strip().strip(",.–-")
    is_last = 0 < position == len(lines) - 1
    return is_last and text.isalpha() and ends_mail(lines[position - 1][1])


_COMMA = (",", "،", "!")


def _greets(lines: list[Line], position: int, gap: bool) -> str:
    """As "Boa tarde," on top and "Um abraço grande," near the end: few words and a comma."""
    text = lines[position][1].strip()
    first, last = not position, len(lines) - position <= _FEW
    if not (first or last) or not gap or not text.endswith(_COMMA) or len(text.split()) > 4:
        return ""
    apart = position + 1 < len(lines) and (last or lines[position + 1][0] > lines[position][0] + 1)
    often = sum(one.rstrip().endswith(_COMMA) for _, one in lines[:_FEW]) > 2
    named = kinds.has_given_name(text) or any(map(kinds.is_strong_organization_word, text.split()))
    plain = all(word.strip(",،!").isalpha() for word in text.split()) and not text.isupper()
    return "a word of a mail" if apart and plain and not often and not named else ""


# No more lines than these are the end of a mail, with who wrote it.
_FEW = 7


def _sender(below: list[Line], named: int) -> frozenset[int]:
    """The lines below the last greeting of a mail: one person's, unless several are named."""
    below = list(takewhile(lambda one: not remark_of(one[1]), below))
    people = sum(_is_full_name(text) for _, text in below)
    if not 0 < len(below) < _FEW or named < 3 or people > 1:
        return frozenset()
    return frozenset(line for line, _ in below)


def _is_full_name(text: str) -> bool:
    first = text.partition(",")[0].strip()
    return kinds.looks_like_name(first) and kinds.has_given_name(first)


def _keep(walked: Walked, line: int, text: str, heading: Heading) -> None:
    if line in walked.sender and walked.lines and walked.lines[-1][0] in walked.sender:
        first, above = walked.lines[-1]  # who sent a mail is one
        walked.lines[-1] = (first, f"{above.strip().rstrip(',')}, {text.strip()}")
        walked.below.setdefault(first, []).append(line)
        return
    walked.lines.append((line, text))
    if line in walked.sender and not kinds.is_strong_organization_word(text.rsplit(maxsplit=1)[-1]):
        heading = replace(heading, kind="person")
    if heading != Heading():
        walked.headings[line] = heading


def _shape(lines: list[Line]) -> Shape:
    seen = Counter(
        Shape.NUMBERED
        if _NUMBER.match(text)
        else Shape.BULLETED
        if _BULLET.match(text)
        else Shape.LIST
        for _, text in lines
    )
    if has_cells(lines):
        return Shape.TABLE
    return seen.most_common(1)[0][0] if seen else Shape.EMPTY


def _is_footnote(text: str, used: frozenset[str], walked: Walked) -> bool:
    """Whether a line explains a mark; what it says of a capacity is kept."""
    symbol, _ = marks.footnote(text)
    said = marks.mark_of(text)
    if said and _opens_with_name(text):
        return False
    if symbol and (said or symbol in used):
        if said:
            walked.marks[symbol] = said
        elif symbol == _BULLET_SIGN:
            walked.unexplained.add(symbol)
        return True
    if said and not symbol and (inside := marks.symbol_in(text)):
        walked.marks[inside] = said
        return is_prose(text) or len(text.split()) > 4
    if said and len(text.split()) > 4 and not _opens_with_name(text):
        closes = text.rstrip(") ").endswith((".", "!")) or not text.rstrip().endswith(":")
        if closes:
            walked.marks[""] = said
        return closes
    return False


def _opens_with_name(text: str) -> bool:
    first = re.split(r"[,;(–—]", _BEFORE_NAME.sub("", text), maxsplit=1)[0]
    return "," in text and kinds.looks_like_name(first)


def _opens_aside(lines: list[Line], position: int, gap: bool, named: bool) -> bool:
    text = lines[position][1]
    if not named:
        return False
    if _ASIDE.match(text) or _is_sender(lines, position):
        return True
    following = lines[position + 1][1] if position + 1 < len(lines) else ""
    if _NOTES.match(text):
        return is_prose(following) or bool(_DETAIL.search(following))
    about = _ABOUT.match(text)
    if not about or not gap:
        return False
    article = about["whom"].casefold().startswith(("the ", "us", "die ", "das ", "den "))
    return article or text.rstrip().endswith(":") or not following or is_prose(following)


def _resumes(lines: list[Line], position: int) -> bool:
    """Whether names come again behind a contact: lines that are neither prose nor an address."""
    ahead = lines[position : position + 3]
    told = [text for _, text in ahead if len(text) <= MAX_LINE]
    return bool(told) and not any(_DETAIL.search(text) or is_prose(text) for text in told[:1])


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 80 else f"{text[:79]}…"

"""Cards with a label in front of each line: "Name: Jane Roe", "Town: Leeds"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .headers import columns_of, field_of, is_known
from .nobodies import remark_of
from .parsed import ParsedLine
from .side_by_side import is_person
from .tables import read_row

Line = tuple[int, str]
_LABELLED = re.compile(
    r"^\s*(?:(?:[-*•]|\d{1,4}[.)])\s+)?(?P<label>[^:：]{1,60})[:：]\s*(?P<value>.*)$"
)
_NAMING = ("name", "given_name", "surname", "organization")


_PARTS = re.compile(r"[;|\t]|,\s(?=[^,:;|]{2,30}:\s)|(?<=\s)\s(?=[^,:;|\s]{2,30}:\s)")


def one_line_cards(lines: Sequence[Line]) -> list[list[Line]]:
    """As in "Name: Jane Roe; Role: chair": the labelled parts of each line, or none."""
    cards, labelled = [], 0
    for line, text in lines:
        parts = _PARTS.split(text) if text.count(":") > 1 and len(text) < _LONGEST else []
        known = sum(is_known(label) for part in parts if (label := _label(part)))
        labelled += known > 1
        cards.append([(line, part.strip()) for part in (parts if known > 1 else [text])])
    return cards if labelled > 1 and 5 * labelled >= 3 * len(lines) else []


_LONGEST = 1_000


def labelled_cards(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines by card where most have a label that is known; else none."""
    if of_one_line := one_line_cards(lines):
        return of_one_line
    labels = [
        (line, _label(text) or _unlabelled(lines, at)) for at, (line, text) in enumerate(lines)
    ]
    known = [label for _, label in labels if label and is_known(label)]
    naming = [label for label in known if field_of(label) in _NAMING]
    if not naming or len(set(known)) < 2 or 2 * len(known) < len(lines) or len(known) < 2:
        return []
    cards: list[list[Line]] = []
    seen: set[str] = set()
    last = 0
    for (line, text), (_, label) in zip(lines, labels, strict=True):
        apart = line > last + 1 and bool(seen) and not (label and seen > {""})
        if not cards or (label and label in seen) or apart:
            cards.append([])
            seen = set()
        seen.add(label)
        last = line
        cards[-1].append((line, text))
    return cards


# What stands above the labels of a card, and has none.
_NAME = "name"


def _unlabelled(lines: Sequence[Line], position: int) -> str:
    """The label that a name above labelled lines would have."""
    line, text = lines[position]
    next_line, following = lines[position + 1] if position + 1 < len(lines) else (0, "")
    written = next_line == line + 1 and not following.rstrip().endswith((":", "："))
    label = _label(following) if written else ""
    above = label and is_known(label) and field_of(label) not in ("name", "given_name")
    return _NAME if above and is_person(text.partition(",")[0]) else ""


def _label(text: str) -> str:
    match = _LABELLED.match(text)
    return match["label"].strip().strip("*_") if match else ""


def read_card(card: Sequence[Line]) -> ParsedLine | None:
    """The signatory of a card; a line without a label goes on with the one before."""
    labels: list[str] = []
    values: list[str] = []
    for _, text in card:
        match = _LABELLED.match(text)
        if not match and not labels:
            labels.append(_NAME)
            values.append(text.strip().strip("*_#").strip())
        elif match:
            labels.append(match["label"].strip().strip("*_"))
            values.append(match["value"].strip().strip("*_").strip())
        elif values:
            values[-1] = f"{values[-1]} {text.strip()}".strip()
    row = read_row(columns_of(labels), values, card[0][0])
    return row if not row or any(map(is_known, labels[1:])) or _label(card[0][1]) else _doubted(row)


def _doubted(row: ParsedLine) -> ParsedLine | None:
    """A card without any label: it may be a name, and no greeting is one."""
    if remark_of(row.name or row.organization):
        return None
    doubt = f"“{row.name or row.organization}” may not be a name."
    return replace(row, confidence=0.75, doubts=[doubt, *row.doubts], notes=[doubt, *row.notes])

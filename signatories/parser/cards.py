"""Cards with a label in front of each line: "Name: Jane Roe", "Town: Leeds"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .headers import columns_of, field_of, is_known
from .parsed import ParsedLine
from .tables import read_row

Line = tuple[int, str]
_LABELLED = re.compile(r"^\s*(?:[-*•]\s+)?(?P<label>[^:：]{1,60})[:：]\s*(?P<value>.*)$")
_NAMING = ("name", "given_name", "surname", "organization")


def labelled_cards(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines by card where most have a label that is known; else none."""
    labels = [(line, _label(text)) for line, text in lines]
    known = [label for _, label in labels if label and is_known(label)]
    naming = [label for label in known if field_of(label) in _NAMING]
    if not naming or 2 * len(known) < len(lines) or len(known) < 2:
        return []
    cards: list[list[Line]] = []
    seen: set[str] = set()
    for (line, text), (_, label) in zip(lines, labels, strict=True):
        if not cards or (label and label in seen):
            cards.append([])
            seen = set()
        seen.add(label)
        cards[-1].append((line, text))
    return cards


def _label(text: str) -> str:
    match = _LABELLED.match(text)
    return match["label"].strip().strip("*_") if match else ""


def read_card(card: Sequence[Line]) -> ParsedLine | None:
    """The signatory of a card; a line without a label goes on with the one before."""
    labels: list[str] = []
    values: list[str] = []
    for _, text in card:
        match = _LABELLED.match(text)
        if match:
            labels.append(match["label"].strip().strip("*_"))
            values.append(match["value"].strip().strip("*_").strip())
        elif values:
            values[-1] = f"{values[-1]} {text.strip()}".strip()
    return read_row(columns_of(labels), values, card[0][0])

"""How well blocks are read: what was expected against what was read, counted."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from signatories.parser import SURE, Block, ParsedLine, numbered_lines, read_block, read_rows

CORPUS = Path(__file__).parent / "corpus"
FIELDS = ("name", "role", "organization", "town", "country", "kind", "mark")
OPTIONAL = ("may_publish", "email")

Expected = dict[str, Any]


@dataclass
class Score:
    """Counts over signatories and their fields."""

    signatories: int = 0
    right: int = 0
    lost: int = 0
    sure: int = 0
    silently_wrong: int = 0
    extra: int = 0
    invented_organizations: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    fields_right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list, repr=False)

    def add(self, other: Score) -> None:
        for name in ("signatories", "right", "lost", "sure", "silently_wrong", "extra"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.invented_organizations += other.invented_organizations
        self.fields += other.fields
        self.fields_right += other.fields_right
        self.wrong += other.wrong

    @property
    def of_fields(self) -> float:
        return _share(self.fields_right.total(), self.fields.total())

    @property
    def of_lines(self) -> float:
        return _share(self.right, self.signatories)

    @property
    def of_sure(self) -> float:
        """Of the lines that ask for no look, the share with a wrong field."""
        return self.silently_wrong / max(1, self.sure)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def blocks(half: str) -> list[dict[str, Any]]:
    files = sorted((CORPUS / half).glob("*.json"))
    return [block for file in files for block in json.loads(file.read_text(encoding="utf-8"))]


def read(block: dict[str, Any]) -> Block:
    if "rows" in block:
        return read_rows(list(enumerate(block["rows"], start=1)))
    return read_block(numbered_lines("\n".join(block["lines"])))


def score_block(block: dict[str, Any]) -> Score:
    """What is read of one block, against its expected signatories."""
    signing = [line for line in read(block).lines if line.name or line.organization]
    score = Score()
    left = list(signing)
    for expected in block["expected"]:
        found = _partner(expected, left)
        score.signatories += 1
        if found is None:
            score.lost += 1
            _count(expected, None, score)
            score.wrong.append(f"lost: {expected}")
            continue
        left.remove(found)
        wrong = _count(expected, found, score)
        _judge(wrong, found, score)
    for line in left:
        score.extra += 1
        score.invented_organizations += line.kind == "organization"
        _judge(["nobody"], line, score)
    return score


def _judge(wrong: list[str], found: ParsedLine, score: Score) -> None:
    sure = found.confidence >= SURE
    score.sure += sure
    score.silently_wrong += sure and bool(wrong)
    if wrong == ["nobody"]:
        score.wrong.append(f"{'SURE ' if sure else ''}nobody: {found.original!r}")
    elif wrong:
        score.wrong.append(f"{'SURE ' if sure else ''}{found.original!r}: {'; '.join(wrong)}")
    else:
        score.right += 1


def _partner(expected: Expected, left: list[ParsedLine]) -> ParsedLine | None:
    """The line that was read there; of several in one line the one that names the same."""
    there = [line for line in left if line.line == expected["line"]]
    named = expected.get("name") or expected.get("organization", "")
    same = [line for line in there or left if plain(named) == plain(line.name or line.organization)]
    return next(iter(same or there), None)


_NO_QUOTES = dict.fromkeys(map(ord, '"“”„«»'))
"""One half has the marks within a name, another leaves them out: they do not count."""


def plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold().replace("’", "'")
    return " ".join(text.translate(_NO_QUOTES).split()).strip(" .,;")


def _values(expected: Expected) -> dict[str, str]:
    values = {name: str(expected.get(name, "")) for name in FIELDS}
    values["kind"] = values["kind"] or "person"
    return values


def _count(expected: Expected, found: ParsedLine | None, score: Score) -> list[str]:
    """Count the fields that are expected or read, and return what is wrong."""
    wrong: list[str] = []
    for name, value in _values(expected).items():
        seen = _seen(found, name) if found else ""
        if name == "country" and not value and expected.get("town"):
            continue
        if not value and not seen:
            continue
        score.fields[name] += 1
        if plain(value) == plain(seen):
            score.fields_right[name] += 1
        else:
            wrong.append(f"{name} {seen!r} for {value!r}")
    for name in OPTIONAL:
        if name not in expected:
            continue
        score.fields[name] += 1
        if found and getattr(found, name) == expected[name]:
            score.fields_right[name] += 1
        else:
            wrong.append(f"{name} for {expected[name]!r}")
    return wrong


def _seen(found: ParsedLine, name: str) -> str:
    return str(getattr(found, "city" if name == "town" else name))


def score_all(half: Iterable[dict[str, Any]]) -> tuple[Score, dict[str, Score]]:
    """The score of all blocks, and by shape."""
    whole = Score()
    by_shape: dict[str, Score] = defaultdict(Score)
    for block in half:
        score = score_block(block)
        whole.add(score)
        by_shape[block["shape"]].add(score)
    return whole, dict(by_shape)


def report(half: str, whole: Score, by_shape: dict[str, Score]) -> str:
    """Accuracy by shape and by field, with no line of the blocks."""
    rows = [f"{half}: {len(by_shape)} shapes, {whole.signatories} signatories"]
    rows += [_row("all", whole), *(_row(shape, score) for shape, score in sorted(by_shape.items()))]
    rows += [
        f"  {name:<14}{whole.fields_right[name]:>5} of {whole.fields[name]:>5} "
        f"{_share(whole.fields_right[name], whole.fields[name]):7.1%}"
        for name in (*FIELDS, *OPTIONAL)
        if whole.fields[name]
    ]
    return "\n".join(rows)


def _row(shape: str, score: Score) -> str:
    return (
        f"  {shape[:44]:<44} {score.signatories:>4} lines  fields {score.of_fields:6.1%}  whole"
        f" {score.of_lines:6.1%}  sure {score.sure:>4}, wrong {score.silently_wrong:>2}"
        f" lost {score.lost} extra {score.extra} invented {score.invented_organizations}"
    )


def score_half(half: str) -> Score:
    """The score of a half, printed by shape and field."""
    whole, by_shape = score_all(blocks(half))
    print("\n" + report(half, whole, by_shape))  # noqa: T201
    return whole

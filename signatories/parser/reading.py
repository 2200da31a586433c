"""Reads a block of lines into signatories: the kind of block first, then its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from . import groups, inline, kinds, marks
from .cards import labelled_cards, one_line_cards, read_card
from .cells import Table, find_table, fitted, row_cells
from .dress import dressed, undressed
from .headings import Heading
from .heads import with_bold_heads
from .layout import header_unknown, laid_out
from .lines import BlockContext, context_of, parse_line
from .markup import plain, without_comments
from .parsed import Block, LeftOut, ParsedLine, Shape
from .proof import with_proof
from .tables import read_row, told_from_cells
from .text import MAX_LINE, is_heading, key, without_bullet
from .walk import Walked, short, walk

Line = tuple[int, str]


@dataclass
class _Blocked:
    """A block while it is read."""

    original: dict[int, str]
    notes: list[tuple[int, str]] = field(default_factory=list)
    rows: list[ParsedLine] = field(default_factory=list)
    written: dict[int, int] = field(default_factory=dict)  # numbers in the file, where others are


_BLANKS = re.compile("[\u00a0\u2007\u202f]")


def read_block(lines: Iterable[Line], *, columns: Sequence[str] | None = None) -> Block:
    """Read numbered lines; what most of them share helps to read the others.

    `columns` maps a table's columns by hand.
    """
    whole = list(lines)
    kept, hidden = without_comments(whole)
    block = _Blocked(dict(kept))
    block.notes = [
        (line, f"Left out: “{short(text)}” is a remark of the file.") for line, text in hidden
    ]
    block.notes += [
        (line, f"Left out: “{short(text)}” is a heading.")
        for line, text in kept
        if is_heading(text)
    ]
    kept = [(line, _BLANKS.sub(" ", text)) for line, text in kept if not is_heading(text)]
    kept, dress = undressed(kept)
    read = _read_double_spaced(kept, block, columns) or _read(kept, block, columns)
    rows = [dressed(row, dress) for row in read.lines] if dress else read.lines
    return accounted(replace(read, lines=rows), whole)


def _read_double_spaced(
    kept: list[Line], block: _Blocked, columns: Sequence[str] | None
) -> Block | None:
    """The block read with half its blank lines, where one stands behind each line at least."""
    steps = [after - line for (line, _), (after, _) in pairwise(kept)]
    if len(steps) < _FEW or any(step % 2 for step in steps) or max(steps) == 2:
        return None
    if 2 * steps.count(2) < len(steps):
        return None
    first = kept[0][0]
    written = {(line - first) // 2 + 1: line for line, _ in kept}
    closer = _Blocked({number: block.original[line] for number, line in written.items()})
    closer.written = written
    read = _read([((line - first) // 2 + 1, text) for line, text in kept], closer, columns)
    rows = [replace(row, line=written[row.line]) for row in read.lines]
    notes = [(written[line], note) for line, note in read.notes]
    return replace(read, lines=rows, notes=sorted([*block.notes, *notes]))


_FEW = 4


def accounted(block: Block, lines: Sequence[Line]) -> Block:
    """The block with what was left out of it; a line that nothing speaks of is left out, too."""
    said = dict(block.notes)
    signed = {row.line for row in block.lines}
    joined = {piece.strip() for row in block.lines for piece in row.original.split(" / ")}
    unsaid = [
        (line, f"Left out: “{short(text)}” names nobody.")
        for line, text in lines
        if line not in said and line not in signed and not _is_within(text, joined)
    ]
    notes = sorted([*block.notes, *unsaid])
    said |= dict(unsaid)
    left = [
        LeftOut(line, text, said[line])
        for line, text in lines
        if line in said and line not in signed and not (block.columns and _heads(said[line]))
    ]
    return replace(block, notes=notes, left_out=left)


_HEADERS = "names the columns."


def _heads(why: str) -> bool:
    """Whether a line was left out as the headers of a table, which its columns have."""
    return why.endswith(_HEADERS)


def _is_within(text: str, pieces: set[str]) -> bool:
    """Whether a line is a part of those that were read as one; one without a letter is in none."""
    parts = (part.strip() for part in text.split(" / "))
    return not any(map(str.isalnum, text)) or all(part in pieces for part in parts)


def _read(kept: list[Line], block: _Blocked, columns: Sequence[str] | None) -> Block:
    written = []
    for line, text in with_bold_heads(_laid_out(kept, block)):
        bare = text if len(text) > MAX_LINE else plain(text)
        if any(map(str.isalnum, bare)):
            written.append((line, bare))
        else:
            block.notes.append((line, f"Left out: “{short(text)}” holds no letter."))
    table = None if columns is None and one_line_cards(written) else find_table(written, columns)
    named = table and table.headers
    if not named and columns is None and (head := header_unknown(written)):
        written.remove(head)
        block.notes.append((head[0], f"Left out: “{short(head[1])}” {_HEADERS}"))
    if table:
        shape = _read_table(table, written, block)
        return Block(block.rows, sorted(block.notes), shape, table.columns)
    if cards := labelled_cards(written):
        shape = _read_cards(cards, block)
    else:
        shape = _read_list(written, block)
    return Block(block.rows, sorted(block.notes), shape if block.rows else Shape.EMPTY)


def _laid_out(lines: list[Line], block: _Blocked) -> list[Line]:
    """The lines as they were meant; the original of a line that went on is that of all."""
    found = laid_out(lines)
    begun = {line for line, _ in found}
    first = 0
    for line, text in lines:
        first = line if line in begun or not first else first
        if line != first:
            block.original[first] = f"{block.original[first].strip()} / {text.strip()}"
    return found


def _read_table(table: Table, lines: list[Line], block: _Blocked) -> Shape:
    walked = walk([line for line in lines if line[0] not in table.headers])
    names = [text for line, text in lines if line in table.headers]
    block.notes += [
        (line, f"Left out: “{short(text)}” {_HEADERS}")
        for line, text in lines
        if line in table.headers
    ]
    block.notes += [] if names else walked.notes
    context = context_of(walked.lines)
    dropped = _titles(table, lines) | dict(walked.notes)
    width = len(table.columns)
    for line, text in lines:
        cells = fitted(row_cells(text, table.separator, width), width)
        if line in table.headers:
            continue
        lone = line in dropped and sum(map(bool, map(str.strip, cells))) == 1
        if lone or len(cells) != len(table.columns):
            if line in dropped:
                block.notes.append((line, dropped[line]))
            else:
                block.rows += _parse_group([(line, text)], context, block)
        elif row := read_row(table.columns, cells, line):
            row = replace(row, original=block.original[line])
            block.rows.append(told_from_cells(row) if table.guessed else row)
        else:
            block.rows.append(
                replace(parse_line(text, line, context), original=block.original[line])
            )
    return Shape.TABLE


def _titles(table: Table, lines: list[Line]) -> dict[int, str]:
    """What is said of a line above the headers that names nobody: it is the table's title."""
    first = min(table.headers, default=0)
    return {
        line: f"Left out: “{short(text)}” stands above the table."
        for line, text in lines
        if line < first
        and table.separator not in text
        and not kinds.has_given_name(text)
        and not any(map(kinds.is_strong_organization_word, text.split()))
    }


def _read_cards(cards: list[list[Line]], block: _Blocked) -> Shape:
    for card in cards:
        whole = " / ".join(
            block.original[line].strip() for line in dict.fromkeys(n for n, _ in card)
        )
        if row := read_card(card):
            block.rows.append(replace(row, original=whole))
        else:
            block.notes.append((card[0][0], f"Left out: “{short(whole)}” names nobody."))
    return Shape.CARDS


def _read_list(lines: list[Line], block: _Blocked) -> Shape:
    walked = walk(lines)
    block.notes += walked.notes
    for line, below in walked.below.items():
        texts = [block.original[n].strip() for n in (line, *below)]
        block.original[line] = " / ".join(texts)
    context = context_of(walked.lines)
    found = groups.stanzas(walked.lines, walked.bridged)
    if any(len(group) > 1 for group in found):
        context = context_of([(group[0][0], groups.joined(group)) for group in found])
    for group in found:
        heading = walked.headings.get(group[0][0], Heading())
        headed = context if heading == context.heading else replace(context, heading=heading)
        block.rows += _parse_group(group, headed, block, len(found) < 3)
    block.rows = [_marked(row, walked) for row in _told_by_others(block.rows)]
    block.rows = [_doubted_apart(row) if row.line in walked.apart else row for row in block.rows]
    block.rows = with_proof(_doubted_together(block.rows))
    return _shape(walked, found, block.rows, context)


_MANY = 0.4
_ROLE_ALONE = "The line gives a role and no name."


def _doubted_together(rows: list[ParsedLine]) -> list[ParsedLine]:
    """The rows; where many are unsure, the shape of the block is, and so are its other parts."""
    unsure = sum(not row.is_sure for row in rows)
    nameless = sum(_ROLE_ALONE in row.doubts and "," not in row.original for row in rows)
    single = sum("," not in row.original for row in rows)  # names and roles, line by line
    nameless = nameless if nameless > 1 and 4 * nameless >= len(rows) <= 2 * single else 0
    if len(rows) < 4 or (unsure < _MANY * len(rows) and not nameless):
        return rows
    doubt = "Many other lines of this list are unsure."
    return [
        replace(row, confidence=0.75, doubts=[doubt, *row.doubts], notes=[doubt, *row.notes])
        if row.is_sure and (nameless or not _is_bare(row))
        else row
        for row in rows
    ]


def _doubted_apart(row: ParsedLine) -> ParsedLine:
    """A row that stands apart from the others: it may be a heading, or who sent the list."""
    if not row.is_sure:
        return row
    doubt = f"“{row.name or row.organization}” may not be a name."
    return replace(row, confidence=0.75, doubts=[doubt, *row.doubts], notes=[doubt, *row.notes])


def _told_by_others(rows: list[ParsedLine]) -> list[ParsedLine]:
    """A bare name that other lines give as somebody's organization is that organization."""
    named = {key(row.organization) for row in rows if row.name and row.organization}
    return [
        _as_organization(row) if _is_bare(row) and key(row.name) in named else row for row in rows
    ]


def _is_bare(row: ParsedLine) -> bool:
    return not (row.role or row.organization or row.honorific or row.credentials)


def _as_organization(row: ParsedLine) -> ParsedLine:
    note = f"“{row.name}” is an organization in other lines."
    return replace(
        row, kind="organization", organization=row.name, name="", notes=[note], doubts=[]
    )


def _shape(
    walked: Walked, found: list[list[Line]], rows: list[ParsedLine], context: BlockContext
) -> Shape:
    if any(len(group) > 1 for group in found):
        return Shape.CARDS
    if len(rows) > 2 * len(found):
        return Shape.INLINE
    if context.surname_first:
        return Shape.SURNAME_FIRST
    return walked.shape


def _marked(row: ParsedLine, walked: Walked) -> ParsedLine:
    """The line with the mark that its footnote, or a remark on all, gives it."""
    if row.mark or not (walked.marks or walked.numbered or walked.unexplained):
        return row
    if mark := walked.numbered.get(row.line):
        return replace(row, mark=mark)
    told = [walked.marks[s] for s in marks.symbols_of(row.original) if s in walked.marks]
    if told:
        return replace(row, mark=told[0])
    if unknown := [s for s in marks.symbols_of(row.original) if s in walked.unexplained]:
        doubt = f"What “{unknown[0]}” says stands in a footnote that was not understood."
        return replace(
            row,
            confidence=min(row.confidence, 0.75),
            doubts=[doubt, *row.doubts],
            notes=[doubt, *row.notes],
        )
    everybody = walked.marks.get("")
    affiliated = row.kind == "person" and (row.organization or row.role)
    return replace(row, mark=everybody) if everybody and affiliated else row


def _parse_group(
    group: list[Line], context: BlockContext, block: _Blocked, lonely: bool = False
) -> list[ParsedLine]:
    line, text = group[0]
    original = block.original[line]
    if len(group) > 1:
        whole = groups.joined(group)
        if len(together := inline.people_together(whole)) > 1:
            return _several(together, line, " / ".join(text for _, text in group), context)
        row = parse_line(groups.joined(group), line, context)
        first, last = (block.written.get(number, number) for number in (line, group[-1][0]))
        note = f"Lines {first} to {last} were read as one signatory."
        whole = " / ".join(block.original[number].strip() for number, _ in group)
        return [_with_note(row, whole, note, sure=groups.is_told_throughout(group))]
    bare = without_bullet(text)
    people = groups.several_people(inline.without_label(text)[0])
    people = people or inline.people_together(bare, among_people=_is_of_people(context))
    people = people or inline.inline_list(text, lonely=lonely)
    if len(people) < 2:
        row = parse_line((people or [text])[0], line, context)
        return [row if row.original == original else replace(row, original=original)]
    return _several(people, line, original, context)


def _is_of_people(context: BlockContext) -> bool:
    return not context.organized and context.heading.kind != "organization"


def _several(
    people: list[str], line: int, original: str, context: BlockContext
) -> list[ParsedLine]:
    note = f"The line names {len(people)} signatories; this is one of them."
    firsts = [inline.without_brackets(person).partition(",")[0] for person in people]
    organized = sum(map(kinds.looks_like_organization, firsts))
    if organized and 2 * organized >= len(people):
        context = replace(context, heading=replace(context.heading, kind="organization"))
    rows = [parse_line(person, line, context) for person in people]
    named = [groups.is_surely_person(person) for person in people]
    few = len(people) < 3 and not all(named)  # the second may say something of the first
    return [
        _with_note(row, original, note, sure=sure and not few)
        for row, sure in zip(rows, named, strict=True)
    ]


def _with_note(row: ParsedLine, original: str, note: str, *, sure: bool) -> ParsedLine:
    if sure:
        return replace(row, original=original, notes=[note, *row.notes])
    return replace(
        row,
        original=original,
        notes=[note, *row.notes],
        doubts=[note, *row.doubts],
        confidence=min(row.confidence, 0.75),
    )

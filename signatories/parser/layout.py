"""Lines as they were meant: columns side by side, wrapped lines, tables of other markups."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import kinds
from .counters import (
    with_countries,
    with_towns_behind,
    without_cantons,
    without_codes,
    without_counters,
)
from .headers import field_of, is_header_row
from .offices import with_offices_behind
from .side_by_side import in_one_column, opens_with_person
from .text import MAX_LINE, is_small

Line = tuple[int, str]

# The share of lines from which on a block is thought to be so throughout.
_MOSTLY = 0.6


def laid_out(lines: list[Line]) -> list[Line]:
    """The lines of a block, one signatory's beginning at most in each."""
    if fixed := _of_fixed_width(lines):
        return fixed
    for step in _STEPS:
        lines = step(lines)
    return in_one_column(_unwrapped(lines))


_COLUMN = re.compile(r"(?:^|(?<=\s{2}))\S")


def _of_fixed_width(lines: list[Line]) -> list[Line]:
    """The cells of a table whose columns stand below each other, with tabs between them."""
    if len(lines) < 3 or "\t" in lines[0][1] or len(lines[0][1]) > MAX_LINE:
        return []
    header = lines[0][1]
    starts = [match.start() for match in _COLUMN.finditer(header)]
    cells = [header[a:b].strip() for a, b in zip(starts, [*starts[1:], None], strict=False)]
    if len(cells) < 2 or not is_header_row(cells):
        return []
    below = [text for _, text in lines[1:]]
    aligned = sum(
        all(text[at - 2 : at].strip() == "" for at in starts[1:] if at < len(text))
        for text in below
    )
    if aligned < len(below) or not any("  " in text.strip() for text in below):
        return []
    ends = [*starts[1:], None]
    return [
        (line, "\t".join(text[a:b].strip() for a, b in zip(starts, ends, strict=True)))
        for line, text in lines
    ]


def header_unknown(lines: Sequence[Line]) -> Line | None:
    """The first line of a table whose headers no list knows: names stand below, and none in it."""
    for separator in ("\t", "|", ";"):
        rows = [text.strip("| ").split(separator) for _, text in lines[:60]]
        width = len(rows[0]) if rows else 0
        if width < 3 or len(rows) < 3 or 5 * sum(len(row) == width for row in rows) < 4 * len(rows):
            continue
        first, *below = rows
        if any(any(map(str.isdigit, cell)) or "@" in cell for cell in first):
            return None
        if _is_over_numbers(first[0], [row[0] for row in below]):
            return lines[0]
        named = [
            sum(opens_with_person(row[at]) for row in below if at < len(row)) for at in range(2)
        ]
        is_named = 10 * max(named) >= 6 * len(below) and not any(map(opens_with_person, first))
        return lines[0] if is_named and all(cell.strip() for cell in first) else None
    return None


def _is_over_numbers(cell: str, below: Sequence[str]) -> bool:
    """Whether words stand above a column of numbers or of times."""
    counted = sum(one.strip()[:1].isdigit() for one in below)
    return 5 * counted >= 4 * len(below) and not any(map(str.isdigit, cell))


_CELLS = re.compile(r"</t[dh]>\s*<t[dh]\b[^<>]{0,200}>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_ROW_END = re.compile(r"</tr\s*>", re.IGNORECASE)


def _of_html(lines: list[Line]) -> list[Line]:
    """The rows of a table in HTML, with bars between their cells, one to a line."""
    if not any("<td" in text.lower() for _, text in lines):
        return lines
    found: list[Line] = []
    inside = False
    for line, text in lines:
        if inside and len(found[-1][1]) < MAX_LINE:
            found[-1] = (found[-1][0], f"{found[-1][1]}{text.strip()}")
        else:
            found.append((line, text))
        inside = bool(_ROW.search(text) or inside) and not _ROW_END.search(text)
    return [(line, _CELLS.sub(" | ", text)) for line, text in found]


def _of_wiki(lines: list[Line]) -> list[Line]:
    """The rows of a table in wiki markup, with bars between their cells."""
    if not any(text.lstrip().startswith("{|") for _, text in lines):
        return lines
    found = []
    for line, text in lines:
        bare = text.strip()
        cells = bare[:1] in "!|" and not bare.startswith(("|-", "|}"))
        opens = bare.startswith("{|")
        row = bare[1:].replace("!!", "|").replace("||", "|") if cells else text
        found.append((line, "{|" if opens else row))
    return found


_STAMP = re.compile(
    r"^\s*\[?(?:\d{1,4}[./-]\d{1,2}(?:[./-]\d{1,4}|\.)?,?\s{1,3})?\d{1,2}:\d{2}(?::\d{2})?"
    r"(?:\s?[AaPp]\.?[Mm]\.?)?\]?"
    r" {0,3}(?:[-–:] )? {0,3}(?=[^\s\d:])"
)
# As in "Kim: Kim Roe, baker" and "+44 7700 900123: Jane Roe": who wrote it, as a chat has it.
_WRITER = re.compile(r"[~+\w][^:,;|@\n]{0,39}:\s+(?=\S)")


def _without_stamps(lines: list[Line]) -> list[Line]:
    """Without what a chat or a form writes in front of each line: the time, and who wrote it."""
    bare = _without(_STAMP, lines)
    said = bare if bare is lines else _without(_WRITER, bare)
    return said if said is bare else _without_chatter(said)


_AND_FIRST = re.compile(r"^\s*(?:and|und|et|y|e|en|og|och|i|и|та|və|ve)\s+(?=[^\W\d_])")


def _without_chatter(lines: list[Line]) -> list[Line]:
    """Without messages in small letters, among those that name somebody in capitals."""
    bare = [(line, _AND_FIRST.sub("", text)) for line, text in lines]
    named = sum(text[:1].isupper() for _, text in bare)
    if named < _MOSTLY * len(bare):
        return bare
    return [one for one in bare if not is_small(one[1]) or kinds.has_given_name(one[1])]


_SLASH = " / "


def _of_slashes(lines: list[Line]) -> list[Line]:
    """As in "Jane Roe / Leeds / baker" below "Name / Town / Work": bars between the cells."""
    heads = [text for _, text in lines if text.count(_SLASH) > 1 and _heads_slashed(text)]
    width = heads[0].count(_SLASH) if heads else 0
    slashed = [text for _, text in lines if len(text) <= MAX_LINE and text.count(_SLASH) == width]
    if not heads or len(slashed) < 3 or len(slashed) < _MOSTLY * len(lines):
        return lines
    fitting = set(slashed)
    return [
        (line, text.replace(_SLASH, " | ") if text in fitting else text) for line, text in lines
    ]


def _heads_slashed(text: str) -> bool:
    """Whether the cells between slashes are headers of columns that differ."""
    if len(text) > MAX_LINE:
        return False
    fields = {field_of(cell) for cell in text.split(_SLASH)}
    return len(fields) == text.count(_SLASH) + 1 and None not in fields and bool(_NAMING & fields)


_NAMING = frozenset(("name", "given_name", "surname", "organization"))


_LETTER = re.compile(r"^\s*\(?(?:[a-zа-я]|[ivx]{1,5}|[IVX]{1,5})[.)]\s+(?=[^\W\d_])")


def _without_letters(lines: list[Line]) -> list[Line]:
    """Without "a)" and "IV." in front, where most lines are counted so."""
    marks = {match[0].strip(" ().") for _, text in lines if (match := _LETTER.match(text))}
    return _without(_LETTER, lines) if len(marks) > 2 else lines


def _without(pattern: re.Pattern[str], lines: list[Line]) -> list[Line]:
    short = [text for _, text in lines if len(text) <= MAX_LINE]
    often = sum(bool(pattern.match(text)) for text in short)
    if often < 2 or often < _MOSTLY * len(lines):
        return lines
    return [
        (line, pattern.sub("", text, count=1) if len(text) <= MAX_LINE else text)
        for line, text in lines
    ]


_ADD_ME = re.compile(
    r"^\s*(?:(?:please|bitte|yes|hi|hello)[,!]?\s){0,2}(?:add|count|put|include|sign|ajoutez|ajouter"
    r"|setzt|setzen|nehmt|añadid|añadir|aggiungete|adicionem|добавьте|запишите|dodajcie|əlavə)\b"
    r"[^:,;]{0,40}:\s+(?=\S)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\s(?:(?:has|have|also|just|recently)\s){0,2}"
    r"(?:signed|endorsed|supports|hat\s+unterzeichnet|hat\s+unterschrieben|unterstützt|a\s+signé"
    r"|ha\s+firmado|firmó|ha\s+firmato|assinou|heeft\s+ondertekend|podpisał[a]?|podepsala?"
    r"|подписала?|підписа(?:в|ла)|imzaladı|imzaladi)\b(?P<rest>[^,;|]{0,60})$",
    re.IGNORECASE,
)


def _told_to_sign(lines: list[Line]) -> list[Line]:
    """As in "Jane Roe signed this petition 3 days ago": the name, and what is told of it."""
    return [
        (line, _signer(_ADD_ME.sub("", text, count=1) if ":" in text else text))
        for line, text in lines
    ]


def _signer(text: str) -> str:
    match = _SIGNED.search(text) if len(text) < 160 else None
    if not match or any(char.isupper() for char in match["rest"]):
        return text
    before = text[: match.start()].strip()
    return before if opens_with_person(before) else text


_MAILBOX = re.compile(
    r"^\s*\"(?P<one>[^\",]{2,60})(?:,\s*(?P<two>[^\",]{2,60}))?\"\s*(?=[<(]\S{1,80}@)"
)


def _of_mail(lines: list[Line]) -> list[Line]:
    """As in '"Roe, Jane" <jane@example.org>': the name as mail programs write it."""
    headed = any(_MAIL_HEAD.match(text) for _, text in lines)
    apart = [
        (line, piece)
        for line, text in lines
        for piece in ([text] if headed and _TO.match(text) else _recipients(text))
    ]
    return [(line, _MAILBOX.sub(_mailbox, text) if "@" in text else text) for line, text in apart]


_BETWEEN_MAILBOXES = re.compile(r"(?<=[>)])\s*[,;]\s*(?=\S)")
_TO = re.compile(r"^\s*[^\W\d_]{1,9}\s?:\s*(?=[^<>]{3,80}<\S{1,80}@)")


def _recipients(text: str) -> list[str]:
    """As in "To: Jane Roe <jane@example.org>; John Poe <john@example.org>": one from the other."""
    pieces = _BETWEEN_MAILBOXES.split(text) if 1 < text.count("@") <= _MAILBOXES else [text]
    if not all("@" in piece for piece in pieces):
        return [text]
    return (
        [text]
        if len(pieces) < 2 and not _TO.match(text)
        else [_TO.sub("", piece.rstrip(" ;,")) for piece in pieces]
    )


_MAILBOXES = 500
# What a mail has above its text, whose recipients do not sign.
_MAIL_HEAD = re.compile(
    r"[\s>]*(?:from|sent|subject|von|gesendet|betreff|de|objet|asunto|assunto|da|oggetto|van"
    r"|onderwerp|från|ämne|fra|emne|od|temat|от|від|тема|kimden|konu|kimdən|mövzu)\s?:",
    re.IGNORECASE,
)


def _mailbox(match: re.Match[str]) -> str:
    return f"{match['two']} {match['one']} " if match["two"] else f"{match['one']} "


# A line that ends so goes on in the next one.
_OPEN = re.compile(
    r"\s(?:and|&|of|the|for|at|in|und|der|die|das|des|für|et|de|du|des|la|le|del|della|di|y|e|da"
    r"|do|van"
    r"|och|i|и|та|і|для|по|ve|və)$"
)
_MARKED = re.compile(r"^\s*(?:[-*+•·●▪◦‣–—■□✓✔#>|]|\(?\d{1,5}[.)])")


def _unwrapped(lines: list[Line]) -> list[Line]:
    """Lines that a mail has broken, in one: the rest is indented, or the line was left open."""
    indented = sum(_is_indented(text) for _, text in lines)
    rests = 0 < 2 * indented <= len(lines)
    found: list[Line] = []
    last = 0
    for line, text in lines:
        before = found[-1][1] if found and line == last + 1 else ""
        last = line
        if before and len(before) + len(text) < MAX_LINE and _is_cut(before, text):
            found[-1] = (found[-1][0], f"{before.rstrip()[:-1]}{text.strip()}")
        elif before and len(before) + len(text) < MAX_LINE and _goes_on(before, text, rests):
            found[-1] = (found[-1][0], f"{before.rstrip()} {text.strip()}")
        else:
            found.append((line, text))
    return found


_CUT = re.compile(r"[^\W\d_]{2}-\s*$")


def _is_cut(before: str, text: str) -> bool:
    """As in "Policy Offi-" above "cer, River Trust": a word that the end of a line parts."""
    return _CUT.search(before) is not None and is_small(text.lstrip()[:1])


def _is_indented(text: str) -> bool:
    return text.startswith(("  ", "\t")) and not _MARKED.match(text)


def _goes_on(before: str, text: str, rests: bool) -> bool:
    if _MARKED.match(text) or "\t" in before.strip() or before.rstrip().endswith((":", ".", "!")):
        return False
    if any(sign in before and sign in text for sign in "|@"):
        return False
    indented = rests and _is_indented(text)
    if not (indented or _OPEN.search(before.rstrip())) or opens_with_person(text):
        return False
    if indented and not kinds.looks_like_name(text.partition(",")[0].strip()):
        return True
    return bool(_OPEN.search(before.rstrip())) and " " in before.strip() and not is_small(before)


_STEPS = (
    _of_html,
    _of_wiki,
    _of_slashes,
    _without_stamps,
    with_offices_behind,
    without_counters,
    _without_letters,
    with_towns_behind,
    without_codes,
    without_cantons,
    with_countries,
    _told_to_sign,
    _of_mail,
)

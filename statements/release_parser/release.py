"""A press release, read into the parts of a statement."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from . import dateline as datelines
from .ask import find_ask
from .dateline import Dateline
from .fields import Field
from .html import body_html
from .lines import Paragraph, decode_noting, numbered, paragraphs
from .references import find_references
from .sections import Sections
from .splitter import split_sections

Note = tuple[int, str]

_STATEMENT = re.compile(
    r"\b(?:statement|open letter|letter|petition|declaration|appeal|resolution|communiqu[eé]"
    r"|manifesto|call to action|call for|joint|bəyanat|müraciət|açıq məktub|bildiri|erklärung"
    r"|déclaration|заявление)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:following|below|this)\s+(?:\w+\s+){0,2}(?:statement|letter|appeal|petition|declaration)\b"
    r"|\b(?:statement|letter|appeal|petition|declaration)\b[^.]{0,60}\b(?:follows|below|reads)\b|:$",
    re.IGNORECASE,
)
_WIRES = re.compile(r"EurekAlert!")  # those that name themselves below the words only
_NO_TITLE = "No title was found; the first words stand for it."
_OPENING = '"“„«‟‘「'
_QUOTES = ('"', "”", "“", "»", "’", "」")


@dataclass(frozen=True)
class Release:
    """The parts of a release. Line numbers are 1-based lines of the file."""

    title: str = ""
    headline: str = ""
    dateline: Dateline = field(default_factory=Dateline)
    lead_in: str = ""
    body_html: str = ""
    ask: str = ""
    source: str = ""
    original_url: str = ""
    head: str = ""
    media_contact: str = ""
    boilerplate: str = ""
    notes_to_editors: str = ""
    references: list[dict[str, str]] = field(default_factory=list)
    signatory_lines: list[tuple[int, str]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    fields: dict[int, Field] = field(default_factory=dict)
    """The field that each line with words ended in."""

    def as_dict(self) -> dict[str, Any]:
        """The keys of the import's JSON that are known without reading signatories."""
        dateline = self.dateline
        return {
            "title": self.title,
            "dateline": {"city": dateline.city, "date": dateline.date, "wire": dateline.wire},
            "lead_in": self.lead_in,
            "body_html": self.body_html,
            "ask": self.ask,
            "source": self.source,
            "original_url": self.original_url,
            "head": self.head,
            "media_contact": self.media_contact,
            "boilerplate": self.boilerplate,
            "notes_to_editors": self.notes_to_editors,
            "references": self.references,
        }


@dataclass
class _Draft:
    title: str = ""
    title_is_made_up: bool = False
    headline: str = ""
    dateline: Dateline = field(default_factory=Dateline)
    lead_in: list[Paragraph] = field(default_factory=list)
    body: list[Paragraph] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    fields: dict[int, Field] = field(default_factory=dict)

    def put(self, part: Field, *paragraphs: Paragraph) -> None:
        self.fields.update(dict.fromkeys([n for each in paragraphs for n in each.lines], part))


def parse_release(data: bytes | str) -> Release:
    """Read a plain-text press release; raise ReleaseError where it is none.

    What stands in no field is said in `notes` with its line.
    """
    text, invisible = decode_noting(data)
    sections = split_sections(numbered(text))
    sections.notes += invisible
    draft = _Draft(notes=sections.notes, fields=sections.fields)
    _read_words(_without_copies(paragraphs(sections.words), draft), draft)
    _read_head(sections, draft)
    ask = find_ask(draft.body)
    _note_gaps(draft, ask, sections)
    lead_in = "\n\n".join(paragraph.text for paragraph in draft.lead_in)
    cited = "\n".join([draft.title, lead_in, *(paragraph.text for paragraph in draft.body)])
    references = find_references(cited)
    _note_unnumbered(references, draft)
    return Release(
        title=draft.title,
        headline=draft.headline,
        dateline=draft.dateline,
        lead_in=lead_in,
        body_html=body_html(draft.body),
        ask=ask,
        source=sections.source,
        original_url=sections.original_url,
        head=sections.text_of(Field.HEAD),
        media_contact=sections.text_of(Field.MEDIA_CONTACT),
        boilerplate=sections.text_of(Field.BOILERPLATE),
        notes_to_editors=sections.text_of(Field.NOTES_TO_EDITORS),
        references=references,
        signatory_lines=sections.signatory_lines,
        notes=sorted(draft.notes),
        fields=draft.fields,
    )


def _read_head(sections: Sections, draft: _Draft) -> None:
    """Take from the head what the words did not give: the date, and "Re:" for a title."""
    if not draft.dateline.date and sections.head_date:
        draft.dateline = replace(draft.dateline, date=sections.head_date)
        draft.notes = [note for note in draft.notes if note[1] != draft.dateline.note]
    apart = sections.text_of(Field.HEAD) + sections.text_of(Field.NOTES_TO_EDITORS)
    if not draft.dateline.wire and (wire := _WIRES.search(apart)):
        draft.dateline = replace(draft.dateline, wire=wire[0])
    number, subject = sections.subject
    if not subject or not draft.title_is_made_up:
        return
    draft.title = subject
    draft.notes = [note for note in draft.notes if note[1] != _NO_TITLE]
    draft.fields[number] = Field.TITLE


def _without_copies(found: list[Paragraph], draft: _Draft) -> list[Paragraph]:
    """Leave out a paragraph that only repeats, or cuts off, the beginning of the next ones."""
    kept: list[Paragraph] = []
    for position, paragraph in enumerate(found):
        text = paragraph.text.rstrip(" .…")
        later = [other for other in found[position + 1 : position + 4] if len(text) > 40]
        copied = next((other for other in later if other.text.startswith(text)), None)
        if copied:
            whole = "a copy" if copied.text.rstrip(" .…") == text else "a cut-off copy"
            told = f"Left out: {whole} of the paragraph in line {copied.line}."
            draft.notes += [(number, told) for number in paragraph.lines]
            draft.put(Field.LEFT_OUT, paragraph)
        else:
            kept.append(paragraph)
    return kept


def _read_words(found: list[Paragraph], draft: _Draft) -> None:
    position = _dateline_position(found)
    if position is None:
        _read_undated(found, draft)
        return
    above, dated, below = found[:position], found[position], found[position + 1 :]
    draft.dateline, own_words = datelines.read(dated.text) or (Dateline(), dated.text)
    if draft.dateline.place.casefold() != draft.dateline.city.casefold():
        draft.notes.append((dated.line, f"The dateline's place is “{draft.dateline.place}”."))
    if draft.dateline.note:
        draft.notes.append((dated.line, draft.dateline.note))
    opening = [replace(dated, text=own_words)] if own_words else []
    draft.put(Field.BODY if own_words else Field.DATELINE, dated)
    title = _title_position(below, bool(above), own_words)
    if title is not None:
        _read_titled(above, opening + below[:title], below[title:], draft)
    elif above:
        _read_headed(above, opening, below, draft)
    elif opening and below and _announces(own_words):
        draft.lead_in, draft.body = opening, below
        draft.put(Field.LEAD_IN, *opening)
        _title_from_words(below[0], draft)
    elif opening:
        draft.body = opening + below
        _title_from_words(opening[0], draft)
    else:
        _read_undated(below, draft)


def _read_titled(
    above: list[Paragraph], lead_in: list[Paragraph], statement: list[Paragraph], draft: _Draft
) -> None:
    """The statement has a title of its own below the distributor's words."""
    _take_title(statement[0], draft)
    draft.body = statement[1:]
    draft.lead_in = above[1:] + lead_in
    draft.put(Field.LEAD_IN, *draft.lead_in)
    if above:
        draft.headline = above[0].text
        draft.put(Field.HEADLINE, above[0])
        draft.notes.append((above[0].line, f"The headline “{draft.headline}” is not the title."))


def _read_headed(
    above: list[Paragraph], opening: list[Paragraph], below: list[Paragraph], draft: _Draft
) -> None:
    """The headline is the title; the dateline's paragraph opens the statement or announces it."""
    _take_title(above[0], draft)
    draft.headline = above[0].text
    if below and opening and _announces(opening[0].text):
        draft.lead_in, draft.body = above[1:] + opening, below
        draft.put(Field.LEAD_IN, *draft.lead_in)
        return
    draft.body = above[1:] + opening + below
    for paragraph in above[1:]:
        draft.notes.append((paragraph.line, "A line under the headline opens the statement."))


def _dateline_position(found: list[Paragraph]) -> int | None:
    """Where the dateline stands: among the first paragraphs, with a date or a wire for choice."""
    plain = None
    for position, paragraph in enumerate(found[:8]):
        read = datelines.read(paragraph.text) if paragraph.kind == "text" else None
        if read and (read[0].date or read[0].wire or read[0].note):
            return position
        if read and plain is None and position < 4:
            plain = position
    return plain


def _title_position(below: list[Paragraph], headed: bool, own_words: str) -> int | None:
    """Where the statement's own title stands below the dateline, if it has one."""
    announced = _announces(own_words)
    for position, paragraph in enumerate(below[:4]):
        if position + 1 >= len(below) or not is_title(paragraph):
            continue
        if _is_quoted(paragraph) and (own_words or headed or position):
            continue
        named = bool(_STATEMENT.search(paragraph.text))
        if not headed and (position == 0 or named or announced):
            return position
        if headed and named and (announced or paragraph.text.isupper() or position == 0):
            return position
        if headed and announced and position == 0 and not paragraph.text.endswith(","):
            return position
    return None


def is_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if paragraph.kind == "heading":
        return True
    ends_open = not text.endswith((".", ":", ";", ",", "…")) or text.isupper()
    return paragraph.kind == "text" and len(text) <= 250 and ends_open and len(text.split()) < 35


def _is_quoted(paragraph: Paragraph) -> bool:
    """Whether somebody speaks: amid the words such a line is no title."""
    return paragraph.text.rstrip(" *_").endswith(_QUOTES)


def _take_title(paragraph: Paragraph, draft: _Draft) -> None:
    draft.title = _unquoted(paragraph.text.strip("*_ "))
    draft.put(Field.TITLE, paragraph)


def _unquoted(title: str) -> str:
    """A title without marks around all of it, and without one that nothing opened."""
    if title[:1] in _OPENING and title.endswith(_QUOTES) and len(title) > 2:
        inside = title[1:-1]
        if not any(mark in inside for mark in _OPENING):
            return inside.strip()
    opened = sum(title.count(mark) for mark in _OPENING)
    if title.endswith(_QUOTES) and (not opened or (title.count('"') % 2 and title[-1] == '"')):
        return title[:-1].rstrip()
    return title


def _announces(words: str) -> bool:
    return bool(_ANNOUNCES.search(words[-400:]))


def _read_undated(found: list[Paragraph], draft: _Draft) -> None:
    if not found:
        return
    if (len(found) > 1 and is_title(found[0])) or (len(found) == 1 and len(found[0].text) < 120):
        _take_title(found[0], draft)
        draft.body = found[1:]
    else:
        draft.body = found
        _title_from_words(found[0], draft)


def _title_from_words(paragraph: Paragraph, draft: _Draft) -> None:
    sentence = re.split(r"(?<=[a-zəçşğıöü)\d][.!?])\s+(?=[^\W\d_a-z])", paragraph.text, maxsplit=1)[
        0
    ]
    words = sentence.rstrip(".")
    if len(words) > 120:
        words = words[:120].rsplit(" ", 1)[0] + "…"
    draft.title = _unquoted(words)
    draft.title_is_made_up = True
    draft.notes.append((paragraph.line, _NO_TITLE))


def _note_gaps(draft: _Draft, ask: str, sections: Sections) -> None:
    if not sections.signatory_lines:
        sentence = "No signatories were found: there is no line such as “Submitted by” with names."
        draft.notes.append((sections.last_line, sentence))
    if not draft.body:
        draft.notes.append((1, "No text was found between the title and the names."))
    elif not ask:
        draft.notes.append((draft.body[0].line, "No paragraph was found that calls for something."))


def _note_unnumbered(references: list[dict[str, str]], draft: _Draft) -> None:
    for reference in references:
        if reference["title"].startswith("UN General Assembly") and not reference["identifier"]:
            number = next((p.line for p in draft.body if "General Assembly" in p.text), 1)
            draft.notes.append((number, f"The text gives no number for {reference['title']}."))

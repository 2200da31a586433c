"""Files of names and words, whatever program wrote them, as lines and tables.

    document = read_document(upload, name=upload.name)

Nothing of the file is decoded here, but by `reader`, a program that is confined.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from io import SEEK_END
from tempfile import TemporaryFile
from typing import IO, Any

from django.utils.formats import number_format
from django.utils.functional import Promise

from casa.lib import confined
from casa.lib.documents.reader.bounds import LIMITS, Limits
from casa.lib.documents.reader.encodings import CHOICES as ENCODINGS
from casa.lib.documents.reader.kinds import Kind
from casa.lib.documents.sentences import KINDS, NOTES, REFUSALS
from casa.lib.html.left_out import Kind as Things
from casa.lib.html.left_out import LeftOut, sentence
from casa.lib.text import without_invisible

__all__ = [
    "ENCODINGS", "LIMITS", "Document", "DocumentRefused", "Kind", "Limits", "TableBlock",
    "TextBlock", "read_document",
]  # fmt: skip

PROGRAM = confined.Program(
    "casa.lib.documents.reader", patience=10, wall_seconds=45, in_line=2
)  # nginx gives up after 60

_ENDINGS: dict[str, frozenset[Kind]] = {
    "txt": frozenset({Kind.TEXT, Kind.CSV, Kind.MARKDOWN}),
    "csv": frozenset({Kind.TEXT, Kind.CSV}),
    "tsv": frozenset({Kind.TEXT, Kind.CSV}),
    "md": frozenset({Kind.TEXT, Kind.CSV, Kind.MARKDOWN}),
    "xlsx": frozenset({Kind.XLSX}), "xlsm": frozenset({Kind.XLSX}),
    "xlsb": frozenset({Kind.XLSX}), "xltx": frozenset({Kind.XLSX}), "xls": frozenset({Kind.XLS}),
    "ods": frozenset({Kind.ODS}), "odt": frozenset({Kind.ODT}),
    "docx": frozenset({Kind.DOCX}), "docm": frozenset({Kind.DOCX}), "doc": frozenset(),
    "html": frozenset({Kind.HTML}), "htm": frozenset({Kind.HTML}),
    "json": frozenset({Kind.JSON}), "vcf": frozenset({Kind.VCARD}), "pdf": frozenset({Kind.PDF}),
}  # fmt: skip
"""What a file may be that has this ending. Of others nothing is said."""

_LONGEST_NAME = 60

logger = logging.getLogger(__name__)


class DocumentRefused(Exception):  # noqa: N818 - an answer to whoever gave the file
    """The file is not read; `str()` is one sentence or two: why, and what helps."""

    def __init__(self, code: str, name: str, **facts: int | str) -> None:
        super().__init__(_sentence(REFUSALS[code], name, facts))
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class TextBlock:
    """Lines with their numbers in the file. "" parts groups of lines."""

    lines: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class TableBlock:
    """Rows with their numbers in the file or sheet; blank ones are not in it.

    `name` is that of a sheet, or "". Rows differ in length. A cell may hold line breaks.
    """

    name: str = ""
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


@dataclass(frozen=True)
class Document:
    """What stands in a file, in its order.

    `encoding` is "" for a kind that has none, and one of Python's names else; `delimiter` is what
    parts the cells of a CSV. `notes` are (line or 0, sentence). `pages` are those of a PDF.
    """

    kind: Kind
    encoding: str = ""
    encoding_guessed: bool = False
    delimiter: str = ""
    blocks: list[TextBlock | TableBlock] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    pages: int = 0


def read_document(
    file: IO[bytes], *, name: str, encoding: str = "", limits: Limits = LIMITS
) -> Document:
    """What stands in `file`, told by its content. Raises DocumentRefused.

    `encoding`, one of ENCODINGS, is what a person chose in place of a guess. `name` is for
    sentences alone.
    """
    size = file.seek(0, SEEK_END)
    file.seek(0)
    if size > limits.upload:
        raise DocumentRefused("size", name, size=-(-size >> 20), limit=limits.upload >> 20)
    job = json.dumps({"limits": asdict(limits), "encoding": encoding})
    with TemporaryFile() as made:
        try:
            PROGRAM.run(job, file, made)
        except confined.BusyError as error:
            raise DocumentRefused("busy", name) from error
        except confined.EndedError as error:
            logger.warning("A document could not be read (%s).", error)
            raise DocumentRefused("heavy", name) from error
        finally:
            file.seek(0)
        return as_document(made, name)


def as_document(made: IO[bytes], name: str) -> Document:
    """What `reader` wrote. Raises DocumentRefused."""
    return _Reading(name).document(map(json.loads, made))


def shown_name(name: str) -> str:
    """The name of a file as sentences tell it: short, and all of it seen."""
    seen = " ".join(without_invisible(name)[0].split()) or "—"
    return seen if len(seen) <= _LONGEST_NAME else f"{seen[: _LONGEST_NAME - 12]}…{seen[-11:]}"


def _sentence(sentence: str | Promise, name: str, facts: dict[str, Any]) -> str:
    numbers = {
        key: number_format(fact, force_grouping=True)
        for key, fact in facts.items()
        if isinstance(fact, int)
    }
    return str(sentence) % {"name": shown_name(name), **facts, **numbers}


class _Reading:
    """Puts together what the program wrote."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._notes: list[tuple[int, str]] = []
        self._invisible = 0
        self._left_out: dict[str, int] = {}

    def document(self, said: Iterator[Any]) -> Document:
        """Raises DocumentRefused."""
        head: dict[str, Any] = {}
        blocks: list[TextBlock | TableBlock] = []
        for one in said:
            if isinstance(one, list):
                self._put(blocks[-1], *one)
            elif "refused" in one:
                raise DocumentRefused(one["refused"], self._name, **one["facts"])
            elif "head" in one:
                head = one["head"]
            elif "left_out" in one:
                self._left_out = one["left_out"]
            elif "block" in one:
                form, name = one["block"]
                blocks.append(TextBlock() if form == "text" else TableBlock(self._visible(name)))
            else:
                self._note(*one["note"])
        kind = Kind(head["kind"])
        return Document(
            kind, head.get("encoding", ""), head.get("is_guessed", False),
            head.get("delimiter", ""), blocks, [*self._notes_on_file(kind), *self._notes],
            head.get("pages", 0),
        )  # fmt: skip

    def _put(self, block: TextBlock | TableBlock, number: int, said: str | list[str]) -> None:
        if isinstance(block, TextBlock):
            block.lines.append((number, self._visible(str(said))))
        else:
            block.rows.append((number, [self._visible(cell) for cell in said]))

    def _visible(self, text: str) -> str:
        kept, removed = (text, 0) if text.isascii() else without_invisible(text)
        self._invisible += removed
        return kept

    def _note(self, line: int, code: str, facts: dict[str, Any]) -> None:
        self._notes.append((line, _sentence(NOTES[code], self._name, facts)))

    def _notes_on_file(self, kind: Kind) -> Iterator[tuple[int, str]]:
        ending = self._name.rpartition(".")[2].lower()
        if kind not in _ENDINGS.get(ending, Kind):
            yield 0, _sentence(NOTES["mislabelled"], self._name, {"kind": KINDS[kind]})
        left_out = [LeftOut(Things(thing), number=n) for thing, n in self._left_out.items()]
        if left_out:
            yield 0, sentence(left_out)
        if self._invisible:
            yield 0, str(NOTES["invisible"])

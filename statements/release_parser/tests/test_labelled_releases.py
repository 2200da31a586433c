"""Releases of many shapes and languages, each line with the field that it belongs to.

In `data/labelled`, `releases.txt` was written before the rules and `with_the_rules.txt` with them;
run with `-s` to see the figures. A line begins with the letter of its field; one that begins with
`===` opens a release with its name, language, city, date and wire. All of it is invented.
"""

import html
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.lib.testing import cpu_seconds
from statements.release_parser import ReleaseError, headings, parse_release
from statements.release_parser import dateline as datelines
from statements.release_parser.fields import Field

FOLDER = Path(__file__).parent / "data" / "labelled"
WORDS = {Field.LEAD_IN, Field.BODY, Field.HEADLINE}
FIELDS = {
    "h": {Field.HEAD},
    "t": {Field.TITLE},
    "s": WORDS,
    "d": {*WORDS, Field.DATELINE},
    "b": WORDS,
    "a": WORDS,
    "g": {Field.SIGNATORIES_HEADING},
    "n": {Field.SIGNATORIES},
    "c": {Field.MEDIA_CONTACT},
    "p": {Field.BOILERPLATE},
    "e": {Field.NOTES_TO_EDITORS},
    "u": {Field.SOURCE, Field.ORIGINAL},
    "x": {Field.LEFT_OUT, Field.HEAD},
}
MARKS = "#*_ "
QUOTES = '“”"'


@dataclass
class Labelled:
    name: str
    city: str
    date: str
    wire: str
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self):
        return "\n".join(line for _label, line in self.lines)

    def first(self, label):
        return next((line for each, line in self.lines if each == label), "")


def labelled():
    found = []
    files = [file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.txt"))]
    for line in "\n".join(files).split("\n"):
        if line.startswith("=== "):
            name, _language, *rest = [part.strip() for part in line[4:].split("|")]
            found.append(Labelled(name, *(rest + [""] * 3)[:3]))
        else:
            label, _, words = line.partition("|")
            found[-1].lines.append((label, words))
    return found


def wrong(case):
    """What is read otherwise than expected: (label, what is wrong)."""
    release = parse_release(case.text)
    found = [
        (label, f"line {number}: {release.fields.get(number)}")
        for number, (label, _) in enumerate(case.lines, start=1)
        if label and release.fields.get(number) not in FIELDS[label]
    ]
    title = re.sub(r"^(?:Re|Subject): ", "", case.first("t").strip(MARKS))
    wrapped = bool(title) and title[:1] in QUOTES and title[-1:] in QUOTES
    ask = case.first("a")
    found += [
        (name, f"{name}: {read!r}")
        for name, read, expected in (
            ("title", release.title, title.strip(QUOTES) if wrapped else title or release.title),
            ("city", release.dateline.city, case.city),
            ("date", release.dateline.date, case.date),
            ("wire", release.dateline.wire, case.wire),
        )
        if read != expected
    ]
    return found if ask in release.ask else [*found, ("ask", f"ask: {release.ask[:60]!r}")]


@pytest.mark.medium
def test_the_parts_of_many_releases_are_told_apart():
    faults: Counter[str] = Counter()
    counted: Counter[str] = Counter()
    for case in labelled():
        counted.update(label for label, _ in case.lines if label)
        counted.update(("title", "city", "date", "wire", "ask"))
        faults.update(label for label, _ in wrong(case))
    report = [f"{label}: {number - faults[label]} of {number}" for label, number in counted.items()]
    print("; ".join(report))  # noqa: T201 - shown by `-s` and beside a failure
    assert 1 - faults.total() / counted.total() >= 0.99


@pytest.mark.parametrize("case", labelled(), ids=lambda case: case.name)
def test_each_is_read_as_a_careful_reader_reads_it(case):
    assert wrong(case) == []


def test_there_are_many_of_them():
    cases = labelled()
    assert len(cases) >= 24
    assert {label for case in cases for label, _ in case.lines} == {*FIELDS, ""}


PIECES = [line for case in labelled() for _label, line in case.lines]
APART = {
    Field.HEAD: "head",
    Field.MEDIA_CONTACT: "media_contact",
    Field.BOILERPLATE: "boilerplate",
    Field.NOTES_TO_EDITORS: "notes_to_editors",
}


def lost(text):
    """The lines that end in no field, or whose words their field does not hold."""
    release = parse_release(text)
    for number, line in enumerate(text.split("\n"), start=1):
        part = release.fields.get(number)
        if not (holds(release, part, number, line) if line.strip() else part is None):
            yield number, line, part


def holds(release, part, number, line):
    if part in APART:
        return line.strip() in getattr(release, APART[part]).split("\n")
    if part == Field.SIGNATORIES:
        return dict(release.signatory_lines)[number] in line
    if part in (Field.SOURCE, Field.ORIGINAL):
        stored = release.source if part == Field.SOURCE else release.original_url
        return bool(stored) and stored in line
    if part == Field.SIGNATORIES_HEADING:
        return bool(headings.SIGNATURES.fullmatch(headings.key(line)))
    if part == Field.LEFT_OUT:
        return number in dict(release.notes)
    return part is not None and holds_words(release, line)


def holds_words(release, line):
    """Whether title, lead-in or body have the words; a dateline is stored in another form."""
    body = html.unescape(re.sub(r"<[^>]+>", " ", release.body_html))
    kept = f"{release.title} {release.headline} {release.lead_in} {body} {release.dateline.place}"
    told = set(re.findall(r"\w+", kept))
    words = re.findall(r"\w+", re.sub(r"^(?:Re:|Subject:|\d+[.)]) ", "", line))
    return told.issuperset(words) or bool(datelines.read(line))


@pytest.mark.slow
@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("\n".join))
def test_nothing_is_lost_in_whatever_order_it_comes(text):
    with suppress(ReleaseError):
        assert list(lost(text)) == []


@pytest.mark.parametrize("case", labelled(), ids=lambda case: case.name)
def test_nothing_of_a_release_is_lost(case):
    assert list(lost(case.text)) == []


REPEATED = ["About Leeds Readers", "Background", "Signed by the council:", "Press", "To: the town",
            "Notes to editors", "Contact:", "Jane Roe", "Journal: Reading"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("line", REPEATED)
@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["dense", "with blank lines"])
def test_a_line_repeated_ten_thousand_times_takes_a_moment(line, between):
    opening = "Open letter\n\nWe, the undersigned, ask the council to help us before long.\n\n"
    parse_release("LEEDS, UK, 3 March 2026 -- We ask.")  # loads the names of months
    text = opening + between.join([line] * 10_000)
    assert cpu_seconds(lambda _text: parse_release(text), "") < 2

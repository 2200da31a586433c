"""Put what was typed before back into the form of a finished page, whatever form it is.

The page is read as text and changed in place, so that it needs no help of whoever made it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

Typed = list[tuple[str, str]]
Attributes = list[tuple[str, str | None]]

MANAGEMENT = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
EMPTY = "__prefix__"
UNTOUCHED = frozenset({"hidden", "password", "file", "submit", "button", "image", "reset"})
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
})  # fmt: skip


@dataclass
class Part:
    """A start tag: where it stands, and its attributes."""

    tag: str
    attributes: Attributes
    start: int
    end: int

    def get(self, name: str) -> str:
        return dict(self.attributes).get(name) or ""

    def has(self, name: str) -> bool:
        return name in dict(self.attributes)

    def having(self, **changed: str | None) -> str:
        """The tag written anew; an attribute that is given as None goes."""
        kept = [(name, value) for name, value in self.attributes if name not in changed]
        kept += [(name, value) for name, value in changed.items() if value is not None]
        words = (name if value is None else f'{name}="{escape(value)}"' for name, value in kept)
        return f"<{' '.join((self.tag, *words))}>"


@dataclass
class Control(Part):
    form: int
    inner_end: int = 0
    options: list[tuple[Part, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.get("name")

    @property
    def kind(self) -> str:
        return (self.get("type") or "text").lower() if self.tag == "input" else self.tag


@dataclass
class Page:
    forms: list[Part]
    controls: list[Control]
    empty_rows: dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Filled:
    """The page, and what of the typed has no field on it any more."""

    page: str
    left: Typed


def fill(
    page: str,
    typed: Iterable[tuple[str, str]],
    *,
    hidden: Iterable[str] = (),
    after_files: Mapping[str, str] | None = None,
    inside: str = "",
) -> Filled:
    """`page` with `typed` in the form that has most of its fields.

    Hidden fields keep the values of the page, but for those named in `hidden`. `after_files` are
    pieces of HTML to stand behind a field for a file, by its name; `inside` begins the form.
    """
    typed = [(name, value) for name, value in typed if EMPTY not in name]
    page, typed, rows = _fit_rows(page, typed)
    read = _read(page)
    number = _form_of(read, {name for name, _value in typed} | set(after_files or ()))
    if number is None:
        return Filled(page, typed)
    edits, used = _edits(read, number, typed, rows, frozenset(hidden))
    edits += _file_edits(read, number, after_files or {})
    if inside:
        end = read.forms[number].end
        edits.append((end, end, inside))
    return Filled(
        _apply(page, edits), [one for one in typed if one[0] not in used and one[1].strip()]
    )


def add(
    page: str, *, after_files: Mapping[str, str], inside: str = "", names: Iterable[str] = ()
) -> str:
    """`page` with pieces behind fields for files, and at the beginning of their form."""
    read = _read(page)
    number = _form_of(read, {*names, *after_files})
    if number is None:
        return page
    end = read.forms[number].end
    return _apply(page, [*_file_edits(read, number, after_files), (end, end, inside)])


def refused_files(page: str) -> set[str]:
    """The names of fields for files that the page marks as wrong, as every form of Django does."""
    files = (one for one in _read(page).controls if one.kind == "file")
    return {one.name for one in files if one.get("aria-invalid") == "true"}


# Reading


def _read(page: str) -> Page:
    reader = _Reader(page)
    reader.feed(page)
    reader.close()
    return Page(reader.forms, reader.controls, reader.empty_rows)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self._lines = [0, *(match.end() for match in re.finditer("\n", page))]
        self.forms: list[Part] = []
        self.controls: list[Control] = []
        self.empty_rows: dict[str, tuple[int, int]] = {}
        self._form = -1
        self._control: Control | None = None
        self._option: tuple[Part, str] | None = None
        self._empty: tuple[str, str, int] | None = None  # prefix, tag, where it begins
        self._depth = 0

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        start = self._at()
        part = Part(tag, attrs, start, start + len(self.get_starttag_text() or ""))
        self._note_empty_row(part)
        if tag == "form":
            self._form = len(self.forms)
            self.forms.append(part)
        elif tag in ("input", "textarea", "select"):
            self._control = Control(tag, attrs, part.start, part.end, self._form)
            self.controls.append(self._control)
        elif tag == "option" and self._control and self._control.tag == "select":
            self._option = (part, "")
            self._control.options.append(self._option)

    def _note_empty_row(self, part: Part) -> None:
        if self._empty and part.tag == self._empty[1]:
            self._depth += 1
        classes = part.get("class").split()
        if not self._empty and "empty-form" in classes and part.get("id").endswith("-empty"):
            self._empty, self._depth = (part.get("id")[: -len("-empty")], part.tag, part.start), 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = -1
        elif self._control and tag == self._control.tag:
            self._control.inner_end = self._at()
            self._control = None
        if self._empty and tag == self._empty[1]:
            self._depth -= 1
            if not self._depth:
                prefix, _tag, start = self._empty
                self.empty_rows[prefix] = (start, self._at() + len(f"</{tag}>"))
                self._empty = None

    def handle_data(self, data: str) -> None:
        if self._option and self._control and self._control.options:
            part, text = self._control.options[-1]
            self._control.options[-1] = (part, text + data)


def _form_of(read: Page, names: set[str]) -> int | None:
    """The form of the page that has most of these fields."""
    found = [
        sum(one.form == number and one.name in names for one in read.controls)
        if form.get("method").lower() == "post"
        else 0
        for number, form in enumerate(read.forms)
    ]
    return found.index(max(found)) if any(found) else None


# Rows of formsets


def _fit_rows(page: str, typed: Typed) -> tuple[str, Typed, set[str]]:
    """`page` with a row for each that was typed, `typed` renumbered, and the rows that it is in.

    A stored row is found by its key: colleagues may have added some or removed them.
    """
    touched: set[str] = set()
    for prefix in [name[: -len("-TOTAL_FORMS")] for name, _v in typed if "-TOTAL_FORMS" in name]:
        read = _read(page)
        places, new = _places(read, prefix, typed)
        if new and prefix in read.empty_rows:
            page = _with_new_rows(page, read, prefix, sorted(new.values()))
            places |= new
        typed = [(_renumbered(name, prefix, places), value) for name, value in typed]
        touched |= {f"{prefix}-{number}-" for number in places.values()}
    return page, typed, touched


def _places(read: Page, prefix: str, typed: Typed) -> tuple[dict[int, int], dict[int, int]]:
    """Where rows that were typed stand on the page, and which numbers new ones get."""
    values = dict(typed)
    on_page = {one.name: one.get("value") for one in read.controls}
    total = int(on_page.get(f"{prefix}-TOTAL_FORMS") or 0)
    by_key = {on_page.get(f"{prefix}-{row}-id") or f"new {row}": row for row in range(total)}
    places: dict[int, int] = {}
    new: dict[int, int] = {}
    for row in sorted(_rows(prefix, values)):
        key = values.get(f"{prefix}-{row}-id") or f"new {row}"
        if key in by_key:
            places[row] = by_key[key]
        elif _has_words(prefix, row, values):
            new[row] = total + len(new)
    return places, new


def _rows(prefix: str, names: Iterable[str]) -> set[int]:
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-")
    return {int(match[1]) for name in names if (match := pattern.match(name))}


def _has_words(prefix: str, row: int, values: Mapping[str, str]) -> bool:
    start = f"{prefix}-{row}-"
    return any(
        value.strip()
        for name, value in values.items()
        if name.startswith(start) and name != f"{start}id" and not value.isdecimal()
    )


def _with_new_rows(page: str, read: Page, prefix: str, numbers: Sequence[int]) -> str:
    start, end = read.empty_rows[prefix]
    rows = "".join(
        page[start:end]
        .replace(EMPTY, str(number))
        .replace(f'id="{prefix}-empty"', f'id="{prefix}-{number}"', 1)
        .replace(" empty-form", " dynamic-" + prefix, 1)
        for number in numbers
    )
    total = str(numbers[-1] + 1)
    edits = [
        (one.start, one.end, one.having(value=total))
        for one in read.controls
        if one.name == f"{prefix}-TOTAL_FORMS"
    ]
    return _apply(page, [*edits, (start, start, rows)])


def _renumbered(name: str, prefix: str, places: Mapping[int, int]) -> str:
    """A row without a place on the page gets a name that no field has."""
    match = re.match(rf"{re.escape(prefix)}-(\d{{1,4}})-", name)
    if not match:
        return name
    place = places.get(int(match[1]), "gone")
    return f"{prefix}-{place}-{name[match.end() :]}"


# Writing


def _edits(
    read: Page, number: int, typed: Typed, rows: set[str], hidden: frozenset[str]
) -> tuple[list[tuple[int, int, str]], set[str]]:
    """Changes of the page, and the names that have a field on it."""
    values: dict[str, list[str]] = {}
    for name, value in typed:
        values.setdefault(name, []).append(value)
    edits: list[tuple[int, int, str]] = []
    used = {name for name in values if name.endswith(MANAGEMENT)}
    for one in read.controls:
        if one.form != number or not one.name or not _is_of(one.name, read, rows):
            continue
        given = values.get(one.name)
        if one.tag != "select" or _offers(one, given):
            used.add(one.name)
        if one.kind not in UNTOUCHED or one.name in hidden:
            edits += _filled(one, given)
    return edits, used


def _offers(one: Control, values: list[str] | None) -> bool:
    """Whether what was chosen can still be."""
    return all(
        any(_is_chosen(part, text, [value]) for part, text in one.options) for value in values or ()
    )


def _is_of(name: str, read: Page, rows: set[str]) -> bool:
    """False for a field of a row that was not there when the form was filled in."""
    match = re.match(r"(.+)-\d{1,4}-", name)
    if match is None or match[0] in rows:
        return True
    return all(one.name != f"{match[1]}-TOTAL_FORMS" for one in read.controls)


def _filled(one: Control, values: list[str] | None) -> list[tuple[int, int, str]]:
    if one.kind in ("checkbox", "radio"):
        checked = (one.get("value") or "on") in (values or ())
        return [(one.start, one.end, one.having(checked="" if checked else None))]
    if one.tag == "select":
        chosen = [(part, _is_chosen(part, text, values)) for part, text in one.options]
        return [
            (part.start, part.end, part.having(selected="" if is_chosen else None))
            for part, is_chosen in chosen
        ]
    if not values:
        return []
    value = values.pop(0) if len(values) > 1 else values[0]
    if one.tag == "textarea":
        return [(one.end, one.inner_end, "\n" + escape(value, quote=False))]
    return [(one.start, one.end, one.having(value=value))]


def _is_chosen(part: Part, text: str, values: list[str] | None) -> bool:
    attributes = dict(part.attributes)
    value = attributes["value"] if "value" in attributes else text.strip()
    return (value or "") in (values or ())


def _file_edits(read: Page, number: int, pieces: Mapping[str, str]) -> list[tuple[int, int, str]]:
    return [
        (one.start, one.end, one.having(required=None) + pieces[one.name])
        for one in read.controls
        if one.form == number and one.kind == "file" and one.name in pieces
    ]


def _apply(page: str, edits: Iterable[tuple[int, int, str]]) -> str:
    for start, end, text in sorted(edits, reverse=True):
        page = page[:start] + text + page[end:]
    return page

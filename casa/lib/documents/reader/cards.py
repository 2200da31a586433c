"""Address cards (vCard 2.1 to 4.0), a row for each."""

import quopri
import re
from collections.abc import Iterator

from casa.lib.documents.reader.report import Report

_FIELDS = {
    "FN": "Name", "TITLE": "Title", "ROLE": "Role", "ORG": "Organization", "LOCALITY": "City",
    "COUNTRY": "Country", "EMAIL": "Email",
}  # fmt: skip
_LOCALITY, _COUNTRY = 3, 6  # their places in an address
_ESCAPED = re.compile(r"\\([\\,;nN])")
_SEMICOLON = re.compile(r"(?<!\\);")


def write(text: str, report: Report) -> None:
    report.begin("table")
    report.row(0, [*_FIELDS.values()])
    card: dict[str, str] = {}
    begun = 1
    for number, name, value in _properties(text):
        if name == "BEGIN":
            card, begun = {}, number
        elif name == "END":
            card.setdefault("FN", card.get("N", ""))
            report.row(begun, [card.get(one, "") for one in _FIELDS])
        else:
            for field, words in _read(name, value).items():
                card.setdefault(field, words)


def _read(name: str, value: str) -> dict[str, str]:
    parts = [_unescaped(part) for part in _SEMICOLON.split(value)]
    if name == "N":
        return {"N": " ".join(part for part in (*parts[1:3], parts[0]) if part)}
    if name == "ADR":
        parts += [""] * 7
        return {"LOCALITY": parts[_LOCALITY], "COUNTRY": parts[_COUNTRY]}
    return {name: ", ".join(part for part in parts if part)}


def _properties(text: str) -> Iterator[tuple[int, str, str]]:
    """(line, name, value) of each, whatever lines it was folded to."""
    for number, line in _unfolded(text):
        head, _colon, value = line.partition(":")
        name, *parameters = head.upper().split(";")
        if "ENCODING=QUOTED-PRINTABLE" in parameters or "QUOTED-PRINTABLE" in parameters:
            charset = next((one[8:] for one in parameters if one.startswith("CHARSET=")), "utf-8")
            value = _decoded(value, charset)
        yield number, name.rpartition(".")[2].strip(), value


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    begun, pieces = 0, [""]
    for number, line in enumerate(text.split("\n"), start=1):
        is_soft = pieces[-1].endswith("=") and "QUOTED-PRINTABLE" in pieces[0].upper()
        if line[:1] in (" ", "\t"):
            pieces.append(line[1:])
        elif is_soft:
            pieces[-1] = pieces[-1][:-1]
            pieces.append(line)
        else:
            yield begun, "".join(pieces)
            begun, pieces = number, [line]
    yield begun, "".join(pieces)


def _decoded(value: str, charset: str) -> str:
    try:
        return quopri.decodestring(value.encode()).decode(charset, "replace")
    except LookupError:
        return value


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: " " if match[1] in "nN" else match[1], text).strip()

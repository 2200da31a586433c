"""JSON: lists of names, of objects, or an object that holds one such list."""

import json
from typing import Any

from casa.lib.documents.reader.bounds import RefusedError
from casa.lib.documents.reader.report import Report


def write(text: str, report: Report) -> None:
    """Places in the list are the numbers of lines, and the names of fields are line 0.

    Raises RefusedError.
    """
    entries = _entries(_parsed(text))
    if not any(isinstance(entry, dict) for entry in entries):
        report.begin("text")
        for number, entry in enumerate(entries, start=1):
            report.line(number, _words(entry))
        return
    fields = [*dict.fromkeys(name for entry in entries for name in _flat(entry))]
    report.begin("table")
    report.row(0, fields)
    for number, entry in enumerate(entries, start=1):
        flat = _flat(entry)
        report.row(number, [flat.get(name, "") for name in fields])


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise RefusedError("heavy") from error
    except ValueError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        try:
            return [json.loads(line) for line in lines]  # JSON Lines: an object in each
        except (ValueError, RecursionError):
            raise RefusedError("json", line=getattr(error, "lineno", 1)) from error


def _entries(found: Any) -> list[Any]:
    if isinstance(found, list):
        return found
    lists = [one for one in found.values() if isinstance(one, list)]
    longest = max(lists, key=len, default=[])
    return longest if any(isinstance(one, dict | str) for one in longest) else [found]


def _flat(entry: Any, before: str = "") -> dict[str, str]:
    """The fields of an object, those of objects in it behind their names."""
    if not isinstance(entry, dict):
        return {before or "name": _words(entry)}
    found: dict[str, str] = {}
    for key, value in entry.items():
        name = f"{before}.{key}" if before else key
        if isinstance(value, dict):
            found |= _flat(value, name)
        else:
            found[name] = _words(value)
    return found


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(_words(one) for one in value.values())
    if value is None:
        return ""
    return str(value).upper() if isinstance(value, bool) else str(value)

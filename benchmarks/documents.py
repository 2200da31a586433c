"""What reading a list of 10,000 lines costs, by kind: `python benchmarks/documents.py`.

The same people stand in each file. Time of a processor and memory are those of the program that
reads, as ratios to plain text.
"""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import typst
import xlsxwriter

sys.path.insert(0, str(Path(__file__).parents[1]))

from casa.lib.confined import ENVIRONMENT, PYTHON
from casa.lib.documents.reader.bounds import LIMITS
from casa.lib.documents.tests.packing import (
    docx,
    ods_cell,
    open_document,
    paragraph,
    run,
    word_table,
)

LINES = 10_000
HEAD = ["Name", "Role", "Organization", "Town"]
PEOPLE = [
    [f"Jane Roe {number}", "Director", f"Friends of Branch Library {number}", "Aldermouth"]
    for number in range(LINES)
]
ROUNDS = 3


def text() -> bytes:
    return "\n".join(", ".join(person) for person in PEOPLE).encode()


def csv() -> bytes:
    return "\n".join(";".join(person) for person in [HEAD, *PEOPLE]).encode()


def xlsx() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    for number, person in enumerate([HEAD, *PEOPLE]):
        sheet.write_row(number, 0, person)
    book.close()
    return out.getvalue()


def ods() -> bytes:
    rows = "".join(
        f"<table:table-row>{''.join(map(ods_cell, person))}</table:table-row>"
        for person in [HEAD, *PEOPLE]
    )
    table = f'<table:table table:name="Names">{rows}</table:table>'
    return open_document("spreadsheet", table).read()


def odt() -> bytes:
    lines = "".join(f"<text:p>{', '.join(person)}</text:p>" for person in PEOPLE)
    return open_document("text", lines).read()


def docx_lines() -> bytes:
    return docx("".join(paragraph(run(", ".join(person))) for person in PEOPLE)).read()


def docx_table() -> bytes:
    rows = [[paragraph(run(cell)) for cell in person] for person in [HEAD, *PEOPLE]]
    return docx(word_table(*rows)).read()


def html() -> bytes:
    rows = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in person)}</tr>" for person in [HEAD, *PEOPLE]
    )
    return f"<!DOCTYPE html><table>{rows}</table>".encode()


def markdown() -> bytes:
    rows = [HEAD, ["---"] * len(HEAD), *PEOPLE]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows).encode()


def json_objects() -> bytes:
    return json.dumps([dict(zip(HEAD, person, strict=True)) for person in PEOPLE]).encode()


def vcard() -> bytes:
    return "".join(
        f"BEGIN:VCARD\nFN:{name}\nTITLE:{role}\nORG:{organization}\nADR:;;;{town}\nEND:VCARD\n"
        for name, role, organization, town in PEOPLE
    ).encode()


def pdf() -> bytes:
    return bytes(typst.compile("\\\n".join(", ".join(person) for person in PEOPLE).encode()))


FILES: dict[str, Callable[[], bytes]] = {
    "TXT": text, "CSV": csv, "XLSX": xlsx, "ODS": ods, "DOCX, lines": docx_lines,
    "DOCX, a table": docx_table, "ODT": odt, "HTML": html, "Markdown": markdown,
    "JSON": json_objects, "VCF": vcard, "PDF": pdf,
}  # fmt: skip


_LAUNCHER = """
import os, sys
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_pid, status, used = os.wait4(pid, 0)
print(used.ru_utime + used.ru_stime, used.ru_maxrss, status, file=sys.stderr)
"""
"""A small program: what it starts is said to have had its memory, too."""


def measured(file: IO[bytes]) -> tuple[float, int]:
    """Seconds of a processor and bytes at the peak, of one run of the program."""
    job = json.dumps({"limits": asdict(LIMITS), "encoding": ""})
    command = [sys.executable, "-ISc", _LAUNCHER, *PYTHON, "casa.lib.documents.reader", job]
    file.seek(0)
    with TemporaryFile() as out:
        done = subprocess.run(
            command, env=ENVIRONMENT, stdin=file, stdout=out, stderr=subprocess.PIPE, check=True
        )
        took, peak, status = done.stderr.split()[-3:]
        out.seek(0)
        rows = sum(line.startswith(b"[") for line in out)
    if int(status) or rows < LINES:
        raise SystemExit(f"{rows} lines were read, status {status}")
    return float(took), int(peak) * 1024


def main() -> None:
    print(f"{LINES:,} lines, the best of {ROUNDS}; ratios to TXT\n")
    print("| File | kB | s | ratio | MB at the peak | ratio |\n|---|--:|--:|--:|--:|--:|")
    first: tuple[float, int] | None = None
    for name, made in FILES.items():
        with TemporaryFile() as file:
            size = file.write(made())
            results = [measured(file) for _ in range(ROUNDS)]
        best = min(took for took, _peak in results), max(peak for _took, peak in results)
        first = first or best
        print(
            f"| {name} | {size >> 10:,} | {best[0]:.2f} | {best[0] / first[0]:.1f}"
            f" | {best[1] >> 20} | {best[1] / first[1]:.1f} |"
        )


if __name__ == "__main__":
    main()

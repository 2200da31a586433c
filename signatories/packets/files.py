"""The files of a packet, made of its freeze alone, one after the other.

What is made twice of one freeze is the same to the byte: nothing here asks the clock or any other
row. Only the file at work is in memory, and a volume is set in a process of its own.
"""

import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from casa.lib import xlsx
from casa.lib.csv import streamed
from casa.lib.pdf import typesetting
from signatories.models import Packet
from signatories.packets import pieces
from signatories.packets.freezing import AFTER_VOLUMES, CONTENT, NAMES
from signatories.packets.names import Line, Section

TEMPLATES = settings.BASE_DIR / "templates" / "print"
ARCHIVE, CHECKSUMS = "packet.zip", "SHA256SUMS"
COLUMNS = {Section.LEADS: 1, Section.ORGANIZATIONS: 2, Section.PEOPLE: 2}
NAMES_HERE = "<!-- names -->"


def names_of_files(packet: Packet) -> list[str]:
    """What is in the archive, in the order in which it is made; its checksums come last."""
    volumes = packet.files - len(AFTER_VOLUMES) - 1
    if volumes == 1:
        return [f"{packet.statement.slug}.pdf", *AFTER_VOLUMES]
    digits = len(str(volumes))
    names = (f"{packet.statement.slug}-{n:0{digits}}-of-{volumes}.pdf"
             for n in range(1, volumes + 1))  # fmt: skip
    return [*names, *AFTER_VOLUMES]


def make(packet: Packet, number: int) -> tuple[str, IO[bytes]]:
    """The file of that number, from 0 on, with its name; the last one is the archive of all."""
    names = names_of_files(packet)
    if number == len(names):
        return ARCHIVE, _archive(packet, names)
    frozen = json.loads(b"".join(pieces.read(packet, CONTENT)))
    with translation.override(frozen["language"]):
        return names[number], _file(packet, frozen, number, names[number])


def _file(packet: Packet, frozen: dict[str, Any], number: int, name: str) -> IO[bytes]:
    if name == "names.csv":
        return _spooled(streamed(_table(packet, frozen), bom=True))
    if name == "names.xlsx":
        return xlsx.write(_table(packet, frozen), title=gettext("Signatures"),
                          made_at=packet.frozen_at)  # fmt: skip
    if name == "packet.html":
        return _spooled(_page(packet, frozen))
    return BytesIO(_volume(packet, frozen, number + 1))


def _spooled(parts: Iterator[bytes]) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115 - whoever stores it closes it
    file.writelines(parts)
    file.seek(0)
    return file


def _volumes(packet: Packet) -> range:
    return range(1, packet.files - len(AFTER_VOLUMES))


def _lines(packet: Packet, volume: int) -> Iterator[Line]:
    for line in b"".join(pieces.read(packet, NAMES.format(volume))).splitlines():
        yield Line.read(line)


def _table(packet: Packet, frozen: dict[str, Any]) -> Iterator[list[str]]:
    yield frozen["head"]
    for volume in _volumes(packet):
        yield from (line.cells for line in _lines(packet, volume))


# Volumes


def _volume(packet: Packet, frozen: dict[str, Any], number: int) -> bytes:
    assert packet.frozen_at is not None  # noqa: S101 - for the type checker
    sections = _sections(packet, frozen, number)
    shown = {one["logo"] for part in sections for group in part["groups"] for one in group["names"]}
    logos = {key: data for key, data in frozen.pop("logos").items() if key in shown}
    total = len(frozen["volumes"])
    volumes = [
        {"label": _called(volume, total), "reach": reach}
        for volume, reach in enumerate(frozen["volumes"], 1)
    ]
    here = {"number": number, "total": total, "all": volumes, **volumes[number - 1]}
    return typesetting.pdf(
        TEMPLATES / "packet.typ",
        {**frozen, "volume": here, "sections": sections},
        made_at=packet.frozen_at,
        before=TEMPLATES / "words.typ",
        pictures=logos,
    )


def _called(volume: int, total: int) -> str:
    return gettext("Volume %(volume)s of %(total)s") % {"volume": volume, "total": total}


def _sections(packet: Packet, frozen: dict[str, Any], volume: int) -> list[dict[str, Any]]:
    """The lists of a volume; what an earlier one began is said to go on."""
    sections = []
    before = _last(packet, volume - 1)
    for (section, _same), lines in groupby(_lines(packet, volume), lambda one: (one.section, 0)):
        groups = [
            {"heading": _heading(group, goes_on=before == (section, group)),
             "names": [_name(line, frozen["logos"]) for line in found]}
            for group, found in groupby(lines, lambda one: one.group)
        ]  # fmt: skip
        heading = _heading(_title(section), goes_on=before[0] == section)
        sections.append(
            {"heading": heading, "columns": COLUMNS[Section(section)], "groups": groups}
        )
    return sections


def _last(packet: Packet, volume: int) -> tuple[int, str]:
    """The section and group that a volume ends in."""
    *_others, last = [None, *_lines(packet, volume)] if volume else [None]
    return (last.section, last.group) if last else (-1, "")


def _heading(words: str, *, goes_on: bool) -> str:
    if not (words and goes_on):
        return words
    return gettext("%(heading)s (continued)") % {"heading": words}


def _title(section: int) -> str:
    return {
        Section.LEADS: gettext("Submitted by"),
        Section.ORGANIZATIONS: gettext("Organizations"),
        Section.PEOPLE: gettext("People"),
    }[Section(section)]


def _name(line: Line, logos: dict[str, str]) -> dict[str, Any]:
    key = str(line.organization)
    return {"name": line.name, "notes": line.notes, "logo": key if key in logos else None}


# The page


def _page(packet: Packet, frozen: dict[str, Any]) -> Iterator[bytes]:
    """One page with everything, that opens without any server."""
    context = {
        "it": frozen,
        "names_here": mark_safe(NAMES_HERE),  # noqa: S308 - a mark of ours
        "body": mark_safe(frozen["html"]),  # noqa: S308 - an edition’s, by the sanitizer
    }
    page = render_to_string("print/packet.html", context)
    before, _mark, after = page.partition(NAMES_HERE)
    yield before.encode()
    section = -1
    for volume in _volumes(packet):
        for key, lines in groupby(_lines(packet, volume), lambda one: one.section):
            if key != section:
                yield format_html("<h2>{}</h2>\n", _title(key)).encode()
            section = key
            for group, found in groupby(lines, lambda one: one.group):
                yield _listed(group, found).encode()
    yield after.encode()


def _listed(group: str, lines: Iterator[Line]) -> str:
    rows = ((line.name, " · ".join(line.notes)) for line in lines)
    items = format_html_join("\n", "<li>{} <small>{}</small></li>", rows)
    heading = format_html("<h3>{}</h3>\n", group) if group else ""
    return format_html('{}<ul class="names">\n{}\n</ul>\n', heading, items)


# The archive


def _archive(packet: Packet, names: list[str]) -> IO[bytes]:
    """All files, with their checksums in the form that `sha256sum -c` reads."""
    file = TemporaryFile()  # noqa: SIM115 - whoever stores it closes it
    checksums = []
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            with pieces.opened(packet, name) as one:
                checksums.append(f"{pieces.sha256(one)}  {name}\n")
                with archive.open(_entry(packet, name), "w") as entry:
                    while data := one.read(pieces.PIECE):
                        entry.write(data)
        archive.writestr(_entry(packet, CHECKSUMS), "".join(checksums))
    file.seek(0)
    return file


def _entry(packet: Packet, name: str) -> zipfile.ZipInfo:
    assert packet.frozen_at is not None  # noqa: S101 - for the type checker
    moment: datetime = packet.frozen_at.astimezone(UTC)
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    # PDF and XLSX are compressed already.
    is_text = Path(name).suffix in {".csv", ".html"}
    entry.compress_type = zipfile.ZIP_DEFLATED if is_text else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    return entry

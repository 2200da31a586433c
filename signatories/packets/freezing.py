"""The freeze of a packet: its words, counts and names, as they are at one moment.

All files are made of what stands here afterwards, and of nothing else, so what is made twice of one
freeze is the same to the byte.
"""

import base64
import json
import logging
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import takewhile
from tempfile import TemporaryFile
from typing import IO, Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from casa.lib import languages
from casa.lib.media import images
from signatories.models import Logo, Packet
from signatories.packets import pieces
from signatories.packets.content import content
from signatories.packets.names import NAME, Counts, Line, Place, Reading, Section, head
from statements.models import Edition
from statements.reading import current_editions

logger = logging.getLogger(__name__)

NAMES_IN_VOLUME = 5_000
"""A volume of so many is set in about a second, and takes some 130 MB meanwhile."""

MOST_LOGOS = 500
CONTENT, NAMES = "freeze/content.json", "freeze/names-{:04d}.jsonl"
AFTER_VOLUMES = ("names.csv", "names.xlsx", "packet.html")


class PacketError(Exception):
    """What was asked for cannot be done now; the message is one sentence for staff."""


def freeze(packet: Packet) -> bool:
    """Read it all and keep it; False if somebody else did, or stopped it, meanwhile.

    Raises PacketError, Http404 or Gone for a statement that is not public now.
    """
    packet.frozen_at = timezone.now()
    packet.edition = edition = _edition(packet)
    language = languages.interface(packet.language)
    with translation.override(language), TemporaryFile() as file:
        look = Reading(packet, edition)
        volumes = list(_split(look.write(file)))
        _note(packet, look.counts, volumes)
        frozen = content(packet, edition, look.counts) | {
            "language": language,
            "head": head(),
            "volumes": [_reach(file, places) for places in volumes],
            "logos": _logos(file, volumes),
        }
        return _keep(packet, frozen, file, volumes)


def _edition(packet: Packet) -> Edition:
    """The edition that visitors read in the language of the packet."""
    for edition in current_editions(packet.statement.slug, tally=False):
        if edition.language == packet.language:
            edition.statement = packet.statement
            return edition
    raise PacketError(gettext("The statement is not published in this language."))


def _split(places: list[Place]) -> Iterator[list[Place]]:
    """The names of each volume; there is a first one without any."""
    for start in range(0, len(places) or 1, NAMES_IN_VOLUME):
        yield places[start : start + NAMES_IN_VOLUME]


def _note(packet: Packet, counts: Counts, volumes: list[list[Place]]) -> None:
    packet.organizations, packet.people = counts.kinds["organization"], counts.kinds["person"]
    packet.withheld = counts.withheld
    packet.names = sum(len(places) for places in volumes)
    packet.files = len(volumes) + len(AFTER_VOLUMES) + 1


def _lines(file: IO[bytes], places: Iterable[Place]) -> Iterator[bytes]:
    for at, length in places:
        file.seek(at)
        yield file.read(length)


def _reach(file: IO[bytes], places: list[Place]) -> str:
    """ "Abbas Ali – Nora Lind": from which name to which a volume goes; "" without names."""
    ends = [Line.read(line).cells[NAME] for line in _lines(file, places[:1] + places[-1:])]
    return " – ".join(dict.fromkeys(ends))


def _logos(file: IO[bytes], volumes: list[list[Place]]) -> dict[str, str]:
    """{organization: its logo, in base64}, of the first MOST_LOGOS that are named."""
    lines = (Line.read(line) for places in volumes for line in _lines(file, places))
    before_people = takewhile(lambda line: line.section < Section.PEOPLE, lines)
    named = [line.organization for line in before_people if line.organization][:MOST_LOGOS]
    rows = Logo.objects.filter(
        organization__in=named, approved=True, content_type__in=(images.PNG, images.JPEG)
    )
    found = {}
    for logo in rows.order_by("organization", "width"):
        try:
            found[str(logo.organization_id)] = base64.b64encode(logo.file.read()).decode()
        except OSError:  # the storage has it no more
            logger.warning("A logo of organization %d is missing", logo.organization_id)
    return found


@transaction.atomic
def _keep(
    packet: Packet, frozen: dict[str, Any], file: IO[bytes], volumes: list[list[Place]]
) -> bool:
    waits = Packet.objects.filter(pk=packet.pk, state=Packet.State.RUNNING, frozen_at=None)
    if not waits.select_for_update().exists():
        return False
    pieces.store(packet, CONTENT, BytesIO(json.dumps(frozen, ensure_ascii=False).encode()))
    for number, places in enumerate(volumes, 1):
        pieces.store(packet, NAMES.format(number), BytesIO(b"".join(_lines(file, places))))
    packet.save(
        update_fields=["frozen_at", "edition", "organizations", "people", "withheld", "names",
                       "files"]
    )  # fmt: skip
    return True

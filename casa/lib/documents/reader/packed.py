"""Parts of packed documents, read as XML piece by piece; none may declare entities."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO
from xml.etree.ElementTree import Element, ParseError
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from defusedxml.expatreader import create_parser

from casa.lib.documents.reader.bounds import RefusedError

_BROKEN = (
    zipfile.BadZipFile, zlib.error, ParseError, SAXException, DefusedXmlException, KeyError,
    ValueError, EOFError, NotImplementedError, OSError,
)  # fmt: skip
LONGEST_PART = 8 << 20
"""Bytes of a part that is held as a whole, as lists of styles are."""


@contextmanager
def opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Raises RefusedError, for what is wrong within as well."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except _BROKEN as error:
        raise RefusedError("damaged") from error


def scan(archive: zipfile.ZipFile, name: str, handler: ContentHandler) -> None:
    """Tell `handler` of each element in a part, of any size."""
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(handler)
    with archive.open(name) as part:
        parser.parse(part)


def events(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, Element]]:
    """("start" or "end", element) of a part; whoever reads them clears what is read."""
    with archive.open(name) as part:
        yield from iterparse(part, events=("start", "end"), forbid_dtd=True)


def whole(archive: zipfile.ZipFile, name: str) -> Element | None:
    """The root of a part; None for one that is missing or too long to be held."""
    try:
        if archive.getinfo(name).file_size > LONGEST_PART:
            return None
    except KeyError:
        return None
    return next((one for event, one in reversed([*events(archive, name)])), None)


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2].rpartition(":")[2]


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """An attribute, whatever its namespace."""
    given = {} if element is None else element.attrib
    return next((text for key, text in given.items() if local(key) == name), default)


def children(element: Element | None) -> list[Element]:
    return [] if element is None else [*element]


def child(element: Element | None, name: str) -> Element | None:
    """The first one of this name within `element`."""
    if element is None:
        return None
    return next((one for one in element if local(one.tag) == name), None)

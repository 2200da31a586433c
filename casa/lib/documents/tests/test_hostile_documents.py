"""Files that are none, that lie, or that would cost too much: a sentence each."""

import io
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from casa.lib.documents import reader, reading, sentences
from casa.lib.documents.reading import LIMITS, DocumentRefused, Kind, read_document
from casa.lib.documents.tests import hostile
from casa.lib.documents.tests.here import read_here

SOURCES = "\n".join(path.read_text() for path in Path(reader.__file__).parent.glob("*.py"))


def refusal(data, name="names.csv", **limits):
    with pytest.raises(DocumentRefused) as caught:
        read_document(io.BytesIO(data), name=name, limits=replace(LIMITS, **limits))
    return str(caught.value)


class Sparse(io.RawIOBase):
    """A file of 300 MB, of which nothing may be read."""

    def seek(self, offset, whence=0):
        return 300 << 20 if whence else offset


def test_an_upload_of_300_mb_is_refused_unread():
    with pytest.raises(DocumentRefused, match="300 MB"):
        read_document(Sparse(), name="names.csv")


@pytest.mark.medium
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n...", "picture"),
        (b"\0\0\0\x18ftypheic", "picture"),
        (b"\0\0\0\x18ftypmp42", "recording"),
        (b"{\\rtf1 Jane}", "RTF"),
        (b"\x1f\x8b\x08", "archive"),
        (b"<?xml version='1.0'?><names/>", "XML"),
        (b"<?xml?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "Excel"),
        (b"From: a@example.org\nMIME-Version: 1.0\n\nJane", "mail"),
        (b"", "No words"),
        (b" \n--\n", "No words"),
        (b"Jane\0Roe\nJohn", "no text"),
        (bytes(range(1, 32)) * 9, "no text"),
        (b"PK\x03\x04 and nothing", "damaged"),
    ],
)
def test_what_is_no_list_is_called_what_it_is(data, said):
    with pytest.raises(DocumentRefused, match=said):
        read_here(data)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "limits", "said"),
    [
        (b"x" * (5 << 20), {}, "Line 1 of names.csv has more than 20,000 characters"),
        (b"Jane\n" * 11, {"rows": 10}, "more than 10 lines"),
        (b"a,b\n" * 11, {"cells": 20}, "more than 20 cells"),
        (b"," * 300 + b"a\n" + b"," * 300 + b"b", {}, "Line 1 of names.csv has more than 256 col"),
        (b"Jane Roe\n" * (2 << 18), {"text": 1 << 20}, "more than 1 MB of text"),
        (b"Jane Roe\n" * (1 << 19), {"seconds": 0}, "more memory or time"),
    ],
)
def test_what_is_too_much_is_refused_with_its_limit(data, limits, said):
    assert said in refusal(data, **limits)


@pytest.mark.medium
def test_a_long_cell_is_cut_and_said():
    data = b"Name,Remark\nJane," + b"x" * 30_000 + b"\nJohn,y\n"
    document = read_here(data)
    assert len(document.blocks[0].rows[1][1][1]) == LIMITS.cell
    assert document.notes[0][0] == 2


@pytest.mark.medium
def test_an_unknown_encoding_is_a_sentence():
    with pytest.raises(DocumentRefused, match="no encoding klingon"):
        read_here(b"Jane", encoding="klingon")


def test_a_name_is_told_short_and_without_what_nobody_sees():
    name = "x" * 300 + "\u202egnp.csv"
    assert reading.shown_name(name) == "x" * 48 + "…xxxxgnp.csv"
    assert reading.shown_name("") == "—"


def test_every_code_has_its_sentence():
    refused = set(re.findall(r'RefusedError\(\s*"([\w-]+)"', SOURCES))
    noted = set(re.findall(r'\.note\([^()"]*"([\w-]+)"', SOURCES))
    assert len(refused) > 10
    assert refused <= set(sentences.REFUSALS)
    assert noted <= set(sentences.NOTES)
    assert set(sentences.KINDS) == set(Kind)


MEASURE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[2:])
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss << 10))
sys.exit(abs(done.returncode))
"""
"""Runs the program, and writes how many bytes of memory it took at its peak."""


@pytest.fixture
def peak(monkeypatch, tmp_path):
    """The file that holds the peak of the program, of which each test starts one of its own."""
    file = tmp_path / "peak"
    command = (sys.executable, "-c", MEASURE, str(file), *reading.PROGRAM.command)
    monkeypatch.setattr(reading.PROGRAM, "command", command)
    return file


@pytest.mark.slow
@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_is_a_sentence_within_the_memory(name, peak):
    make, said = hostile.FILES[name]
    data = make()
    with pytest.raises(DocumentRefused, match=re.escape(said)):
        read_document(io.BytesIO(data), name=name)
    if peak.exists():  # what is refused unread starts no program
        assert int(peak.read_text()) < LIMITS.memory + (64 << 20)

"""What each program puts on the clipboard, and what must come of it.

Each file in clipboard/ says the expected HTML, the sentence about what was left out behind "---",
and below "===" what the program puts on the clipboard.
"""

import re
from pathlib import Path

import pytest

from casa.lib.html.left_out import sentence
from casa.lib.html.sanitizer import clean, pasted

SAMPLES = sorted((Path(__file__).parent / "clipboard").glob("*/*.txt"))
FAMILIES = {"word", "docs", "libreoffice", "pages"}
EACH = 30


def parts(sample):
    """(expected HTML, expected sentence, clipboard)"""
    said, _line, html = sample.read_text("utf-8").partition("\n=== clipboard\n")
    expected, _dashes, words = said.rpartition("\n---")
    return expected, words.strip(), html


def on_one_line(html):
    return re.sub(r" ?(<br>) ?", r"\1", re.sub(r"\s+", " ", html))


def named(sample):
    return f"{sample.parent.name}/{sample.stem}"


@pytest.mark.parametrize("sample", SAMPLES, ids=named)
def test_the_text_arrives_and_nothing_else(sample):
    expected, said, html = parts(sample)
    found = pasted(html)
    assert on_one_line(found.html) == on_one_line(expected)
    assert sentence(found.left_out) == said
    assert clean(found.html) == found.html


def test_each_program_has_its_samples():
    counts = {family: sum(one.parent.name == family for one in SAMPLES) for family in FAMILIES}
    assert min(counts.values()) >= EACH, counts

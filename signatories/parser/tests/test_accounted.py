"""No line goes silently: each is a signatory's, is left out with a reason, or heads a table."""

import pytest

from signatories.parser import numbered_lines, read_block, read_rows
from signatories.parser.tests import scoring

CORPORA = sorted(folder.name for folder in scoring.CORPUS.iterdir() if folder.is_dir())


def holds_something(text):
    return any(map(str.isalnum, text))


def lines_of(block):
    """The numbers of the lines of a block that hold something."""
    if "rows" in block:
        return {n for n, row in enumerate(block["rows"], start=1) if holds_something("".join(row))}
    return {n for n, line in enumerate(block["lines"], start=1) if holds_something(line)}


def text_of(block, number):
    return block["lines"][number - 1].strip() if "lines" in block else ""


def unaccounted(block):
    """The numbers of the lines that nothing speaks of."""
    read = scoring.read(block)
    told = {line.line for line in read.lines} | {left.line for left in read.left_out}
    told |= {line for line, note in read.notes if note.endswith("names the columns.")}
    joined = " / ".join(line.original for line in read.lines)
    return [n for n in lines_of(block) - told if not (t := text_of(block, n)) or t not in joined]


@pytest.mark.medium
@pytest.mark.parametrize("corpus", CORPORA)
def test_every_line_is_a_signatorys_or_is_shown_with_a_reason(corpus):
    found = [(block["shape"], unaccounted(block)) for block in scoring.blocks(corpus)]
    assert [(shape, numbers) for shape, numbers in found if numbers] == []


def test_each_line_that_was_left_out_says_why():
    text = "Signed:\n\nAda Brook, Leeds, UK\nTomas Weiss, York, UK\n\nPlease sign here now!\n"
    left = read_block(numbered_lines(text)).left_out
    assert [(one.line, one.original) for one in left] == [
        (1, "Signed:"), (6, "Please sign here now!"),
    ]  # fmt: skip
    assert all(one.why.startswith(f"Left out: “{one.original}” is ") for one in left)


def test_the_headers_of_a_table_are_said_as_its_columns():
    read = read_rows([(1, ["Name", "Town"]), (2, ["Ada Brook", "Leeds"])])
    assert [column.header for column in read.columns] == ["Name", "Town"]
    assert read.left_out == []

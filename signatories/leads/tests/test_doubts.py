"""Whatever the reader of lists says is told in the language of whoever looks at it."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

import signatories.parser
from signatories.leads import doubts
from signatories.parser import read_block, read_rows

PARSER = Path(signatories.parser.__file__).parent
NAMED = {"note", "doubt"}
"""Variables that hold a sentence."""


def sentences():
    """(where, text) of each sentence that the reader says, with “zq0”, “zq1” in its places."""
    for path in sorted(PARSER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            for said in said_in(node):
                if (text := written(said)) and text.endswith("."):
                    yield f"{path.name}:{said.lineno}", text


def said_in(node):
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "note":
        yield from parts_of(node.args[0])
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in NAMED:
        yield from parts_of(node.value)
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
        yield from parts_of(node.elts[1])


def parts_of(node):
    yield from node.values if isinstance(node, ast.BoolOp) else [node]


def written(node):
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) and " " in node.value else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    numbers = iter(range(9))
    return "".join(
        part.value if isinstance(part, ast.Constant) else place_of(part, numbers)
        for part in node.values
    )


def place_of(part, numbers):
    """A word in the place of a value; one of those that are there where few can be."""
    few = {"said": "WHAT", "what": "WHAT", "verb": "was"}
    return few.get(ast.unparse(part.value)) or f"zq{next(numbers)}"


def is_told(text):
    tries = [text]
    if "WHAT" in text:
        parts = [*doubts.PARTS, "names the columns", "stands above the table"]
        tries = [text.replace("WHAT", part) for part in parts]
    return any(doubts.in_words(one) != one for one in tries)


@pytest.mark.medium
def test_each_sentence_of_the_reader_is_translated():
    found = list(sentences())
    assert len(found) > 70
    with translation.override("az"):
        missing = [f"{where}: {text}" for where, text in found if not is_told(text)]
    where = "signatories/leads/doubts.py"
    assert not missing, f"Add them to SENTENCES in {where}:\n" + "\n".join(missing)


def test_each_kind_of_line_that_names_nobody_is_translated():
    tree = ast.parse((PARSER / "nobodies.py").read_text())
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    kinds = {one for one in words if isinstance(one, str) and re.fullmatch("an? [a-z ]{3,20}", one)}
    assert len(kinds) > 9
    assert kinds - doubts.PARTS == set()


@pytest.mark.medium
def test_what_lists_say_is_told_in_another_language():
    block = read_block(enumerate(["Signatories:", "jane", "River Trust Leeds", "ROE Jane, zzz"], 1))
    rows = read_rows([(1, ["Jane Roe", "Teacher"]), (2, ["John Poe", "Nurse"])])
    said = [note for _line, note in (*block.notes, *rows.notes)]
    said += [note for line in (*block.lines, *rows.lines) for note in (*line.notes, *line.doubts)]
    assert said
    with translation.override("az"):
        assert [one for one in said if doubts.in_words(one) == one] == []
    with translation.override("en"):
        assert [doubts.in_words(one) for one in said] == said


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("“A” and “B” were both read as organizations.", "“A” and “B” were both read as"),
        ("“x” was read as the representative of “y” was read as z.”.", "“y” was read as z.”"),
        ("Something else.", "Something else."),
        ("", ""),
        ("“100 %(said)s” is no country that is known.", "“100 %(said)s” is no country"),
    ],
)
def test_what_stands_in_the_places_stays(sentence, told):
    with translation.override("en"):
        assert told in doubts.in_words(sentence)

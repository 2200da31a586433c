"""A text file is text that every program reads alike; a table holds nothing that is run."""

import io

import pytest

from casa.lib.media import files, texts


def check(content, kind=files.TABLE):
    texts.check(io.BytesIO(content if isinstance(content, bytes) else content.encode()), kind)


@pytest.mark.parametrize(
    "content",
    [
        "town,cost\nAldermouth,-5\nRiver,+1.5\n",
        "a;b\r\n-1,5;+49 30 1234\r\n",
        "ad\tşəhər\nNora\tBakı",
        "\ufeffname\nNora = Lind, a@b",
        "- 5 %\n(-3)",
        '"-12"\n',
        "",
    ],
)
def test_tables_of_words_and_numbers_are_taken(content):
    check(content)


@pytest.mark.parametrize(
    ("content", "line", "mark"),
    [
        ("=1+1", 1, "="),
        ("a,b\n1,=cmd|' /C calc'!A0", 2, "="),
        ('a\n\n"=HYPERLINK(""https://x.example"")"', 3, "="),
        ("a;@SUM(1)", 1, "@"),
        ("a\t+cmd|x", 1, "+"),
        ("-A1", 1, "-"),
        (" =1", 1, "="),
        ("\ufeff=1", 1, "="),
    ],
)
def test_a_formula_is_refused_with_its_line(content, line, mark):
    with pytest.raises(texts.UnfitTextError, match=f"Line {line} .*“\\{mark}”"):
        check(content)


def test_a_formula_is_plain_text_in_a_text():
    check("=1+1 <script>x()</script>", files.TEXT)


@pytest.mark.parametrize(
    "content", ["Bakı".encode("utf-16"), "é".encode("cp1252"), b"a\0b", b"\x1b"]
)
@pytest.mark.parametrize("kind", [files.TEXT, files.TABLE])
def test_what_is_no_text_is_refused(content, kind):
    with pytest.raises(texts.UnfitTextError):
        check(content, kind)

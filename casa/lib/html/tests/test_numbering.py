"""Signs before list items: what they can mean, and where they are text."""

import pytest

from casa.lib.html.numbering import TYPES, Number, numbers, sign, signs_as_text
from casa.lib.html.sanitizer import clean


@pytest.mark.parametrize("numbering", TYPES)
@pytest.mark.parametrize("value", [1, 4, 9, 26, 49])
def test_every_sign_is_read_as_it_is_written(numbering, value):
    assert Number(numbering, value) in numbers(sign(numbering, value))


@pytest.mark.parametrize("text", ["·", "o", "§", "–", "", "1.1", "Art. 4", "word.", "(1.", "١."])
def test_what_is_no_sign_of_a_list(text):
    assert numbers(text) == []


def test_the_likeliest_meaning_comes_first():
    assert [numbers(text)[0].type for text in ("i.", "c)", "(iv)", "XI.")] == [
        "lower-roman", "lower-alpha-paren", "lower-roman-parens", "upper-roman",
    ]  # fmt: skip


@pytest.mark.parametrize("numbering", TYPES)
def test_a_list_is_stored_in_one_form(numbering):
    html = clean(f'<ol start="3" data-type="{numbering}"><li><p>x</p></li></ol>')
    assert clean(html) == html
    assert (' type="' in html) == (numbering != "decimal")
    assert 'start="3"' in html


def test_an_unknown_kind_counts_by_numbers():
    html = '<ol type="lower-armenian" data-type="x" start="99999"><li>x</li></ol>'
    assert clean(html) == "<ol><li>x</li></ol>"


def test_signs_are_text_where_no_style_sheet_draws_them():
    html = clean(
        '<ol data-type="lower-alpha-paren" start="2"><li><p>One</p><ol><li>in</li></ol></li>'
        "<li>Two</li></ol><ul><li>x</li></ul>"
    )
    assert signs_as_text(html) == (
        '<ul style="list-style-type: none"><li><p>b) One</p><ol><li>in</li></ol></li>'
        "<li>c) Two</li></ul><ul><li>x</li></ul>"
    )
    assert "<li>1. in</li>" in signs_as_text(html, everywhere=True)

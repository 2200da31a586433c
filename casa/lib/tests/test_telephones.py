"""Telephone numbers: read as they are typed, and never taken for anything else."""

import pytest
from django.core.exceptions import ValidationError

from casa.lib.telephones import address_of, read_telephone, telephone_in


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ""),
        (" +47 22 12 34 56 ", "+47 22 12 34 56"),
        ("(0)30/123-45", "(0)30/123-45"),
        ("030\u00a012345", "030 12345"),
        ("+994\u2011555\u20111234", "+994-555-1234"),
        ("٠١٢٣٤٥", "012345"),
    ],
)
def test_a_number_is_read_in_plain_digits(typed, read):
    assert read_telephone(typed) == read


@pytest.mark.parametrize(
    "typed", ["123", "1" * 21, "1" * 100_000, "=cmd|1234", "call me", "<b>12345</b>", "\u202e12345"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValidationError):
        read_telephone(typed)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Nora Lind\tnora@example.org\t+47 22 12 34 56", "+47 22 12 34 56"),
        ("Nora Lind (+47 22 12 34 56), teacher", "+47 22 12 34 56"),
        ("River Trust, 5020 Bergen, since 1999-2001", ""),
        ("Nora +47 22 12 34 56, Per +47 99 12 34 56", ""),
        ("+1" * 50_000, ""),
    ],
)
def test_a_line_has_a_number_where_it_says_its_country_and_there_is_one(line, found):
    assert telephone_in(line) == found


def test_what_a_telephone_dials_has_digits_alone():
    assert address_of("+47 (22) 12-34") == "tel:+47221234"
    assert address_of("030/1234") == "tel:0301234"

"""ROR IDs: read as they are typed, kept bare."""

import pytest
from django.core.exceptions import ValidationError

from casa.lib import ror


@pytest.mark.parametrize(
    "typed",
    [
        "05dxps055", "https://ror.org/05dxps055", "http://ror.org/05dxps055/", "ror.org/05DXPS055",
        "  https://www.ror.org/05dxps055 ",
    ],
)  # fmt: skip
def test_an_id_and_its_address_are_one(typed):
    assert ror.read(typed) == "05dxps055"


@pytest.mark.parametrize("right", ["02mhbdp94", "00f54p054", "03vek6s52", "015w2mp89"])
def test_the_check_digits_are_those_of_iso_7064(right):
    assert ror.is_right(right)
    assert ror.read(right) == right


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("05dxps056", "do not fit"),
        ("05dxsp055", "do not fit"),  # two letters changed places
        ("05dxpo055", "do not fit"),  # no letter of base 32
        ("15dxps055", "Enter a ROR ID"),
        ("05dxps05", "Enter a ROR ID"),
        ("https://example.org/05dxps055", "Enter a ROR ID"),
        ("https://ror.org/05dxps055?x=1", "Enter a ROR ID"),
        ("0" * 100_000, "Enter a ROR ID"),
        ("०5dxps055", "Enter a ROR ID"),
    ],
)
def test_what_is_none_is_refused_in_a_sentence(typed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        ror.read(typed)

import pytest

from casa.lib.addresses.in_texts import without_addresses
from casa.lib.testing import slow_texts


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Write to nora@example.org, please", "Write to …@…, please"),
        ("<nora@example.org>;nora.lind@example.org", "<…@…>;…@…"),
        ("@nora and nora@", "@nora and nora@"),
        ("a@b@c", "…@…"),
        ("none", "none"),
    ],
)
def test_addresses_are_cut_out_of_texts(text, cut):
    assert without_addresses(text) == cut


def test_no_text_keeps_the_search_for_addresses_busy():
    assert not slow_texts(without_addresses)

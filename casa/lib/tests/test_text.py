import pytest
from hypothesis import given
from hypothesis import strategies as st

from casa.lib.text import (
    KEY_LENGTH,
    address_slug,
    fold,
    has_control_characters,
    name_key,
    normalise,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İsmayılova", "ISMAYILOVA"),
        ("Ismayilova", "İSMAYILOVA"),
        ("Əliyev", "eliyev"),
        ("Øster Łódź", "oster lodz"),
        ("O’Brien", "OBrien"),
        ("Straße", "STRASSE"),
        ("Zoe\u0308", "zoë"),
        ("W.W.F.", "w w f"),
        ("ﬁne", "fine"),
    ],
)
def test_spellings_fold_to_one_key(one, other):
    assert fold(one) == fold(other)


def test_a_key_is_equal_for_spellings_of_one_name_and_only_for_those():
    assert name_key("The RIVER  Trust") == name_key("The “River” Trust")
    names = ["Readers of Union", "Union of Readers", "C Club", "C++ Club", "C# Club", "★★★", "🙂"]
    assert len({name_key(name) for name in names}) == len(names)


@pytest.mark.parametrize("sign", ["ﬃ", "ﷺ"])
def test_signs_that_fold_to_many_letters_do_not_make_a_key_too_long(sign):
    assert len(fold(sign * 200)) <= KEY_LENGTH
    assert len(name_key(sign * 200)) <= KEY_LENGTH


@given(st.text())
def test_folding_is_stable(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.integers(10, 90))
def test_an_address_is_short_and_plain(text, length):
    slug = address_slug(text, length)
    assert len(slug) <= length
    assert slug.isascii()


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "\u202ea", "a\ue000", "a\u200bb"])
def test_invisible_characters_are_seen(text):
    assert has_control_characters(text)


@pytest.mark.parametrize("text", ["Nora 🌱", "👩‍👩‍👧", "گل‌محمد", "李小龙", "O'Brien", "a\u0301"])
def test_letters_and_emoji_are_not_control_characters(text):
    assert not has_control_characters(text)


def test_blanks_are_put_in_order():
    assert normalise("  Nora \t\n Lind ") == "Nora Lind"

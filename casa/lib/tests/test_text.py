import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casa.lib.testing import PUMPS, slow_texts
from casa.lib.text import (
    KEY_LENGTH,
    MOST_MARKS,
    address_slug,
    fold,
    folded,
    has_control_characters,
    has_hidden_characters,
    has_piled_marks,
    name_key,
    normalise,
    unparted,
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


@pytest.mark.medium
@given(st.text())
def test_folding_is_stable(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.medium
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


@pytest.mark.parametrize(
    "text",
    [
        "Nora\u200cLind", "\u200dNora", "گل\u200c", "گل\u200c\u200cمحمد", "bit\u200c.ly", "\u3164",
        "No\u034fra", "a\ufe0f\ufe0f", "⠀", "Nora\u00adLind", "🌱\u200d", "\u200b",
    ],
)  # fmt: skip
def test_what_nobody_sees_is_found(text):
    assert has_hidden_characters(text)


@pytest.mark.parametrize(
    "text", ["👩‍👩‍👧", "👩🏽‍⚖️", "گل‌محمد", "ක්‍ෂමා", "क्‍षमा", "葛\U000e0100城", "김 영희", "1️⃣"]
)
def test_joiners_stay_where_scripts_need_them(text):
    assert not has_hidden_characters(text)


@pytest.mark.parametrize(
    "text", ["N\u0301\u0301\u0301\u0301ora", "Z" + "\u0335\u0321\u0489" * 9, "ก" + "็" * 9]
)
def test_piled_marks_are_found(text):
    assert has_piled_marks(text)


@pytest.mark.parametrize(
    "text", ["Nguyễn Thị Ánh", "Q̇́ Lind", "ė̄́", "မြို့", "ကြွေးမွှေး", "སྒྲུབ", "שָׁלוֹם", "ที่นี่", "नारायण"]
)
def test_the_marks_of_languages_are_no_pile(text):
    assert not has_piled_marks(unicodedata.normalize("NFC", text))


def test_blanks_are_put_in_order():
    assert normalise("  Nora \t\n Lind ") == "Nora Lind"


@pytest.mark.slow
@pytest.mark.parametrize("make", [folded, normalise, has_hidden_characters, has_piled_marks])
def test_no_text_keeps_the_making_of_keys_busy(make):
    """Marks of two kinds in turn upon one letter took ten seconds to be put in order."""
    assert not slow_texts(make, pumps=(*PUMPS, "\u0315\u0300"))


def test_a_long_text_loses_the_marks_that_no_script_piles_so_high():
    assert normalise("a\u0315" * 1000) == "a\u0315" * 1000
    assert len(normalise("a" + "\u0315" * 1000)) == 1 + MOST_MARKS


def test_no_line_breaks_between_a_number_and_its_noun():
    assert unparted("7 people and 1,312 of them") == "7\u00a0people and 1,312\u00a0of them"
    assert unparted("۱۲ نفر") == "۱۲\u00a0نفر"
    assert unparted("Edition 2 (9 March 2026, 10:00)") == "Edition 2 (9\u00a0March 2026, 10:00)"

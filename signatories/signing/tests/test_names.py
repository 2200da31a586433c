"""Names of any script and shape are kept as they were written; what is no name is refused."""

import re
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from casa.lib.csv import safe
from signatories.signing.fields import PersonNameField, PlaceNameField, PlainTextField

person = PersonNameField(max_length=200)
line = PlainTextField(max_length=200)
place = PlaceNameField(max_length=120)


@pytest.mark.parametrize(
    "name",
    [
        "Sukarno", "Nora Lind", "nora lind", "NORA LIND", "bell hooks", "Ana-Sofía Núñez-Ruiz",
        "O'Brien", "O’Brien", "Hinaʼea", "‘Okusitino", "'t Hooft", "Ludwig van der Rohe",
        "María del Carmen de la O", "Əliağa İsmayılov", "Çingiz Şıxlı-Göyçaylı", "Iğdır Ünal",
        "ILGAR ismayilov", "محمد بن سلمى", "گل‌محمد", "李小龍", "山田 太郎", "김 영희",
        "Ἀριστοτέλης", "नारायण", "J. R. R. Tolkien", "St.John Smith", "Dr. Nora Lind, PhD",
        "X Æ A-12", "Nguyễn Thị Ánh", "Ng", "O", "Q̇́ Lind", "Łukasz Żółw", "𐐷eseret", "Nora 🌱 Lind",
        "Martin Luther King Jr.", "Nora (Lind)", "Smith/Jones",
    ],
)  # fmt: skip
def test_real_names_are_kept_letter_for_letter(name):
    assert person.clean(name) == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    "name",
    [
        "=1+1", "=HYPERLINK(\"x\")", "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "  = cmd|' /C calc'",
        "＝1+1", "-Nora", "+Nora", "@nora", "https://elsewhere.example", "www.elsewhere.example",
        "Win at elsewhere.com", "cheap.pills.shop now", "nora@example.org", "12345", "🌱", "...",
        "Nora\u202eroN", "No\x00ra", "\u200bNora", "No\ue000ra", "YOU WON bit.ly/x", "t.me/spam",
        "ｂｉｔ．ｌｙ", "bit。ly",
        "пример.рф", "bit (dot) ly", "nora @ example", "Nora +49 30 1234",
        "Nora ٠٩٠٠١٢", "\u3164", "Nora\u200dLind", "N\u0301\u0301\u0301\u0301\u0301ora",
    ],
)  # fmt: skip
def test_links_formulas_and_what_has_no_letter_are_refused_with_a_sentence(name):
    with pytest.raises(ValidationError) as caught:
        person.clean(name)
    assert caught.value.messages[0].startswith(("Please ", "This reads like a formula"))


@pytest.mark.parametrize(
    "name",
    ["+Plus Magazine", "@work", "1+1", "4711", "Change.org", "- ohne Namen -", "C++ (Berlin)"],
)
def test_organizations_may_have_stranger_names_than_people(name):
    assert line.clean(name) == name


@pytest.mark.parametrize("name", ["=A1", "+cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "+49 30 1234"])
def test_but_no_formulas(name):
    with pytest.raises(ValidationError):
        line.clean(name)


LETTERS = st.characters(
    categories=("Lu", "Ll", "Lt", "Lm", "Lo"), exclude_characters="\u115f\u1160\u3164\uffa0"
)
MARKS = "\u0301\u0307\u0327"
WORDS = st.text(st.one_of(LETTERS, st.sampled_from("'’ʼ-·" + MARKS)), max_size=12).map(
    lambda word: re.sub(rf"([{MARKS}]{{2}})[{MARKS}]+", r"\1", word)  # more is no name
)


@pytest.mark.parametrize("town", ["t.me/spam", "example.org", "ｂｉｔ．ｌｙ", "www.example"])
def test_a_town_is_no_website(town):
    with pytest.raises(ValidationError):
        place.clean(town)


@pytest.mark.parametrize("town", ["St.Gallen", "10115 Berlin", "12345-678 São Paulo", "L'Aquila"])
def test_towns_are_kept(town):
    assert place.clean(town) == town


@pytest.mark.slow
@given(first=LETTERS, rest=st.lists(WORDS, max_size=5))
def test_letters_marks_hyphens_and_apostrophes_make_a_name(first, rest):
    typed = " ".join([first, *rest])
    kept = person.clean(typed)
    assert kept == " ".join(unicodedata.normalize("NFC", typed).split())
    assert unicodedata.is_normalized("NFC", kept)
    assert person.clean(kept) == kept


@pytest.mark.medium
@given(st.text(max_size=60))
def test_whatever_is_typed_is_kept_or_refused_and_never_a_formula(typed):
    for field in (person, line):
        try:
            kept = field.clean(typed)
        except ValidationError as refusal:
            assert refusal.messages
        else:
            assert unicodedata.is_normalized("NFC", kept)
            assert not kept.startswith("=")
            assert field is line or safe(kept) == kept

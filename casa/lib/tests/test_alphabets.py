"""Words stand where readers of a language look for them."""

import random

import pytest

from casa.lib import alphabets, countries

AZERBAIJANI = list("abcçdeəfgğhxıijkqlmnoöprsştuüvyz")


def in_order(words, language):
    shuffled = random.Random(7).sample(words, len(words))
    return sorted(shuffled, key=lambda word: alphabets.key(word, language))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("az", AZERBAIJANI),
        ("az", ["Camal", "Cəmil", "Çapar", "Dadaş", "Elçin", "Əli", "Fərid", "Hikmət", "Xalid",
                "Irina", "İbrahim", "Jalə", "Kərim", "Qara", "Leyla"]),
        ("az-latn", ["Elçin", "Əli", "Fərid"]),
        ("tr", ["Can", "Çelik", "Deniz", "Gül", "Ğ", "Hale", "Işıl", "İnci", "Oya", "Ömer"]),
        ("sv", ["Adam", "Zoe", "Åsa", "Ängla", "Örjan"]),
        ("da", ["Zoe", "Ægir", "Øyvind", "Åse"]),
        ("ru", ["Иван", "Иосиф", "Йемен", "Ким"]),
        ("fa", ["بابک", "پری", "جم", "چنگیز", "کیان", "گیتا", "نادر", "وحید", "هما"]),
        # Letters that a language does not have stand with what they look like.
        ("en", ["Aaland", "Åse", "Çelik", "Cem", "Ebru", "Əli", "Emil"]),
        ("de", ["Adler", "Ähre", "Aktion", "Öl", "Otto"]),
        ("en", ["De Wit", "Dea", "Dean"]),
    ],
)  # fmt: skip
def test_words_stand_in_the_order_of_the_alphabet(language, words):
    assert in_order(words, language) == words


@pytest.mark.parametrize("language", ["en", "az", "tr", "xx", ""])
def test_case_and_punctuation_make_no_difference(language):
    assert alphabets.key("Ana-Lena", language) == alphabets.key("ana lena", language)


def test_countries_stand_in_the_readers_order():
    names = list(countries.country_names("az").values())
    assert names.index("Ermənistan") < names.index("Əfqanıstan") < names.index("Fransa")
    assert names.index("Honduras") < names.index("Xorvatiya") < names.index("İndoneziya")
    assert names.index("Kuba") < names.index("Qana") < names.index("Latviya")

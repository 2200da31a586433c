"""Our alphabets are those of CLDR, which Chromium brings."""

import pytest

from casa.lib import alphabets

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.page]


def test_letters_stand_as_unicode_has_it(browser):
    """It brings the tailorings for most languages, though not the Azerbaijani one."""
    page = browser.new_page()
    compared = 0
    for language, groups in alphabets.LATER.items():
        letters = list(groups.replace(" ", ""))
        sort = "([language, letters]) => letters.sort(new Intl.Collator(language).compare)"
        known = "language => Intl.Collator.supportedLocalesOf(language).length"
        if page.evaluate(known, language):
            compared += 1
            ours = sorted(letters, key=lambda letter: alphabets.key(letter, language))
            assert ours == page.evaluate(sort, [language, letters]), language
    assert compared > 15
    page.close()


# Accents alone are left out: their order is of no letter, and CLDR asks for it among words alike.
NAMES = {
    "de": "Zebra Äpfel Afrika Straße Strast Öl Ofen Über Uhr Ärzte Ober",
    "fa": "پارس بهار تهران چای جام ژاله زهرا گل کتاب یاس هما وفا ایران لاله",
    "fr": "côté été etat Éducation Eclair œuvre Ozone ça cas Île Ibis",
    "ru": "Ёлка Елена Ель Йод Игла Як Артель Щука Шар Эхо Ырыс",
    "tr": "Çay Can Cem Dal Işık İnci Ilgaz Irmak Öz Oya Şen Sel Ünal Umut Gül Ğ",
}


@pytest.mark.parametrize("language", NAMES)
def test_names_stand_in_the_order_of_each_language(browser, language):
    page = browser.new_page()
    names = NAMES[language].split()
    sort = (
        "([language, names]) =>"
        " names.sort(new Intl.Collator(language, {sensitivity: 'base'}).compare)"
    )
    ours = sorted(names, key=lambda name: alphabets.key(name, language))
    assert ours == page.evaluate(sort, [language, names])
    page.close()

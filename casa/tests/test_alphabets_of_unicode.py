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

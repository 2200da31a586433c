"""Each language counts as CLDR has it: Russian says 1 голос, 2 голоса, 5 голосов, 21 голос."""

from html import unescape

import pytest
from babel import Locale
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import ngettext, to_locale

from casa.templatetags.counting import SINGULAR_AFTER_NUMBERS
from casa.tests.test_translations import TRANSLATIONS
from signatories.models import Signature, TallySlot
from statements.testing import make_edition
from tools import messages

pytestmark = [pytest.mark.slow, pytest.mark.page]

COUNTS = (0, 1, 2, 5, 11, 21, 22, 25, 100, 1_000_000)
SOME = range(201)
PEOPLE = ("%(number)s person", "%(number)s people")


def category(language, number):
    """ "one", "few", "many" and so on, as CLDR calls what a language says after a number."""
    return Locale.parse(to_locale(language)).plural_form(number)


def categories(language):
    """Those of whole numbers, in the order of CLDR, which is that of a catalogue's forms."""
    met = {category(language, number) for number in SOME}
    return [one for one in ("zero", "one", "two", "few", "many", "other") if one in met]


def form(language, message, number):
    """What the catalogue says for that many, chosen by CLDR and not by the catalogue's own rule."""
    translations = messages.forms(message.string)
    names = categories(language)
    wanted = category(language, number)
    index = names.index(wanted) if wanted in names else len(names) - 1
    return translations[min(index, len(translations) - 1)]


def plural_messages(language):
    return [one for one in messages.read(language) if isinstance(one.id, tuple)]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_catalogue_has_a_form_for_each_category(language):
    forms = messages.read(language).num_plurals
    assert forms == len(categories(language)) or (forms == 1 and language in SINGULAR_AFTER_NUMBERS)
    for message in plural_messages(language):
        assert len(messages.forms(message.string)) == forms, message.id


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_each_number_gets_the_form_that_cldr_says(language):
    found = plural_messages(language)
    assert len(found) > 20
    with translation.override(language):
        for message in found:
            if message.context:
                continue
            for number in COUNTS:
                assert ngettext(*message.id, number) == form(language, message, number), number


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_forms_differ_where_the_language_makes_a_difference(language):
    """A translator who writes one form three times has not looked at it."""
    if language in SINGULAR_AFTER_NUMBERS:
        pytest.skip("a noun stays as it is after a number")
    found = [messages.forms(one.string) for one in plural_messages(language)]
    alike = [forms for forms in found if len({*forms}) == 1]
    assert len(alike) < len(found) / 5, alike


@pytest.mark.django_db
@pytest.mark.parametrize("language", TRANSLATIONS)
def test_pages_count_with_it(client, settings, language):
    settings.LANGUAGES = [("en", "English"), (language, language)]
    statement = make_edition("Keep the room open").statement
    slot = TallySlot.objects.create(statement=statement, kind=Signature.Kind.PERSON, slot=0)
    path = f"/{language}{statement.get_absolute_url()}"
    message = messages.read(language)[PEOPLE]
    for number in filter(None, COUNTS):
        TallySlot.objects.filter(pk=slot.pk).update(count=number)
        with translation.override(language):
            told = form(language, message, number) % {"number": intcomma(number)}
        assert plain(told) in plain(client.get(path).text), number


def plain(html):
    return " ".join(unescape(strip_tags(html)).split())

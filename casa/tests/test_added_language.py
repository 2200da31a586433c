"""A language that neither we nor Django have is added by one file; English stands for the rest.

The file is begun by the documented command in a folder of its own; three messages are translated.
"""

import re

import pytest
from django.conf import global_settings
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured

from casa import environment
from casa.lib import languages
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.tests.site import LIBRARY, furnish, links_of
from signatories.models import Signature
from signatories.testing import form_data
from statements import lifecycle
from statements.models import StatementText
from statements.testing import make_draft
from tools import messages

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

KURDISH = "ku"
WORDS = {"Statements": "Daxuyanî", "Organizations": "Rêxistin", "Sign": "Îmze bike"}
TITLE = "Pirtûkxane vekirî bimînin"


@pytest.fixture(scope="module")
def locale(tmp_path_factory):
    """The folder of a catalogue that `tools/messages.py ku` has begun."""
    folder = tmp_path_factory.mktemp("locale")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "LOCALE", folder)
        messages.main([KURDISH])
        catalogue = messages.read(KURDISH)
        for english, kurdish in WORDS.items():
            catalogue[english].string = kurdish
        messages.write(catalogue, KURDISH)
    return folder


@pytest.fixture
def language(locale, settings, monkeypatch):
    monkeypatch.setattr("casa.environment.LANG_INFO", LANG_INFO)
    codes = ["en", "az", KURDISH]
    settings.LANGUAGES = environment.languages(codes, locale)
    settings.LOCALE_PATHS = [locale, *settings.LOCALE_PATHS]
    yield KURDISH
    del LANG_INFO[KURDISH]


def test_it_has_the_name_that_its_speakers_have_for_it(language, settings):
    assert dict(settings.LANGUAGES)[language].startswith("kurd")
    assert languages.is_translated(language)


def test_without_words_it_stops_the_start(tmp_path):
    with pytest.raises(ImproperlyConfigured, match=r"Begin it with tools/messages\.py ku"):
        environment.languages(["en", KURDISH], tmp_path)
    assert KURDISH not in LANG_INFO


def test_which_way_it_is_written_is_known():
    try:
        LANG_INFO["ps"] = environment._language_of_unicode("ps")
        assert "ps" in environment.written_from_right(["en", "ps"])
    finally:
        del LANG_INFO["ps"]
    # Django's table says of Azerbaijani that it is.
    assert environment.written_from_right(["en", "az"]) == global_settings.LANGUAGES_BIDI


def crawl(client, start):
    """Every page that can be reached from `start` in its language, by address."""
    pages, waiting = {}, [start]
    while waiting:
        url = waiting.pop()
        answer = pages[url] = client.get(url)
        if "text/html" not in answer.get("Content-Type", ""):
            for close in answer._resource_closers:  # answer.close() would end the connection too
                close()
            continue
        followed, _loaded = links_of(answer.text, url)
        waiting += [one for one in followed if one.startswith(start) and one not in pages]
        pages |= dict.fromkeys(waiting)
    return pages


def test_every_page_answers_in_it(client, language, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.SITE_URL = "http://testserver"
    furnish()
    pages = crawl(client, f"/{language}/")
    assert len(pages) > 40
    wrong = {url: page.status_code for url, page in pages.items() if page.status_code >= 400}
    assert not wrong
    html = [page for page in pages.values() if "text/html" in page.get("Content-Type", "")]
    assert {re.search(r'<html lang="([\w-]+)"', page.text)[1] for page in html} == {language}
    assert {page["Content-Language"] for page in html} == {language}
    front = pages[f"/{language}/"].text
    assert WORDS["Statements"] in front  # what is translated
    assert "About us" in front  # what is not


def test_one_reads_and_signs_in_it_and_is_written_to_in_it(client, language):
    statement = make_draft("Keep the library open")
    StatementText.objects.create(
        statement=statement, language=language, title=TITLE, body="<p>Çend gotin.</p>"
    )
    lifecycle.publish(statement, by=None)
    assert TITLE in client.get(f"/{language}{statement.get_absolute_url()}").text
    client.post(f"/{language}/sign/{statement.slug}/", form_data(email="zin@example.org"))
    assert Signature.objects.get(email="zin@example.org").language == language
    message = compose(OutgoingMail.objects.get(to="zin@example.org"))
    assert TITLE in message.body
    assert f'<html lang="{language}" dir="ltr">' in message.alternatives[0].content


def test_without_a_catalogue_the_page_says_which_language_it_is_in(client, settings):
    """Django has Esperanto; we have none, so that pages are in English around words in any."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("eo", "esperanto")]
    furnish()
    for path in ("/eo/", "/eo/statements/", f"/eo/statements/{LIBRARY}/", "/eo/privacy/"):
        page = client.get(path)
        assert '<html lang="en" dir="ltr">' in page.text, path
        assert page["Content-Language"] == "en"
    assert 'hreflang="eo" href' not in client.get("/statements/").text.partition("<body")[0]
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربيّة")]
    assert '<html lang="en" dir="ltr">' in client.get("/ar/").text


def test_the_office_is_offered_in_languages_with_words(client, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("eo", "esperanto")]
    page = client.get("/admin/login/", headers={"Accept-Language": "eo,az;q=0.5"})
    assert '<html lang="en"' in page.text
    assert "/eo/admin/" not in page.text
    assert "/az/admin/" in page.text

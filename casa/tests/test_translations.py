"""Every string of the interface is translated in every language that has a catalogue.

Which languages a site has is its own choice: the catalogues in locale/ are all walked, those that
the default of LANGUAGES does not name as well.
"""

import re
from collections import Counter
from datetime import date
from functools import cache, partial
from html.parser import HTMLParser

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.files.base import ContentFile
from django.utils.text import capfirst

from casa.accounts.testing import make_staff
from casa.lib.languages import FOR_VISITORS
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import tokens
from signatories.mailings import followers
from signatories.models import Follower
from signatories.testing import form_data, make_organization, make_signature
from statements import lifecycle
from statements.models import Attachment, Reference, Release, Target
from statements.testing import make_edition
from tools import messages

pytestmark = [pytest.mark.slow, pytest.mark.page]

LANGUAGES = messages.languages()
TRANSLATIONS = [code for code in LANGUAGES if code != messages.SOURCE]
MARKUP = re.compile(r"%\(\w+\)\w|<[^>]+>")

SETTINGS_DOC = messages.ROOT / "docs/settings.md"

NAMES_OF_LANGUAGES = {info["name_local"] for info in LANG_INFO.values() if "name_local" in info}

# What is not the interface's: the words of the statement, names, and the site's own settings.
SITE = {
    settings.SITE_NAME, settings.SITE_TAGLINE, settings.SITE_POSTAL_ADDRESS,
    settings.SITE_CONTACT_EMAIL, f"{settings.SITE_TAGLINE} – {settings.SITE_NAME}",
    *NAMES_OF_LANGUAGES, *map(capfirst, NAMES_OF_LANGUAGES),
}  # fmt: skip
TITLE, SUMMARY, ASK, BODY = "Oxu zalı qalsın", "Zal bağlanır.", "Zalı saxlayın.", "Uşaqlar oxuyur."
OF_STATEMENT = {
    TITLE, SUMMARY, ASK, BODY, f"{TITLE} – {settings.SITE_NAME}", "Gəncə", "Şura", "Nizamnamə",
    "N-12", "Hesabat", "Xəbər", "Agentlik", "Redaksiyadan söz.", "PDF, 2.0 KB",
}  # fmt: skip
NETWORKS = {"WhatsApp", "Telegram", "Facebook", "X", "Bluesky", "LinkedIn", "Mastodon"}
OF_SIGNERS = {"Çay Birliyi", "ÇB", "Aygün Quliyeva", "Elçin Nağıyev", "Müəllim", "Sədr", "Oslo"}


def test_every_language_of_the_site_has_a_catalogue():
    assert set(dict(settings.LANGUAGES)) <= {messages.SOURCE, *LANGUAGES}


def test_the_docs_name_the_languages_that_have_one():
    named = re.findall(r"^- \w.* \(`([a-z-]+)`\)", SETTINGS_DOC.read_text(), re.MULTILINE)
    assert sorted(named) == sorted({messages.SOURCE, *LANGUAGES})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language):
    assert messages.untranslated(messages.read(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_placeholders_and_markup(language):
    catalogue = messages.read(language)
    for message in filter(lambda one: one.id, catalogue):
        assert message.check(catalogue) == []
        english, translations = messages.forms(message.id)[-1], messages.forms(message.string)
        # A singular may say “one” where the plurals give the number.
        for translation in translations[1:] or translations:
            assert Counter(MARKUP.findall(translation)) == Counter(MARKUP.findall(english))


@pytest.mark.parametrize("language", sorted({"az", "tr"}.intersection(LANGUAGES)))
def test_no_word_loses_its_dot_as_a_label(language):
    """Django capitalises labels with `upper()`, which makes “I” of “i”: write “İ” at once."""
    catalogue = messages.read(language)
    assert [m.id for m in catalogue if m.id and messages.forms(m.string)[0].startswith("i")] == []


def _text(context):
    """Babel reads contexts from a compiled catalogue as bytes."""
    return context.decode() if isinstance(context, bytes) else context


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_was_written(language):
    with messages.catalogue_path(language).with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    written = messages.read(language)
    pairs = [
        {
            (_text(m.context), messages.forms(m.id)): messages.forms(m.string)
            for m in catalogue
            if m.id
        }
        for catalogue in (compiled, written)
    ]
    assert pairs[0] == pairs[1], "Run `make messages`"
    assert compiled.plural_forms == written.plural_forms


@pytest.mark.parametrize("path", messages.scripts(), ids=lambda path: path.parts[-3])
def test_words_of_scripts_are_compiled(path):
    with path.open("rb") as po, path.with_suffix(".mo").open("rb") as mo:
        written, compiled = read_po(po), read_mo(mo)
    said = [{messages.forms(m.id): messages.forms(m.string) for m in one if m.id}
            for one in (written, compiled)]  # fmt: skip
    assert said[0] == said[1], "Run `make messages`"


@pytest.mark.django_db
def test_scripts_count_in_azerbaijani(client):
    client.force_login(make_staff())
    client.get("/az/admin/")
    assert "Se\\u00e7ilib: %(sel)s / %(cnt)s" in client.get("/admin/jsi18n/").text


def keys_of(catalogue):
    return {(message.context, message.id) for message in catalogue}


@cache
def marked():
    """What all code and templates mark, of which the reading takes seconds."""
    return keys_of(messages.collect())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_what_is_marked_and_nothing_else(language):
    translated = keys_of(messages.read(language))
    if language in {messages.SOURCE, *FOR_VISITORS}:  # a part of them: see tools/messages.py
        assert translated <= marked(), "Run `make messages`"
    else:
        assert translated == marked(), "Run `make messages`, and translate what is new"


def test_marks_are_found_in_code_and_in_templates(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    for name, source in {
        "casa/tests/test_x.py": "_('in a test')",
        "casa/x.py": "a = ngettext_lazy('%(n)d cat', '%(n)d cats', 'n')\nb = pgettext('a', 'b')",
        "casa/y.py": 'f\'<p>{_("in a sentence")}, {a:{_("as wide")}}</p>\'',
        "templates/x.html": "  {% translate 'x' %}\n{% if a %}\n {% blocktranslate count n=n %}"
        "1 dog{% plural %}{{ n }} dogs{% endblocktranslate %}{% endif %}",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    found = {(message.context, message.id) for message in messages.collect() if message.id}
    assert found == {
        (None, ("%(n)d cat", "%(n)d cats")), ("a", "b"), (None, "x"),
        (None, "in a sentence"), (None, "as wide"), (None, ("1 dog", "%(n)s dogs")),
    }  # fmt: skip


class Texts(HTMLParser):
    """The pieces of text on a page that somebody reads or hears; names of countries left out."""

    LEFT_OUT = ("script", "style", "option", "code")
    HEARD = ("aria-label", "title", "alt", "placeholder")

    def __init__(self, html):
        super().__init__()
        self.pieces, self.inside = set(), []
        self.feed(html)

    def add(self, text):
        text = " ".join(text.split())
        if any(char.isalpha() for char in text) and "://" not in text:
            self.pieces.add(text)

    def handle_starttag(self, tag, attrs):
        self.inside.append(tag)
        for name, value in attrs:
            if name in self.HEARD:
                self.add(value)

    def handle_data(self, data):
        if not self.inside or self.inside[-1] not in self.LEFT_OUT:
            self.add(data)

    def handle_endtag(self, tag):
        while tag in self.inside and self.inside.pop() != tag:
            pass


def parts_of(texts):
    """What stands between placeholders and markup."""
    return {part.strip() for text in texts for part in MARKUP.split(text)}


@cache
def english_parts(language):
    """The catalogue's English, in parts without placeholders that the language words otherwise."""
    if language == messages.SOURCE:
        return set()
    whole = (one for one in messages.read("az") if one.id)
    english = {part for one in whole for part in parts_of(messages.forms(one.id))}
    translated = (messages.forms(one.string) for one in messages.read(language) if one.id)
    said = {part for forms in translated for part in parts_of(forms)}
    return {part for part in english - said if len(part) > 12}


@cache
def alike(language):
    """What is the same in English, as “Name” is in German: translators say so in the catalogue."""
    return {
        text
        for one in messages.read(language)
        if one.id
        for text in {*messages.forms(one.id)}.intersection(messages.forms(one.string))
    }


def english_in(pieces, language):
    """The catalogue's English that stands in `pieces`."""
    text = "\n".join(pieces)
    there = (part for part in english_parts(language) if part in text)
    return {part for part in there if re.search(rf"\b{re.escape(part)}", text)}


@pytest.fixture(params=TRANSLATIONS)
def language(request, settings):
    """Each that the interface is translated into, in which the site has pages."""
    offered = dict.fromkeys(["en", "az", request.param])
    settings.LANGUAGES = [(code, LANG_INFO[code]["name_local"]) for code in offered]
    return request.param


@pytest.fixture
def edition(db):
    """A statement in Azerbaijani that has everything a page can show."""
    edition = make_edition(
        TITLE, language="az", summary=SUMMARY, body=f"<p>{BODY}</p>", ask=ASK, place="Gəncə"
    )
    of = {"statement": edition.statement}
    Target.objects.create(name="Şura", **of)
    Reference.objects.create(title="Nizamnamə", identifier="N-12", **of)
    Attachment.objects.create(title="Hesabat", file=ContentFile(b"%PDF-", "a.pdf"), size=2048, **of)
    Release.objects.create(
        headline="Xəbər", wire="Agentlik", source="Şura", lead_in="Redaksiyadan söz.",
        date=date(2026, 3, 5), **of,
    )  # fmt: skip
    make_signature(edition, "Aygün Quliyeva", role="Müəllim", city="Oslo", country="NO")
    make_signature(edition, name_withheld=True)
    make_signature(edition, "Elçin Nağıyev", lead_position=1, role="Sədr")
    make_signature(edition, organization=make_organization("Çay Birliyi"))
    return edition


def addresses(edition):
    slug = edition.statement.slug
    pending = make_signature(edition, "Aygün Quliyeva", country="NO", state="pending")
    confirmed = edition.statement.signatures.filter(role="Müəllim").get()
    links = [f"/sign/confirm/{tokens.make(one, tokens.CONFIRM)}/" for one in (pending, confirmed)]
    return [
        "/", "/statements/", f"/statements/{slug}/", f"/statements/{slug}/signatories/",
        f"/statements/{slug}/signatories/?people=1.1", f"/sign/{slug}/", *links,
        "/sign/confirm/nothing/", "/statements/nothing/",
    ]  # fmt: skip


def assert_translated(english, translated, language, content):
    """Nothing is the catalogue's English, nor alike in both languages unless it is `content`."""
    assert len(translated) > 5
    assert english_in(translated, language) == set()
    assert english & translated - SITE - content - alike(language) == set()


def assert_page_translated(ask, path, language, content=frozenset()):
    """`ask` gets or posts a path."""
    pages = (Texts(ask(f"{prefix}{path}").text).pieces for prefix in ("", f"/{language}"))
    assert_translated(*pages, language, content)


def test_no_page_has_english_on_it(client, edition, language):
    for path in addresses(edition):
        assert_page_translated(client.get, path, language, OF_STATEMENT | OF_SIGNERS | NETWORKS)
    lifecycle.close(edition.statement, by=None)
    for path in addresses(edition):
        assert_page_translated(client.get, path, language, OF_STATEMENT | OF_SIGNERS | NETWORKS)


def test_no_answer_to_the_form_has_english_on_it(client, edition, language):
    path = f"/sign/{edition.statement.slug}/"
    for data in (
        {}, {"kind": "choir"}, form_data(email="nora", name="N\x07", country="XX"),
        form_data(kind="organization", website="//", role="x" * 999), form_data(),
    ):  # fmt: skip
        content = OF_STATEMENT | {data.get("email")}
        assert_page_translated(
            partial(client.post, data=data, follow=True), path, language, content
        )
    cross_site = partial(client.post, headers={"Sec-Fetch-Site": "cross-site"})
    assert_page_translated(cross_site, path, language)


def test_nor_has_what_the_buttons_behind_links_are_answered_with(client, edition, language):
    path = edition.statement.get_absolute_url()
    signature = make_signature(edition, "Nora Lind")
    follower = Follower.objects.create(
        statement=edition.statement, email="bo@example.org", email_key="bo@example.org"
    )
    for data in (
        {"confirm": tokens.make(signature, tokens.CONFIRM)}, {"confirm": "nothing"},
        {"correction": tokens.make(signature, tokens.CORRECTION), "answer": "stay"},
        {"follow": followers.make_token(follower, followers.CONFIRM)}, {"follow": "nothing"},
    ):  # fmt: skip
        content = OF_STATEMENT | OF_SIGNERS | NETWORKS | {"Nora Lind"}
        assert_page_translated(partial(client.post, data=data), path, language, content)


def test_no_mail_has_english_in_it(client, edition, language):
    make_signature(edition, email="old@example.org", language=language)
    signed = form_data(kind="organization", organization="Çay Birliyi", authorized="on")
    for data in (form_data(), form_data(email="old@example.org"), signed):
        client.post(f"/{language}/sign/{edition.statement.slug}/", data)
    mails = OutgoingMail.objects.all()
    assert len({compose(mail).subject for mail in mails}) == 3
    for mail in mails:
        assert_translated(
            lines(mail, "en"), lines(mail, language), language,
            {"Nora Lind", "Çay Birliyi", settings.SITE_URL},
        )  # fmt: skip


def lines(mail, language):
    """Those with words in them; as HTML a mail says the same."""
    mail.language = language
    message = compose(mail)
    found = {message.subject, *message.body.splitlines()}
    return {line for line in found if any(char.isalpha() for char in line)}

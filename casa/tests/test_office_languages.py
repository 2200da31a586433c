"""The back office in the languages of the site, at the same addresses."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.urls import reverse
from django.utils.translation import trans_real

from casa.accounts.testing import PASSWORD, make_staff, sign_in
from casa.lib import languages
from casa.tests.test_role_matrix import (
    POSTED,
    address,
    admin_patterns,
    rows,  # noqa: F401
    words_of,
)
from statements.models import Statement
from statements.testing import make_draft, screen_data

pytestmark = [pytest.mark.django_db, pytest.mark.page]

LANGUAGE = settings.LANGUAGE_COOKIE_NAME
DRAFT_WORDS = (
    "The room", "A room", "A published one", "Pupils learn there on Saturdays.",
    "The council has put it on its agenda", "We ask the council to keep it open.",
    "The reading room is to close on Saturdays.", "On Thursday the council speaks about it.",
    "River Trust", "Nora Lind", "room.jpg", "A colleague's draft",
)  # fmt: skip
# What stands in pages in both languages and is right so: names, words of rows, addresses.
SAME = {
    *DRAFT_WORDS, "Civic Coalition", "English", "Azərbaycanca", "Edda",
    "Message-ID:", "mail.test", "mail.test 1", "Administrator", "Moderator",
    "Ada Brook", "Dear all", "Bot", "Nora*", "Rally", "Vera Minister",
    "Market square", "Market square, Ada Brook", "Harbour Choir", "Harbour Choirs",
    "First to sign", "· Edda",  # what a round is called, and who added to it
    "Language:",  # of a field that is hidden
    "Join us", "Another page",  # titles of pages
    "Disk",
    "Ada", "› Ada",  # who asked by letter
    "1 Example Square, Exampletown",  # the site's own
    "Chair", "Ines Falk", "The mayor",  # addressees, and who answers for one
    "How many have signed what is addressed to you",  # a mail, in the statement's language
    "True", "False", "None",  # what Django's signs for yes and no are called
}  # fmt: skip
# Pages that are in a language of their own, or show rows as they are stored.
LEFT_OUT = {
    "statements_statement_preview_page", "mail_outgoingmail_sample_html", "pages_sitepage_change",
    "appearance_appearance_preview_page", "appearance_appearance_change",
    "pages_freepage_preview", "appearance_appearance_history", "pages_freepage_history",
    "signatories_updatemailing_html", "signatories_addresseemailing_html",
    "mail_outgoingmail_samples", "session",
    "statements_statement_history_export", "statements_statement_history",
    "signatories_invitationround_mail", "signatories_invitationround_mail_html",
}  # fmt: skip
SCREENS_OF_ALL_WORK = (
    "index", "statements_statement_changelist", "statements_statement_add",
    "signatories_signature_changelist", "signatories_organization_changelist",
    "mail_outgoingmail_changelist",
)  # fmt: skip
ENGLISH = re.compile(r"[A-Za-z]{3}")
ADDRESS = re.compile(r"[0-9a-f]{64}|\S+@\S+|https?://\S+")


class Texts(HTMLParser):
    """What a page says, in words and in the names of its parts."""

    SILENT = ("script", "style", "svg", "pre", "code", "kbd", "textarea", "option")
    NAMED = ("title", "placeholder", "aria-label", "alt")

    def __init__(self):
        super().__init__()
        self.found, self.silent = set(), []

    def handle_starttag(self, tag, attrs):
        if tag in self.SILENT:
            self.silent.append(tag)
        given = dict(attrs)
        named = [given[name] for name in self.NAMED if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "button"):
            named.append(given.get("value") or "")
        self.found.update(" ".join(one.split()) for one in named)

    def handle_endtag(self, tag):
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.found.add(" ".join(data.split()))


def texts_in(client, url, language):
    client.cookies[LANGUAGE] = language
    answer = client.get(url)
    if answer.streaming:
        b"".join(answer.streaming_content)  # closes the file
    if answer.status_code != 200 or answer.streaming or "html" not in answer["Content-Type"]:
        return set()
    assert f'<html lang="{language}"' in answer.text, url
    page = Texts()
    page.feed(answer.text)
    return page.found


def is_english(text):
    text = text.removeprefix("› ").removesuffix(" | Civic Coalition")
    return ENGLISH.search(text) and text not in SAME and not ADDRESS.search(text)


@pytest.mark.slow
def test_every_page_of_the_office_is_translated(client, rows):  # noqa: F811
    client.force_login(make_staff(is_superuser=True))
    english, words = {}, words_of(rows)
    for key, route in admin_patterns():
        if key in POSTED | LEFT_OUT | {"logout"}:
            continue
        url = address(key, route, rows, words)
        both = texts_in(client, url, "en") & texts_in(client, url, "az")
        for text in both:
            if is_english(text) and text != text.lower():
                english.setdefault(text, key)
    assert not english, "\n".join(map(str, sorted(english.items())))


def alike(language):
    """What is said in the same words in both languages, as their catalogue has it."""
    catalogue = trans_real.translation(language)._catalog
    kept = catalogue.items()
    return {said.lower() for name, said in kept if isinstance(name, str) and name.endswith(said)}


def stem(text):
    """A noun without the marks and the number that stand beside it."""
    return re.sub(r"^› |^\d+ |:?( \d+)?$| \| .*", "", text).lower()


@pytest.mark.medium
@pytest.mark.parametrize("language", ["de", "fr", "ru", "tr"])
def test_screens_of_all_work_are_translated_into_each_language(client, settings, language):
    offered = (code for code, _name in languages.of_office())
    names = {code: LANG_INFO[code]["name_local"] for code in (*offered, language)}
    settings.LANGUAGES = list(names.items())
    client.force_login(make_staff(is_superuser=True))
    english, same = {}, alike(language) | {name.lower() for name in names.values()}
    for name in SCREENS_OF_ALL_WORK:
        url = reverse(f"admin:{name}")
        both = texts_in(client, url, "en") & texts_in(client, url, language)
        left = {one for one in both if is_english(one) and stem(one) not in same}
        english |= dict.fromkeys(left, name)
    assert english == {}


@pytest.mark.medium
def test_the_address_in_a_language_leads_to_the_office_in_it(client):
    client.force_login(make_staff(is_superuser=True))
    answer = client.get("/az/admin/statements/statement/?status__exact=draft")
    assert answer.status_code == 302
    assert answer.url == "/admin/statements/statement/?status__exact=draft"
    assert "no-store" in answer["Cache-Control"]
    cookie = answer.cookies[LANGUAGE]
    assert (cookie.value, cookie["path"], cookie["samesite"]) == ("az", "/admin/", "Lax")
    assert cookie["httponly"]
    page = client.get(answer.url)
    assert '<html lang="az"' in page.text
    assert page["Content-Language"] == "az"
    assert "Bəyanatlar" in page.text
    back = client.get("/en/admin/", follow=True)
    assert '<html lang="en"' in back.text


@pytest.mark.parametrize(
    ("path", "status"),
    [("/az/admin/", 302), ("/de/admin/", 404), ("/az/admin/nothing/", 302), ("/az/admin", 301),
     ("/xx/az/admin/", 404)],
)  # fmt: skip
def test_only_languages_of_the_site_have_an_address(client, path, status):
    assert client.get(path).status_code == status


@pytest.mark.parametrize(
    "rest", ["/evil.example/", "//evil.example", "..//evil.example", "%0d%0aX: y"]
)
def test_no_address_leads_out_of_the_office(client, rest):
    answer = client.get(f"/az/admin/{rest}")
    assert answer.status_code != 302 or answer.url.startswith("/admin/")


def test_the_language_is_chosen_by_reading_alone(client):
    assert client.post("/az/admin/", {}).status_code == 405


@pytest.mark.medium
def test_each_page_offers_itself_in_the_other_language(client):
    client.force_login(make_staff(is_superuser=True))
    page = client.get("/admin/statements/statement/?status__exact=draft").text
    assert 'href="/az/admin/statements/statement/?status__exact=draft"' in page
    assert 'href="/en/admin/statements/statement/?status__exact=draft"' in page
    client.logout()
    login = client.get(reverse("admin:login")).text
    assert 'href="/az/admin/login/"' in login


def test_a_site_of_one_language_offers_none(client, settings):
    settings.LANGUAGES = [("en", "English")]
    assert "office-languages" not in client.get(reverse("admin:login")).text


def test_the_browsers_own_language_is_the_first_choice(client):
    make_staff(is_superuser=True)
    page = client.get(reverse("admin:login"), headers={"Accept-Language": "az,en;q=0.5"})
    assert '<html lang="az"' in page.text
    client.cookies[LANGUAGE] = "en"
    page = client.get(reverse("admin:login"), headers={"Accept-Language": "az,en;q=0.5"})
    assert '<html lang="en"' in page.text
    client.cookies[LANGUAGE] = "nonsense"
    assert client.get(reverse("admin:login")).status_code == 200


@pytest.mark.medium
def test_signing_in_keeps_the_language(client):
    make_staff("edda@example.org", is_superuser=True)
    client.get("/az/admin/")
    sign_in(client, "edda@example.org", PASSWORD)
    assert '<html lang="az"' in client.get("/admin/").text


def test_visitors_have_the_language_of_the_address_whatever_the_office_chose(client):
    client.get("/az/admin/")
    assert '<html lang="en"' in client.get("/").text


@pytest.mark.medium
def test_a_form_can_be_saved_in_each_language(client):
    client.force_login(make_staff(is_superuser=True))
    statement = make_draft()
    url = reverse("admin:statements_statement_change", args=[statement.pk])
    for number, code in enumerate(("az", "en")):
        client.cookies[LANGUAGE] = code
        statement.refresh_from_db()
        data = screen_data(statement, place=f"Place {number}", dated_on="2026-12-05")
        answer = client.post(url, data)
        assert answer.status_code == 302, answer.context["errors"]
        saved = Statement.objects.get(pk=statement.pk)
        assert (saved.place, str(saved.dated_on)) == (f"Place {number}", "2026-12-05")

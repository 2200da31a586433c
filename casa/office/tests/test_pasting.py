"""What was pasted and typed in the back office: cleaned, and told to whoever did it."""

import html as entities
import re

import pytest
from django.contrib import admin
from django.urls import URLResolver, get_resolver, reverse

from casa.accounts.testing import make_staff
from casa.appearance import publishing
from casa.lib.html import sanitizer
from casa.lib.html.sanitizer import RichTextField
from casa.pages.models import SitePage
from statements.testing import make_draft, make_edition, make_user, screen_data

pytestmark = [pytest.mark.django_db, pytest.mark.page]

WORD = (
    "<p class=MsoNormal>The fee would rise by <del>12</del><ins>5</ins> percent.</p>"
    "<div style='mso-element:comment-list'><div style='mso-element:comment'>"
    "<p class=MsoCommentText>Our lawyer &lt;b&gt; says no.</p></div></div>"
    "<img src='pasted:0' alt='Map'>"
)
SAID = "2 tracked changes taken as accepted, 1 comment, 1 picture left out."
CLEAN = "<p>The fee would rise by 5 percent.</p>"


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


@pytest.fixture
def save(editor):
    """Saves a draft with some fields as they were typed; gives the page after it, and the text."""
    statement = make_draft()

    def save_statement(**fields):
        url = reverse("admin:statements_statement_change", args=[statement.pk])
        typed = {f"texts-0-{name}": value for name, value in fields.items()}
        return editor.post(url, screen_data(statement, **typed), follow=True), statement.texts.get()

    return save_statement


def paste(client, html):
    return client.post(reverse("admin:pasted"), {"html": html})


def test_pasting_answers_with_the_words_and_what_was_left_out(editor):
    answer = paste(editor, WORD).json()
    assert (answer["html"], answer["sentence"]) == (CLEAN, SAID)
    assert "Our lawyer &lt;b&gt; says no." in answer["notice"]
    assert 'data-picture="pasted:0"' in answer["notice"]
    assert paste(editor, "<p class=x>Plain.</p>").json()["notice"] == ""


def test_what_was_left_out_is_there_in_whole(editor):
    """However long it is, and a line for each of its paragraphs, to be put back."""
    deleted = "".join(f"<p>Paragraph {number}, {'x' * 200}.</p>" for number in range(20))
    notice = entities.unescape(
        paste(editor, f"<p class=x>Kept.</p><del>{deleted}</del>").json()["notice"]
    )
    words = re.search(r'data-words="([^"]*)"', notice)[1]
    assert words.splitlines() == re.findall("<p>(.*?)</p>", deleted)
    assert "data-words" not in paste(editor, "<p class=x><ins>New.</ins></p>").json()["notice"]


def test_what_is_too_long_is_said_and_not_cut(editor, monkeypatch):
    monkeypatch.setattr(sanitizer, "LONGEST", 20)
    answer = paste(editor, "<p>Longer than twenty characters.</p>").json()
    assert answer["html"] is None
    assert "This is too long to paste at once." in answer["notice"]


def test_whoever_writes_nothing_pastes_nothing(client):
    client.force_login(make_staff())
    assert paste(client, WORD).status_code == 403
    client.force_login(make_user("reader@example.org", is_staff=False))
    assert paste(client, WORD).status_code == 302


@pytest.mark.medium
def test_a_statement_saved_without_scripts_says_it(save):
    answer, text = save(body=WORD)
    assert text.body == CLEAN
    assert SAID in answer.text
    assert "Our lawyer &lt;b&gt; says no." in answer.text


@pytest.mark.medium
def test_what_is_too_much_to_read_is_refused_beside_its_field(save):
    body = f"<p>Keep <del>it</del> open.</p>{'<b>' * 200}"
    answer, text = save(body=body)
    assert "This has too much formatting to read." in answer.text
    assert body in entities.unescape(answer.text)
    assert text.body == "<p>Pupils learn there on Saturdays.</p>"


@pytest.mark.medium
def test_a_page_saved_without_scripts_says_it(editor):
    page = SitePage.objects.get_or_create(key=SitePage.Key.ABOUT)[0]
    data = {
        "texts-TOTAL_FORMS": "1", "texts-INITIAL_FORMS": "0", "texts-0-page": page.pk,
        "texts-0-language": "en", "texts-0-title": "About us", "texts-0-body": WORD,
    }  # fmt: skip
    url = reverse("admin:pages_sitepage_change", args=[page.pk])
    assert SAID in editor.post(url, data, follow=True).text
    assert page.texts.get().body == CLEAN


@pytest.mark.medium
def test_a_mailing_saved_without_scripts_says_it(editor):
    data = {
        "statement": make_edition().statement_id, "kind": "update", "words-TOTAL_FORMS": "1",
        "words-INITIAL_FORMS": "0", "words-0-language": "en", "words-0-subject": "News",
        "words-0-body": WORD,
    }  # fmt: skip
    answer = editor.post(reverse("admin:signatories_updatemailing_add"), data, follow=True)
    assert SAID in answer.text


def test_no_other_screen_has_rich_texts():
    def has_rich_texts(model):
        return any(isinstance(field, RichTextField) for field in model._meta.get_fields())

    found = {
        type(one).__name__
        for model, one in admin.site._registry.items()
        if any(map(has_rich_texts, (model, *(inline.model for inline in one.inlines))))
    }
    assert found == {
        "StatementAdmin", "SitePageAdmin", "FreePageAdmin", "AppearanceAdmin", "UpdateMailingAdmin",
        "EditionAdmin",
    }  # fmt: skip


@pytest.mark.medium
def test_each_of_them_cleans_what_is_pasted(editor):
    page = SitePage.objects.get_or_create(key=SitePage.Key.ABOUT)[0]
    for url in (
        reverse("admin:statements_statement_change", args=[make_draft().pk]),
        reverse("admin:pages_sitepage_change", args=[page.pk]),
        reverse("admin:pages_freepage_add"),
        reverse("admin:appearance_appearance_change", args=[publishing.draft().pk]),
        reverse("admin:signatories_updatemailing_add"),
    ):
        text = editor.get(url).text
        assert "casa/admin-paste" in text, url
        assert f'data-address="{reverse("admin:pasted")}"' in text, url


@pytest.mark.medium
def test_a_bad_link_is_named_beside_its_field_and_what_was_typed_is_kept(save):
    body = '<p>Sign <a href="example.org/join">here</a>.</p>'
    answer, text = save(body=body)
    assert "“example.org/join” is not a full address." in answer.text
    assert body in entities.unescape(answer.text)
    assert text.body == "<p>Pupils learn there on Saturdays.</p>"


# --- Characters that nobody sees ---


def patterns(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def test_every_screen_takes_them_out():
    """Django's own ask the site for `admin_view` when they are called, and say whose they are."""
    urls = get_resolver().url_patterns
    root = next(one for one in urls if getattr(one, "app_name", "") == "admin")
    signs = ("takes_invisible_out", "admin_site", "model_admin")
    others = {
        one.name
        for one in patterns(root)
        if one.name and not any(hasattr(one.callback, sign) for sign in signs)
    }
    assert {one for one in others if not one.startswith("password_reset")} == {
        "login", "login_code", "session",
    }  # fmt: skip


@pytest.mark.medium
def test_a_title_loses_them_and_a_message_says_so(save):
    answer, text = save(title="Mend\u202e the\u200b bridge", summary="می\u200cخواهیم")
    assert (text.title, text.summary) == ("Mend the bridge", "می\u200cخواهیم")
    assert "2 invisible characters were taken out of what you typed." in answer.text


def test_passwords_stay_as_they_are(client):
    user = make_staff()
    user.set_password("a\u200bb-old-one-4711")
    user.save()
    client.force_login(user)
    data = {"old_password": "a\u200bb-old-one-4711", "new_password1": "x", "new_password2": "y"}
    answer = client.post(reverse("admin:password_change"), data)
    assert "old_password" not in answer.context["form"].errors


def test_no_paste_is_longer_than_a_million_characters():
    assert sanitizer.LONGEST == 1_000_000

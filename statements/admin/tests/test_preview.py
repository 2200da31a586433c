"""Staff see a statement as visitors would, and can do nothing in its place."""

import re
from datetime import timedelta

import pytest
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from casa.office import roles
from signatories.leads import placement
from signatories.models import Signature
from signatories.parser import parse_block
from statements import lifecycle
from statements.models import Edition, Statement, StatementText
from statements.testing import make_draft, make_edition, make_picture, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture(autouse=True)
def editor(client):
    user = make_user()
    client.force_login(user)
    return user


def shell(client, statement, **query):
    return client.get(reverse("admin:statements_statement_preview", args=[statement.pk]), query)


def page(client, statement, language="en"):
    return client.get(
        reverse("admin:statements_statement_preview_page", args=[statement.pk, language])
    )


def policy(answer):
    return set(answer["Content-Security-Policy"].split("; "))


def shown_words(text):
    """The page without its head, and without what differs from answer to answer."""
    body = text[text.index("<body") :]
    body = re.sub(r'name="opened" value="[^"]*"', "", body)
    body = re.sub(r'<img src="[^"]*" alt="[^"]*" height="24"', "", body)  # the badge
    body = body.replace('<form autocomplete="off"', "<form")  # of every form of the office
    return body.replace(' target="_self"', "")


@pytest.mark.medium
def test_the_preview_is_the_page_that_visitors_then_see(client, editor):
    statement = make_draft("Keep the reading room open")
    StatementText.objects.create(
        statement=statement, language="az", title="Oxu zalı açıq qalsın", body="<p>Şagirdlər.</p>"
    )
    before = {
        language: shown_words(page(client, statement, language).text) for language in ["en", "az"]
    }
    lifecycle.publish(statement, by=editor)
    after = {
        "en": shown_words(client.get(f"/statements/{statement.slug}/").text),
        "az": shown_words(client.get(f"/az/statements/{statement.slug}/").text),
    }
    assert before == after
    assert 'class="sign-form' in before["en"]
    assert "Oxu zalı açıq qalsın" in before["az"]
    # Nothing was stored by looking.
    assert not StatementText.objects.exclude(statement=statement).exists()
    assert Edition.objects.count() == 2


@pytest.mark.medium
def test_a_pending_correction_is_shown_with_the_number_it_would_get(client, editor):
    statement = make_edition().statement
    statement.texts.update(body="<p>Teachers learn there, too.</p>")
    answer = page(client, statement)
    assert "Teachers learn there, too." in answer.text
    assert "Edition 2" in answer.text
    assert "Visitors read edition 1 until then" in shell(client, statement).text
    assert "Teachers learn" not in client.get(f"/statements/{statement.slug}/").text
    statement.texts.update(body="<p>Pupils learn there on Saturdays.</p>")
    assert "No words wait to be published" in shell(client, statement).text


@pytest.mark.medium
def test_under_embargo_the_page_is_that_of_the_moment(client, editor):
    moment = timezone.now() + timedelta(days=3)
    statement = make_edition(publish_at=moment).statement
    answer = page(client, statement)
    assert 'class="sign-form' in answer.text
    assert client.get(f"/statements/{statement.slug}/").status_code == 404
    Statement.objects.filter(pk=statement.pk).update(signing_opens_at=moment + timedelta(days=1))
    assert 'class="sign-form' not in page(client, statement).text
    Statement.objects.filter(pk=statement.pk).update(signing_opens_at=moment - timedelta(hours=1))
    assert 'class="sign-form' in page(client, statement).text


@pytest.mark.medium
def test_words_saved_under_embargo_would_be_edition_one_and_do_not_go_public_yet(client, editor):
    statement = make_edition(publish_at=timezone.now() + timedelta(days=3)).statement
    statement.texts.update(body="<p>Teachers learn there, too.</p>")
    answer = page(client, statement)
    assert "Teachers learn there, too." in answer.text
    assert "Edition 2" not in answer.text
    assert "the earlier ones go public on" in shell(client, statement).text


@pytest.mark.medium
def test_first_names_of_a_draft_stand_in_its_preview(client):
    statement = make_draft()
    placement.place(statement, parse_block([(1, "Ada Abel, Teacher, Leeds")]))
    assert "Ada Abel" in page(client, statement).text


@pytest.mark.medium
def test_a_withdrawn_statement_and_one_without_words_say_so(client, editor):
    statement = make_edition().statement
    lifecycle.withdraw(statement, by=editor)
    assert "shows none of its words" in shell(client, statement).text
    assert page(client, statement).status_code == 404
    empty = make_draft("Empty")
    empty.texts.all().delete()
    assert "There are no words to show yet" in shell(client, empty).text


@pytest.mark.medium
def test_a_draft_with_a_title_alone_is_shown(client):
    statement = make_draft("Only a title", body="", summary="", ask="")
    assert "Only a title" in page(client, statement).text


@pytest.mark.medium
def test_each_language_and_width_has_an_address(client):
    statement = make_draft()
    both = shell(client, statement)
    assert both.text.count("<iframe") == 2
    assert "not translated" in both.text
    phone = shell(client, statement, width="360", language="az").text
    assert phone.count("<iframe") == 1
    assert "/preview/az/" in phone
    for width, language in (("1281", "xx"), ("<script>", "")):
        odd = shell(client, statement, width=width, language=language)
        assert odd.status_code == 200
        assert "<script>&" not in odd.text
        assert "/preview/en/" in odd.text
    untranslated = page(client, statement, "az")
    assert '<html lang="az"' in untranslated.text
    assert untranslated["Content-Language"] == "az"
    assert page(client, statement, "xx").status_code == 404


@pytest.mark.medium
def test_the_page_in_the_frame_can_do_nothing(client):
    answer = page(client, make_draft())
    assert {
        "script-src 'none'", "form-action 'none'", "connect-src 'none'",
        "frame-ancestors 'self'", "sandbox allow-same-origin",
    } <= policy(answer)  # fmt: skip
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<base target="_blank">' in answer.text  # opens a window, which the frame may not
    assert 'target="_self" href="#sign"' in answer.text  # leads to a place on the page
    assert "<script src" not in answer.text
    assert "csrf" not in answer.text
    assert "edda" not in answer.text.lower()
    statement = make_edition("Another").statement
    posted = client.post(
        reverse("admin:statements_statement_preview_page", args=[statement.pk, "en"]),
        {"name": "Nora Lind", "email": "nora@example.org"},
    )
    assert posted.status_code == 405
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_no_other_page_of_the_office_lets_itself_be_framed(client):
    """Pages without a row in their address; those of mails and previews are the exceptions."""

    def names(resolver):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                yield from names(entry)
            elif entry.name and not entry.pattern.converters and "(" not in str(entry.pattern):
                yield entry.name

    admin = next(
        one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "admin"
    )
    statement = make_draft()
    pages = [reverse(f"admin:{name}") for name in set(names(admin)) - {"logout"}]
    pages.append(reverse("admin:statements_statement_change", args=[statement.pk]))
    pages.append(reverse("admin:statements_statement_preview", args=[statement.pk]))
    for url in pages:
        answer = client.get(url)
        assert "frame-ancestors 'none'" in policy(answer), url
        assert answer["X-Frame-Options"] == "DENY", url


@pytest.mark.medium
def test_the_kept_form_of_visitors_is_none_of_a_preview(client, editor):
    statement = make_edition(signers=Statement.Signers.PEOPLE).statement
    statement.texts.update(title="Changed")
    page(client, statement)
    other = make_draft("Another", signers=Statement.Signers.NOBODY)
    Statement.objects.filter(pk=other.pk).update(changed_at=statement.changed_at)
    assert 'class="sign-form' not in page(client, other).text
    edition = client.get(f"/statements/{statement.slug}/").text
    assert 'name="edition" value="1"' in edition


@pytest.mark.medium
def test_pictures_of_a_draft_are_shown_to_staff_alone(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    statement = make_draft()
    rendition = make_picture(statement)
    url = reverse("admin:statements_statement_preview_picture", args=[statement.pk, rendition.pk])
    text = page(client, statement).text
    assert f'src="{url}"' in text
    assert "/pictures/" not in text.replace(url, "")
    answer = client.get(url)
    assert b"".join(answer.streaming_content) == b"picture"
    other = make_draft("Another")
    wrong = reverse("admin:statements_statement_preview_picture", args=[other.pk, rendition.pk])
    assert client.get(wrong).status_code == 404
    client.logout()
    assert client.get(url).status_code == 302


@pytest.mark.medium
def test_an_author_sees_their_own_draft_and_no_colleagues(client):
    author = make_user("author@example.org", is_superuser=False)
    author.groups.add(author.groups.model.objects.get(name=roles.AUTHOR.name))
    client.force_login(author)
    own, colleagues = (
        make_draft("Mine", by=author),
        make_draft("Not mine", by=make_user("c@example.org")),
    )
    assert not author.has_perm("statements.preview_statement")
    assert (shell(client, own).status_code, page(client, own).status_code) == (200, 200)
    assert (shell(client, colleagues).status_code, page(client, colleagues).status_code) == (
        403,
        403,
    )
    analyst = make_user("analyst@example.org", is_superuser=False)
    client.force_login(analyst)  # without any role
    assert shell(client, make_edition("Public").statement).status_code == 403

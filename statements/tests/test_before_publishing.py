"""What is missing or odd before a statement is published, and where each line leads."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from statements import before_publishing, lifecycle
from statements.admin.screen import PARTS
from statements.before_publishing import CHECKS, findings
from statements.models import Attachment, LinkCheck, Statement, StatementText, SupporterText
from statements.testing import make_draft, make_edition, make_user, screen_url
from statements.translations import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def in_days(number):
    return timezone.now() + timedelta(days=number)


def complete(**fields):
    """A draft of which nothing can be said."""
    draft = make_draft(**fields)
    draft.targets.create(name="The council")
    StatementText.objects.create(
        statement=draft, language="az", title="Oxu zalı", summary="Bağlanır.",
        body="<p>Şagirdlər orada oxuyur.</p>", ask="Açıq saxlayın.",
    )  # fmt: skip
    return draft


def attach(draft, title, **fields):
    defaults = {"content_type": "application/pdf", "size": 1, "sha256": "0", **fields}
    file = ContentFile(b"x", "scan.pdf")
    Attachment.objects.create(statement=draft, title=title, file=file, **defaults)


def text(draft, language="az", **fields):
    StatementText.objects.filter(statement=draft, language=language).update(**fields)


def dates(draft, **fields):
    Statement.objects.filter(pk=draft.pk).update(**fields)


def letter(draft, *, email="", words=""):
    dates(draft, after_signing=Statement.AfterSigning.LETTER)
    draft.targets.update(email=email)
    SupporterText.objects.create(statement=draft, language="en", letter_words=words)


# What is done to a complete draft, the check that finds it, and whether it blocks.
ODD = {
    "no original": (lambda draft: draft.texts.get(language="en").delete(), "words_are_there", True),
    "no words": (lambda draft: text(draft, "en", body=""), "words_are_there", True),
    "a translation of a title": (lambda draft: text(draft, body=""), "words_are_there", True),
    "a relative link": (
        lambda draft: raw(draft, '<p>See <a href="/plan">the plan</a>.</p>'),
        "links_lead_somewhere", True,
    ),
    "a dead link": (lambda draft: link(draft, "gone"), "links_answer", False),
    "a silent link": (lambda draft: link(draft, "silent"), "links_answer", False),
    "no summary": (lambda draft: text(draft, summary=""), "every_text_has_a_summary", False),
    "no ask": (lambda draft: text(draft, "en", ask=" "), "something_is_asked", False),
    "no ask in a translation": (lambda draft: text(draft, ask=""), "something_is_asked", False),
    "a next step that leads nowhere": (
        lambda draft: dates(draft, after_signing=Statement.AfterSigning.LINK),
        "the_next_step_has_a_link", False,
    ),
    "a letter that nobody wrote": (
        lambda draft: letter(draft, email="council@example.org"), "a_letter_has_words", False,
    ),
    "a letter to nobody": (
        lambda draft: letter(draft, words="Dear council"), "a_letter_has_a_reader", False,
    ),
    "no translation": (
        lambda draft: draft.texts.get(language="az").delete(), "every_language_has_words", False,
    ),
    "nobody addressed": (
        lambda draft: draft.targets.all().delete(), "somebody_is_addressed", False,
    ),
    "a moment that has passed": (
        lambda draft: dates(draft, publish_at=in_days(-2)), "dates_are_not_odd", False,
    ),
    "a year away": (
        lambda draft: dates(draft, publish_at=in_days(400)), "dates_are_not_odd", False,
    ),
    "closed before it is public": (
        lambda draft: dates(draft, publish_at=in_days(3), signing_closes_at=in_days(2)),
        "dates_are_not_odd", False,
    ),
    "open for an hour": (
        lambda draft: dates(draft, signing_closes_at=in_days(0.04)), "dates_are_not_odd", False,
    ),
    "opens in two months": (
        lambda draft: dates(draft, signing_opens_at=in_days(60)), "dates_are_not_odd", False,
    ),
    "dated wrongly": (
        lambda draft: dates(draft, dated_on=in_days(-365).date()), "its_date_is_near", False,
    ),
    "of long ago": (
        lambda draft: dates(draft, dated_on=in_days(-365).date(), kind="press_statement"),
        "its_date_is_near", False,
    ),
    "a file that is called by its name": (
        lambda draft: attach(draft, "scan_0012.PDF"), "files_have_titles", False,
    ),
    "a picture that nobody describes": (
        lambda draft: attach(draft, "The room", content_type="image/jpeg"),
        "files_have_titles", False,
    ),
}  # fmt: skip


def raw(draft, body):
    """Words as they were stored before links had to be full addresses."""
    table = StatementText._meta.db_table
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET body = %s WHERE statement_id = %s AND language = 'en'",
            [body, draft.pk],
        )


def link(draft, outcome):
    text(draft, "en", body='<p>See <a href="https://example.org/100%">it</a>.</p>')
    now = timezone.now()
    LinkCheck.objects.create(
        url="https://example.org/100%", asked_at=now, checked_at=now, outcome=outcome
    )


def look(draft, user=None):
    return findings(Statement.objects.get(pk=draft.pk), user or make_user("ed@example.org"))


def test_nothing_is_found_where_nothing_is_missing():
    assert look(complete(publish_at=in_days(6), signing_closes_at=in_days(20))) == []


@pytest.mark.medium
@pytest.mark.parametrize("case", ODD)
def test_each_is_found_once_by_its_check(case):
    spoil, name, blocks = ODD[case]
    draft = complete()
    spoil(draft)
    user = make_user("ed@example.org")
    (found,) = look(draft, user)
    assert found.blocks is blocks
    assert found.sentence.endswith((".", "”.", "?"))
    assert "%(" not in found.sentence
    found_by = getattr(before_publishing, name)
    assert list(found_by(Statement.objects.get(pk=draft.pk), user)) == [found]


def test_an_old_press_statement_that_is_only_read_is_not_odd():
    fields = {"kind": Statement.Kind.PRESS_STATEMENT, "dated_on": in_days(-365).date()}
    assert look(complete(signers="nobody", **fields)) == []


@pytest.mark.parametrize("case", ODD)
def test_what_blocks_is_what_publishing_refuses(case):
    spoil, _name, blocks = ODD[case]
    draft = complete()
    spoil(draft)
    draft = Statement.objects.get(pk=draft.pk)
    if blocks:
        with pytest.raises(lifecycle.LifecycleError):
            lifecycle.publish(draft, by=None)
    else:
        assert lifecycle.publish(draft, by=None)


def test_every_check_is_walked_above():
    told = {name for _spoil, name, _blocks in ODD.values()}
    assert {one.__name__ for one in CHECKS} - told <= {"somebody_else_has_looked"}


def test_four_eyes_block_whoever_wrote_last(settings):
    settings.FOUR_EYES = True
    author = make_user("anna@example.org")
    draft = complete(by=author)
    (found,) = look(draft, author)
    assert found.blocks
    assert look(draft) == []
    with pytest.raises(lifecycle.LifecycleError):
        lifecycle.publish(draft, by=author)


@pytest.mark.medium
@pytest.mark.parametrize("case", ODD)
def test_each_line_leads_to_a_field_of_its_part(client, case):
    draft = complete()
    ODD[case][0](draft)
    client.force_login(make_user())
    page = client.get(screen_url(draft))
    (line,) = page.context["before"]
    assert f'href="{line.url}"' in page.text
    assert line.part in PARTS
    url, _hash, anchor = line.url.partition("#")
    assert f'id="{anchor}"' in client.get(url).text


@pytest.mark.medium
def test_the_parts_are_marked_by_what_is_missing_in_them(client):
    draft = make_draft()
    text(draft, "en", body="", ask="")
    client.force_login(make_user())
    marks = {one["name"]: one["mark"] for one in client.get(screen_url(draft)).context["parts"]}
    assert marks["words"] == {"all": 3, "blocks": 1}
    assert marks["addressees"] == {"all": 1, "blocks": 0}
    assert marks["dates"] is None


@pytest.mark.medium
def test_the_page_of_the_step_lists_it_too(client):
    draft = make_draft()
    client.force_login(make_user())
    for name in ("publish", "submit"):
        url = reverse("admin:statements_statement_action", args=[draft.pk, name])
        assert "Nobody is addressed." in client.get(url).text


@pytest.mark.medium
def test_it_is_silent_once_nothing_waits_to_be_published(client):
    statement = make_edition().statement
    client.force_login(make_user())
    assert client.get(screen_url(statement)).context["before"] is None
    text(statement, "en", summary="")
    assert client.get(screen_url(statement)).context["before"]


def test_a_translation_that_is_begun_does_not_stop_a_correction_that_leaves_it_out():
    statement = make_edition().statement
    StatementText.objects.create(statement=statement, language="az", title="Oxu zalı", body="")
    text(statement, "en", ask="We ask for Sundays.")
    with pytest.raises(lifecycle.LifecycleError, match="look at Azerbaijani"):
        lifecycle.correct(statement, by=None, note="Sundays.", is_material=False)
    (edition,) = lifecycle.correct(
        statement, by=None, note="Sundays.", is_material=False, answers={"az": Answer.KEPT}
    )
    assert edition.language == "en"

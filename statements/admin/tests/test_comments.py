"""Author and editor write to each other beside the draft, and see the steps it took."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from statements import lifecycle
from statements.models import Comment
from statements.testing import make_draft, make_edition, make_user, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def urls(statement):
    comment = reverse("admin:statements_statement_comment", args=[statement.pk])
    return [screen_url(statement, "comments"), comment]


def somebody(*permissions, email="anna@example.org"):
    user = make_user(email, is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


AUTHOR = ("view_statement", "change_statement", "add_comment", "view_comment")


@pytest.mark.medium
def test_what_is_written_stands_on_the_screen(client):
    author = somebody(*AUTHOR)
    statement = make_draft(by=author)
    comment = urls(statement)[1]
    client.force_login(author)
    answer = client.post(comment, {"text": "Is the figure <b>right</b>?"}, follow=True)
    assert "Is the figure &lt;b&gt;right&lt;/b&gt;?" in answer.text
    written = Comment.objects.get()
    assert (written.by, written.statement) == (author, statement)


@pytest.mark.medium
def test_a_note_that_came_with_a_draft_sent_back_is_read_first(client):
    author = somebody(*AUTHOR)
    statement = make_draft(by=author)
    lifecycle.submit(statement, by=author)
    lifecycle.send_back(statement, by=make_user(), note="Name the committee.")
    client.force_login(author)
    page = client.get(urls(statement)[0]).text
    assert page.count("Name the committee.") == 2
    assert "Name the committee." in page[: page.index('id="statement_form"')]
    assert "Sent back" in page


@pytest.mark.medium
def test_nothing_is_no_comment(client):
    statement = make_draft()
    client.force_login(make_user())
    answer = client.post(urls(statement)[1], {"text": "  "}, follow=True)
    assert "Write the comment first." in answer.text
    assert not Comment.objects.exists()


@pytest.mark.parametrize("missing", ["add_comment", "view_statement"])
def test_it_needs_the_permission(client, missing):
    author = somebody(*(name for name in AUTHOR if name != missing))
    statement = make_draft(by=author)
    client.force_login(author)
    assert client.post(urls(statement)[1], {"text": "x"}).status_code == 403
    assert not Comment.objects.exists()


def test_anothers_draft_is_not_commented_on(client):
    client.force_login(somebody(*AUTHOR))
    statement = make_draft(by=somebody(email="boris@example.org"))
    assert client.post(urls(statement)[1], {"text": "x"}).status_code == 403


def test_it_is_only_posted(client):
    client.force_login(make_user())
    assert client.get(urls(make_draft())[1]).status_code == 405


@pytest.mark.medium
def test_visitors_never_see_it(client):
    statement = make_edition().statement
    Comment.objects.create(statement=statement, by=make_user(), text="Zanzibarium")
    assert "Zanzibarium" not in client.get(statement.get_absolute_url()).text

"""The correction screen: difference first, then what changed and whether it matters."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from statements import lifecycle
from statements.models import Edition, StatementText
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.page]

OFFER = 'name="_step" value="correct"'


def make_corrected():
    """A published statement whose working copy says Sundays now."""
    statement = make_edition().statement
    StatementText.objects.update(body="<p>Pupils learn there on Sundays.</p>")
    return statement


def screen(statement):
    return reverse("admin:statements_statement_correct", args=[statement.pk])


def mark_in(answer):
    return answer.context["mark"]


@pytest.mark.medium
def test_the_difference_is_shown_before_anything_is_published(client):
    statement = make_corrected()
    client.force_login(make_user())
    answer = client.get(screen(statement))
    assert "Saturdays<" in answer.text.split("<del>")[1]
    assert "Sundays<" in answer.text.split("<ins>")[1]
    assert answer.text.index("<ins>") < answer.text.index('name="note"')
    assert Edition.objects.count() == 1


@pytest.mark.slow
@pytest.mark.parametrize(("word", "is_material"), [("yes", True), ("no", False)])
def test_it_publishes_what_was_shown(client, word, is_material):
    statement, user = make_corrected(), make_user()
    client.force_login(user)
    mark = mark_in(client.get(screen(statement)))
    data = {"note": "Sundays, not Saturdays.", "is_material": word, "seen": mark}
    answer = client.post(screen(statement), data, follow=True)
    assert "Edition 2 is published." in answer.text
    edition = Edition.objects.get(number=2)
    assert (edition.change_note, edition.is_material) == ("Sundays, not Saturdays.", is_material)
    assert edition.published_by == user


@pytest.mark.medium
@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"is_material": "no"}, "Say what changed"),
        ({"note": "Sundays."}, "Choose yes or no"),
        ({"note": "Sundays.", "is_material": "no", "seen": "x"}, "changed after you opened"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, data, sentence):
    statement = make_corrected()
    client.force_login(make_user())
    answer = client.post(screen(statement), {"seen": "0", **data})
    assert answer.status_code == 200
    assert sentence in answer.text
    assert data.get("note", "") in answer.text
    assert Edition.objects.count() == 1


@pytest.mark.medium
def test_without_the_permission_it_is_refused(client):
    statement = make_corrected()
    user = make_user(is_superuser=False)
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=["change_statement", "change_statementtext", "edit_any_statement"]
        )
    )
    client.force_login(user)
    data = {"note": "Sundays.", "is_material": "no", "seen": "x"}
    assert client.get(screen(statement)).status_code == 403
    assert client.post(screen(statement), data).status_code == 403
    change = client.get(reverse("admin:statements_statement_change", args=[statement.pk]))
    assert OFFER not in change.text
    assert Edition.objects.count() == 1


@pytest.mark.slow
def test_it_is_offered_only_when_words_wait(client):
    statement = make_edition().statement
    client.force_login(make_user())
    change = reverse("admin:statements_statement_change", args=[statement.pk])
    assert OFFER not in client.get(change).text
    assert "nothing to correct" in client.get(screen(statement), follow=True).text
    StatementText.objects.update(title="Another title")
    assert OFFER in client.get(change).text
    lifecycle.withdraw(statement, by=None)
    assert OFFER not in client.get(change).text


@pytest.mark.medium
def test_a_lost_language_is_said(client):
    statement = make_edition().statement
    StatementText.objects.create(statement=statement, language="az", title="A", body="<p>A</p>")
    lifecycle.correct(statement, by=None, note="Azerbaijani.", is_material=False)
    StatementText.objects.filter(language="az").delete()
    client.force_login(make_user())
    answer = client.get(screen(statement))
    assert "Put them back" in answer.text
    assert 'name="note"' not in answer.text


@pytest.mark.medium
def test_staff_words_are_no_markup(client):
    statement = make_edition().statement
    StatementText.objects.update(title="<script>alert(1)</script>")
    client.force_login(make_user())
    answer = client.get(screen(statement))
    assert "alert(1)" in answer.text
    assert "<script>alert" not in answer.text

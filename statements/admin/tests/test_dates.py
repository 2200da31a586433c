"""The statement's screen says in words what its dates will do, and asks about odd ones."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from statements import lifecycle
from statements.models import Statement
from statements.testing import make_draft, make_edition, make_user, screen_data, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.page]


@pytest.fixture
def editor(client):
    client.force_login(make_user())
    return client


def change_url(statement):
    return screen_url(statement, "dates")


def publish_url(statement):
    return reverse("admin:statements_statement_action", args=[statement.pk, "publish"])


def written(name, moment, **more):
    local = timezone.localtime(moment)
    return {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M}", **more}


def saved(editor, statement, **fields):
    answer = editor.post(change_url(statement), screen_data(statement, **fields))
    statement.refresh_from_db()
    return answer


def in_days(number):
    return (timezone.now() + timedelta(days=number)).replace(second=0, microsecond=0)


@pytest.mark.medium
def test_a_day_that_two_readers_read_differently_is_not_stored(editor):
    draft = make_draft()
    answer = saved(editor, draft, publish_at_0="05/12/2026", publish_at_1="10:00")
    assert "can be 5 December 2026 or 12 May 2026" in answer.text
    assert 'value="05/12/2026"' in answer.text
    assert draft.publish_at is None


@pytest.mark.medium
def test_a_day_may_be_written_out_and_a_time_as_people_say_it(editor):
    draft = make_draft()
    year = timezone.localdate().year + 1
    answer = saved(editor, draft, publish_at_0=f"5 December {year}", publish_at_1="9am")
    assert answer.status_code == 302
    assert draft.publish_at == datetime(year, 12, 5, 9, tzinfo=UTC)


@pytest.mark.medium
def test_what_is_saved_untouched_stays_to_the_microsecond(editor):
    stored = in_days(3) + timedelta(seconds=7, microseconds=5)
    draft = make_draft(signing_closes_at=stored)
    shown = {"signing_closes_at_shown": stored.isoformat()}
    opens = written("signing_opens_at", stored - timedelta(days=1))
    saved(editor, draft, **opens, **written("signing_closes_at", stored, **shown))
    assert draft.signing_closes_at == stored
    assert draft.signing_opens_at is not None


@pytest.mark.medium
@pytest.mark.parametrize(
    ("make", "fields", "question"),
    [
        (make_draft, lambda: written("publish_at", in_days(-2)), "as soon as you publish it"),
        (make_draft, lambda: written("signing_closes_at", in_days(-2)), "nobody can sign any more"),
        (make_draft, lambda: written("publish_at", in_days(1100)), "years from now"),
        (
            make_draft,
            lambda: {"publish_at_0": "0202-12-05", "publish_at_1": "10:00"}, "is the year 202",
        ),
        (
            make_draft,
            lambda: written("publish_at", in_days(9)) | written("signing_closes_at", in_days(8)),
            "Signing would close before the statement goes public",
        ),
        (
            make_draft,
            lambda: written("publish_at", in_days(9)) | written("signing_opens_at", in_days(5)),
            "Signing would open before the statement goes public",
        ),
        (
            lambda: make_edition(publish_at=in_days(5)).statement,
            lambda: written("publish_at", in_days(-2)), "as soon as you save this",
        ),
    ],
)  # fmt: skip
def test_what_is_hardly_meant_is_asked_about_and_taken_once_it_is_meant(
    editor, make, fields, question
):
    statement = make()
    posted = fields()
    answer = saved(editor, statement, **posted)
    assert question in answer.text
    assert not LogEntry.objects.exists()
    form = answer.context["adminform"].form
    (name,) = form.errors
    box = str(form[name]).partition(f'name="{name}_meant" value="')[2].partition('"')[0]
    assert box
    answer = saved(editor, statement, **posted, **{f"{name}_meant": box})
    assert answer.status_code == 302, answer.context["errors"]
    assert LogEntry.objects.count() == 1


@pytest.mark.medium
def test_closing_before_opening_is_refused_beside_the_closing(editor):
    fields = written("signing_opens_at", in_days(3)) | written("signing_closes_at", in_days(2))
    answer = saved(editor, make_draft(), **fields)
    (sentence,) = answer.context["adminform"].form.errors["signing_closes_at"]
    assert sentence.startswith("Signing has to open before it closes. It opens on ")


@pytest.mark.medium
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (dict, ["Publish at once", "It is public at once."]),
        (
            lambda: {"publish_at": datetime(2024, 3, 5, 10, tzinfo=UTC)},
            ["is public at once: the moment you gave has passed, Tuesday 5 March 2024 at 10:00"],
        ),
        (
            lambda: {"publish_at": datetime(2126, 12, 5, 10, tzinfo=UTC)},
            ["Publish, public on Thursday 5 December 2126 at 10:00 (UTC)", "in 1"],
        ),
        (lambda: {"publish_at": in_days(6)}, ["It goes public on ", ", in 6 days."]),
        (
            lambda: {"signing_closes_at": datetime(2126, 12, 1, 0, tzinfo=UTC)},
            ["Signing is open until Saturday 30 November 2126, 24:00, UTC."],
        ),
        (
            lambda: {"publish_at": in_days(6), "signing_closes_at": in_days(5)},
            ["Nobody can sign it: signing closes before"],
        ),
    ],
)
def test_publishing_names_the_moment_before_and_after(editor, fields, told):
    draft = make_draft(**fields())
    step = editor.get(publish_url(draft)).text
    for sentence in told:
        assert sentence in step
    screen = editor.get(change_url(draft)).text
    assert told[-1] in screen


@pytest.mark.medium
def test_the_message_after_publishing_says_from_when_it_is_public(editor):
    answer = editor.post(publish_url(make_draft(publish_at=in_days(6))), follow=True)
    assert "It goes public on " in answer.text
    assert "in 6 days; until then you can stop it." in answer.text
    answer = editor.post(publish_url(make_draft(publish_at=in_days(-6))), follow=True)
    assert "Published. It is public now." in answer.text


@pytest.mark.medium
def test_a_moment_that_a_colleague_changed_meanwhile_is_read_before_it_is_published(editor):
    draft = make_draft(publish_at=in_days(6))
    page = editor.get(publish_url(draft))
    Statement.objects.update(publish_at=None)
    posted = {"moment": page.context["moment"], "note": "agreed on Monday"}
    answer = editor.post(publish_url(draft), posted)
    assert "Somebody changed the moment of publication" in answer.text
    assert 'value="agreed on Monday"' in answer.text
    assert Statement.objects.get().status == "draft"
    posted["moment"] = answer.context["moment"]
    editor.post(publish_url(draft), posted)
    assert Statement.objects.get().status == "published"


@pytest.mark.medium
def test_a_moment_of_publication_that_has_passed_is_not_asked_about_again(editor):
    statement = make_edition().statement
    lifecycle.close(statement, by=None)
    closed = statement.signing_closes_at
    shown = written("signing_closes_at", closed, signing_closes_at_shown=closed.isoformat())
    assert saved(editor, statement, **shown).status_code == 302
    assert statement.signing_closes_at == closed


@pytest.mark.medium
def test_what_is_not_public_yet_is_called_scheduled(editor):
    statement = make_edition(publish_at=in_days(5)).statement
    shown = editor.get(change_url(statement)).text
    assert '<strong class="status is-scheduled">Scheduled</strong>' in shown
    assert "<strong>Scheduled</strong>" in shown
    assert "<strong>Published</strong>" not in shown
    listed = editor.get(reverse("admin:statements_statement_changelist")).text
    assert '<td class="field-shown_status">Scheduled</td>' in listed
    Statement.objects.filter(pk=statement.pk).update(publish_at=in_days(-1))
    listed = editor.get(reverse("admin:statements_statement_changelist")).text
    assert '<td class="field-shown_status">Published</td>' in listed

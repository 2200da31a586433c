"""Until its moment comes, a publication can be stopped and its words be replaced; never after."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from statements import lifecycle, previews, search, unread
from statements.models import Edition, EditionWords, Statement, StatementText
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


def make_embargoed(title="Keep the reading room open", **left):
    moment = timezone.now() + timedelta(**(left or {"days": 6}))
    return make_edition(title, publish_at=moment).statement


@pytest.mark.medium
def test_a_stopped_statement_is_the_draft_it_was(client):
    user, statement = make_user(), make_embargoed()
    moment, url = statement.publish_at, statement.get_absolute_url()
    lifecycle.stop_publication(statement, by=user, note="The lawyer has a question.")
    assert (statement.status, statement.edition_number, statement.last_number) == ("draft", 0, 0)
    assert statement.publish_at == moment
    assert not Edition.objects.exists()
    assert not EditionWords.objects.exists()
    assert client.get(url).status_code == 404
    event = statement.events.latest("pk")
    assert (event.from_status, event.to_status, event.by) == ("published", "draft", user)
    assert event.note.startswith("The lawyer has a question.\n")
    assert not Statement.objects.public(at=moment + timedelta(days=1)).exists()
    assert list(search.matching("reading")) == []


def test_its_fingerprint_stays_in_the_history():
    statement = make_embargoed()
    printed = statement.editions.get().sha256
    lifecycle.stop_publication(statement, by=None)
    assert printed in statement.events.latest("pk").note


def test_the_address_follows_the_title_again_and_another_may_take_the_old_one():
    statement = make_embargoed("Mend the bridge")
    StatementText.objects.update(title="Mend both bridges")
    lifecycle.stop_publication(statement, by=None)
    assert Statement.objects.get().slug == "mend-both-bridges"
    assert make_draft("Mend the bridge").slug == "mend-the-bridge"


def test_it_is_published_again_with_edition_one():
    statement = make_embargoed()
    lifecycle.stop_publication(statement, by=None)
    StatementText.objects.update(ask="We ask for more.")
    (edition,) = lifecycle.publish(statement, by=None)
    assert (edition.number, edition.translates, edition.ask) == (1, 1, "We ask for more.")


@pytest.mark.parametrize("steps", [["close"], ["close", "reopen"]])
def test_what_was_closed_meanwhile_can_be_stopped_too(steps):
    statement = make_embargoed()
    for step in steps:
        getattr(lifecycle, step)(statement, by=None)
    lifecycle.stop_publication(statement, by=None)
    assert statement.status == "draft"


VERBS = {
    "stop": lambda statement: lifecycle.stop_publication(statement, by=None),
    "replace": lambda statement: lifecycle.replace_unread(statement, by=None),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("left", [timedelta(0), timedelta(days=-3), unread.MARGIN / 2])
def test_what_is_public_or_about_to_be_stays(verb, left):
    statement = make_embargoed()
    Statement.objects.update(publish_at=timezone.now() + left)
    StatementText.objects.update(ask="We ask for more.")
    before = list(Edition.objects.values_list("pk", "sha256"))
    with pytest.raises(lifecycle.LifecycleError, match="too late"):
        VERBS[verb](statement)
    assert list(Edition.objects.values_list("pk", "sha256")) == before
    assert Statement.objects.get().status == "published"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("step", ["stop_publication", "withdraw"])
def test_what_somebody_ended_first_is_said(verb, step):
    statement = make_embargoed()
    mine = Statement.objects.get()
    getattr(lifecycle, step)(statement, by=None)
    with pytest.raises(lifecycle.LifecycleError, match="the statement is “"):
        VERBS[verb](mine)


@pytest.mark.parametrize("verb", VERBS)
def test_time_that_runs_out_meanwhile_undoes_all(verb, monkeypatch):
    statement = make_embargoed()
    StatementText.objects.update(title="Another title", ask="We ask for more.")

    def too_late(publish_at):
        raise unread.TooLateError

    monkeypatch.setattr(unread, "require_time_left", too_late)
    with pytest.raises(lifecycle.LifecycleError, match="too late"):
        VERBS[verb](statement)
    stored = Statement.objects.get()
    assert (stored.status, stored.edition_number) == ("published", 1)
    assert stored.editions.get().ask == "We ask the council to keep it open."
    assert stored.slug == "keep-the-reading-room-open"
    assert stored.events.count() == 1


def test_replaced_words_are_edition_one_with_a_fingerprint_of_their_own():
    statement = make_embargoed()
    before = statement.editions.get()
    StatementText.objects.update(ask="We ask for more.")
    StatementText.objects.create(
        statement=statement, language="az", title="Oxu zalı", body="<p>Şənbə.</p>"
    )
    lifecycle.replace_unread(statement, by=None, note="The lawyer's words.")
    found = Edition.objects.order_by("pk").values_list("number", "translates", "language", "ask")
    assert list(found) == [(1, 1, "en", "We ask for more."), (1, 1, "az", "")]
    statement.refresh_from_db()
    assert (statement.edition_number, statement.last_number) == (1, 1)
    assert statement.editions.get(language="en").sha256 != before.sha256
    assert before.sha256 in statement.events.latest("pk").note
    after = statement.publish_at + timedelta(seconds=1)
    assert Statement.objects.public(after).exists()
    assert not Edition.objects.filter(change_note__gt="").exists()
    assert EditionWords.objects.count() == 2


def test_words_that_did_not_change_are_not_replaced():
    with pytest.raises(lifecycle.LifecycleError, match="Nothing changed"):
        lifecycle.replace_unread(make_embargoed(), by=None)


def test_words_that_changed_since_they_were_looked_at_are_not_replaced():
    statement = make_embargoed()
    with pytest.raises(lifecycle.LifecycleError, match="Look at the difference again"):
        lifecycle.replace_unread(statement, by=None, seen="0" * 16)


def test_four_eyes_look_at_what_replaces_words_too(settings):
    settings.FOUR_EYES = True
    user, statement = make_user(), make_embargoed()
    Statement.objects.update(edited_by=user)
    StatementText.objects.update(ask="We ask for more.")
    with pytest.raises(lifecycle.LifecycleError, match="somebody else"):
        lifecycle.replace_unread(statement, by=user)


def test_nothing_is_corrected_that_nobody_read():
    statement = make_embargoed()
    StatementText.objects.update(ask="We ask for more.")
    with pytest.raises(lifecycle.LifecycleError, match="nothing to correct"):
        lifecycle.correct(statement, by=None, note="More.", is_material=True)
    assert Edition.objects.count() == 1


@pytest.mark.medium
def test_a_preview_shows_the_words_that_go_public_then_the_draft(client):
    statement = make_embargoed()
    _link, path = previews.give(
        statement, name="Jonas", expires_at=timezone.now() + timedelta(days=2), by=make_user()
    )
    StatementText.objects.update(ask="We ask for more.")
    assert "We ask for more." not in client.get(path).text
    lifecycle.replace_unread(statement, by=None)
    assert "We ask for more." in client.get(path).text
    lifecycle.stop_publication(statement, by=None)
    page = client.get(path)
    assert page.status_code == 200
    assert "We ask for more." in page.text
    assert "Under embargo" not in page.text


# --- What the database allows ----------------------------------------------------------------


def delete_editions():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM statements_editionwords")
        cursor.execute("DELETE FROM statements_edition")


@pytest.mark.parametrize(
    "fields",
    [
        lambda: {"publish_at": timezone.now()},
        lambda: {"publish_at": timezone.now() - timedelta(days=400)},
        lambda: {"status": "archived"},
        lambda: {"status": "withdrawn"},
        lambda: {"status": "draft"},
    ],
)
def test_the_database_keeps_what_anybody_could_read(fields):
    make_embargoed()
    Statement.objects.update(**fields())
    with pytest.raises(DatabaseError, match="append-only"):
        delete_editions()
    assert Edition.objects.exists()


def test_the_database_lets_unread_ones_go_and_changes_none():
    make_embargoed()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("UPDATE statements_edition SET title = 'x'")
    delete_editions()
    assert not Edition.objects.exists()


@pytest.mark.medium
@pytest.mark.django_db(transaction=True)
def test_migrating_keeps_all_until_it_is_done():
    make_embargoed()
    unread.keep_all()
    with pytest.raises(DatabaseError, match="append-only"):
        delete_editions()
    call_command("migrate", verbosity=0)
    delete_editions()


@pytest.mark.medium
@pytest.mark.django_db(transaction=True)
def test_stopping_at_the_very_moment_leaves_it_public_for_good_or_never(monkeypatch):
    """Whoever reads it once reads it for ever; whoever stopped it has shown it to nobody."""
    monkeypatch.setattr(unread, "MARGIN", timedelta(milliseconds=100))
    moment = timezone.now() + timedelta(seconds=1)
    statements = [make_edition(f"Letter {n}", publish_at=moment).statement for n in range(6)]

    def stop(number):
        try:
            wait = (moment - timezone.now()).total_seconds() - 0.05 * number
            sleep(max(0, wait))
            lifecycle.stop_publication(statements[number], by=None)
        except lifecycle.LifecycleError:
            return False
        finally:
            connection.close()
        return True

    def read(_number):
        seen, is_over = set(), False
        try:
            while not is_over:  # the last round is after the moment
                is_over = timezone.now() > moment + timedelta(milliseconds=100)
                for statement in statements:
                    if Client().get(statement.get_absolute_url()).status_code == 200:
                        seen.add(statement.pk)
        finally:
            connection.close()
        return seen

    with ThreadPoolExecutor(8) as pool:
        reading = [pool.submit(read, number) for number in range(2)]
        stopped = list(pool.map(stop, range(6)))
        seen = set().union(*(one.result() for one in reading))
    for statement, was_stopped in zip(statements, stopped, strict=True):
        statement.refresh_from_db()
        assert (statement.pk in seen) is not was_stopped
        assert statement.status == ("draft" if was_stopped else "published")
        assert statement.editions.count() == (0 if was_stopped else 1)
    assert not stopped[0]


def test_it_is_withdrawn_as_before_once_it_is_public(client):
    statement = make_edition().statement
    lifecycle.withdraw(statement, by=None)
    assert client.get(statement.get_absolute_url()).status_code == 410

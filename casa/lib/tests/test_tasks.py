from datetime import timedelta

import pytest
from django.apps import apps
from django.utils.module_loading import import_string
from django_q.models import OrmQ, Schedule

from casa.lib import tasks

MINUTE = timedelta(minutes=1)


@pytest.fixture
def registered(monkeypatch):
    """Only what a test registers."""
    monkeypatch.setattr(tasks, "_tasks", {})
    return tasks._tasks


def rows():
    return sorted(
        Schedule.objects.values_list("name", "func", "args", "schedule_type", "minutes", "repeats")
    )


@pytest.mark.django_db
def test_migrating_sets_up_the_schedules():
    every = {name: task.every for name, task in tasks._tasks.items() if task.every}
    assert every == {
        "announce-contact-ends": timedelta(hours=1),
        "announce-statements": MINUTE,
        "ask-imported-people": MINUTE,
        "ask-in-rounds": MINUTE,
        "ask-to-verify-again": MINUTE,
        "carry-out-decisions": MINUTE,
        "check-links": timedelta(minutes=5),
        "deliver-mail": MINUTE,
        "empty-packets": timedelta(days=1),
        "encrypt-anew": MINUTE,
        "end-contact-data": timedelta(days=1),
        "end-following": timedelta(days=1),
        "find-duplicates": MINUTE,
        "forget-addresses-of-mail": timedelta(days=1),
        "forget-alarms": timedelta(days=1),
        "forget-bursts": timedelta(hours=1),
        "forget-criteria-of-decisions": timedelta(hours=1),
        "forget-drafts-of-decisions": timedelta(hours=1),
        "forget-dropped-mail": timedelta(days=1),
        "forget-ended-sessions": timedelta(days=1),
        "forget-exports": timedelta(days=1),
        "forget-failed-sign-ins": timedelta(days=1),
        "forget-failed-tasks": timedelta(days=1),
        "forget-held-forms": timedelta(hours=1),
        "forget-imported-lines": timedelta(days=1),
        "forget-imported-lists": timedelta(hours=1),
        "forget-lines-of-signatures": timedelta(days=1),
        "forget-link-checks": timedelta(days=1),
        "forget-listed-networks": timedelta(hours=1),
        "forget-log-of-edits": timedelta(days=1),
        "forget-logo-uploads": timedelta(hours=1),
        "forget-mail-budgets": timedelta(hours=1),
        "forget-networks": timedelta(days=1),
        "forget-preview-links": timedelta(days=1),
        "forget-preview-visits": timedelta(days=1),
        "forget-rate-counts": timedelta(hours=1),
        "forget-requests": timedelta(days=1),
        "forget-rounds": timedelta(hours=1),
        "forget-scanned-sheets": timedelta(hours=1),
        "forget-tries-to-sign-in": timedelta(days=1),
        "forget-unconfirmed-followers": timedelta(hours=1),
        "forget-unconfirmed-signatures": timedelta(hours=1),
        "forget-unsaved-files": timedelta(hours=1),
        "forget-unsaved-forms": timedelta(hours=1),
        "give-sign-of-life": MINUTE,
        "make-packets": MINUTE,
        "mail-the-week": timedelta(hours=1),
        "mark-milestones": MINUTE,
        "notice-bursts": timedelta(minutes=5),
        "prove-seals": timedelta(days=1),
        "prove-tally": timedelta(days=1),
        "read-logos": MINUTE,
        "remind-in-rounds": timedelta(minutes=10),
        "remind-signers": timedelta(minutes=10),
        "seal-counts": timedelta(minutes=10),
        "send-updates": MINUTE,
        "tell-addressees": MINUTE,
        "tell-followers": MINUTE,
        "tell-moderators": timedelta(minutes=10),
        "tell-signers-of-corrections": MINUTE,
        "watch": MINUTE,
        "work-on-imports": MINUTE,
    }
    expected = [
        (name, tasks.RUN, f"('{name}',)", "I", every[name] // MINUTE, -1) for name in sorted(every)
    ]
    assert rows() == expected
    Schedule.objects.all().delete()
    for _ in range(2):
        tasks.set_up_schedules()
        assert rows() == expected


def test_the_path_in_the_rows_leads_to_the_function():
    assert import_string(tasks.RUN) is tasks.run


@pytest.mark.django_db
def test_migrating_follows_what_is_registered(registered):
    tasks.register("count", max, every=MINUTE)
    tasks.register("forget", min, every=MINUTE)
    tasks.register("seldom", sum)
    tasks.set_up_schedules()
    Schedule.objects.filter(name="count").update(func="old.place.count")
    before = Schedule.objects.get(name="count")
    registered.pop("forget")
    registered.pop("count")
    tasks.register("count", max, every=2 * MINUTE)
    tasks.set_up_schedules()
    after = Schedule.objects.get()
    assert (after.pk, after.next_run) == (before.pk, before.next_run)
    assert (after.name, after.func, after.minutes) == ("count", tasks.RUN, 2)


@pytest.mark.django_db
def test_a_database_without_the_engine_is_left_alone():
    class Nothing:
        def get_model(self, *names):
            raise LookupError

    Schedule.objects.all().delete()
    tasks.set_up_schedules(apps=Nothing())
    assert not Schedule.objects.exists()
    tasks.set_up_schedules(apps=apps)
    assert Schedule.objects.exists()


@pytest.mark.django_db
def test_what_is_enqueued_is_run_with_its_arguments(registered):
    tasks.register("add", lambda one, other: one + other)
    tasks.enqueue("add", 2, 3)
    task = OrmQ.objects.get().task
    assert import_string(task["func"])(*task["args"]) == 5


@pytest.mark.django_db
def test_an_engine_that_is_down_is_logged(registered, monkeypatch, caplog):
    def down(*args, **options):
        raise ConnectionError

    tasks.register("add", sum)
    monkeypatch.setattr(tasks, "async_task", down)
    tasks.enqueue("add")
    assert "No worker could be woken for add" in caplog.text


def test_names_are_known_and_not_given_twice(registered):
    tasks.register("add", sum)
    with pytest.raises(ValueError, match="add"):
        tasks.register("add", max)
    with pytest.raises(LookupError, match="subtract"):
        tasks.enqueue("subtract")

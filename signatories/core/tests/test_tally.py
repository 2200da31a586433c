"""Many at once: one row per person, a tally equal to the rows at any moment."""

import random
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from casa.mail.models import OutgoingMail
from signatories.core import mail_budget, states, tally, tokens
from signatories.models import Organization, Signature, TallySlot
from signatories.moderation import decisions
from signatories.signing import confirmation
from signatories.testing import (
    form_data,
    make_organization,
    make_signature,
    press_confirm,
    without_what_was_typed,
)
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.slow


def at_once(work, items, workers=8):
    """Run `work` on every item in threads that each leave their database connection closed."""

    def run(item):
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, items))


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_of_one_person_at_once_leave_one_row():
    edition = make_edition()
    url = reverse("signatories:sign", args=[edition.statement.slug])
    spellings = ["nora@example.org", "Nora@Example.org", "nora+1@example.org"]
    answers = at_once(
        lambda n: Client().post(url, form_data(email=spellings[n % 3])).status_code, range(50), 16
    )
    assert answers == [302] * 50
    assert Signature.objects.count() == 1
    assert OutgoingMail.objects.count() == mail_budget.MAILS_PER_WINDOW


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_of_a_couple_at_once_leave_two_rows(monkeypatch):
    # Else the first five might all be of one of them, and the mailbox would have had its share.
    monkeypatch.setattr(mail_budget, "MAILS_PER_WINDOW", 50)
    edition = make_edition(shared_mailboxes=True)
    url = reverse("signatories:sign", args=[edition.statement.slug])
    names = ["Nora Lind", "Per Lind", "NORA LIND", "per lind"]
    answers = at_once(
        lambda n: without_what_was_typed(Client().post(url, form_data(name=names[n % 4]))),
        range(50),
        16,
    )
    assert len(set(answers)) == 1
    rows = Signature.objects.order_by("mailbox_place")
    assert [row.mailbox_place for row in rows] == [0, 1]
    assert {row.name.casefold() for row in rows} == {"nora lind", "per lind"}


@pytest.mark.django_db(transaction=True)
def test_a_couple_that_signs_and_withdraws_at_once_never_doubles():
    edition = make_edition(shared_mailboxes=True)
    url = reverse("signatories:sign", args=[edition.statement.slug])
    names = ["Nora Lind", "Per Lind"]

    def one(n):
        answer = Client().post(url, form_data(name=names[n % 2]))
        if n % 5 == 0 and (row := Signature.objects.filter(state="pending").first()):
            states.withdraw(row)
        return answer.status_code

    assert at_once(one, range(50), 16) == [302] * 50
    live = [row.name for row in Signature.objects.exclude(state="withdrawn")]
    assert len(live) == len(set(live)) <= 2


@pytest.mark.django_db(transaction=True)
def test_representatives_of_one_new_organization_at_once_count_once():
    edition = make_edition()
    url = reverse("signatories:sign", args=[edition.statement.slug])
    data = [
        form_data(kind="organization", organization="River Trust", authorized="on", email=email)
        for email in (f"rep{n}@example.org" for n in range(12))
    ]
    assert at_once(lambda one: Client().post(url, one).status_code, data) == [302] * 12
    rows = list(Signature.objects.all())
    outcomes = at_once(confirmation.confirm, rows)
    assert sorted(outcomes) == ["confirmed"] + ["organization_has_signed"] * 11
    assert tally.of(edition.statement) == tally.Tally(organizations=1, people=0)


@pytest.mark.django_db(transaction=True)
def test_fifty_posts_of_two_representatives_at_once_leave_two_rows_that_count_once():
    edition = make_edition()
    url = reverse("signatories:sign", args=[edition.statement.slug])
    spellings = ["River Trust", "RIVER TRUST", "River  Trust"]

    def post(n):
        return Client().post(url, form_data(
            kind="organization", organization=spellings[n % 3], authorized="on",
            email=f"rep{n % 2}@example.org",
        )).status_code  # fmt: skip

    assert at_once(post, range(50), 16) == [302] * 50
    assert Organization.objects.count() == 1
    rows = list(Signature.objects.all())
    assert sorted(row.email for row in rows) == ["rep0@example.org", "rep1@example.org"]
    outcomes = at_once(confirmation.confirm, rows * 5, 10)
    assert (outcomes.count("confirmed"), tally.of(edition.statement).organizations) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_one_link_pressed_twenty_times_at_once_counts_once():
    edition = make_edition()
    pk = make_signature(edition, state="pending").pk
    outcomes = at_once(lambda _: confirmation.confirm(Signature.objects.get(pk=pk)), range(20))
    assert outcomes.count("confirmed") == 1
    assert tally.of(edition.statement).people == 1
    assert tally.differences() == []


@pytest.mark.django_db(transaction=True)
def test_the_tally_equals_the_rows_at_every_moment():
    edition, user = make_edition(), make_user()
    organizations = [make_organization(f"Club {n}") for n in range(10)]
    pks = [make_signature(edition, state="pending").pk for _ in range(50)]
    pks += [make_signature(edition, organization=o, state="pending").pk for o in organizations]
    chance = random.Random(1)
    verbs = (
        confirmation.confirm,
        states.withdraw,
        lambda s: decisions.hide(s, by=user, reason="r"),
        lambda s: decisions.restore(s, by=user, reason="r"),
        lambda s: decisions.invalidate(s, by=user, reason="r"),
    )
    work = [(pk, chance.choice(verbs)) for pk in pks * 4] + [
        (pk, confirmation.confirm) for pk in pks
    ]
    chance.shuffle(work)

    def act(item):
        pk, verb = item
        with suppress(states.StateError):
            verb(Signature.objects.select_related("statement").get(pk=pk))

    with watched_tally():
        at_once(act, work)
    counted = Signature.objects.counted().people().count()
    assert tally.of(edition.statement).people == counted


@pytest.mark.django_db(transaction=True)
def test_two_hundred_confirm_at_once_while_some_withdraw_and_some_are_hidden():
    edition, user = make_edition(), make_user()
    signatures = [make_signature(edition, state="pending") for _ in range(160)]
    for number in range(40):
        club = make_organization(f"Club {number}")
        signatures.append(make_signature(edition, organization=club, state="pending"))
    links = [tokens.make(one, tokens.CONFIRM) for one in signatures]
    ready = threading.Barrier(16)  # no thread begins before all are there

    def act(number):
        if number < ready.parties:
            ready.wait(30)
        status = press_confirm(Client(), links[number]).status_code
        mine = Signature.objects.select_related("statement").get(pk=signatures[number].pk)
        if number % 4 == 1:
            states.withdraw(mine)
        elif number % 4 == 2:
            decisions.hide(mine, by=user, reason="r")
        elif number % 4 == 3:  # and the neighbour, whatever became of them meanwhile
            with suppress(states.StateError):
                states.withdraw(Signature.objects.get(pk=signatures[number - 3].pk))
        return status

    with watched_tally():
        answers = at_once(act, range(200), ready.parties)
    # Gone are only those whose neighbour was faster to withdraw them than they to confirm.
    assert set(answers) <= {200, 410}
    assert {number % 4 for number, status in enumerate(answers) if status == 410} <= {0}
    counts = Counter(Signature.objects.values_list("state", flat=True))
    assert counts["hidden"] == 50
    assert counts["withdrawn"] + counts["confirmed"] == 150
    people, clubs = (
        Signature.objects.filter(state="confirmed", kind=kind).count()
        for kind in ("person", "organization")
    )
    assert tally.of(edition.statement) == tally.Tally(organizations=clubs, people=people)


@contextmanager
def watched_tally():
    """Compares tally and rows again and again meanwhile: they must agree at every moment."""
    done, seen = threading.Event(), []

    def watch():
        while not done.is_set():
            seen.append(tally.differences())
        connection.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
    assert seen
    assert not any(seen)
    assert tally.differences() == []


@pytest.mark.django_db
def test_verify_tally_says_which_count_is_wrong():
    edition = make_edition()
    make_signature(edition)
    out = StringIO()
    call_command("verify_tally", stdout=out)
    assert "equals" in out.getvalue()
    TallySlot.objects.update(count=7)
    err = StringIO()
    with pytest.raises(CommandError, match="1 counts are wrong"):
        call_command("verify_tally", stderr=err)
    assert "tally 7, counted signatures 1" in err.getvalue()


@pytest.mark.django_db
def test_staff_change_names_count_follows_and_history_tells():
    edition, user = make_edition(), make_user()
    signature = make_signature(edition)
    decisions.hide(signature, by=user, reason="asked by phone")
    assert tally.of(edition.statement).people == 0
    decisions.restore(signature, by=user, reason="a mistake")
    assert tally.of(edition.statement).people == 1
    assert not decisions.restore(signature, by=user, reason="again")
    decisions.invalidate(signature, by=user, reason="made up")
    assert tally.of(edition.statement).people == 0
    told = signature.events.values_list("to_state", "reason")
    assert list(told)[1:] == [
        ("hidden", "asked by phone"), ("confirmed", "a mistake"), ("invalidated", "made up"),
    ]  # fmt: skip


@pytest.mark.django_db
def test_an_approved_name_is_counted():
    edition, user = make_edition(premoderated=True), make_user()
    signature = make_signature(edition, approved=False)
    assert tally.of(edition.statement).people == 0
    assert decisions.approve(signature, by=user, reason="checked")
    assert not decisions.approve(signature, by=user, reason="checked")
    assert tally.of(edition.statement).people == 1
    assert tally.differences() == []

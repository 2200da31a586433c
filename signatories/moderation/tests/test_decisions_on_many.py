"""Decisions on many: in batches, stopped and gone on with, undone, whoever is killed midway."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from casa.lib import tasks
from signatories.core import states as core_states
from signatories.core import tally
from signatories.models import Decision, DecisionRow, Organization, Signature
from signatories.moderation import carrying_out, decisions, decisions_on_many, looking, worker
from signatories.moderation.criteria import Criteria, PatternError, wildcard_pattern
from signatories.self_service import editing, privacy
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

NUMBERS = count(1)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(worker, "SIZE", 2)


@pytest.fixture
def edition():
    return make_edition()


def somebody():
    return make_user(f"staff{next(NUMBERS)}@example.org")


def begun(rows, verb="hide", reason="asked by phone"):
    decision = decisions_on_many.prepare(rows, verb, by=None)
    decisions_on_many.begin(decision, by=somebody(), reason=reason)
    return decision


def carried_out(rows, verb="hide"):
    decision = begun(rows, verb)
    worker.carry_out()
    decision.refresh_from_db()
    assert decision.state == "done"
    return decision


def undone(decision):
    assert decisions_on_many.undo(decision, by=somebody())
    worker.carry_out()
    decision.refresh_from_db()
    assert decision.state == "undone"
    return decision


def states(*signatures):
    return [Signature.objects.get(pk=one.pk).state for one in signatures]


@pytest.mark.medium
def test_it_is_carried_out_in_batches_and_the_tally_is_exact_after_each(edition):
    people = [make_signature(edition) for _ in range(5)]
    decision = begun(Signature.objects.all())
    for done in (2, 4, 5):
        assert worker.do_batch(decision.pk)
        decision.refresh_from_db()
        assert (decision.done, tally.of(edition.statement).people) == (done, 5 - done)
        assert not tally.differences()
    assert worker.do_batch(decision.pk) is None
    decision.refresh_from_db()
    assert (decision.state, decision.chosen, decision.left) == ("done", 5, 0)
    event = people[0].events.last()
    assert (event.from_state, event.to_state, event.reason, event.by) == (
        "confirmed", "hidden", "asked by phone", decision.made_by,
    )  # fmt: skip


@pytest.mark.medium
def test_it_is_stopped_between_batches_and_goes_on(edition):
    for _ in range(5):
        make_signature(edition)
    decision = begun(Signature.objects.all())
    worker.do_batch(decision.pk)
    assert decisions_on_many.stop(decision)
    assert not decisions_on_many.stop(decision)
    assert worker.carry_out() == 0
    assert Signature.objects.filter(state="hidden").count() == 2
    assert decisions_on_many.resume(decision)
    worker.carry_out()
    decision.refresh_from_db()
    assert (decision.state, decision.done) == ("done", 5)


@pytest.mark.medium
def test_undoing_brings_back_what_each_was(edition):
    pending = make_signature(edition, state="pending")
    confirmed, hidden = make_signature(edition), make_signature(edition, state="hidden")
    gone = make_signature(edition, state="withdrawn")
    before = tally.of(edition.statement)
    decision = carried_out(Signature.objects.all(), "invalidate")
    assert (decision.done, decision.left) == (3, 1)
    assert decision.rows.get(signature=gone).why == "withdrawn"
    assert undone(decision).undone == 3
    assert states(pending, confirmed, hidden, gone) == [
        "pending", "confirmed", "hidden", "withdrawn",
    ]  # fmt: skip
    assert tally.of(edition.statement) == before
    assert confirmed.events.last().reason == "undone: asked by phone"


@pytest.mark.medium
def test_what_was_stopped_is_undone_as_far_as_it_went(edition):
    for _ in range(3):
        make_signature(edition)
    decision = begun(Signature.objects.all())
    worker.do_batch(decision.pk)
    decisions_on_many.stop(decision)
    assert undone(decision).undone == 2
    assert tally.of(edition.statement).people == 3


@pytest.mark.medium
def test_what_its_owner_did_since_stays(edition):
    withdrew, stayed = make_signature(edition), make_signature(edition)
    renamed = make_signature(edition)
    decision = carried_out(Signature.objects.all())
    withdrew.refresh_from_db()
    core_states.withdraw(withdrew)
    renamed.refresh_from_db()
    editing.correct(renamed, {"name": "Nora B. Lind"})
    undone(decision)
    assert (decision.undone, decision.kept) == (2, 1)
    assert states(withdrew, stayed, renamed) == ["withdrawn", "confirmed", "confirmed"]
    assert decision.rows.get(signature=withdrew).why == looking.CHANGED
    assert Signature.objects.get(pk=renamed.pk).name == "Nora B. Lind"
    assert not tally.differences()


@pytest.mark.medium
def test_a_colleagues_later_decision_stays_and_what_was_undone_is_none(edition):
    one = make_signature(edition)
    first = carried_out(Signature.objects.all(), "hide")
    second = carried_out(Signature.objects.all(), "invalidate")
    assert undone(second).undone == 1
    assert states(one) == ["hidden"]
    assert undone(first).undone == 1
    assert states(one) == ["confirmed"]
    third = carried_out(Signature.objects.all(), "hide")
    one.refresh_from_db()
    decisions.restore(one, by=somebody(), reason="")
    one.refresh_from_db()
    decisions.hide(one, by=somebody(), reason="again")
    assert undone(third).kept == 1
    assert states(one) == ["hidden"]


@pytest.mark.medium
def test_approval_is_undone_unless_a_changed_name_took_it_back():
    edition = make_edition(premoderated=True)
    one, renamed = (make_signature(edition, approved=False) for _ in range(2))
    decision = carried_out(Signature.objects.all(), "approve")
    numbers = sorted(Signature.objects.values_list("number", flat=True))
    assert numbers == [1, 2]
    renamed.refresh_from_db()
    editing.correct(renamed, {"name": "A rude word"})
    undone(decision)
    assert (decision.undone, decision.kept) == (1, 1)
    assert not Signature.objects.filter(approved=True).exists()
    assert not tally.differences()
    assert one.events.last().reason == "undone: asked by phone"


@pytest.mark.medium
def test_what_was_changed_after_it_was_chosen_is_left(edition):
    renamed, other = (
        make_signature(edition, approved=False),
        make_signature(edition, approved=False),
    )
    decision = decisions_on_many.prepare(Signature.objects.all(), "approve", by=None)
    editing.correct(renamed, {"name": "A rude word"})
    decisions_on_many.begin(decision, by=somebody(), reason="")
    worker.carry_out()
    decision.refresh_from_db()
    assert (decision.done, decision.left) == (1, 1)
    assert list(Signature.objects.filter(approved=True)) == [other]


@pytest.mark.medium
def test_who_erased_a_signature_meanwhile_stops_nothing(edition):
    erased, _other = make_signature(edition), make_signature(edition)
    decision = begun(Signature.objects.all())
    privacy.erase(erased)
    worker.carry_out()
    decision.refresh_from_db()
    assert (decision.state, decision.chosen, decision.done) == ("done", 2, 1)


@pytest.mark.medium
def test_a_rejected_organization_takes_its_signatures_along_and_back(edition):
    trust = make_organization(verification="verified", verified_domain="example.org")
    signature = make_signature(edition, organization=trust)
    club = make_organization("Club", to_check="no_website")
    decision = carried_out(Organization.objects.all(), "reject")
    assert (decision.done, states(signature)) == (2, ["invalidated"])
    assert undone(decision).undone == 2
    trust.refresh_from_db()
    club.refresh_from_db()
    assert (trust.verification, trust.verified_domain) == ("verified", "example.org")
    assert (club.verification, club.to_check) == ("open", "no_website")
    assert states(signature) == ["confirmed"]
    assert not tally.differences()


@pytest.mark.medium
def test_signatures_of_an_organization_that_is_rejected_by_now_stay_invalid(edition):
    trust, user = make_organization(), somebody()
    signature = make_signature(edition, organization=trust)
    decision = carried_out(Organization.objects.all(), "reject")
    trust.refresh_from_db()
    decisions.verify(trust, by=user, reason="")
    trust.refresh_from_db()
    decisions.reject(trust, by=user, reason="not at all")
    assert undone(decision).kept == 1
    assert states(signature) == ["invalidated"]


@pytest.mark.medium
def test_an_organization_that_signed_again_is_not_counted_twice(edition):
    trust = make_organization()
    first = make_signature(edition, organization=trust)
    decision = carried_out(Signature.objects.all(), "invalidate")
    make_signature(edition, organization=trust)
    assert undone(decision).kept == 1
    assert states(first) == ["invalidated"]
    assert tally.of(edition.statement).organizations == 1


@pytest.mark.medium
def test_a_failing_batch_is_tried_again_later_and_then_waits_for_somebody(edition, monkeypatch):
    make_signature(edition)
    decision = begun(Signature.objects.all())
    monkeypatch.setattr(carrying_out, "do_rows", lambda *_: 1 / 0)
    for tried in range(1, worker.TRIES + 1):
        worker.carry_out()
        decision.refresh_from_db()
        assert decision.attempts == tried
        assert decision.due_at > timezone.now()
        assert worker.carry_out() == 0
        Decision.objects.update(due_at=timezone.now())
    assert decision.state == "stopped"
    monkeypatch.undo()
    assert decisions_on_many.resume(decision)
    worker.carry_out()
    decision.refresh_from_db()
    assert (decision.state, decision.done, decision.attempts) == ("done", 1, 0)


def test_a_decision_is_begun_once(edition):
    make_signature(edition)
    decision, user = decisions_on_many.prepare(Signature.objects.all(), "hide", by=None), somebody()
    with pytest.raises(ValueError, match="reason"):
        decisions_on_many.begin(decision, by=user, reason=" ")
    assert decisions_on_many.begin(decision, by=user, reason="see bot@example.org")
    assert not decisions_on_many.begin(decision, by=user, reason="again")
    assert decision.reason == "see …@…"


# Invalidations


@pytest.mark.medium
def test_an_invalidation_finds_its_rows_when_it_begins(edition):
    network = "a" * 32
    bots = [make_signature(edition, network=network) for _ in range(3)]
    good = make_signature(edition, network="b" * 32)
    saved = decisions_on_many.prepare_invalidation(
        Criteria(networks=(network,)), by=None, title="Bot"
    )
    late = make_signature(edition, network=network, state="pending")
    decisions_on_many.begin(saved, by=somebody(), reason="a script")
    worker.carry_out()
    assert states(*bots, late, good) == ["invalidated"] * 4 + ["confirmed"]
    assert DecisionRow.objects.filter(decision=saved, outcome="done").count() == 4
    saved.refresh_from_db()
    undone(saved)
    assert states(*bots, late, good) == ["confirmed"] * 3 + ["pending", "confirmed"]


FOUND = [
    (Criteria(name="*bot*"), ["Robot One", "bot two"]),
    (Criteria(name="bot*"), ["bot two"]),
    (Criteria(name="ÖLAF ?"), ["Olaf B"]),
    (Criteria(name="bot"), []),
    (Criteria(domains=("mail.example.org",)), ["bot two"]),
    (Criteria(country="NO"), ["Olaf B"]),
    (Criteria(source="list"), ["Olaf B"]),
    (Criteria(source="site"), ["Robot One", "bot two"]),
    (Criteria(source="link"), ["bot two"]),
    (Criteria(via="abc"), ["bot two"]),
    (Criteria(states=("hidden",)), ["Robot One"]),
    (Criteria(since="2100-01-01T00:00:00+00:00"), []),
    (Criteria(until="2100-01-01T00:00:00+00:00", name="*o*", country="NO"), ["Olaf B"]),
]


def test_criteria_find_what_they_say(edition):
    make_signature(edition, "Robot One", state="hidden", email="one@example.org")
    make_signature(edition, "bot two", email="two@mail.example.org", via="abc")
    make_signature(edition, "Olaf B", country="NO", import_confidence=1)
    for criteria, found in FOUND:
        assert [one.name for one in criteria.rows().order_by("pk")] == found, criteria
        assert Criteria.read(criteria.as_json()) == criteria
        assert list(criteria.in_words())


@pytest.mark.parametrize("pattern", ["*", "**", "? *", "a" * 101, "*a*b*c*d*e*", "!*"])
def test_a_pattern_that_would_find_everybody_is_refused(pattern):
    with pytest.raises(PatternError):
        wildcard_pattern(pattern)


def test_old_criteria_are_forgotten_and_drafts_with_them(edition):
    user, names = somebody(), Criteria(name="Nora*")
    make_signature(edition)
    old, draft = (decisions_on_many.prepare_invalidation(names, by=user) for _ in range(2))
    decisions_on_many.begin(old, by=user, reason="a script")
    worker.carry_out()
    chosen = decisions_on_many.prepare(Signature.objects.all(), "hide", by=user)
    Decision.objects.update(made_at=timezone.now() - worker.CRITERIA_KEPT_FOR - timedelta(days=1))
    tasks.run("forget-criteria-of-decisions")
    tasks.run("forget-drafts-of-decisions")
    kept = dict(Decision.objects.values_list("pk", "criteria"))
    assert kept == {old.pk: {}, draft.pk: {}}
    draft.refresh_from_db()
    assert draft.state == "discarded"
    assert chosen.pk not in kept

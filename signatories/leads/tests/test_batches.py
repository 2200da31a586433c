"""An import is one batch: nothing unsure is taken unasked, and it is undone as a whole."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.lib import tasks
from casa.mail.models import OutgoingMail
from signatories.core import tally
from signatories.leads import batches, lines, outcomes, reading, reviewing, undoing, worker
from signatories.leads.lines import Why
from signatories.models import ImportBatch, ImportLine, Organization, Signature
from signatories.parser import SURE
from signatories.self_service import privacy
from signatories.testing import make_organization, make_signature, press_confirm
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

LIST = """Ada Brook, Teacher, Leeds, UK
Tomas Weiss, Librarian, York, UK
River Trust, Bath, UK
Executive Director
"""


def make_batch(text=LIST, statement=None, **more):
    statement = statement or make_edition().statement
    given = {"source": "pasted", "consent": "mail", "by": None, "as_leads": True, **more}
    batch = batches.open_batch(statement, text.encode(), **given)
    reading.read(batch)
    return batch


def applied(batch):
    batches.begin(batch)
    worker.work_on(batch)
    return batch


def names():
    return [one.displayed_name for one in Signature.objects.order_by("pk")]


def decisions(batch):
    return [(line.displayed_name, line.decision, line.why) for line in batch.lines.all()]


@pytest.mark.medium
def test_nothing_is_made_of_a_list_before_somebody_says_yes():
    batch = make_batch()
    assert batch.state == "review"
    assert not Signature.objects.exists()
    assert decisions(batch) == [
        ("Ada Brook", "sure", ""), ("Tomas Weiss", "sure", ""), ("River Trust", "sure", ""),
        ("", "skipped", Why.NAMELESS),
    ]  # fmt: skip


@pytest.mark.medium
def test_what_was_accepted_stands_in_order_and_counts():
    batch = make_batch()
    reviewing.accept_sure(batch, by=None)
    applied(batch)
    assert names() == ["Ada Brook", "Tomas Weiss", "River Trust"]
    assert [one.lead_position for one in Signature.objects.order_by("pk")] == [1, 2, 3]
    assert tally.of(batch.statement) == tally.Tally(organizations=1, people=2)
    assert (batch.state, batch.made) == ("applied", 3)
    one = Signature.objects.first()
    assert (one.batch, one.consent_source) == (batch, "mail")
    assert not hasattr(ImportBatch.objects.get(), "original"), "The list as it came is not kept."


@pytest.mark.medium
def test_it_is_undone_as_a_whole_with_the_organizations_that_it_made():
    batch = make_batch()
    reviewing.accept_sure(batch, by=None)
    worker.undo_now(applied(batch), by=None)
    assert (batch.state, batch.removed, batch.stayed) == ("undone", 3, {})
    assert not Signature.objects.exists()
    assert not Organization.objects.exists()
    assert tally.differences() == []
    assert not tally.of(batch.statement)


@pytest.mark.medium
def test_an_organization_that_somebody_else_signed_for_stays_in_the_directory():
    batch = make_batch()
    reviewing.accept_sure(batch, by=None)
    applied(batch)
    trust = Organization.objects.get()
    make_signature(make_edition("Another"), organization=trust)
    worker.undo_now(batch, by=None)
    assert Organization.objects.get() == trust


@pytest.mark.medium
def test_ordinary_signatories_stand_behind_the_first_names():
    batch = make_batch("Ada Brook, Teacher, Leeds, UK\n", as_leads=False)
    reviewing.accept_sure(batch, by=None)
    applied(batch)
    one = Signature.objects.get()
    assert (one.lead_position, one.edition) == (None, batch.statement.editions.get())


def test_ordinary_signatories_need_a_published_text():
    batch = make_batch(statement=make_draft(), as_leads=False)
    reviewing.accept_sure(batch, by=None)
    with pytest.raises(batches.BatchError, match="no published text"):
        batches.begin(batch)
    assert ImportBatch.objects.get().state == "review"


@pytest.mark.medium
def test_most_unsure_lines_are_refused_in_one_sentence_and_looked_at_only_on_request():
    batch = make_batch("".join(f"Qx{chr(97 + n % 26)}{chr(97 + n % 7)}\n" for n in range(30)))
    assert batch.state == "refused"
    assert batch.refusal.startswith("Of 30 lines, 30 are unsure. It does not look like a list")
    assert reviewing.accept_sure(batch, by=None) == 0
    reading.review_all_the_same(batch, by=make_user())
    assert batches.counts(batch)["held"] == 30


def test_who_does_not_want_to_be_named_is_not_imported():
    batch = make_batch(
        "Name,Town,May we publish your name?\nAda Brook,Leeds,Yes\nTomas Weiss,York,No\n"
    )
    assert decisions(batch) == [
        ("Ada Brook", "sure", ""), ("Tomas Weiss", "skipped", Why.NO_CONSENT),
    ]  # fmt: skip


# Named twice


def test_who_stands_there_already_waits_for_a_decision():
    edition = make_edition()
    there = make_signature(edition, "Ada Brook")
    batch = make_batch("Ada Brook, Poet, Leeds, UK\n", edition.statement)
    line = batch.lines.get()
    assert (line.decision, line.why) == ("held", Why.STANDS)
    assert line.alike == [f"signature:{there.pk}"]


@pytest.mark.medium
def test_a_second_line_of_one_name_waits_and_fills_in_what_the_first_lacks():
    batch = make_batch("Ada Brook\nTomas Weiss, York, UK\nAda Brook, Poet, Leeds, UK\n")
    first, _other, second = batch.lines.all()
    assert (second.why, second.alike) == (Why.TWICE, ["line:1"])
    by = make_user()
    lines.save(second, fields=second.fields, choice="line:1", by=by, version=second.version)
    ImportLine.objects.filter(pk=first.pk).update(decision="accepted")
    applied(batch)
    one = Signature.objects.get()
    assert (one.name, one.role, one.city) == ("Ada Brook", "Poet", "Leeds")
    assert batches.counts(batch)["merged"] == 1
    worker.undo_now(batch, by=by)
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_what_its_owner_typed_is_not_filled_in():
    edition = make_edition()
    there = make_signature(edition, "Ada Brook")
    batch = make_batch("Ada Brook, Poet, Leeds, UK\n", edition.statement)
    line = batch.lines.get()
    lines.save(line, fields=line.fields, choice=f"signature:{there.pk}", by=make_user(), version=0)
    applied(batch)
    there.refresh_from_db()
    assert (there.role, tally.of(edition.statement).people) == ("", 1)


@pytest.mark.medium
def test_an_organization_in_another_spelling_waits_and_may_be_said_to_be_the_same():
    edition = make_edition()
    make_signature(make_edition("Another"), organization=make_organization("River Trust"))
    batch = make_batch("The River Trusts, Bath, UK\n", edition.statement)
    line = batch.lines.get()
    trust = Organization.objects.get()
    assert (line.decision, line.alike) == ("held", [f"organization:{trust.pk}"])
    lines.save(
        line, fields=line.fields, choice=f"organization:{trust.pk}", by=make_user(), version=0
    )
    applied(batch)
    assert Signature.objects.get(statement=edition.statement).organization == trust
    worker.undo_now(batch, by=None)
    assert Organization.objects.get() == trust


def test_an_organization_that_signed_is_left_out():
    edition = make_edition()
    make_signature(edition, organization=make_organization("River Trust"))
    batch = make_batch("River  TRUST, Bath, UK\n", edition.statement)
    assert decisions(batch) == [("River TRUST", "skipped", Why.REPEATED)]


@pytest.mark.medium
def test_what_is_taken_back_meanwhile_leaves_its_line_to_be_decided():
    edition = make_edition()
    there = make_signature(edition, "Ada Brook")
    batch = make_batch("Ada Brook, Poet, Leeds, UK\n", edition.statement)
    line = batch.lines.get()
    lines.save(line, fields=line.fields, choice=f"signature:{there.pk}", by=make_user(), version=0)
    privacy.erase(there)
    applied(batch)
    assert decisions(batch) == [("Ada Brook", "held", Why.GONE)]
    assert batch.state == "review"


@pytest.mark.medium
def test_nobody_is_asked_to_look_again_at_what_a_person_took():
    batch = make_batch("Qx\n")
    line = batch.lines.get()
    assert line.confidence < SURE
    lines.save(line, fields=line.fields, choice="accepted", by=make_user(), version=0)
    applied(batch)
    assert Signature.objects.get().import_confidence >= SURE


# Two at once


def test_a_line_that_somebody_else_changed_is_not_written_over():
    batch = make_batch()
    line, by = batch.lines.first(), make_user()
    lines.save(line, fields={**line.fields, "city": "York"}, choice="held", by=by, version=0)
    with pytest.raises(lines.Conflict):
        lines.save(line, fields={**line.fields, "city": "Bath"}, choice="held", by=by, version=0)
    assert batch.lines.first().fields["city"] == "York"


@pytest.mark.medium
def test_one_list_that_two_imported_at_once_counts_everybody_once():
    statement = make_edition().statement
    one, other = (make_batch(LIST, statement, as_leads=False) for _ in range(2))
    for batch in (one, other):
        reviewing.accept_sure(batch, by=None)
        applied(batch)
    assert tally.of(statement) == tally.Tally(organizations=1, people=2)
    assert {(line.decision, line.why) for line in other.lines.exclude(why=Why.NAMELESS)} == {
        ("held", Why.STANDS)
    }


# What owners do


WITH_ADDRESS = "Name,Town,Email\nAda Brook,Leeds,ada@example.org\nTomas Weiss,York,\n"


@pytest.mark.medium
def test_whoever_has_an_address_may_be_asked_first_and_counts_once_they_confirm(client):
    batch = make_batch(WITH_ADDRESS, asks_first=True)
    reviewing.accept_sure(batch, by=None)
    applied(batch)
    ada, tomas = Signature.objects.order_by("pk")
    assert (ada.state, ada.consent_source, tomas.state) == ("pending", "", "confirmed")
    assert tally.of(batch.statement).people == 1
    press_confirm(client, ada)
    assert tally.of(batch.statement).people == 2
    worker.undo_now(batch, by=None)
    assert names() == ["Ada Brook"], "Who confirmed stays: it is their own signature now."
    assert (batch.removed, batch.stayed) == (1, {"confirmed": 1})
    assert tally.differences() == []


@pytest.mark.medium
def test_undoing_takes_back_the_mails_that_ask():
    batch = make_batch(WITH_ADDRESS, asks_first=True)
    reviewing.accept_sure(batch, by=None)
    applied(batch)
    assert OutgoingMail.objects.count() == 1
    worker.undo_now(batch, by=None)
    assert not OutgoingMail.objects.exists()


@pytest.mark.medium
def test_who_was_erased_is_not_brought_back_and_leaves_no_line():
    batch = make_batch("Ada Brook, Teacher, Leeds, UK\n")
    reviewing.accept_sure(batch, by=None)
    applied(batch)
    privacy.erase(Signature.objects.get())
    line = batch.lines.get()
    assert (line.original, line.fields) == ("", {})
    worker.undo_now(batch, by=None)
    assert batch.stayed == {"erased": 1}
    again = make_batch("Ada Brook, Teacher, Leeds, UK\n", batch.statement)
    assert decisions(again) == [("Ada Brook", "skipped", Why.ERASED)]


# Worked on


@pytest.mark.medium
def test_a_worker_goes_on_where_another_was_killed(monkeypatch):
    monkeypatch.setattr("signatories.leads.applying.AT_ONCE", 1)
    batch = make_batch()
    reviewing.accept_sure(batch, by=None)
    batches.begin(batch)
    worker._step(batch.pk)
    assert (ImportBatch.objects.get().state, ImportBatch.objects.get().made) == ("applying", 1)
    worker.go_on()
    assert (ImportBatch.objects.get().state, Signature.objects.count()) == ("applied", 3)
    worker.go_on()
    assert Signature.objects.count() == 3


def test_lists_and_unused_lines_are_forgotten_after_a_month():
    batch = make_batch()
    past = timezone.now() - worker.KEPT_FOR - timedelta(minutes=1)
    assert tasks.run("forget-imported-lists") == 0
    ImportBatch.objects.update(changed_at=past)
    tasks.run("forget-imported-lists")
    tasks.run("forget-imported-lines")
    assert not hasattr(ImportBatch.objects.get(), "original")
    assert not batch.lines.exclude(original="").exists()


def merged_with(signature, statement, **more):
    """A batch that names `signature` too, and was merged with it."""
    batch = make_batch(f"{signature.displayed_name}, Citizens for Books\n", statement, **more)
    batch.lines.update(decision="merged", same_as=f"signature:{signature.pk}")
    return applied(batch)


@pytest.mark.medium
def test_who_is_named_by_another_import_too_stays_when_the_first_is_undone():
    first = make_batch("Ada Brook, Teacher, Leeds, UK\nTomas Weiss, York, UK\n", consent="letter")
    reviewing.accept_sure(first, by=None)
    applied(first)
    ada = Signature.objects.get(name="Ada Brook")
    second = merged_with(ada, first.statement)
    assert list(undoing.named_again(first)) == [ada]
    worker.undo_now(first, by=None)
    assert (first.removed, first.stayed) == (1, {"named_again": 1})
    assert names() == ["Ada Brook"]
    ada.refresh_from_db()
    assert (ada.batch, ada.consent_source) == (second, "mail")
    second.refresh_from_db()
    assert (second.made, second.merged) == (1, 0)
    worker.undo_now(second, by=None)
    assert not Signature.objects.exists()
    assert tally.differences() == []


@pytest.mark.medium
def test_an_import_that_is_undone_itself_keeps_nobody():
    first = make_batch("Ada Brook, Teacher, Leeds, UK\n")
    reviewing.accept_sure(first, by=None)
    applied(first)
    second = merged_with(Signature.objects.get(), first.statement)
    worker.undo_now(second, by=None)
    worker.undo_now(first, by=None)
    assert (first.removed, first.stayed) == (1, {})


@pytest.mark.medium
def test_who_is_merged_with_a_first_name_becomes_one_until_that_is_undone():
    edition = make_edition()
    ada = make_signature(edition, "Ada Brook")
    batch = make_batch("Ada Brook, Leeds, UK\n", edition.statement)
    batch.lines.update(decision="merged", same_as=f"signature:{ada.pk}")
    assert outcomes.to_lift(batch) == (1, 0)
    applied(batch)
    ada.refresh_from_db()
    assert ada.lead_position == 1
    worker.undo_now(batch, by=None)
    ada.refresh_from_db()
    assert ada.lead_position is None


@pytest.mark.medium
def test_who_cannot_be_a_first_name_yet_is_said_to_stay_among_the_others():
    edition = make_edition()
    ada = make_signature(edition, "Ada Brook", state="hidden")
    batch = make_batch("Ada Brook, Leeds, UK\n", edition.statement)
    batch.lines.update(decision="merged", same_as=f"signature:{ada.pk}")
    assert outcomes.to_lift(batch) == (0, 1)
    chosen = list(batch.lines.values_list("pk", flat=True))
    assert outcomes.of_lines(applied(batch), chosen).behind == 1


@pytest.mark.medium
def test_a_name_whose_words_stand_in_another_order_waits_for_a_decision():
    edition = make_edition()
    there = make_signature(edition, "PETERSEN Marta")
    batch = make_batch(
        "Marta Petersen, Leeds, UK\nNora Lind, York, UK\nLIND Nora, Bath, UK\n", edition.statement
    )
    found = [(line.decision, line.why, line.alike) for line in batch.lines.all()]
    assert found == [
        ("held", Why.STANDS, [f"signature:{there.pk}"]), ("sure", "", []),
        ("held", Why.TWICE, ["line:2"]),
    ]  # fmt: skip
    assert reviewing.same_as_standing(batch) == {}, "It is a suggestion alone."

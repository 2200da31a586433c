"""Signatures on paper: declared, corrected, checked, withdrawn; told apart, and in no sum."""

import io
import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from casa.lib import tasks
from casa.lib.documents.tests.hostile import FILES
from casa.lib.text import unparted
from casa.site.pdf import document
from signatories.core import paper as told
from signatories.core import tally
from signatories.core.milestones import update_milestones
from signatories.leads import paper
from signatories.leads.tests.test_desk import of_role
from signatories.models import PaperCount, PaperEvent, PaperSheet
from signatories.testing import make_paper, make_signature
from statements.models import Milestone, Statement
from statements.reading import current_edition
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db
WORDS = unparted("Plus 1,240 signatures on paper, counted by the organizer.")
ALONE = unparted("1,240 signatures on paper, counted by the organizer")


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def statement(edition):
    return edition.statement


def number_of(statement):
    cache.clear()
    return told.number_of(statement)


def fields_of(one, **more):
    return {**{name: getattr(one, name) for name in paper.FIELDS}, **more}


# What is told


def places(client, edition):
    slug = edition.statement.slug
    yield "page", client.get(f"/statements/{slug}/").text
    yield "list", client.get(f"/statements/{slug}/signatories/").text
    yield "print", client.get(reverse("statements:print", args=[slug])).text
    yield "embed", client.get(reverse("signatories:embed", args=[slug])).text
    yield "statements", client.get("/statements/").text
    yield "front", client.get("/").text
    told = document.of_edition(current_edition(slug), timezone.now())
    yield "pdf", json.dumps(told, ensure_ascii=False)
    csv = client.get(reverse("signatories:csv", args=[slug]))
    yield "csv", b"".join(csv.streaming_content).decode()


@pytest.mark.page
@pytest.mark.medium
def test_paper_is_told_apart_wherever_the_numbers_stand(client, edition, statement):
    make_signature(edition)
    make_paper(statement, by=make_user(), number=1_240)
    assert [name for name, text in places(client, edition) if WORDS not in text] == []
    assert [name for name, text in places(client, edition) if "1,241" in text] == []


@pytest.mark.page
@pytest.mark.medium
def test_paper_alone_is_told_without_a_count_of_people(client, edition, statement):
    make_paper(statement, by=make_user(), number=1_240)
    missing = [name for name, text in places(client, edition) if ALONE not in text]
    assert missing == []


@pytest.mark.page
@pytest.mark.medium
def test_without_paper_nothing_is_said_of_it(client, edition):
    make_signature(edition)
    found = [name for name, text in places(client, edition) if "signatures on paper" in text]
    assert found == []


@pytest.mark.medium
def test_programs_are_told_in_a_field_of_its_own(client, edition, statement):
    make_signature(edition)
    make_paper(statement, by=make_user(), number=1_240)
    count = client.get(reverse("signatories:count", args=[statement.slug])).json()
    api = client.get(f"/api/v1/statements/{statement.slug}/tally").json()
    whole = client.get(f"/api/v1/statements/{statement.slug}").json()["tally"]
    listed = client.get("/api/v1/statements").json()["items"][0]["tally"]
    assert [(one["paper"], one["people"]) for one in (count, api, whole, listed)] == [(1240, 1)] * 4
    assert "1,240" not in count["words"]


def test_neither_tally_nor_milestones_count_it(edition, statement):
    make_signature(edition)
    make_paper(statement, by=make_user(), number=500_000)
    update_milestones()
    assert tally.of(statement) == tally.Tally(people=1)
    assert tally.differences() == []
    assert not Milestone.objects.exists()


def test_lists_ask_once_for_all_statements(django_assert_num_queries):
    user = make_user()
    for number in range(3):
        make_paper(make_edition(f"Statement {number}").statement, by=user, number=number + 1)
    cache.clear()
    statements = list(Statement.objects.all())
    with django_assert_num_queries(1):
        assert sorted(told.paper_of(statements).values()) == [1, 2, 3]


def test_a_change_is_told_at_once_and_renews_documents(
    statement, django_capture_on_commit_callbacks
):
    user = make_user()
    with django_capture_on_commit_callbacks(execute=True):
        one = make_paper(statement, by=user, number=40)
    assert told.number_of(statement) == 40
    before = Statement.objects.get(pk=statement.pk).changed_at
    with django_capture_on_commit_callbacks(execute=True):
        paper.correct(one, by=user, reason="Two were crossed out", version=0,
                      **fields_of(one, number=38))  # fmt: skip
    assert told.number_of(statement) == 38
    assert Statement.objects.get(pk=statement.pk).changed_at > before


# The verbs


def test_what_is_sent_twice_is_declared_once(statement):
    user = make_user()
    assert make_paper(statement, by=user) == make_paper(statement, by=user)
    assert PaperCount.objects.count() == 1
    make_paper(statement, by=user, place="Station")
    assert number_of(statement) == 80


def test_a_correction_keeps_what_stood_there_and_why(statement):
    user = make_user()
    one = make_paper(statement, by=user)
    paper.correct(one, by=user, reason="Counted again", version=0,
                  **fields_of(one, number=38, place="Old market"))  # fmt: skip
    event = one.events.get(verb="corrected")
    assert event.before == {"number": 40, "place": "Market square"}
    assert (event.reason, event.number, event.by) == ("Counted again", 38, user)


def test_a_correction_of_something_else_than_was_seen_is_refused(statement):
    user = make_user()
    one = make_paper(statement, by=user)
    paper.correct(one, by=user, reason="x", version=0, **fields_of(one, number=38))
    with pytest.raises(paper.PaperError, match="Somebody changed it"):
        paper.correct(one, by=user, reason="x", version=0, **fields_of(one, number=39))
    assert number_of(statement) == 38


def test_what_is_withdrawn_is_told_no_more_and_loses_its_sheets(statement):
    user = make_user()
    one = make_paper(statement, by=user)
    paper.withdraw(one, by=user, reason="Sheets of another statement")
    assert number_of(statement) == 0
    assert not PaperSheet.objects.exists()
    with pytest.raises(paper.PaperError, match="It is withdrawn"):
        paper.withdraw(one, by=user, reason="again")
    assert one.events.filter(verb="withdrawn").count() == 1


def test_the_database_refuses_a_withdrawn_one_that_is_told(statement):
    one = make_paper(statement, by=make_user())
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperCount.objects.filter(pk=one.pk).update(withdrawn_at=timezone.now())


@pytest.mark.parametrize("status", ["published", "closed"])
def test_sheets_that_come_after_the_end_are_declared(statement, status):
    Statement.objects.filter(pk=statement.pk).update(status=status)
    statement.refresh_from_db()
    make_paper(statement, by=make_user())
    assert number_of(statement) == 40


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn", "archived"])
def test_elsewhere_they_are_refused(statement, status):
    Statement.objects.filter(pk=statement.pk).update(status=status)
    statement.refresh_from_db()
    with pytest.raises(paper.PaperError, match="published"):
        make_paper(statement, by=make_user())


def test_there_is_a_most_of_declarations_and_of_sheets(statement, monkeypatch):
    user = make_user()
    monkeypatch.setattr(paper, "MOST_DECLARATIONS", 1)
    monkeypatch.setattr(paper, "MOST_SHEETS", 2)
    one = make_paper(statement, by=user)
    with pytest.raises(paper.PaperError, match="1 declarations already"):
        make_paper(statement, by=user, place="Station")
    scans = [paper.Scan("x.pdf", "application/pdf", b"%%PDF-%d" % n) for n in range(3)]
    with pytest.raises(paper.PaperError, match="at most 2 files"):
        paper.add_sheets(one, scans, by=user)
    assert one.sheets.count() == 1


# Four eyes


@pytest.fixture
def four_eyes(settings):
    settings.FOUR_EYES = True
    return make_user(), make_user("second@example.org")


def test_where_four_eyes_are_wanted_another_one_checks(four_eyes, statement):
    first, second = four_eyes
    one = make_paper(statement, by=first)
    assert (one.waits, number_of(statement)) == (True, 0)
    with pytest.raises(paper.PaperError, match="somebody else has to look"):
        paper.check(one, by=first, version=0)
    paper.check(one, by=second, version=0)
    assert number_of(statement) == 40


def test_until_a_new_number_is_checked_the_one_before_is_told(four_eyes, statement):
    first, second = four_eyes
    one = make_paper(statement, by=first)
    paper.check(one, by=second, version=0)
    one = paper.correct(one, by=second, reason="x", version=1, **fields_of(one, number=30))
    assert (one.waits, number_of(statement)) == (True, 40)
    with pytest.raises(paper.PaperError):
        paper.check(one, by=second, version=2)
    paper.check(one, by=first, version=2)
    assert number_of(statement) == 30


def test_who_checks_another_number_than_they_saw_is_told(four_eyes, statement):
    first, second = four_eyes
    one = make_paper(statement, by=first)
    paper.correct(one, by=first, reason="x", version=0, **fields_of(one, number=400))
    with pytest.raises(paper.PaperError, match="Look at it again"):
        paper.check(one, by=second, version=0)


# Sheets


def test_sheets_are_deleted_after_a_year_and_the_number_stays(statement):
    one = make_paper(statement, by=make_user())
    almost = timezone.now() - timedelta(days=364)
    PaperSheet.objects.update(added_at=almost)
    assert tasks.run("forget-scanned-sheets") == 0
    PaperSheet.objects.update(added_at=almost - timedelta(days=2))
    assert tasks.run("forget-scanned-sheets") == 1
    assert number_of(statement) == 40
    assert one.events.filter(verb="forgotten").exists()


@pytest.mark.medium
@given(
    steps=st.lists(
        st.tuples(st.sampled_from("dcwsh"), st.integers(0, 3), st.integers(1, 900)), max_size=12
    )
)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_done_the_sum_is_that_of_what_stands(steps):
    with transaction.atomic():
        user, edition = make_user(f"u{timezone.now().timestamp()}@example.org"), make_edition()
        statement, standing, people = edition.statement, {}, 0
        for place, (step, at, number) in enumerate(steps):
            key = sorted(standing)[at % len(standing)] if standing else None
            if step == "d":
                made = make_paper(statement, by=user, number=number, place=f"Stall {place}")
                standing[made.pk] = number
            elif step == "s":
                make_signature(edition)
                people += 1
            elif key and step == "c" and standing[key] != number:
                one = PaperCount.objects.get(pk=key)
                paper.correct(one, by=user, reason="x", version=one.version,
                              **fields_of(one, number=number))  # fmt: skip
                standing[key] = number
            elif key and step == "w":
                paper.withdraw(PaperCount.objects.get(pk=key), by=user, reason="x")
                del standing[key]
            assert number_of(statement) == sum(standing.values())
            assert tally.of(statement) == tally.Tally(people=people)
        assert tally.differences() == []
        transaction.set_rollback(True)


# The screens


def url(screen, *args):
    return reverse(f"admin:signatories_papercount_{screen}", args=args)


@pytest.fixture
def office(client):
    client.force_login(make_user())
    return client


def filled(statement, **more):
    day = timezone.localdate().isoformat()
    return {"statement": statement.pk, "number": "40", "collected_on": day, "place": "Market",
            "collected_by": "Ada Brook", "note": "", **more}  # fmt: skip


def picture(**more):
    file = io.BytesIO()
    Image.new("RGB", (60, 40), (250, 250, 250)).save(file, "JPEG", **more)
    return SimpleUploadedFile("sheet 1.jpg", file.getvalue(), "image/jpeg")


@pytest.mark.medium
def test_a_stall_is_declared_by_a_form_and_can_be_looked_at(office, statement):
    empty = office.get(reverse("admin:signatories_papercount_changelist"))
    assert "No signatures on paper were declared yet" in empty.text
    answer = office.post(url("new"), filled(statement), follow=True)
    assert WORDS.replace("1,240", "40") in answer.text
    again = office.post(url("new"), filled(statement), follow=True)
    assert "declared already" in again.text
    assert PaperCount.objects.count() == 1
    listed = office.get(reverse("admin:signatories_papercount_changelist"))
    assert "told in public" in listed.text


@pytest.mark.medium
@pytest.mark.page
@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("number", "0", "greater than or equal to 1"),
        ("number", "2000000", "less than or equal to 1000000"),
        ("number", "many", "whole number"),
        ("number", "", "Say how many"),
        ("collected_on", "tomorrow", "still to come"),
        ("collected_on", "yesterday-ish", ""),
        ("collected_by", "", "required"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(office, statement, field, value, said):
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = tomorrow.isoformat() if value == "tomorrow" else value
    answer = office.post(url("new"), filled(statement, **{field: typed}))
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert said in errors[field][0]
    assert "Market" in answer.text
    assert not PaperCount.objects.exists()


@pytest.mark.page
@pytest.mark.slow
def test_a_picture_is_kept_without_what_the_camera_wrote(office, statement):
    exif = Image.Exif()
    exif[0x010F] = "Secret camera"
    given_file = picture(exif=exif.tobytes())
    assert b"Secret camera" in given_file.read()
    given_file.seek(0)
    answer = office.post(url("new"), filled(statement, sheet1=given_file))
    assert answer.status_code == 302, answer.context["form"].errors
    sheet = PaperSheet.objects.get()
    assert b"Secret camera" not in bytes(sheet.data)
    assert (sheet.file_name, sheet.content_type) == ("sheet_1.jpg", "image/jpeg")


@pytest.mark.page
@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_beside_its_field(office, statement, name):
    make, _said = FILES[name]
    file = SimpleUploadedFile(name, make())
    answer = office.post(url("new"), filled(statement, sheet1=file))
    assert answer.status_code == 422
    assert "sheet1" in answer.context["form"].errors
    assert not PaperSheet.objects.exists()


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("sheet.pdf", b"<html><script>alert(1)</script>", "Choose a PDF, or a picture"),
        ("sheet.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Choose a PDF, or a picture"),
        ("sheet.pdf", b"%PDF-1.4" + bytes(10 << 20), "at most 10 MB"),
        ("sheet.pdf", b"", "empty"),
    ],
)
def test_what_is_no_scan_is_refused_beside_its_field(office, statement, name, data, said):
    answer = office.post(url("new"), filled(statement, sheet1=SimpleUploadedFile(name, data)))
    assert said in answer.context["form"].errors["sheet1"][0]
    assert not PaperCount.objects.exists()


@pytest.mark.medium
def test_a_sheet_is_opened_by_who_may_see_personal_data_and_each_time_is_noted(office, statement):
    user = make_user("stall@example.org")
    one = make_paper(statement, by=user)
    answer = office.get(url("sheet", one.pk, one.sheets.get().pk))
    assert answer.content == b"%PDF-1.7 a sheet"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "no-store" in answer["Cache-Control"]
    assert PaperEvent.objects.filter(verb="sheet_opened", by__isnull=False).count() == 1
    other = make_paper(make_edition("Another").statement, by=user)
    assert office.get(url("sheet", other.pk, one.sheets.get().pk)).status_code == 404


@pytest.mark.medium
def test_of_a_statement_that_is_not_theirs_nobody_sees_a_declaration(client, statement):
    one = make_paper(statement, by=make_user("stall@example.org"))
    draft = make_draft(by=make_user("other@example.org"))
    PaperCount.objects.filter(pk=one.pk).update(statement=draft)
    client.force_login(of_role("Moderator"))
    assert client.get(url("show", one.pk)).status_code == 403
    assert client.get(url("sheet", one.pk, one.sheets.get().pk)).status_code == 403
    listed = client.get(reverse("admin:signatories_papercount_changelist"))
    assert "Market square" not in listed.text
    assert client.post(url("new"), filled(draft)).status_code == 422


@pytest.mark.medium
def test_it_is_corrected_and_withdrawn_with_a_reason(office, statement):
    one = make_paper(statement, by=make_user("stall@example.org"))
    data = filled(statement, number="38", version="0")
    without = office.post(url("correct", one.pk), data)
    assert without.context["form"].errors["reason"] == ["Say why."]
    office.post(url("correct", one.pk), {**data, "reason": "Two were crossed out"})
    page = office.get(url("show", one.pk)).text
    assert "Two were crossed out" in page
    assert "before: “40”" in page
    stale = office.post(url("correct", one.pk), {**data, "number": "39", "reason": "x"})
    assert "Somebody changed it" in stale.text
    assert office.post(url("withdraw", one.pk), {"reason": ""}).status_code == 422
    office.post(url("withdraw", one.pk), {"reason": "Not ours"})
    assert number_of(statement) == 0
    assert "Withdrawn on" in office.get(url("show", one.pk)).text


@pytest.mark.medium
def test_sheets_are_added_and_deleted_afterwards(office, statement):
    one = make_paper(statement, by=make_user("stall@example.org"))
    assert office.post(url("show", one.pk), {}).status_code == 422
    sheet = one.sheets.get()
    assert office.post(url("remove", one.pk, sheet.pk), {"reason": ""}).status_code == 422
    office.post(url("remove", one.pk, sheet.pk), {"reason": "Somebody asked for it"})
    assert not one.sheets.exists()
    assert office.get(url("remove", one.pk, sheet.pk)).status_code == 404


@pytest.mark.medium
@pytest.mark.parametrize("answer", ["check", "x"])
def test_an_odd_version_is_no_error_of_the_server(office, statement, answer):
    one = make_paper(statement, by=make_user("stall@example.org"))
    for version in ("", "x", "9" * 40):
        sent = office.post(url("show", one.pk), {"verb": answer, "version": version})
        assert sent.status_code in (302, 422)


@pytest.mark.medium
def test_the_history_names_a_sheet_by_its_file_size_and_pages(office, statement):
    one = make_paper(statement, by=make_user("stall@example.org"))
    scan = paper.Scan("market <b>.pdf", "application/pdf", b"%PDF-1.7" + b"x" * 4088, pages=3)
    paper.add_sheets(one, [scan], by=make_user("stall2@example.org"))
    sheet = one.sheets.get(pages=3)
    page = office.get(url("show", one.pk)).text
    assert sheet.sha256[:8] not in page
    assert "market &lt;b&gt;.pdf, 4.0\xa0KB, 3 pages" in page
    office.post(url("remove", one.pk, sheet.pk), {"reason": "Somebody asked for it"})
    told = office.get(url("show", one.pk)).text
    assert "market" not in told
    assert told.count("4.0\xa0KB, 3 pages") == 2  # added, and deleted


@pytest.mark.page
@pytest.mark.medium
def test_the_pages_of_a_scan_are_counted(office, statement):
    file = io.BytesIO()
    Image.new("RGB", (200, 200), "white").save(
        file, "PDF", save_all=True, append_images=[Image.new("RGB", (200, 200), "grey")]
    )
    scan = SimpleUploadedFile("sheets.pdf", file.getvalue(), "application/pdf")
    office.post(url("new"), filled(statement, sheet1=scan))
    assert PaperSheet.objects.get().pages == 2

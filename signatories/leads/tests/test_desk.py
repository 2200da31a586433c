"""The import desk, as staff use it without JavaScript."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.lib.documents import reading as documents
from casa.lib.text import unparted
from signatories.core import protected_names, tally
from signatories.leads import batches, lines, reading, reviewing, worker
from signatories.models import ImportBatch, ImportLine, ProtectedName, Signature
from signatories.testing import make_signature
from statements.models import Statement
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

LIST = "Ada Brook, Teacher, Leeds, UK\nTomas Weiss, Librarian, York, UK\nQx\n"


def url(screen, *args):
    return reverse(f"admin:signatories_importbatch_{screen}", args=args)


def of_role(name):
    user = make_staff(f"{name.lower()}@example.org")
    user.groups.add(Group.objects.get(name=name))
    return user


@pytest.fixture
def office(client):
    client.force_login(make_user())
    return client


@pytest.fixture
def statement():
    return make_edition().statement


def given(statement, **more):
    return {"statement": statement.pk, "place": "ordinary", "consent": "mail", **more}


def begin(office, statement, text=LIST, **more):
    answer = office.post(url("new"), given(statement, text=text, **more))
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportBatch.objects.get()


def form_of(page):
    """What a browser would send of the page's lines."""
    data = {"line": [], "verb": "save"}
    for row in page.context["rows"]:
        if row["form"] is not None:
            data["line"].append(row["line"].pk)
            for field in row["form"]:
                data[field.html_name] = "" if field.value() is None else field.value()
    return data


@pytest.mark.medium
def test_pasted_names_are_looked_through_and_put_under_the_statement(office, statement):
    batch = begin(office, statement)
    page = office.get(url("review", batch.pk) + "?show=all")
    for words in ("Ada Brook, Teacher, Leeds, UK", "sure", "unsure", "Take all 2 sure lines"):
        assert words in page.text
    office.post(url("review", batch.pk), {"verb": "accept_sure"})
    page = office.get(url("apply", batch.pk))
    assert "2 lines are taken" in page.text
    office.post(url("apply", batch.pk), {"counted": page.context["counted"]})
    assert tally.of(statement).people == 2
    public = office.get(f"/statements/{statement.slug}/signatories/").text
    assert "Ada Brook" in public
    assert "Qx" not in public


@pytest.mark.medium
def test_a_line_is_corrected_in_its_place_and_taken(office, statement):
    batch = begin(office, statement)
    page = office.get(url("review", batch.pk))
    line = batch.lines.get(decision="held")
    data = form_of(page)
    data |= {f"l{line.pk}-name": "Quentin Xu", f"l{line.pk}-country": "Norway",
             f"l{line.pk}-choice": "accepted"}  # fmt: skip
    assert office.post(url("review", batch.pk), data).status_code == 302
    line.refresh_from_db()
    assert (line.fields["name"], line.fields["country"], line.decision) == (
        "Quentin Xu", "NO", "accepted",
    )  # fmt: skip


@pytest.mark.medium
def test_what_was_left_out_is_shown_with_its_reason_and_taken_in_by_one_press(office, statement):
    batch = begin(office, statement, text=f"{LIST}\nSupporters:\nThe campaign team\n")
    page = office.get(url("review", batch.pk) + "?show=left")
    assert [row["original"] for row in page.context["rows"]] == ["Supporters:", "The campaign team"]
    for words in ("The reader took it for no signatory.", "is a heading", "Take it in"):
        assert words in page.text
    line = next(line for line in batch.lines.all() if line.original == "The campaign team")
    data = form_of(page) | {"take": line.pk, f"l{line.pk}-name": "The campaign team"}
    del data["verb"]
    assert office.post(url("review", batch.pk) + "?show=left", data).status_code == 302
    assert [(one.original, one.decision) for one in batch.lines.filter(why="nobody")] == [
        ("Supporters:", "skipped"), ("The campaign team", "accepted"),
    ]  # fmt: skip
    batches.begin(batch)
    worker.work_on(batch)
    assert Signature.objects.get().displayed_name == "The campaign team"


@pytest.mark.medium
def test_an_error_stands_beside_its_field_and_the_other_lines_are_stored(office, statement):
    batch = begin(office, statement)
    held = batch.lines.get(decision="held")
    data = form_of(office.get(url("review", batch.pk) + "?show=all"))
    first = batch.lines.first()
    data |= {f"l{held.pk}-country": "Nowhere", f"l{held.pk}-choice": "accepted",
             f"l{first.pk}-city": "Bath"}  # fmt: skip
    answer = office.post(url("review", batch.pk) + "?show=all", data)
    assert answer.status_code == 422
    assert "No country has this name" in answer.text
    assert 'value="Nowhere"' in answer.text
    first.refresh_from_db()
    assert first.fields["city"] == "Bath"


@pytest.mark.medium
def test_what_somebody_else_changed_meanwhile_is_shown_and_kept(office, statement):
    batch = begin(office, statement)
    page = office.get(url("review", batch.pk) + "?show=all")
    mine, theirs = form_of(page), form_of(page)
    line = batch.lines.first()
    office.post(url("review", batch.pk), theirs | {f"l{line.pk}-city": "Bath"})
    answer = office.post(url("review", batch.pk), mine | {f"l{line.pk}-city": "York"})
    assert "changed this line while you had it open" in answer.text
    assert "Bath" in answer.text
    assert 'value="York"' in answer.text
    line.refresh_from_db()
    assert line.fields["city"] == "Bath"
    office.post(url("review", batch.pk), form_of(answer))
    line.refresh_from_db()
    assert line.fields["city"] == "York"


@pytest.mark.medium
def test_two_windows_of_one_person_are_said_to_be_that(office, statement):
    batch = begin(office, statement)
    data = form_of(office.get(url("review", batch.pk) + "?show=all"))
    line = batch.lines.first()
    office.post(url("review", batch.pk), data | {f"l{line.pk}-city": "Bath"})
    same = office.post(url("review", batch.pk), data | {f"l{line.pk}-city": "Bath"})
    assert same.status_code == 302
    other = office.post(url("review", batch.pk), data | {f"l{line.pk}-city": "York"})
    assert "In another window you changed this line" in other.text


@pytest.mark.medium
def test_whoever_stands_there_is_offered_to_be_merged_with(office, statement):
    there = make_signature(statement.editions.get(), "Ada Brook")
    batch = begin(office, statement)
    page = office.get(url("review", batch.pk))
    assert "The same as Ada Brook" in page.text
    assert "may be a duplicate" in page.text
    assert "✓" not in page.text
    line = batch.lines.first()
    data = form_of(page) | {f"l{line.pk}-choice": f"signature:{there.pk}"}
    office.post(url("review", batch.pk), data)
    line.refresh_from_db()
    assert (line.decision, line.same_as) == ("merged", f"signature:{there.pk}")


@pytest.mark.medium
def test_all_on_a_page_are_taken_but_those_that_are_named_twice_or_lack_a_name(office, statement):
    make_signature(statement.editions.get(), "Ada Brook")
    batch = begin(office, statement)
    data = form_of(office.get(url("review", batch.pk) + "?show=all"))
    office.post(url("review", batch.pk) + "?show=all", data | {"verb": "take_page"})
    assert [line.decision for line in batch.lines.all()] == ["held", "accepted", "accepted"]


@pytest.mark.medium
def test_taking_a_page_says_what_it_takes_and_leaves_what_is_no_name(office, statement):
    make_signature(statement.editions.get(), "Ada Brook")
    batch = begin(office, statement)
    counter = batch.lines.get(decision="held", alike=[])
    counter.fields = {"kind": "person", "name": "Already 1,240 signatures and counting"}
    counter.save()
    page = office.get(url("review", batch.pk) + "?show=all")
    assert "Save, and take all on this page: 1; 2 stay open" in page.text
    data = form_of(page) | {"verb": "take_page"}
    answer = office.post(url("review", batch.pk) + "?show=all", data, follow=True)
    assert [line.decision for line in batch.lines.all()] == ["held", "accepted", "held"]
    assert "2 lines stay open" in answer.text


@pytest.mark.page
@pytest.mark.parametrize(
    ("name", "is_name"),
    [
        ("Ada van der Berg", True),
        ("isla garcía", True),
        ("José María de la Cruz y Ortega", False),  # many words: somebody looks at it
        ("Already 1,240 signatures and counting", False),
        ("Thank you all", False),
        ("李小龍", True),
        ("", False),
    ],
)
def test_a_sentence_is_told_from_a_name(name, is_name):
    assert lines.looks_like_name({"kind": "person", "name": name}) is is_name


@pytest.mark.page
@pytest.mark.medium
def test_what_is_wrong_with_a_line_is_told_at_once_and_stops_no_other(office, statement):
    text = "Name,Town,Email\nAda Brook,Leeds,zoë@example.org\nTomas Weiss,York,\n"
    batch = begin(office, statement, text=text)
    wrong, right = batch.lines.all()
    page = office.get(url("review", batch.pk) + "?show=all")
    sentence = lines.problems(wrong.fields)["email"]
    assert (wrong.why, page.context["rows"][0]["reason"]) == ("invalid", sentence)
    data = form_of(page) | {f"l{right.pk}-city": "Bath"}
    assert office.post(url("review", batch.pk) + "?show=all", data).status_code == 302
    right.refresh_from_db()
    wrong.refresh_from_db()
    assert right.fields["city"] == "Bath"
    assert wrong.fields["email"] == "zoë@example.org"
    data = form_of(office.get(url("review", batch.pk) + "?show=all"))
    answer = office.post(url("review", batch.pk), data | {f"l{wrong.pk}-choice": "accepted"})
    assert answer.status_code == 422


@pytest.mark.medium
def test_the_page_that_asks_says_what_the_tally_and_the_directory_become(office, statement):
    ada = make_signature(statement.editions.get(), "Ada Brook")
    batch = begin(office, statement, text=LIST.replace("Qx", "River Trust, Bath, UK"))
    batch.lines.filter(decision="held").update(decision="merged", same_as=f"signature:{ada.pk}")
    office.post(url("review", batch.pk), {"verb": "accept_sure"})
    assert "Put 2 under the statement, merge 1" in office.get(url("review", batch.pk)).text
    page = office.get(url("apply", batch.pk))
    for words in (
        "2 lines are taken",
        "1 is merged",
        unparted("The statement counts 1 person now, and 1 organization and 2 people then."),
        "1 organization is new to the directory: River Trust",
        "Put 2 under the statement, merge 1",
    ):
        assert words in page.text
    office.post(url("apply", batch.pk), {"counted": page.context["counted"]})
    assert tally.of(statement) == tally.Tally(organizations=1, people=2)


@pytest.mark.medium
def test_an_upload_is_read_in_its_encoding_and_can_be_read_in_another(office, statement):
    text = "Name;Ort\nJürgen Groß;Köln\nZoë Müller;Düren\n"
    file = SimpleUploadedFile("names.csv", text.encode("windows-1252"))
    answer = office.post(url("new"), given(statement, file=file))
    assert answer.status_code == 302
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.file_name) == ("review", "names.csv")
    assert [line.displayed_name for line in batch.lines.all()] == ["Jürgen Groß", "Zoë Müller"]
    office.post(url("again", batch.pk), {"encoding": "windows-1251", "column0": "name"})
    batch.refresh_from_db()
    assert batch.encoding == "windows-1251"
    assert "Jürgen" not in batch.lines.first().original


@pytest.mark.medium
def test_columns_with_unknown_headings_are_mapped_by_hand(office, statement):
    rows = "".join(f"{n};Ada Brook{n};Leeds;x\n" for n in range(3))
    batch = begin(office, statement, text=f"Foo;Who is it;Bar;Baz\n{rows}")
    page = office.get(url("again", batch.pk))
    assert [heading for heading, _field in page.context["form"].columns] == [
        "Foo", "Who is it", "Bar", "Baz",
    ]  # fmt: skip
    names = {f"column{n}": "" for n in range(4)} | {"column1": "name", "column2": "town"}
    nothing = office.post(url("again", batch.pk), {"encoding": "", "column0": "city"})
    assert nothing.status_code == 200
    office.post(url("again", batch.pk), {"encoding": "", "has_headings": "on", **names})
    assert [line.displayed_name for line in batch.lines.all()] == [
        "Ada Brook0", "Ada Brook1", "Ada Brook2",
    ]  # fmt: skip
    assert [line.fields.get("city") for line in batch.lines.all()] == ["Leeds"] * 3


@pytest.mark.page
@pytest.mark.medium
def test_what_is_no_list_is_refused_in_a_sentence_and_nothing_is_lost(office, statement):
    answer = office.post(url("new"), given(statement, text=LIST, place="leads", consent=""))
    assert answer.status_code == 422
    assert "Say how they agreed" in answer.text
    assert "Tomas Weiss, Librarian" in answer.text


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("file", b"PK\x03\x04" + b"x" * 100),
        ("file", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 100),
        ("text", "§§§ 123 §§§"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_leaves_no_import(
    office, statement, field, data
):
    chosen = SimpleUploadedFile("x.xlsx", data) if field == "file" else data
    answer = office.post(url("new"), given(statement, **{field: chosen}))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not ImportBatch.objects.exists()


@pytest.mark.medium
def test_a_long_list_that_the_worker_cannot_read_is_removed_by_one_click(office, statement):
    data = b"PK\x03\x04" + b"x" * 70_000
    office.post(url("new"), given(statement, file=SimpleUploadedFile("x.xlsx", data)))
    batch = ImportBatch.objects.get()
    worker.go_on()
    page = office.get(url("review", batch.pk))
    assert "It was not read as a list of names" in page.text
    assert "Remove this import" in page.text
    answer = office.post(url("review", batch.pk), {"verb": "remove"}, follow=True)
    assert "The import is removed" in answer.text
    assert not ImportBatch.objects.exists()


@pytest.mark.medium
def test_an_import_under_review_is_not_removed(office, statement):
    batch = begin(office, statement)
    answer = office.post(url("review", batch.pk), {"verb": "remove"}, follow=True)
    assert "was not removed" in answer.text
    assert ImportBatch.objects.exists()


@pytest.mark.medium
def test_a_file_waits_its_turn_while_others_are_read(office, statement):
    """As many as may be in line are there already."""
    line = documents.PROGRAM._in_line
    held = 0
    while line.acquire(blocking=False):
        held += 1
    file = SimpleUploadedFile("names.txt", LIST.encode())
    try:
        answer = office.post(url("new"), given(statement, file=file), follow=True)
    finally:
        for _ in range(held):
            line.release()
    assert "Being read" in answer.text
    worker.go_on()
    assert ImportBatch.objects.get().state == "review"


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Paste the names, or choose a file."),
        ({"text": "A", "file": io.BytesIO(b"x")}, "not both"),
    ],
)
def test_a_list_is_pasted_or_a_file(office, statement, more, words):
    answer = office.post(url("new"), given(statement, **more))
    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.medium
def test_under_a_draft_names_can_only_be_first_names(office):
    draft = make_draft()
    answer = office.post(url("new"), given(draft, text=LIST))
    assert "Nothing is published that they could stand under" in answer.text
    assert office.post(url("new"), given(draft, text=LIST, place="leads")).status_code == 302


@pytest.mark.medium
def test_one_signature_that_came_by_mail_stands_at_once_with_its_proof(office, statement):
    one = given(statement, kind="person", name="Ada Brook", city="Leeds", proof_words="Dear all, I")
    letter = SimpleUploadedFile("létter.pdf", b"%PDF-1.7 ...")
    answer = office.post(url("one"), {**one, "proof_file": letter})
    assert answer.status_code == 302, answer.context["form"].errors
    batch = ImportBatch.objects.get()
    assert (tally.of(statement).people, batch.state) == (1, "applied")
    signature = reverse("admin:signatories_signature_change", args=[Signature.objects.get().pk])
    assert signature in office.get(url("one")).text
    page = office.get(url("review", batch.pk)).text
    assert "Dear all, I" in page
    page = office.get(signature).text
    assert "Dear all, I" in page
    assert url("proof", batch.pk, batch.lines.get().pk) in page
    proof = office.get(url("proof", batch.pk, batch.lines.get().pk))
    assert proof.content == b"%PDF-1.7 ..."
    assert proof["Content-Disposition"] == 'attachment; filename="letter.pdf"'


@pytest.mark.page
@pytest.mark.medium
def test_one_signature_is_asked_about_as_one(office):
    page = office.get(url("one")).text
    assert "How did this one agree?" in page
    for words in ("in the order of the list", "How did they agree?"):
        assert words not in page


@pytest.mark.medium
def test_one_signature_like_one_that_is_there_waits_for_a_decision(office, statement):
    make_signature(statement.editions.get(), "Ada Brook")
    office.post(url("one"), given(statement, kind="person", name="Ada Brook"))
    assert tally.of(statement).people == 1
    assert ImportLine.objects.get().decision == "held"


RELEASE = """ALDERMOUTH, March 2, 2026 -- The coalition publishes the following statement.

STATEMENT of the Alder River Coalition on the old mill

We live along the Alder and have watched it turn grey.

Submitted by,

Dr. Ines Falk, Friends of Branch Libraries, Millbrook, NY
Tomas Weiss, Lindenau, Germany
"""


@pytest.mark.medium
def test_a_release_becomes_a_draft_with_its_names_under_review(office):
    form = {"text": RELEASE, "language": "en", "consent": "partner"}
    asked = office.post(url("release"), form)
    assert asked.status_code == 422
    assert "which is long past" in asked.text
    assert not Statement.objects.exists()
    answer = office.post(url("release"), {**form, "signers": "nobody"})
    assert answer.status_code == 302, answer.context["form"].errors
    draft, batch = Statement.objects.get(), ImportBatch.objects.get()
    assert (draft.status, draft.signers) == ("draft", "nobody")
    assert (batch.statement, batch.source) == (draft, "release")
    assert batch.lines.count() == 2
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_an_import_is_undone_from_its_page(office, statement):
    batch = begin(office, statement)
    office.post(url("review", batch.pk), {"verb": "accept_sure"})
    office.post(url("apply", batch.pk), {"counted": "2/0"})
    assert "2 signatures are removed" in office.get(url("undo", batch.pk)).text
    for _press in range(2):
        told = office.post(url("undo", batch.pk), follow=True)
        assert [str(one) for one in told.context["messages"]][-1] == "The import is undone."
    assert not Signature.objects.exists()
    assert tally.differences() == []
    assert "2 signatures were removed" in office.get(url("review", batch.pk)).text


@pytest.mark.medium
def test_undoing_tells_who_stays_because_another_import_names_them(office, statement):
    batch = begin(office, statement)
    worker.take_sure(batch, only_sure=True)
    other = batches.open_batch(
        statement, b"Ada Brook", by=None, source="pasted", consent="mail", as_leads=True
    )
    reading.read(other)
    there = Signature.objects.get(name="Ada Brook")
    other.lines.update(decision="merged", same_as=f"signature:{there.pk}")
    batches.begin(other)
    worker.work_on(other)
    page = office.get(url("undo", batch.pk)).text
    assert "1 signature is removed" in page
    assert "1 stays, because another import names it too." in page
    office.post(url("undo", batch.pk))
    assert "1 stays: another import names it too." in office.get(url("review", batch.pk)).text
    assert Signature.objects.get() == there


@pytest.mark.medium
def test_one_table_that_was_read_twice_is_known_again_and_merged_at_once(office, statement):
    rows = ["Ada Brook, Leeds, UK", "Tomas Weiss, York, UK", "Nora Lind, Bath, UK"]
    first, second = (
        batches.open_batch(
            statement, end.join(rows).encode(), by=None, source="pasted", consent="mail"
        )
        for end in ("\n", "\n\n")
    )
    for batch in (first, second):
        reading.read(batch)
        reviewing.accept_sure(batch, by=None)
    batches.begin(first)
    worker.work_on(first)
    page = office.get(url("review", second.pk)).text
    assert "The same list was imported before" in page
    page = office.get(url("apply", second.pk))
    assert "3 stand there by now" in page.text
    answer = office.post(url("apply", second.pk), {"counted": page.context["counted"]}, follow=True)
    assert "3 stand there by now, and wait for you" in str(*answer.context["messages"])
    assert "3 have the names of those who stand there: merge all" in answer.text
    office.post(url("review", second.pk), {"verb": "merge_same"})
    batches.begin(second)
    worker.work_on(second)
    second.refresh_from_db()
    assert (second.state, second.made, second.merged) == ("applied", 0, 3)
    assert tally.of(statement).people == 3


@pytest.fixture
def protected():
    ProtectedName.objects.create(name="Ada Brook")
    protected_names.forget()
    yield
    protected_names.forget()


@pytest.mark.medium
def test_who_was_asked_or_has_a_protected_name_is_not_said_to_stand(office, statement, protected):
    text = (
        "Name,Town,Email\nAda Brook,Leeds,\nTomas Weiss,York,tomas@example.org\nNora Lind,Bath,\n"
    )
    batch = begin(office, statement, text=text, asks_first="on")
    office.post(url("review", batch.pk), {"verb": "accept_sure"})
    answer = office.post(url("apply", batch.pk), {"counted": "3/1"}, follow=True)
    told = (
        "1 name stands under the statement.",
        "1 was asked by mail, and counts once its reader confirms.",
        "1 waits for a moderator: its name is protected.",
    )
    *_earlier, said = map(str, answer.context["messages"])
    assert [sentence for sentence in told if sentence not in said] == [], said
    page = office.get(url("review", batch.pk)).text
    assert "1 name of this import stands" in page
    assert f'<a href="{reverse("admin:signatories_decision_queue")}">1 waits' in page


@pytest.mark.medium
def test_a_typed_protected_name_waits_for_a_moderator(office, statement, protected):
    one = given(statement, kind="person", name="Ada Brook")
    answer = office.post(url("one"), one, follow=True)
    assert "stands under the statement" not in str(next(iter(answer.context["messages"])))
    assert "1 waits for a moderator" in answer.text


@pytest.mark.medium
def test_open_lines_are_left_out_after_a_question_and_come_back(office, statement):
    batch = begin(office, statement)
    office.post(url("review", batch.pk), {"verb": "accept_sure"})
    page = office.get(url("close", batch.pk))
    assert "1 line is left out, and the review ends." in page.text
    assert batch.lines.filter(decision="held").count() == 1
    office.post(url("close", batch.pk), {"counted": "0/0"})
    assert batch.lines.filter(decision="held").count() == 1
    told = office.post(url("close", batch.pk), {"counted": page.context["counted"]}, follow=True)
    assert "1 line is left out." in told.text
    assert tally.of(statement).people == 2
    assert "Review it again" in told.text
    office.post(url("review", batch.pk), {"verb": "reopen"})
    batch.refresh_from_db()
    assert (batch.state, batch.lines.get(decision="held").original) == ("review", "Qx")


@pytest.mark.medium
def test_an_undone_import_is_reviewed_again_with_what_was_corrected(office, statement):
    batch = begin(office, statement)
    line = batch.lines.first()
    data = form_of(office.get(url("review", batch.pk) + "?show=all"))
    office.post(url("review", batch.pk), data | {f"l{line.pk}-city": "Bath"})
    office.post(url("review", batch.pk), {"verb": "accept_sure"})
    office.post(url("apply", batch.pk), {"counted": "2/0"})
    stays = Signature.objects.get(name="Tomas Weiss")
    Signature.objects.filter(pk=stays.pk).update(renamed_at=stays.created_at)
    office.post(url("undo", batch.pk))
    assert "Review it again" in office.get(url("review", batch.pk)).text
    office.post(url("review", batch.pk), {"verb": "reopen"})
    office.post(url("apply", batch.pk), {"counted": "1/0"})
    assert [(one.name, one.city) for one in Signature.objects.order_by("name")] == [
        ("Ada Brook", "Bath"), ("Tomas Weiss", "York"),
    ]  # fmt: skip
    assert tally.differences() == []


@pytest.mark.medium
def test_numbers_that_changed_meanwhile_are_looked_at_again(office, statement):
    batch = begin(office, statement)
    office.post(url("review", batch.pk), {"verb": "accept_sure"})
    office.post(url("apply", batch.pk), {"counted": "1/0"})
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_a_long_list_is_read_and_put_in_by_a_worker_and_shows_how_far_it_is(
    office, statement, monkeypatch
):
    monkeypatch.setattr(reading, "AT_ONCE", 10)
    monkeypatch.setattr("signatories.admin.imports.steps.AT_ONCE", 1)
    batch = begin(office, statement)
    assert "Being read" in office.get(url("review", batch.pk)).text
    worker.go_on()
    office.post(url("review", batch.pk), {"verb": "accept_sure"})
    office.post(url("apply", batch.pk), {"counted": "2/0"})
    page = office.get(url("review", batch.pk)).text
    assert "Being put under the statement" in page
    assert "0 of 2 lines" in page
    worker.go_on()
    assert tally.of(statement).people == 2


@pytest.mark.medium
def test_the_list_shows_what_of_statements_that_may_be_seen(client, statement):
    moderator = of_role("Moderator")
    draft = make_draft(by=make_user())
    for one in (statement, draft):
        batch = batches.open_batch(
            one, b"Ada", by=None, source="pasted", consent="mail", file_name=f"of {one.status}.txt",
        )  # fmt: skip
    client.force_login(moderator)
    page = client.get(url("changelist")).text
    assert "of published.txt" in page
    assert "of draft.txt" not in page
    assert client.get(url("review", batch.pk)).status_code == 403


@pytest.mark.medium
def test_addresses_are_for_those_who_may_see_them(client, statement):
    client.force_login(of_role("Editor"))
    text = "Name,Town,Email\nAda Brook,Leeds,ada@example.org\n"
    batch = begin(client, statement, text=text)
    page = client.get(url("review", batch.pk) + "?show=all")
    assert "ada@example.org" not in page.text
    data = form_of(page)
    line = batch.lines.get()
    client.post(url("review", batch.pk), data | {f"l{line.pk}-city": "York"})
    line.refresh_from_db()
    assert (line.fields["city"], line.fields["email"]) == ("York", "ada@example.org")


@pytest.mark.page
@pytest.mark.medium
def test_doubts_are_told_in_the_language_of_the_office(office, statement):
    batch = begin(office, statement)
    page = office.get("/az" + url("review", batch.pk) + "?show=all", follow=True)
    assert "bir sözdən ibarətdir" in page.text

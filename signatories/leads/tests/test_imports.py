"""manage.py import_release and import_signatories, as staff run them."""

import io
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from casa.lib.text import unparted
from signatories.core import tally
from signatories.leads import placement as leads
from signatories.models import ImportBatch, ImportLine, Organization, Signature
from signatories.parser import parse_block
from statements.models import LONG_PAST, Statement
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db

RELEASE = """ALDERMOUTH, March 2, 2026 /PRNewswire/ -- The Alder River Coalition, which speaks for
anglers along the river, publishes the following statement.

STATEMENT of the Alder River Coalition on the old mill

We live along the Alder and have watched it turn grey.

We call upon the Water Board to clean the ponds this year, as Directive 2000/60/EC demands.

Submitted by,

Dr. Ines Falk, Friends of Branch Libraries, Millbrook, NY

Alder Valley Anglers, NY

Tomas Weiss, Lindenau, Germany

View original content: https://www.example.org/releases/alder-river.html

SOURCE Alder River Coalition
"""
KEYS = {
    "title", "dateline", "lead_in", "body_html", "ask", "source", "original_url", "references",
    "signatories", "head", "media_contact", "boilerplate", "notes_to_editors",
}  # fmt: skip
LINE_KEYS = {
    "line", "original", "kind", "honorific", "name", "credentials", "role", "organization",
    "city", "region", "country", "confidence", "notes",
    "mark", "may_publish", "email", "consent", "doubts", "ror", "registration",
}  # fmt: skip


@pytest.fixture
def release(tmp_path) -> Path:
    file = tmp_path / "release.txt"
    file.write_text(RELEASE, encoding="utf-8")
    return file


def run(*arguments):
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def line_of(original):
    """Lines lie encrypted: no query compares them."""
    (found,) = (line for line in ImportLine.objects.all() if line.original == original)
    return found


@pytest.mark.medium
def test_a_release_becomes_a_draft_with_all_its_parts(release):
    out = run("import_release", release)
    statement = Statement.objects.get()
    assert statement.status == "draft"
    text, wire = statement.texts.get(), statement.releases.get()
    assert text.title == "STATEMENT of the Alder River Coalition on the old mill"
    assert text.ask.startswith("We call upon the Water Board")
    assert text.body.startswith("<p>We live along the Alder")
    assert "publishes the following" not in text.body
    assert wire.lead_in.startswith("The Alder River Coalition, which speaks")
    assert (wire.wire, wire.city, str(wire.date)) == ("PRNewswire", "Aldermouth", "2026-03-02")
    assert wire.original_url == "https://www.example.org/releases/alder-river.html"
    assert [r.title for r in statement.references.all()]
    leads = Signature.objects.leads()
    assert [lead.displayed_name for lead in leads] == [
        "Dr. Ines Falk", "Alder Valley Anglers", "Tomas Weiss",
    ]  # fmt: skip
    assert leads[0].original_line.startswith("Dr. Ines Falk, Friends")
    assert leads[0].affiliation == "Friends of Branch Libraries"
    assert (leads[2].city, leads[2].country) == ("Lindenau", "DE")
    assert "3 lead signatories" in out


@pytest.mark.medium
def test_published_at_once_it_is_read_with_its_names_and_counted(client, release):
    run("import_release", release, "--publish")
    statement = Statement.objects.get()
    page = client.get(statement.get_absolute_url()).text
    signed = unparted("1 organization and 2 people")
    for words in ("old mill", "Ines Falk", "Alder Valley Anglers", signed):
        assert words in page
    assert tally.differences() == []


@pytest.mark.medium
def test_the_same_file_makes_no_second_statement_and_says_so(release):
    run("import_release", release)
    assert "imported before" in run("import_release", release)
    assert Statement.objects.count() == 1
    run("import_release", release, "--publish")
    assert Statement.objects.get().status == "published"
    assert Signature.objects.count() == 3


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\n\n",
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "  \n"),
        lambda text: "\ufeff" + text,
    ],
    ids=["a line more", "CRLF", "blanks", "byte order mark"],
)
def test_the_same_words_saved_another_way_are_the_same_release(release, change):
    run("import_release", release)
    release.write_bytes(change(RELEASE).encode())
    assert "imported before" in run("import_release", release)
    assert Statement.objects.count() == 1


@pytest.mark.medium
def test_a_line_that_names_nobody_is_left_out_and_said(release):
    text = RELEASE.replace("Tomas Weiss,", "Executive Director\n\n,,,\n\nTomas Weiss,")
    release.write_text(text, encoding="utf-8")
    out = run("import_release", release)
    assert "3 lead signatories" in out
    assert "names nobody: line 16." in out
    assert "Please look at line 16: The line gives a role and no name. (Executive Director)" in out
    read = json.loads(run("import_release", release, "--json"))["signatories"]
    assert [(line["line"], line["role"]) for line in read][2] == (16, "Executive Director")
    assert "line 18: Left out" in out


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("On the old mill\n\nSubmitted by,\n\nTomas Weiss\n", "No text was found between"),
        ("Submitted by,\n\nTomas Weiss\n", "No title was found"),
    ],
)
def test_what_is_missing_is_said_in_words_of_the_release(release, text, says):
    release.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=says):
        run("import_release", release)
    assert not Statement.objects.exists()


@pytest.mark.medium
def test_several_people_of_one_line_are_placed_once(tmp_path):
    slug = make_draft().slug
    block = tmp_path / "names.txt"
    block.write_text("Jane Roe; John Poe; and Mary Doe\n")
    assert "3 lead signatories added" in run("import_signatories", slug, block)
    assert "0 lead signatories added" in run("import_signatories", slug, block)
    assert [lead.name for lead in Signature.objects.leads()] == ["Jane Roe", "John Poe", "Mary Doe"]


@pytest.mark.page
@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7\x00", b"PK\x03\x04\x14\x00", "é".encode("latin-1"), b"a " * 600_000],
    ids=["empty", "pdf", "cut off zip", "latin-1", "1.2 MB"],
)
def test_a_list_of_names_is_called_a_file(tmp_path, data):
    block = tmp_path / "names.txt"
    block.write_bytes(data)
    with pytest.raises(CommandError, match=r"^The file is"):
        run("import_signatories", make_draft().slug, block)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_lists_that_name_the_same_new_organizations_may_come_at_once():
    names = ["Weir Society, Leeds, UK", "Mill Museum, York, UK", "Alder Trust, Bath, UK"]
    drafts = [make_draft() for _ in range(6)]

    def place(number):
        lines = names if number % 2 else names[::-1]
        try:
            return len(leads.place(drafts[number], parse_block(enumerate(lines, start=1)))[0])
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(place, range(6))) == [3] * 6
    assert Organization.objects.count() == 3


def test_json_is_the_contract_and_nothing_is_stored(release):
    parsed = json.loads(run("import_release", release, "--json"))
    assert set(parsed) == KEYS
    assert set(parsed["dateline"]) == {"city", "date", "wire"}
    assert parsed["dateline"]["date"] == "2026-03-02"
    assert {frozenset(reference) for reference in parsed["references"]} == {
        frozenset({"title", "identifier"})
    }
    assert all(set(line) == LINE_KEYS for line in parsed["signatories"])
    assert None not in [value for line in parsed["signatories"] for value in line.values()]
    assert not Statement.objects.exists()
    assert not Organization.objects.exists()


@pytest.mark.medium
def test_standard_input_is_a_dash(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RELEASE.encode())))
    run("import_release", "-")
    assert Statement.objects.get().texts.get().title.startswith("STATEMENT of")


def test_without_a_list_of_names_it_is_imported_and_says_so(tmp_path):
    file = tmp_path / "bare.txt"
    file.write_text(RELEASE.split("Submitted by", maxsplit=1)[0], encoding="utf-8")
    assert "no signatures were made" in run("import_release", file)
    assert not Signature.objects.exists()


@pytest.mark.page
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"%PDF-1.7\x00\x01\x02", "binary"),
        (b"MZ\x00\x00" * 50, "binary"),
        ("Bəyanat".encode("utf-16"), "binary|UTF-8"),
        ("Müraciət, çağırış".encode("latin-1", "replace"), "UTF-8"),
        (b"a " * 10_000_000, "too large"),
    ],
    ids=["empty", "blank", "pdf", "program", "utf-16", "latin-1", "20 MB"],
)
def test_what_is_no_release_is_refused_in_one_sentence(tmp_path, data, says):
    file = tmp_path / "file"
    file.write_bytes(data)
    with pytest.raises(CommandError, match=says) as refused:
        run("import_release", file)
    assert "\n" not in str(refused.value)
    assert not Statement.objects.exists()


@pytest.mark.page
def test_a_file_that_is_not_there_is_said():
    with pytest.raises(CommandError, match=r"nowhere\.txt cannot be read"):
        run("import_release", "nowhere.txt")


@pytest.mark.medium
def test_a_line_that_cannot_be_stored_is_named_and_nothing_is(release):
    long_name = "Bartholomew " * 20 + "Falk"
    release.write_text(RELEASE.replace("Tomas Weiss", long_name), encoding="utf-8")
    with pytest.raises(CommandError, match=r"line 16\b"):
        run("import_release", release)
    assert not Statement.objects.exists()
    assert not Organization.objects.exists()


@pytest.mark.medium
def test_hostile_text_is_text(client, release):
    hostile = "<script>alert(1)</script> & <b>bold</b>"
    text = RELEASE.replace("Tomas Weiss", f"Tomas {hostile}").replace("turn grey", hostile)
    release.write_text(text, encoding="utf-8")
    run("import_release", release, "--publish")
    page = client.get(Statement.objects.get().get_absolute_url()).text
    assert "<script>alert(1)" not in page
    assert "<b>bold" not in page


@pytest.mark.medium
def test_a_block_of_names_is_added_behind_those_that_are_there(release, tmp_path):
    run("import_release", release)
    slug = Statement.objects.get().slug
    block = tmp_path / "names.txt"
    block.write_text("Signed:\n1. Ada Brook, Leeds, UK\n2. Tomas Weiss, Lindenau, Germany\n")
    out = run("import_signatories", slug, block)
    assert "1 lead signatories added" in out
    assert "Waiting for a decision: line 3." in out, "Somebody of that name stands there."
    out = run("import_signatories", slug, block)
    assert "0 lead signatories added" in out
    assert "stand there already: line 2." in out
    assert [lead.name for lead in Signature.objects.leads()][3:] == ["Ada Brook"]


UNSURE = "Ada Brook, Leeds, UK\nQx\n"


@pytest.mark.medium
def test_what_is_unsure_is_in_public_under_no_published_statement_before_a_person_says_yes(
    tmp_path, client
):
    edition = make_edition()
    slug = edition.statement.slug
    block = tmp_path / "names.txt"
    block.write_text(UNSURE)
    assert "Waiting for a decision: line 2." in run("import_signatories", slug, block)
    page = client.get(f"/statements/{slug}/").text
    assert "Ada Brook" in page
    assert "Qx" not in page
    assert line_of("Qx").decision == "held"


@pytest.mark.medium
def test_only_what_is_sure_is_taken_on_request(tmp_path):
    block = tmp_path / "names.txt"
    block.write_text(UNSURE)
    out = run("import_signatories", make_edition().statement.slug, block, "--only-sure")
    assert "Waiting" not in out
    assert line_of("Qx").decision == "skipped"


@pytest.mark.medium
def test_a_list_most_of_which_is_unsure_is_refused_and_nothing_is_stored(tmp_path):
    block = tmp_path / "names.txt"
    block.write_text("".join(f"Qx{chr(97 + n % 26)}{chr(97 + n % 7)}\n" for n in range(30)))
    with pytest.raises(CommandError, match="does not look like a list of names"):
        run("import_signatories", make_edition().statement.slug, block)
    assert not ImportBatch.objects.exists()
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_who_said_no_to_being_named_is_not_imported(tmp_path):
    block = tmp_path / "names.csv"
    block.write_text(
        "Name,Town,May we publish your name?\nAda Brook,Leeds,Yes\nTomas Weiss,York,No\n"
    )
    out = run("import_signatories", make_edition().statement.slug, block)
    assert "the list says that they do not want it: line 3." in out
    assert [one.name for one in Signature.objects.all()] == ["Ada Brook"]


@pytest.mark.medium
def test_an_import_is_undone_by_its_number(tmp_path):
    edition = make_edition()
    block = tmp_path / "names.txt"
    block.write_text("Ada Brook, Leeds, UK\nRiver Trust, Bath, UK\n")
    run("import_signatories", edition.statement.slug, block, "--ordinary", "--consent", "paper")
    assert {one.consent_source for one in Signature.objects.all()} == {"paper"}
    out = run("import_signatories", "--undo", ImportBatch.objects.get().pk)
    assert "2 signatures were removed" in out
    assert not Signature.objects.exists()
    assert not Organization.objects.exists()
    assert tally.differences() == []
    with pytest.raises(CommandError, match="undone already"):
        run("import_signatories", "--undo", ImportBatch.objects.get().pk)
    with pytest.raises(CommandError, match="no import 999"):
        run("import_signatories", "--undo", 999)


@pytest.mark.medium
def test_names_added_after_publishing_stand_under_the_edition_that_is_public(tmp_path):
    edition = make_edition()
    block = tmp_path / "names.txt"
    block.write_text("Ada Brook, Leeds, UK\n")
    run("import_signatories", edition.statement.slug, block)
    assert Signature.objects.get().edition == edition


def test_a_dry_run_stores_nothing_and_needs_no_statement(tmp_path):
    block = tmp_path / "names.txt"
    block.write_text("Ada Brook, Teacher, Leeds, UK\n")
    parsed = json.loads(run("import_signatories", "-", block, "--dry-run", "--json"))
    assert set(parsed) == {"signatories"}
    assert set(parsed["signatories"][0]) == LINE_KEYS
    assert "nothing stored" in run("import_signatories", make_draft().slug, block, "--dry-run")
    assert not Signature.objects.exists()


@pytest.mark.page
@pytest.mark.parametrize("slug", ["no-such-statement", "-"])
def test_a_block_needs_a_statement(tmp_path, slug):
    block = tmp_path / "names.txt"
    block.write_text("Ada Brook, Leeds, UK\n")
    with pytest.raises(CommandError, match="no statement at the address"):
        run("import_signatories", slug, block)


@pytest.mark.medium
def test_an_organization_that_signed_already_is_left_out_and_said(tmp_path):
    edition = make_edition()
    block = tmp_path / "names.txt"
    block.write_text("River Trust, Leeds, UK\nRiver  TRUST, Leeds, UK\n")
    out = run("import_signatories", edition.statement.slug, block)
    assert tally.of(edition.statement).organizations == Signature.objects.count()
    assert "Left out" in out


def test_what_is_too_long_is_refused_by_its_name(release):
    release.write_text(RELEASE.replace("alder-river.html", "a" * 2_000), encoding="utf-8")
    with pytest.raises(CommandError, match="The original_url cannot be stored"):
        run("import_release", release)
    assert not Statement.objects.exists()


def dated(release, day):
    written = f"{day:%B} {day.day}, {day.year}"
    release.write_text(RELEASE.replace("March 2, 2026", written), encoding="utf-8")


@pytest.mark.medium
@pytest.mark.parametrize(
    ("days", "options", "signers"),
    [
        (400, [], "nobody"),
        (400, ["--signers", "people"], "people"),
        (3, [], "everybody"),
        (3, ["--signers", "nobody"], "nobody"),
    ],
)
def test_nobody_signs_what_went_out_long_ago_unless_somebody_says_so(
    release, days, options, signers
):
    dated(release, timezone.localdate() - timedelta(days=days))
    out = run("import_release", release, "--publish", *options)
    statement = Statement.objects.get()
    assert statement.signers == signers
    assert ("Who may sign it now" in out) is (days > LONG_PAST.days)
    assert Signature.objects.leads().count() == 3
    assert tally.differences() == []


@pytest.mark.medium
def test_what_is_kept_of_a_release_for_the_office_is_stored_and_not_public(client, release):
    kept = {
        "head": "FOR IMMEDIATE RELEASE",
        "media_contact": "Media contact:\nDana Orrick\npress@example.org",
        "boilerplate": "About the Coalition\nThe Coalition keeps bees as well.",
        "notes_to_editors": "Notes to editors: the mill has 1,204 stones.",
    }
    words = RELEASE.partition("View original")[0]
    apart = "\n\n".join(kept[name] for name in ("media_contact", "boilerplate", "notes_to_editors"))
    release.write_text(f"{kept['head']}\n\n{words}{apart}\n", encoding="utf-8")
    run("import_release", release, "--publish")
    statement = Statement.objects.get()
    assert {name: getattr(statement.releases.get(), name) for name in kept} == kept
    page = client.get(statement.get_absolute_url()).text
    for secret in ("IMMEDIATE", "Dana Orrick", "press@example.org", "keeps bees", "1,204 stones"):
        assert secret not in page

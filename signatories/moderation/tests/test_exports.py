"""Signatures leave as tables: chosen columns, harmless cells, only for those who may, and noted."""

import csv
import io
import tracemalloc
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from casa.lib import xlsx
from casa.lib.csv import safe, streamed
from casa.lib.db.append_only import AppendOnlyError
from casa.lib.testing import assert_flat_queries
from casa.mail import stops
from signatories.leads import placement
from signatories.models import ExportLog, Signature
from signatories.moderation import exports
from signatories.parser import parse_block
from signatories.testing import make_organization, make_signature
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

EXPORT = reverse("admin:signatories_signature_export")
COUNTS = reverse("admin:signatories_signature_counts")


def user_with(*codenames):
    user = make_user(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


@pytest.fixture
def moderator(client):
    client.force_login(user_with("view_signature", "export_signature", "view_contact_data"))
    return client


def post(client, columns=("name", "email"), **fields):
    data = {"states": ["confirmed"], "columns": columns, "file": "comma", **fields}
    return client.post(EXPORT, data)


def rows(answer):
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.medium
def test_it_holds_the_columns_and_rows_that_were_chosen(moderator):
    edition, other = make_edition("Read on"), make_edition("Another")
    make_signature(edition, "Nora Lind", email="nora@example.org", city="Østerby", country="DK")
    make_signature(edition, "Rep", organization=make_organization("River Trust"))
    make_signature(edition, "Wim Gone", state="withdrawn")
    make_signature(other, "Ada Abel")
    columns = ["statement", "kind", "shown_as", "city", "country", "email"]
    answer = post(moderator, columns, statement=edition.statement.pk, kind="person")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert rows(answer) == [
        ["statement", "signs as", "shown as", "city", "country", "e-mail address"],
        ["Read on", "Person", "Nora Lind", "Østerby", "Denmark", "nora@example.org"],
    ]


@pytest.mark.medium
def test_every_column_can_be_had(moderator):
    edition = make_edition()
    make_signature(edition)
    make_signature(edition, "Rep", organization=make_organization())
    table = rows(post(moderator, list(exports.COLUMNS)))
    assert [len(row) for row in table] == [len(exports.COLUMNS)] * 3


@pytest.mark.medium
@pytest.mark.page
@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1",
     '=HYPERLINK("http://example.org?"&A1)'],
)  # fmt: skip
def test_no_cell_is_a_formula(moderator, name):
    make_signature(make_edition(), name, role="Teacher, retired")
    table = rows(post(moderator, ["name", "role"]))
    assert table[1] == [f"'{name}", "Teacher, retired"]


@pytest.mark.page
def test_numbers_stay_numbers():
    assert [safe(value) for value in (-3, None, "plain", "")] == ["-3", "", "plain", ""]


@pytest.mark.page
@pytest.mark.medium
def test_excel_is_told_that_it_is_utf_8(moderator):
    make_signature(make_edition(), "Şəhla")
    with_mark = b"".join(post(moderator, ["name"], bom="on").streaming_content)
    without = b"".join(post(moderator, ["name"]).streaming_content)
    assert with_mark == "\ufeff".encode() + without


@pytest.mark.medium
def test_each_export_is_noted(moderator):
    edition = make_edition()
    for _ in range(2):
        make_signature(edition)
    post(moderator, ["name", "role"], statement=edition.statement.pk)
    log = ExportLog.objects.get()
    assert (log.by.email, log.statement, log.columns, log.rows) == (
        "editor@example.org", edition.statement, ["name", "role"], 2,
    )  # fmt: skip
    with pytest.raises(AppendOnlyError):
        log.delete()


@pytest.mark.page
@pytest.mark.medium
def test_it_asks_before_it_exports(moderator):
    page = moderator.get(f"{EXPORT}?statement={make_edition().statement.pk}")
    assert "What signatures" not in page.text
    assert page.context["form"]["statement"].value()
    assert "Choose at least one column." in post(moderator, []).text
    assert not ExportLog.objects.exists()


# Who may


@pytest.mark.medium
def test_addresses_need_their_permission(client):
    make_signature(
        make_edition(), email="secret@example.org", original_line="Nora <secret@example.org>"
    )
    user = user_with("view_signature", "export_signature")
    client.force_login(user)
    assert "e-mail" not in client.get(EXPORT).text.lower()
    assert post(client, ["name", "email"]).status_code == 200
    assert not ExportLog.objects.exists()
    may = [column.name for column in exports.columns_for(user)]
    assert "secret" not in str(rows(post(client, may)))
    with pytest.raises(PermissionDenied):
        exports.names(Signature.objects.all(), ["email"], by=user)


@pytest.mark.page
@pytest.mark.medium
def test_exporting_needs_its_permission(client):
    make_signature(make_edition())
    client.force_login(user_with("view_signature", "view_contact_data", "change_signature"))
    assert client.get(EXPORT).status_code == post(client).status_code == 403
    assert not ExportLog.objects.exists()


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("permission", "status"), [("view_signature", 200), ("add_signature", 403)]
)
def test_counts_are_for_those_who_see_the_list(client, permission, status):
    make_signature(make_edition())
    client.force_login(user_with(permission))
    assert client.get(COUNTS).status_code == client.post(COUNTS).status_code == status


@pytest.mark.page
@pytest.mark.medium
@pytest.mark.parametrize(
    ("permission", "status"), [("view_exportlog", 200), ("add_exportlog", 403)]
)
def test_the_log_is_read_and_no_more(client, permission, status):
    edition, user = make_edition("Read on"), user_with(permission)
    make_signature(edition)
    list(exports.counts(by=user, statement=edition.statement))
    client.force_login(user)
    url = reverse("admin:signatories_exportlog_changelist")
    answer = client.get(url)
    assert answer.status_code == status
    if status == 200:
        assert "Read on" in answer.text
        assert "counted signatures" in answer.text
    page = reverse("admin:signatories_exportlog_change", args=[ExportLog.objects.get().pk])
    assert client.post(page, {"rows": 9}).status_code == 403
    assert client.get(reverse("admin:signatories_exportlog_add")).status_code == 403


@pytest.mark.medium
def test_the_log_costs_the_same_for_one_and_for_three(client):
    client.force_login(make_user())

    def add(number):
        user = make_user(f"user{number}@example.org")
        list(exports.counts(by=user, statement=make_edition(f"Number {number}").statement))

    url = reverse("admin:signatories_exportlog_changelist")
    assert_flat_queries(add, lambda _rows: client.get(url))


# Counts


@pytest.mark.medium
def test_counts_hold_nobodys_name(moderator):
    edition = make_edition("Read on")
    day = datetime(2026, 5, 3, 12, tzinfo=UTC)
    for name in ("Nora Lind", "Ada Abel"):
        make_signature(edition, name, country="DK", confirmed_at=day)
    make_signature(edition, "Rep", organization=make_organization("River Trust"), confirmed_at=day)
    make_signature(edition, "Not Yet", state="pending")
    make_signature(edition, "To Check", approved=False)
    answer = moderator.post(COUNTS, {"file": "comma"})
    assert rows(answer) == [
        ["statement", "signs as", "country", "day", "counted signatures"],
        ["Read on", "Organization", "", "2026-05-03", "1"],
        ["Read on", "Person", "Denmark", "2026-05-03", "2"],
    ]
    assert ExportLog.objects.get().rows == 2


# Spreadsheets

CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheet(answer):
    """The cells of the spreadsheet that was sent, with their kinds."""
    content = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        tree = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert not list(tree.iter(f"{CELL}f")), "a formula"
    assert not list(tree.iter(f"{CELL}hyperlink"))
    return [
        [(cell.get("t", "n"), "".join(cell.itertext())) for cell in row]
        for row in tree.iter(f"{CELL}row")
    ]


def words(table):
    return [[text for _kind, text in row] for row in table]


@pytest.mark.page
@pytest.mark.medium
def test_a_spreadsheet_holds_text_and_no_formula(moderator):
    edition = make_edition()
    make_signature(edition, "=1+1", role='=HYPERLINK("http://example.org")', postal_code="01067")
    make_signature(edition, "http://example.org/x", role="Şəhla <b> & Co", postal_code="12")
    columns = ["number", "name", "role", "postal_code"]
    answer = post(moderator, columns, file="xlsx")
    assert answer["Content-Type"] == xlsx.MEDIA_TYPE
    assert answer["Content-Disposition"].endswith('.xlsx"')
    assert "no-store" in answer["Cache-Control"]
    table = sheet(answer)
    assert words(table)[0] == ["number in the database", "name", "role", "postal code"]
    assert words(table)[1][1:] == ["=1+1", '=HYPERLINK("http://example.org")', "01067"]
    assert words(table)[2][1:] == ["http://example.org/x", "Şəhla <b> & Co", "12"]
    assert [kind for kind, _text in table[1]] == ["n", "inlineStr", "inlineStr", "inlineStr"]
    assert ExportLog.objects.get().rows == 2


@pytest.mark.medium
def test_counts_come_as_a_spreadsheet_too(moderator):
    make_signature(make_edition("Read on"), confirmed_at=datetime(2026, 5, 3, 12, tzinfo=UTC))
    table = sheet(moderator.post(COUNTS, {"file": "xlsx"}))
    assert words(table)[1] == ["Read on", "Person", "", "2026-05-03", "1"]
    assert table[1][-1][0] == "n"


@pytest.mark.page
@pytest.mark.parametrize(
    "cell", ["x" * 40_000, "\x00\x01 bell \x07", "\ud800", None, 0, -3, 1.5, True, "ə" * 10]
)
def test_odd_cells_make_a_whole_file(cell):
    with xlsx.write([["a"], [cell]], title="T" * 99) as file, zipfile.ZipFile(file) as archive:
        ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))


@pytest.mark.page
@pytest.mark.medium
def test_too_many_rows_for_a_spreadsheet_are_refused_beside_the_field(moderator, monkeypatch):
    monkeypatch.setattr("signatories.admin.exports.MOST_IN_XLSX", 1)
    edition = make_edition()
    for _ in range(2):
        make_signature(edition)
    answer = post(moderator, ["name"], file="xlsx")
    assert "More than 1 signatures: choose CSV" in answer.text
    assert not ExportLog.objects.exists()
    assert len(rows(post(moderator, ["name"]))) == 3


# The separator


@pytest.mark.page
@pytest.mark.medium
def test_excel_in_half_of_europe_gets_semicolons(moderator):
    make_signature(make_edition(), "Nora Lind", role="Teacher; retired")
    text = b"".join(post(moderator, ["name", "role"], file="semicolon").streaming_content).decode()
    assert text.splitlines()[1] == 'Nora Lind;"Teacher; retired"'


@pytest.mark.medium
@pytest.mark.page
def test_a_kind_of_file_that_there_is_not_is_refused(moderator):
    answer = post(moderator, ["name"], file="exe")
    assert answer.context["form"].errors["file"]


# Presets


@pytest.mark.medium
def test_the_newsletter_gets_those_alone_who_asked_and_whose_mailbox_is_confirmed(moderator):
    edition = make_edition()
    wanted = {"wants_updates": True}
    make_signature(edition, "Yes", email="yes@example.org", **wanted)
    make_signature(edition, "Not Asked", email="not-asked@example.org")
    make_signature(edition, "Pending", email="pending@example.org", state="pending", **wanted)
    make_signature(edition, "Hidden", email="hidden@example.org", state="hidden", **wanted)
    make_signature(edition, "Gone", email="gone@example.org", state="withdrawn", **wanted)
    make_signature(edition, "Waits", email="waits@example.org", approved=False, **wanted)
    make_signature(edition, "Bounced", email="bounced@example.org", mail_trouble="hard", **wanted)
    make_signature(edition, "Angry", email="angry@example.org", mail_trouble="complaint", **wanted)
    make_signature(edition, "Listed", email="list@example.org", original_line="Listed", **wanted)
    make_signature(edition, "Stopped", email="stopped@example.org", **wanted)
    make_signature(edition, "Other", email="other@example.org", **wanted)
    make_signature(make_edition("Another"), "Yes", email="yes@example.org", **wanted)
    stops.stop(stops.key_of("stopped@example.org"), stops.ALL)
    stops.stop(stops.key_of("other@example.org"), f"statement:{edition.statement_id}")
    page = moderator.get(EXPORT, {"preset": "newsletter"})
    assert page.context["form"]["columns"].value() == ("shown_as", "email", "language")
    # Whatever else is posted does not widen it.
    everything = Signature.State.values
    answer = post(moderator, ["email"], preset="newsletter", states=everything)
    assert rows(answer)[1:] == [["yes@example.org"]]


@pytest.mark.medium
def test_the_newsletter_is_for_those_who_may_see_addresses(client):
    client.force_login(user_with("view_signature", "export_signature"))
    assert "newsletter" not in client.get(EXPORT).text
    assert client.get(EXPORT, {"preset": "newsletter"}).status_code == 403
    assert post(client, ["name"], preset="newsletter").status_code == 403
    assert client.get(EXPORT, {"preset": "nonsense"}).status_code == 403


@pytest.mark.medium
@pytest.mark.parametrize("preset", ["handover", "printer"])
def test_a_hand_over_names_nobody_who_withholds_their_name(moderator, preset):
    edition = make_edition()
    make_signature(edition, "Zoe Last")
    make_signature(edition, "Ada Abel")
    make_signature(edition, "Secret Name", name_withheld=True)
    make_signature(edition, "Hidden Name", state="hidden")
    make_signature(edition, "To Check", approved=False)
    make_signature(edition, "Wim Lead", lead_position=1)
    table = rows(post(moderator, ["shown_as"], preset=preset, states=Signature.State.values))
    assert [row[0] for row in table[1:]] == ["Wim Lead", "Ada Abel", "Zoe Last"]


# The list as it stands


@pytest.mark.medium
def test_the_filtered_list_leaves_as_it_stands(moderator):
    edition = make_edition()
    make_signature(edition, "Nora Lind", country="NO")
    make_signature(edition, "Nora Berg", country="NO", state="hidden")
    make_signature(edition, "Nora Dahl", country="DK")
    make_signature(edition, "Ada Abel", country="NO")
    listing = reverse("admin:signatories_signature_changelist")
    query = "country=NO&q=nora&p=7"
    page = moderator.get(f"{listing}?country=NO&q=nora")
    assert "Export this list" in page.text
    assert f"{EXPORT}?listed=country%3DNO%26q%3Dnora" in page.text
    assert "Export this list" not in moderator.get(listing).text
    asked = moderator.get(EXPORT, {"listed": query})
    assert "2 signatures" in asked.text
    assert "states" not in asked.context["form"].fields
    table = rows(post(moderator, ["name"], listed=query))
    assert sorted(row[0] for row in table[1:]) == ["Nora Berg", "Nora Lind"]
    assert ExportLog.objects.get().rows == 2


@pytest.mark.medium
@pytest.mark.page
@pytest.mark.parametrize("query", ["email__startswith=s", "state__exact[]=x&nonsense=1", "e=1"])
def test_a_list_cannot_be_asked_for_what_its_filters_do_not_offer(client, query):
    make_signature(make_edition(), "Secret", email="secret@example.org")
    client.force_login(user_with("view_signature", "export_signature"))
    answer = post(client, ["name"], listed=query)
    assert answer.status_code == 400 or len(rows(answer)) == 2
    assert query == "e=1" or answer.status_code == 400


@pytest.mark.medium
def test_a_list_holds_no_colleagues_draft(client):
    draft = make_draft("A colleague's")
    placement.place(draft, parse_block([(1, "Ada Abel, Teacher, Leeds")]))
    client.force_login(user_with("view_signature", "export_signature", "view_statement"))
    assert len(rows(post(client, ["name"], listed="q=ada"))) == 1


# Large lists


@pytest.mark.slow
@pytest.mark.page
def test_a_large_spreadsheet_takes_little_memory():
    table = ([f"Person {n}", "Teacher", "Oslo", "0150", n] for n in range(20_000))
    tracemalloc.start()
    try:
        with xlsx.write(table, title="Signatures") as file:
            size = file.seek(0, io.SEEK_END)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 100_000
    assert peak < 6_000_000


@pytest.mark.slow
def test_twenty_thousand_rows_leave_in_pieces():
    edition, user, now = make_edition(), make_user(), timezone.now()
    Signature.objects.bulk_create(
        (
            Signature(
                statement=edition.statement, edition=edition, kind="person", name=f"Person {n}",
                state="confirmed", confirmed_at=now, email=f"p{n}@example.org", email_key=f"p{n}",
            )
            for n in range(20_000)
        ),
        batch_size=1_000,
    )  # fmt: skip
    columns = ["statement", "name", "email", "city"]
    pieces = streamed(exports.names(Signature.objects.all(), columns, by=user))
    tracemalloc.start()
    try:
        sizes = [len(piece) for piece in pieces]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(sizes) > 50
    assert sum(sizes) > 1_000_000
    assert peak < 6_000_000


@pytest.mark.medium
def test_rows_are_taken_as_the_file_is_sent():
    taken = []

    def source():
        for number in range(10_000):
            taken.append(number)
            yield [number]

    pieces = streamed(source())
    assert not taken
    next(pieces)
    assert len(taken) < 1_000

"""Signatures leave as CSV: chosen columns, harmless cells, only for those who may, and noted."""

import csv
import io
import tracemalloc
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from casa.lib.csv import safe, streamed
from casa.lib.db.append_only import AppendOnlyError
from casa.lib.testing import assert_flat_queries
from signatories.models import ExportLog, Signature
from signatories.moderation import exports
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

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
    return client.post(EXPORT, {"states": ["confirmed"], "columns": columns, **fields})


def rows(answer):
    text = b"".join(answer.streaming_content).decode()
    return list(csv.reader(io.StringIO(text)))


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


def test_every_column_can_be_had(moderator):
    edition = make_edition()
    make_signature(edition)
    make_signature(edition, "Rep", organization=make_organization())
    table = rows(post(moderator, list(exports.COLUMNS)))
    assert [len(row) for row in table] == [len(exports.COLUMNS)] * 3


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1",
     '=HYPERLINK("http://example.org?"&A1)'],
)  # fmt: skip
def test_no_cell_is_a_formula(moderator, name):
    make_signature(make_edition(), name, role="Teacher, retired")
    table = rows(post(moderator, ["name", "role"]))
    assert table[1] == [f"'{name}", "Teacher, retired"]


def test_numbers_stay_numbers():
    assert [safe(value) for value in (-3, None, "plain", "")] == ["-3", "", "plain", ""]


def test_excel_is_told_that_it_is_utf_8(moderator):
    make_signature(make_edition(), "Şəhla")
    with_mark = b"".join(post(moderator, ["name"], bom="on").streaming_content)
    without = b"".join(post(moderator, ["name"]).streaming_content)
    assert with_mark == "\ufeff".encode() + without


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


def test_it_asks_before_it_exports(moderator):
    page = moderator.get(f"{EXPORT}?statement={make_edition().statement.pk}")
    assert "What signatures" not in page.text
    assert page.context["form"]["statement"].value()
    assert "Choose at least one column." in post(moderator, []).text
    assert not ExportLog.objects.exists()


# Who may


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


def test_exporting_needs_its_permission(client):
    make_signature(make_edition())
    client.force_login(user_with("view_signature", "view_contact_data", "change_signature"))
    assert client.get(EXPORT).status_code == post(client).status_code == 403
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize(
    ("permission", "status"), [("view_signature", 200), ("add_signature", 403)]
)
def test_counts_are_for_those_who_see_the_list(client, permission, status):
    make_signature(make_edition())
    client.force_login(user_with(permission))
    assert client.get(COUNTS).status_code == client.post(COUNTS).status_code == status


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


def test_the_log_costs_the_same_for_one_and_for_three(client):
    client.force_login(make_user())

    def add(number):
        user = make_user(f"user{number}@example.org")
        list(exports.counts(by=user, statement=make_edition(f"Number {number}").statement))

    url = reverse("admin:signatories_exportlog_changelist")
    assert_flat_queries(add, lambda _rows: client.get(url))


# Counts


def test_counts_hold_nobodys_name(moderator):
    edition = make_edition("Read on")
    day = datetime(2026, 5, 3, 12, tzinfo=UTC)
    for name in ("Nora Lind", "Ada Abel"):
        make_signature(edition, name, country="DK", confirmed_at=day)
    make_signature(edition, "Rep", organization=make_organization("River Trust"), confirmed_at=day)
    make_signature(edition, "Not Yet", state="pending")
    make_signature(edition, "To Check", approved=False)
    answer = moderator.post(COUNTS)
    assert rows(answer) == [
        ["statement", "signs as", "country", "day", "counted signatures"],
        ["Read on", "Organization", "", "2026-05-03", "1"],
        ["Read on", "Person", "Denmark", "2026-05-03", "2"],
    ]
    assert ExportLog.objects.get().rows == 2


# Large lists


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
    pieces = exports.names(Signature.objects.all(), columns, by=user)
    tracemalloc.start()
    try:
        sizes = [len(piece) for piece in pieces]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(sizes) > 50
    assert sum(sizes) > 1_000_000
    assert peak < 6_000_000


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

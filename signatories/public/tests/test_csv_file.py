"""The file of names: what the page shows, safe in a spreadsheet, without anything private."""

import csv
import io

import pytest
from django.urls import reverse

from casa.lib.testing import queries_of
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.testing import make_draft, make_edition

pytestmark = pytest.mark.django_db

SECRET = "Zanzibarium"


def url_of(statement):
    return reverse("signatories:csv", args=[statement.slug])


def file_of(client, edition):
    answer = client.get(url_of(edition.statement))
    assert answer.status_code == 200
    return answer.getvalue().decode("utf-8-sig")


def rows(client, edition):
    return list(csv.DictReader(io.StringIO(file_of(client, edition))))


@pytest.mark.medium
def test_it_holds_first_names_then_organizations_then_people(client):
    edition = make_edition()
    make_signature(edition, "Nora Lind", role="Nurse", city="Oslo", country="NO")
    trust = make_organization("River Trust", city="Gent", country="BE")
    make_signature(edition, "Rita Private", organization=trust)
    make_signature(edition, "Lena Lead", lead_position=1, affiliation="Readers' Circle")
    found = rows(client, edition)
    assert [row["name"] for row in found] == ["Lena Lead", "River Trust", "Nora Lind"]
    assert found[0]["affiliation"] == "Readers' Circle"
    assert (found[1]["city"], found[1]["country"]) == ("Gent", "Belgium")
    assert (found[2]["role"], found[2]["country code"], found[2]["edition"]) == ("Nurse", "NO", "1")
    assert f'href="{url_of(edition.statement)}"' in client.get(
        reverse("signatories:list", args=[edition.statement.slug])
    ).text  # fmt: skip


@pytest.mark.medium
def test_it_holds_nothing_private(client):
    edition = make_edition()
    make_signature(edition, "Nora Lind", email="nora.private@example.org", postal_code="PRIV 1",
                   comment="private words", original_line="private line")  # fmt: skip
    make_signature(edition, "Rita Private", organization=make_organization())
    for state in ("pending", "hidden", "withdrawn", "invalidated"):
        make_signature(edition, f"{SECRET} {state}", state=state)
    make_signature(edition, f"{SECRET} unchecked", approved=False)
    text = file_of(client, edition)
    assert "Nora Lind" in text
    assert SECRET not in text and "rivate" not in text and "PRIV" not in text and "@" not in text


def test_withheld_names_are_not_in_it_but_counted(client):
    edition = make_edition()
    for _n in range(2):
        make_signature(edition, SECRET, name_withheld=True, city=SECRET, role=SECRET)
    make_signature(edition, "Nora Lind")
    assert SECRET not in file_of(client, edition)
    assert [row["name"] for row in rows(client, edition)] == ["Nora Lind", "2 names withheld"]


def test_no_cell_is_a_formula(client):
    edition = make_edition()
    make_signature(edition, "=HYPERLINK(1)", role="+1", affiliation="@x", city="-2")
    (row,) = rows(client, edition)
    assert row["name"] == "'=HYPERLINK(1)"
    assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_only_what_is_public_has_a_file(client):
    assert client.get(url_of(make_draft())).status_code == 404
    edition = make_edition("Another")
    lifecycle.withdraw(edition.statement, by=None)
    assert client.get(url_of(edition.statement)).status_code == 410


def test_a_shared_cache_may_keep_it_for_a_minute(client):
    answer = client.get(url_of(make_edition().statement))
    assert answer["Cache-Control"].startswith("public, max-age=0, s-maxage=1,")
    assert not answer.cookies
    assert answer["Content-Disposition"].startswith("attachment;")


@pytest.mark.medium
def test_many_rows_are_taken_a_few_at_a_time(client, monkeypatch):
    monkeypatch.setattr("signatories.public.csv_file.AT_ONCE", 2)
    edition = make_edition()
    for n in range(5):
        make_signature(edition, f"Person {n}")
    sent = queries_of(lambda: rows(client, edition))
    of_names = [sql for sql in sent if '"lead_position" IS NULL' in sql]
    assert len(of_names) > 2
    assert all(sql.endswith("LIMIT 2") for sql in of_names)
    assert len(rows(client, edition)) == 5

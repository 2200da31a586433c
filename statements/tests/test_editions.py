"""Editions cannot be changed or deleted by any way."""

import pytest
from django.db import DatabaseError, connection, transaction

from casa.lib.db.append_only import AppendOnlyError
from statements.models import Edition, StatementEvent
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: edition.save(),
        lambda edition: edition.delete(),
        lambda edition: Edition.objects.update(title="Another"),
        lambda edition: Edition.objects.filter(pk=edition.pk).delete(),
        lambda edition: Edition.objects.bulk_update([edition], ["title"]),
        lambda edition: StatementEvent.objects.all().delete(),
    ],
)
def test_the_code_refuses(change):
    edition = make_edition()
    with pytest.raises(AppendOnlyError):
        change(edition)


@pytest.mark.parametrize("table", ["statements_edition", "statements_statementevent"])
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id + 1", "DELETE FROM {}"])
def test_the_database_refuses(table, sql):
    edition = make_edition()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(sql.format(table))
    assert Edition.objects.get() == edition


def test_a_number_is_used_once_per_language():
    edition = make_edition()
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.create(
            statement=edition.statement, number=1, language="en", title="Another",
            body="<p>Other words.</p>", sha256="0" * 64, published_at=edition.published_at,
        )  # fmt: skip


def test_a_published_statement_cannot_be_deleted():
    statement = make_edition().statement
    with pytest.raises(DatabaseError):  # ProtectedError is an IntegrityError
        statement.delete()

"""The rows that a signature is compared with, by SQL of our own and by the queryset."""

import pytest
from django.db import connection

from casa.lib.addresses.mailbox_keys import mailbox_key
from casa.lib.testing import queries_of
from signatories.models import Signature
from signatories.signing import duplicates
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

KEY = mailbox_key("nora@example.org")


@pytest.mark.medium
@pytest.mark.parametrize("shared", [False, True])
def test_both_find_the_same(shared):
    edition, trust = make_edition(shared_mailboxes=shared), make_organization()
    other = make_edition("Another one")
    for place, state in enumerate(Signature.State.values):
        for of in (edition, other):
            make_signature(
                of, f"Name {place}", state=state, email="nora@example.org", mailbox_place=place
            )
    for state in ("pending", "withdrawn"):
        make_signature(edition, state=state, email="nora@example.org", organization=trust)
    make_signature(edition, email="")
    for organization in (None, trust):
        kind = "organization" if organization else "person"
        new = Signature(statement=edition.statement, kind=kind, email_key=KEY)
        new.organization = organization
        found = duplicates._rows_to_sign_beside(new)
        assert found == list(duplicates._rows(new))
        assert len(found) == (1 if organization else 4)
        assert {row.organization for row in found} == {organization}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of few rows PostgreSQL reads all")
@pytest.mark.parametrize("kind", ["person", "organization"])
def test_sqlite_answers_from_the_unique_index(kind):
    new = Signature(statement=make_edition().statement, kind=kind, email_key=KEY)
    new.organization = make_organization() if kind == "organization" else None
    (sql,) = queries_of(lambda: duplicates._rows_to_sign_beside(new))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = " ".join(row[-1] for row in cursor.fetchall())
    assert "USING INDEX signature_" in plan, plan

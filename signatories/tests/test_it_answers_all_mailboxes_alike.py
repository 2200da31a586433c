"""The same work is done for a mailbox that is new, known, withdrawn or had enough mails.

Times themselves are compared by benchmarks/abuse.py: here they would depend on the machine.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casa.mail.models import OutgoingMail
from signatories import signing
from signatories.models import Signature
from signatories.testing import form_data, make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def work_for(client, edition, email):
    """How often the database was read and written to."""
    address = reverse("signatories:sign", args=[edition.statement.slug])
    with CaptureQueriesContext(connection) as queries:
        assert client.post(address, form_data(email=email)).status_code == 200
    verbs = [query["sql"].split()[0] for query in queries]
    return verbs.count("SELECT"), verbs.count("INSERT") + verbs.count("UPDATE")


@pytest.mark.parametrize("limits", [False, True])
@pytest.mark.parametrize(
    "fields",
    [
        {"state": "pending"},
        {"state": "confirmed"},
        {"state": "hidden"},
        {"state": "invalidated"},
        {"state": "withdrawn"},
        {"mails_sent": signing.MAILS_PER_WINDOW},
    ],
)
def test_the_same_number_of_reads_and_writes(client, settings, monkeypatch, fields, limits):
    settings.SIGN_LIMITS = limits
    monkeypatch.setattr("signatories.spam.limits.random.randrange", lambda number: 1)
    edition = make_edition()
    make_signature(edition, email="known@example.org", **fields)
    work_for(client, edition, "first@example.org")  # fills the caches
    new = work_for(client, edition, "new@example.org")
    assert work_for(client, edition, "known@example.org") == new


def test_who_had_enough_mails_gets_none_and_nothing_is_stored(client):
    edition = make_edition()
    make_signature(edition, email="known@example.org", mails_sent=signing.MAILS_PER_WINDOW)
    before = Signature.objects.values().get()
    work_for(client, edition, "known@example.org")
    assert Signature.objects.values().get() == before
    assert not OutgoingMail.objects.exists()

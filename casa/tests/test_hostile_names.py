"""Scripts, formulas, line breaks, turned text and very long words as names: every mail, every file.

Names are put into the rows past every form, so that nothing but the mail or the file itself helps.
"""

import csv
import io
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.lib.csv import _FORMULA_STARTS
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.tests.test_mail_scanners import SAMPLES
from signatories.models import Invitation, Organization, Signature
from signatories.testing import (
    make_invitation,
    make_organization,
    make_paper,
    make_round,
    make_signature,
)
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "Nora\r\nBcc: everybody@example.org",
    "\u202eDNIL ARON\u2066",
    "W" * 200,
)
COLUMNS = {
    Signature: ("name", "role", "affiliation", "city"),
    Organization: ("name", "city"),
    Invitation: ("name", "organization", "role", "reason", "note"),
}


def poison(word):
    """Let everybody and every organization be called so."""
    for model, names in COLUMNS.items():
        model.objects.update(**dict.fromkeys(names, word))


def faults(message):
    """What of a hostile name a mail program would act on."""
    html = message.alternatives[0][0]
    lines = message.message().as_bytes().split(b"\n")
    headers = str(message.message()).split("\n\n")[0]
    return [
        told
        for told, is_so in {
            "a script": "<script>alert" in html,
            "a header": "\nBcc:" in headers,
            "turned text": any(char in html + message.body + message.subject
                               for char in "\u202e\u2066"),
            "a long line": max(map(len, lines)) > 998,
        }.items()
        if is_so
    ]  # fmt: skip


@pytest.mark.slow
def test_no_mail_lets_a_name_act():
    edition = make_edition()
    for make in SAMPLES.values():
        make(edition)
    found = {}
    for word in HOSTILE:
        poison(word)
        for mail in OutgoingMail.objects.all():
            message = compose(mail)
            if message is not None and (told := faults(message)):
                found[mail.kind, word[:12]] = told
    assert found == {}


@pytest.fixture
def administrator(client):
    client.force_login(make_staff("all@example.org", is_superuser=True))
    return client


def text_of(answer):
    assert answer.status_code == 200
    whole = b"".join(answer) if answer.streaming else answer.content
    return whole.decode("utf-8-sig")


@pytest.mark.medium
@pytest.mark.parametrize("word", HOSTILE, ids=["script", "formula", "lines", "turned", "long"])
def test_no_file_lets_a_name_act(administrator, word):
    edition = make_edition()
    make_signature(edition)
    make_signature(edition, organization=make_organization())
    make_paper(edition.statement, by=make_staff("stall@example.org"), place=word[:200],
               collected_by=word[:200], note=word)  # fmt: skip
    asking = make_round()
    one = make_invitation(asking)
    Invitation.objects.filter(pk=one.pk).update(answer="declined", answered_at=timezone.now())
    poison(word)
    signatures = reverse("signatories:csv", args=[edition.statement.slug])
    for url in (reverse("admin:signatories_invitationround_csv", args=[asking.pk]), signatures):
        rows = list(csv.reader(io.StringIO(text_of(administrator.get(url)), newline="")))
        assert len({len(row) for row in rows}) == 1, url
        cells = [cell for row in rows for cell in row]
        assert not [one for one in cells if one.startswith(_FORMULA_STARTS)], url
    statement = f"statements/{edition.statement.slug}"
    for path in (statement, f"{statement}/signatories", "organizations"):
        answer = administrator.get(f"/api/v1/{path}")
        assert answer["Content-Type"].startswith("application/json"), path
        assert "nosniff" in answer["X-Content-Type-Options"]
        json.loads(text_of(answer))
    page = text_of(administrator.get(reverse("admin:signatories_papercount_changelist")))
    assert "<script>alert" not in page

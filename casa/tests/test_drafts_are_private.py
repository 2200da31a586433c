"""What a colleague is writing stays between its author and the editors: on every page of the
back office, for every role, whatever the page lists.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.mail.models import OutgoingMail
from casa.office import roles
from casa.tests.test_role_matrix import (
    POSTED,
    address,
    admin_patterns,
    decision,
    make,
    words_of,
)
from casa.tests.test_role_matrix import rows as other_rows
from signatories.core import states
from signatories.leads import placement
from signatories.models import ExportLog, Organization, OrganizationEvent, Signature
from signatories.moderation import decisions, looking
from signatories.parser import parse_block
from statements import previews
from statements.permissions import EDIT_ANY
from statements.testing import make_draft, make_lead_picture, make_picture, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

SECRET = "Quagga sanctuary"
OTHERS = [role.name for role in roles.ROLES if EDIT_ANY not in roles.permissions_of(role)]

rows = other_rows


@pytest.fixture
def draft():
    """A colleague's draft with all that can hang on one."""
    author = make_user("author@example.org", is_superuser=False)
    draft = make_draft(SECRET, by=author)
    lines = parse_block([(1, "Nora Lind"), (2, "Reading Room Trust")])
    placement.place(draft, lines, by=author)
    person, for_it = draft.signatures.order_by("pk")
    decisions.hide(for_it, by=author, reason="asked by phone")
    states.record_event(person, by=author, reason="looked at")
    ExportLog.objects.create(by=author, columns=["name"], statement=draft, rows=2)
    link, _key = previews.give(
        draft, by=author, name="Ida Quist", email="ida@example.org",
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    previews.send(link)
    return draft


@pytest.fixture
def rows_of_it(rows, draft):
    """One row of each model for each address, of the draft where it can be."""
    return {
        **rows,
        "statements/statement/": draft,
        "signatories/signature/": draft.signatures.get(kind="person"),
        "signatories/organization/": draft.signatures.get(kind="organization").organization,
        "signatories/exportlog/": ExportLog.objects.get(statement=draft),
        "mail/outgoingmail/": OutgoingMail.objects.latest("pk"),
        "picture": make_picture(draft),
        "lead picture": make_lead_picture(draft),
    }


def pages(client, rows):
    """(address, answer) of everything in the back office that opens."""
    words = words_of(rows)
    for key, route in admin_patterns():
        if decision(key, route) is not None and key != "logout":
            url = address(key, route, rows, words)
            yield key, client.post(url) if key in POSTED else client.get(url)


@pytest.mark.parametrize("role", OTHERS)
def test_no_page_names_it(client, rows_of_it, role):
    client.force_login(make(role))
    named = [key for key, answer in pages(client, rows_of_it) if SECRET in read(answer)]
    assert named == []


def test_an_editor_finds_it_on_the_pages_that_others_do_not(client, rows_of_it):
    """Else the test above would pass where nobody is shown anything."""
    client.force_login(make("Editor"))
    named = {key for key, answer in pages(client, rows_of_it) if SECRET in read(answer)}
    assert named >= {
        "statements_statement_changelist", "statements_statement_change",
        "signatories_signature_changelist", "signatories_signature_change",
        "signatories_signature_counts", "signatories_signature_leads",
        "signatories_signature_referrers",
        "signatories_signature_answers",
    }  # fmt: skip


@pytest.mark.parametrize("role", ["Moderator", "Analyst"])
def test_no_file_holds_it(client, draft, role):
    client.force_login(make(role))
    states_of_all = Signature.State.values
    asked = {
        "signatories_signature_export": {"states": states_of_all, "columns": ["statement", "name"]},
        "signatories_signature_counts": {},
    }
    for name, data in asked.items():
        for chosen in ({}, {"statement": draft.pk}):
            text = read(client.post(reverse(f"admin:{name}"), {**data, **chosen}))
            assert SECRET not in text, name
            assert "Nora Lind" not in text, name


@pytest.mark.parametrize("verb", ["hide", "invalidate", "approve", "restore"])
def test_nobody_decides_on_names_they_may_not_see(client, draft, verb):
    client.force_login(make("Moderator"))
    before = list(draft.signatures.order_by("pk").values_list("pk", "state", "approved"))
    ids = ",".join(str(pk) for pk, _state, _approved in before)
    url = reverse("admin:signatories_signature_decide", args=[verb])
    assert "Nora Lind" not in client.get(url, {"ids": ids}).text
    seen = looking.marks(draft.signatures.order_by("pk"))
    client.post(url, {"ids": ids, "seen": ",".join(seen.values()), "reason": "tried out"})
    assert list(draft.signatures.order_by("pk").values_list("pk", "state", "approved")) == before


def test_rejecting_an_organization_does_not_name_it(client, draft):
    client.force_login(make("Moderator"))
    signature = draft.signatures.get(kind="organization")
    decisions.restore(signature, by=make_user("other@example.org"), reason="back")
    ids = str(signature.organization_id)
    url = reverse("admin:signatories_organization_decide", args=["reject"])
    page = client.get(url, {"ids": ids}).text
    assert SECRET not in page
    assert "A colleague" in page
    seen = looking.marks(Organization.objects.filter(pk=signature.organization_id))[int(ids)]
    client.post(url, {"ids": ids, "seen": seen, "reason": "does not exist"})
    assert OrganizationEvent.objects.filter(organization=signature.organization_id).exists()


def read(answer):
    if answer.streaming:
        return b"".join(answer.streaming_content).decode(errors="replace")
    return answer.content.decode(errors="replace")

"""How we count: the ledger adds up, files are public, and a receipt is found by its owner."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from casa.lib.testing import assert_flat_queries
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.audit import ledger, sealing
from signatories.core import receipts, states
from signatories.models import Organization, Seal, Signature
from signatories.moderation import decisions
from signatories.self_service import privacy
from signatories.signing import confirmation
from signatories.testing import form_data, make_signature, own_url
from statements import lifecycle
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

State = Signature.State
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def seal_day(clock):
    sealing.gather_and_seal()
    clock.shift(timedelta(days=1))
    sealing.gather_and_seal()


def page(edition, view="how_we_count", *more):
    return reverse(f"signatories:{view}", args=[edition.statement.slug, *more])


def ask(client, edition, receipt):
    return client.post(page(edition, "check_receipt"), {"receipt": receipt})


def told(edition):
    cache.clear()
    return {row.key: (row.organizations, row.people) for row in ledger.rows(edition.statement)}


def test_the_ledger_adds_up_whatever_becomes_of_signatures():
    edition, user = make_edition(), make_user()
    trust = Organization.objects.create(name="River Trust", slug="river-trust")
    make_signature(edition, organization=trust)
    make_signature(edition, name_withheld=True)
    make_signature(edition, state=State.PENDING)
    make_signature(edition, approved=False)
    make_signature(edition, consent_source="paper")
    states.withdraw(make_signature(edition))
    states.withdraw(make_signature(edition, state=State.PENDING))
    decisions.hide(make_signature(edition), by=user, reason="a joke")
    decisions.invalidate(make_signature(edition), by=user, reason="a joke")
    privacy.erase(make_signature(edition))
    privacy.forget(make_signature(edition, state=State.PENDING))
    assert told(edition) == {
        "received": (1, 10), "waiting": (0, 1), "unconfirmed": (0, 2), "unapproved": (0, 1),
        "withdrawn": (0, 1), "erased": (0, 1), "hidden": (0, 1), "invalid_one": (0, 1),
        "counted": (1, 2), "withheld": (0, 1), "collected": (0, 1),
    }  # fmt: skip


def test_what_there_is_none_of_is_not_told():
    assert told(make_edition()) == {"received": (0, 0), "counted": (0, 0)}


@pytest.mark.page
def test_the_page_tells_before_anybody_signed(client):
    answer = client.get(page(make_edition()))
    assert answer.status_code == 200
    assert "when it is over" in answer.text
    assert "check_count.py" not in answer.text


@pytest.mark.page
def test_the_page_tells_of_sealed_days_and_corrections(client, clock):
    edition = make_edition()
    mine = make_signature(edition)
    seal_day(clock)
    states.withdraw(mine)
    seal_day(clock)
    text = client.get(page(edition)).text
    for seal in Seal.objects.all():
        assert seal.sha256 in text
        assert page(edition, "sealed_day", seal.number) in text
    assert "Withdrawn by the signer: 1" in text
    for secret in (mine.email, mine.nonce, receipts.code_of(mine), mine.name):
        assert secret not in text


def test_more_days_take_no_more_queries(client, clock):
    edition = make_edition()

    def one_more(_number):
        make_signature(edition)
        seal_day(clock)

    def ask_page(rows):
        assert client.get(page(edition)).text.count('id="day-') == rows

    assert_flat_queries(one_more, ask_page)


def test_sealed_files_are_what_the_script_reads(client, clock):
    edition = make_edition()
    for _day in range(2):
        make_signature(edition)
        seal_day(clock)
    each = [client.get(page(edition, "sealed_day", number)) for number in (1, 2)]
    whole = client.get(page(edition, "sealed_days"))
    parts = [b"".join(one.streaming_content) for one in each]
    assert b"".join(whole.streaming_content) == b"\n".join(parts)
    assert whole["Content-Type"] == "text/plain; charset=us-ascii"
    again = client.get(page(edition, "sealed_days"), headers={"If-None-Match": whole["ETag"]})
    assert again.status_code == 304
    assert client.get(page(edition, "sealed_day", 3)).status_code == 404


@pytest.mark.parametrize("view", ["how_we_count", "sealed_days", "seal-feed"])
def test_nothing_is_told_of_what_is_not_public(client, clock, view):
    draft = make_draft()
    assert client.get(reverse(f"signatories:{view}", args=[draft.slug])).status_code == 404
    edition = make_edition()
    make_signature(edition)
    seal_day(clock)
    lifecycle.withdraw(edition.statement, by=make_user())
    assert client.get(page(edition, view)).status_code == 410


def test_there_is_no_file_before_the_first_day_is_over(client):
    assert client.get(page(make_edition(), "sealed_days")).status_code == 404


@pytest.mark.page
def test_feed_and_api_tell_each_hash(client, clock):
    edition = make_edition()
    make_signature(edition)
    seal_day(clock)
    seal = Seal.objects.get()
    assert seal.sha256 in client.get(page(edition, "seal-feed")).text
    slug = edition.statement.slug
    answer = client.get(f"/api/v1/statements/{slug}/seals").json()
    assert answer["next"] is None
    assert answer["items"][0] == {
        "number": 1, "day": "2026-06-01", "sealed_at": "2026-06-02T12:00:00Z", "organizations": 0,
        "people": 1, "leaves": 1, "sha256": seal.sha256,
        "file": f"http://testserver{page(edition, 'sealed_day', 1)}",
    } | {"file": answer["items"][0]["file"]}  # fmt: skip
    assert answer["items"][0]["file"].endswith(page(edition, "sealed_day", 1))
    after = client.get(f"/api/v1/statements/{slug}/seals?after=1").json()
    assert after == {"items": [], "next": None}


def test_a_receipt_is_found_whatever_became_of_the_signature(client, clock):
    edition = make_edition()
    mine = make_signature(edition)
    receipt = receipts.of_confirmed(mine)
    assert "No signature with this receipt" in ask(client, edition, receipt).text
    sealing.gather_and_seal()
    assert "sealed when the day is over" in ask(client, edition, receipt).text
    seal_day(clock)
    for typed in (receipt, receipt.lower(), receipt.replace("-", " "), f" {receipt} "):
        answer = ask(client, edition, typed)
        assert "Yes. It is counted." in answer.text, typed
        assert "no. 1" in answer.text
        assert "no-store" in answer["Cache-Control"]
    states.withdraw(mine)
    seal_day(clock)
    text = ask(client, edition, receipt).text
    assert "counted, and is so no more" in text
    assert "no. 2" in text
    other = make_edition("Another statement")
    assert "No signature with this receipt" in ask(client, other, receipt).text


@pytest.mark.page
@pytest.mark.parametrize("typed", ["", "ABCD", "?" * 32, "A" * 33, "ə" * 32, "A" * 10_000])
def test_what_is_no_receipt_is_said_beside_the_field(client, typed):
    answer = ask(client, make_edition(), typed)
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    if len(typed) < 100:
        assert f'value="{typed}"' in answer.text or not typed


@pytest.mark.page
def test_another_site_cannot_ask(client):
    edition = make_edition()
    data, headers = {"receipt": "x"}, {"Sec-Fetch-Site": "cross-site"}
    answer = client.post(page(edition, "check_receipt"), data, headers=headers)
    assert answer.status_code == 403
    assert client.get(page(edition, "check_receipt")).status_code == 302


@pytest.mark.page
def test_the_signer_reads_their_receipt_and_nobody_before_confirming(client):
    edition = make_edition()
    waiting = make_signature(edition, state=State.PENDING)
    receipt = receipts.grouped(receipts.code_of(waiting))
    assert receipt not in client.get(own_url(waiting)).text
    confirmation.confirm(waiting)
    assert receipt in client.get(own_url(waiting)).text
    mail = compose(OutgoingMail.objects.get(kind="signatories.welcome"))
    assert receipt in mail.body
    assert page(edition) in mail.body


def test_two_rows_never_have_one_receipt(client):
    edition = make_edition()
    for number in range(20):
        typed = form_data(email=f"s{number}@example.org")
        client.post(reverse("signatories:sign", args=[edition.statement.slug]), typed)
    rows = list(Signature.objects.all())
    assert len({receipts.code_of(row) for row in rows}) == len(rows) == 20

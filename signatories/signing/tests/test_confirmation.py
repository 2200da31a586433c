"""The link shows a page on GET and counts on POST; tokens are worth nothing elsewhere."""

from datetime import timedelta

import pytest
from django.core import signing as django_signing
from django.urls import reverse
from django.utils import timezone

from casa.lib.testing import queries_of
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.core import tally, tokens
from signatories.models import Signature
from signatories.moderation import decisions
from signatories.testing import form_data, make_organization, make_signature, press_confirm
from statements import lifecycle
from statements.models import Statement
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db


def link(signature):
    return reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])


@pytest.mark.medium
def test_the_mail_holds_the_link_and_the_link_counts(client):
    edition = make_edition()
    client.post(reverse("signatories:sign", args=[edition.statement.slug]), form_data())
    message = compose(OutgoingMail.objects.get())
    path = next(word for word in message.body.split() if "/sign/confirm/" in word)
    path = "/" + path.split("/", 3)[3]
    assert "Nora Lind" in client.get(path).text
    answer = press_confirm(client, path)
    assert answer.status_code == 200
    assert tally.of(edition.statement).people == 1


@pytest.mark.medium
def test_a_scanner_that_follows_every_link_confirms_nobody(client):
    signature = make_signature(make_edition(), state="pending")
    for method in (client.get, client.head):
        for _ in range(5):
            assert method(link(signature)).status_code == 200
    signature.refresh_from_db()
    assert signature.state == "pending"


@pytest.mark.medium
def test_repeating_it_is_harmless(client):
    edition = make_edition()
    url = link(make_signature(edition, state="pending"))
    for _ in range(3):
        assert press_confirm(client, url).status_code == 200
        assert client.get(url).status_code == 200
    assert tally.of(edition.statement).people == 1


def test_an_expired_link_says_so(client, monkeypatch):
    url = link(make_signature(make_edition(), state="pending"))
    monkeypatch.setitem(tokens.LIFETIME, tokens.CONFIRM, timedelta(seconds=-1))
    for answer in (client.get(url), press_confirm(client, url)):
        assert answer.status_code == 410
    assert Signature.objects.get().state == "pending"


def test_a_link_dies_when_the_address_changes(client):
    signature = make_signature(make_edition(), state="pending")
    url = link(signature)
    changed = {"email": "other@example.org", "email_key": "other@example.org"}
    Signature.objects.filter(pk=signature.pk).update(**changed)
    assert press_confirm(client, url).status_code == 404
    assert Signature.objects.get().state == "pending"


@pytest.mark.medium
def test_tampered_foreign_and_made_up_tokens_are_refused(client):
    signature = make_signature(make_edition(), state="pending")
    token = tokens.make(signature, tokens.CONFIRM)
    other_purpose = django_signing.dumps([signature.pk, "x" * 32], salt="another.purpose")
    guessed = django_signing.dumps(
        [signature.pk, "0" * 32], salt=f"signature-link:{tokens.CONFIRM}"
    )
    for bad in (token[:-1], token[1:], token.upper(), other_purpose, guessed, "x", "%00", "é"):
        assert client.get(reverse("signatories:confirm", args=[bad])).status_code == 404, bad
        assert press_confirm(client, bad).status_code == 404, bad
    assert Signature.objects.get().state == "pending"


def test_a_token_holds_no_personal_data():
    signature = make_signature(make_edition(), state="pending", email="nora.lind@example.org")
    payload = django_signing.loads(
        tokens.make(signature, tokens.CONFIRM), salt=f"signature-link:{tokens.CONFIRM}"
    )
    assert payload[0] == signature.pk
    assert "nora" not in str(payload)


def test_another_site_cannot_press_the_button(client):
    token = tokens.make(make_signature(make_edition(), state="pending"), tokens.CONFIRM)
    url = Statement.objects.get().get_absolute_url()
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert client.post(url, {"confirm": token}, headers=elsewhere).status_code == 403
    assert Signature.objects.get().state == "pending"


def test_details_that_changed_meanwhile_are_shown_again(client):
    signature = make_signature(make_edition(), state="pending")
    answer = press_confirm(client, signature, seen="0123456789abcdef")
    assert answer.status_code == 409
    assert Signature.objects.get().state == "pending"


def test_a_second_representative_is_told_that_the_organization_has_signed(client):
    edition, trust = make_edition(), make_organization()
    make_signature(edition, organization=trust)
    second = make_signature(edition, organization=trust, state="pending")
    answer = press_confirm(client, second)
    assert answer.status_code == 409
    assert "River Trust" in answer.text
    assert tally.of(edition.statement).organizations == 1


def test_what_staff_hid_is_not_confirmed_again(client):
    signature = make_signature(make_edition())
    url = link(signature)
    decisions.hide(signature, by=make_user(), reason="asked by phone")
    assert press_confirm(client, url).status_code == 410
    assert Signature.objects.get().state == "hidden"


@pytest.mark.medium
def test_its_pages_are_kept_by_nobody(client):
    url = link(make_signature(make_edition(), state="pending"))
    for answer in (
        client.get(url),
        press_confirm(client, url),
        client.get(reverse("signatories:confirm", args=["x"])),
    ):
        assert answer["Cache-Control"] == "private, no-store"
        assert not answer.cookies


@pytest.mark.medium
def test_nothing_of_a_withdrawn_statement_is_shown_or_mailed(client):
    edition = make_edition("Zanzibarium")
    confirmed, pending = (make_signature(edition, state=s) for s in ("confirmed", "pending"))
    queued = queue(
        "signatories.confirm", to=pending.email, language="en", params={"signature": pending.pk}
    )
    lifecycle.withdraw(edition.statement, by=None)
    for signature in (confirmed, pending):
        for answer in (client.get(link(signature)), press_confirm(client, signature)):
            assert answer.status_code == 410
            assert "Zanzibarium" not in answer.text
    assert compose(queued) is None


@pytest.mark.medium
def test_a_press_reads_the_row_once_and_needs_no_savepoint(client):
    signature = make_signature(make_edition(), state="pending")
    make_signature(signature.edition, state="confirmed")  # the words are known by then
    press_confirm(client, make_signature(signature.edition, state="pending"))
    sent = queries_of(lambda: press_confirm(client, signature))
    assert sum("SELECT" in sql and 'FROM "signatories_signature"' in sql for sql in sent) == 1
    # The press's own transaction, which is one within that of the test, and none beside it.
    assert sum(sql.startswith("SAVEPOINT") for sql in sent) == 1
    assert Signature.objects.get(pk=signature.pk).number == 3


def test_what_is_closed_or_corrected_is_known_to_the_next_press(client):
    edition = make_edition()
    first, second = (make_signature(edition, state="pending") for _ in range(2))
    assert press_confirm(client, first).status_code == 200
    Statement.objects.update(signing_closes_at=timezone.now() - timedelta(hours=25))
    assert press_confirm(client, second).status_code == 409

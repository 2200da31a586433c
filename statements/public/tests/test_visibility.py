"""No public URL shows the text of a draft, embargoed or withdrawn statement."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from signatories.leads import placement
from signatories.models import Signature
from signatories.moderation import decisions
from signatories.parser import parse_block
from signatories.testing import make_signature
from statements import lifecycle
from statements.models import (
    Attachment,
    Comment,
    Delivery,
    Reference,
    Release,
    Statement,
    Target,
    Update,
)
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

SECRET = "Zanzibarium"


def make_secret(**fields):
    """A draft with the secret word in every place that holds words."""
    statement = make_draft(
        f"{SECRET} title", summary=SECRET, body=f"<p>{SECRET}</p>", ask=SECRET, place=SECRET,
        **fields,
    )  # fmt: skip
    Target.objects.create(statement=statement, name=SECRET)
    Reference.objects.create(statement=statement, title=SECRET)
    Release.objects.create(statement=statement, headline=SECRET, lead_in=SECRET, wire=SECRET)
    Update.objects.create(statement=statement, title=SECRET, body=f"<p>{SECRET}</p>")
    handed = timezone.localdate()
    Delivery.objects.create(
        statement=statement, delivered_on=handed, note=SECRET, answered_on=handed, answer=SECRET
    )
    Comment.objects.create(statement=statement, by=make_user("by@example.org"), text=SECRET)
    placement.place(statement, parse_block([(1, f"Nora {SECRET}, Oslo, Norway")]))
    return statement


def draft():
    return make_secret()


def in_review():
    statement = make_secret()
    lifecycle.submit(statement, by=None)
    return statement


def embargoed():
    statement = make_secret(publish_at=timezone.now() + timedelta(hours=1))
    lifecycle.publish(statement, by=None)
    return statement


def withdrawn():
    statement = make_secret()
    lifecycle.publish(statement, by=None)
    lifecycle.withdraw(statement, by=None)
    return statement


def withdrawn_under_embargo():
    statement = embargoed()
    lifecycle.withdraw(statement, by=None)
    return statement


def attach(statement):
    return Attachment.objects.create(
        statement=statement, title=SECRET, file=ContentFile(b"%PDF-1", name="sheet.pdf"),
        content_type="application/pdf", size=6, sha256="0" * 64,
    )  # fmt: skip


def public_addresses(statement, attachment):
    yield from ("/", "/statements/", "/az/", "/az/statements/")
    for name in ("statements:detail", "signatories:list", "signatories:sign"):
        yield reverse(name, args=[statement.slug])
    yield attachment.get_absolute_url()


@pytest.mark.slow
@pytest.mark.parametrize("state", [draft, in_review, embargoed, withdrawn, withdrawn_under_embargo])
def test_nothing_of_it_is_seen_anywhere(client, state):
    statement = state()
    statement.slug = "neutral-address"
    Statement.objects.filter(pk=statement.pk).update(slug="neutral-address")
    make_edition("Something public")
    for url in [*public_addresses(statement, attach(statement))]:
        answer = client.get(url)
        assert SECRET not in answer.text, url
        assert answer.status_code in ((404, 410) if "neutral" in url else (200,)), url


@pytest.mark.medium
def test_nobody_learns_of_what_was_withdrawn_before_anybody_could_read_it(client, monkeypatch):
    """410 says that something was there: that much is a secret, too, and stays one later."""
    url = withdrawn_under_embargo().get_absolute_url()
    assert client.get(url).status_code == 404
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.get(url).status_code == 404


@pytest.mark.slow
def test_the_word_would_be_seen_if_it_were_public(client):
    """Proves that the test above can fail."""
    statement = make_secret()
    lifecycle.publish(statement, by=None)
    *pages, attachment = public_addresses(statement, attach(statement))
    for url in pages:
        assert SECRET in client.get(url).text, url
    assert client.get(attachment).getvalue() == b"%PDF-1"


@pytest.mark.medium
def test_an_embargo_ends_without_anybody_doing_anything(client, monkeypatch):
    statement = embargoed()
    url = statement.get_absolute_url()
    assert client.get(url).status_code == 404
    later = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert SECRET in client.get(url).text


@pytest.mark.medium
@pytest.mark.parametrize("state", ["pending", "hidden", "withdrawn", "invalidated"])
def test_a_name_that_is_not_confirmed_is_seen_nowhere(client, state):
    edition = make_edition()
    make_signature(edition, f"Nora {SECRET}", state=state)
    for name in ("statements:detail", "signatories:list"):
        assert SECRET not in client.get(reverse(name, args=[edition.statement.slug])).text


@pytest.mark.slow
def test_a_withheld_name_is_counted_and_not_seen(client):
    edition = make_edition()
    make_signature(edition, f"Nora {SECRET}", name_withheld=True, role=SECRET, affiliation=SECRET)
    for name in ("statements:detail", "signatories:list"):
        text = client.get(reverse(name, args=[edition.statement.slug])).text
        assert SECRET not in text
        assert "1\u00a0person" in text
        assert "Name withheld" in text


@pytest.mark.slow
def test_a_name_that_was_hidden_is_gone_at_once(client):
    edition = make_edition()
    signature = make_signature(edition, f"Nora {SECRET}")
    url = edition.statement.get_absolute_url()
    assert SECRET in client.get(url).text
    decisions.hide(signature, by=make_user(), reason="asked for it")
    assert SECRET not in client.get(url).text
    assert Signature.objects.count() == 1


@pytest.mark.slow
def test_no_address_of_a_signer_is_in_a_page(client):
    edition = make_edition()
    make_signature(edition, email="nora.private@example.org")
    for name in ("statements:detail", "signatories:list"):
        text = client.get(reverse(name, args=[edition.statement.slug])).text
        assert "nora.private" not in text

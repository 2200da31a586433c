"""One mailbox, one person, also at providers with several domains and rules of their own; what
stood before their rules were known goes on standing, and is reported.
"""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from casa.lib.addresses.mailbox_keys import hashed
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from signatories.core import tokens
from signatories.models import Follower, Signature
from signatories.self_service import private_links
from signatories.signing import codes
from signatories.testing import form_data, make_organization, make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

OLD = "nora.lind@pm.me"


def post(client, edition, email, **fields):
    url = reverse("signatories:sign", args=[edition.statement.slug])
    assert client.post(url, form_data(email=email, **fields)).status_code == 302


def make_old(edition, email=OLD, **fields):
    """A signature as it was stored before the rule for its provider."""
    signature = make_signature(edition, email=email, **fields)
    signature.email_key = email.lower()
    signature.save(update_fields=["email_key"])
    return signature


def report():
    output = StringIO()
    call_command("report_same_mailboxes", stdout=output)
    return output.getvalue()


@pytest.mark.medium
@pytest.mark.parametrize(
    "addresses",
    [
        ("noralind@proton.me", "nora.lind@protonmail.com", "nora_lind@pm.me"),
        ("nora-lind@yandex.ru", "nora.lind@ya.ru", "nora.lind@yandex.az"),
        ("noralind@icloud.com", "noralind@me.com", "noralind@mac.com"),
        ("nora@fastmail.com", "shop@nora.fastmail.com"),
        ("nora@outlook.com", "nora+again@outlook.com"),
    ],
)
def test_spellings_of_one_mailbox_sign_once(client, addresses):
    edition = make_edition()
    for address in addresses:
        post(client, edition, address)
    assert Signature.objects.count() == 1
    assert {mail.to for mail in OutgoingMail.objects.all()} == set(addresses)


@pytest.mark.medium
def test_who_signed_before_the_rule_signs_no_second_time_and_keeps_their_links(client):
    edition = make_edition()
    old = make_old(edition)
    link = tokens.make(old, tokens.MANAGE)
    post(client, edition, "Nora.Lind@pm.me")
    signature = Signature.objects.get()
    assert (signature.pk, signature.email_key) == (old.pk, hashed(OLD))
    (mail,) = OutgoingMail.objects.all()
    assert "You have signed already" in compose(mail).subject
    assert tokens.read(link, tokens.MANAGE) == old
    private_links.request(OLD)
    asked = OutgoingMail.objects.exclude(pk=mail.pk).get()
    assert list(private_links.listed(asked)) == [old]


def test_the_code_in_an_older_mail_still_confirms():
    edition = make_edition()
    waiting = make_old(edition, state="pending")
    assert codes.find(edition.statement, OLD, codes.code_of(waiting)) == waiting


def test_who_follows_since_before_the_rule_follows_once(client):
    statement = make_edition().statement
    Follower.objects.create(statement=statement, email=OLD, email_key=OLD)
    client.post(reverse("signatories:follow", args=[statement.slug]), {"email": OLD})
    assert Follower.objects.count() == 1


@pytest.mark.medium
def test_what_stands_already_is_reported_and_not_merged(client):
    edition = make_edition()
    old = [make_old(edition), make_old(edition, "nora.lind@proton.me")]
    post(client, edition, "noralind@protonmail.com")
    alone = make_old(edition, "emil.berg@pm.me")
    before = list(Signature.objects.order_by("pk").values())
    assert len(before) == 4
    said = report()
    assert list(Signature.objects.order_by("pk").values()) == before
    assert f"{edition.statement.slug}: 3 of one mailbox" in said
    for signature in Signature.objects.exclude(pk=alone.pk):
        assert reverse("admin:signatories_signature_change", args=[signature.pk]) in said
    assert reverse("admin:signatories_signature_change", args=[alone.pk]) not in said
    assert "signed more than once: 1, with 3 signatures." in said
    assert "@" not in said
    assert "Nora" not in said
    assert old[0].email_key == hashed(OLD)


@pytest.mark.medium
def test_what_may_stand_beside_each_other_is_not_reported(client):
    edition = make_edition()
    make_old(edition)
    make_old(edition, "nora.lind@proton.me", state="withdrawn")
    make_old(edition, "nora-lind@pm.me", organization=make_organization())
    make_old(make_edition("Another"), "nora_lind@proton.me")
    assert report() == "No mailbox signed a statement more than once.\n"
    shared = make_edition("Shared").statement
    type(shared).objects.filter(pk=shared.pk).update(shared_mailboxes=True)
    own = shared.editions.get()
    make_old(own)
    make_old(own, "nora.lind@proton.me", name="Emil Lind")
    assert report() == "No mailbox signed a statement more than once.\n"
    make_old(own, "noralind@pm.me", name="Emil Lind")
    assert "3 of one mailbox" in report()

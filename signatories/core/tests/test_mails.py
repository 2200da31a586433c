"""Whom a mail is about is looked at when it is written, not when it was queued."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.lib.testing import queries_of
from casa.mail.models import OutgoingMail
from signatories.core.mails import signature_of
from signatories.models import Signature
from signatories.testing import make_signature
from statements import lifecycle
from statements.testing import make_edition, rewrite

pytestmark = pytest.mark.django_db
ADDRESS = "nora@example.org"


@pytest.fixture
def signature():
    return make_signature(make_edition(), email=ADDRESS)


def mail_about(signature, to=ADDRESS):
    return OutgoingMail(kind="tests.note", to=to, params={"signature": signature.pk})


def test_the_signature_comes_with_the_words_that_were_signed(signature):
    found = signature_of(mail_about(signature))
    assert found == signature
    assert not queries_of(lambda: (found.edition.title, found.statement.slug))
    assert found.edition == signature.edition


def test_an_earlier_edition_stays_the_one_that_was_signed(signature):
    rewrite(signature.statement, "<p>Keep all reading rooms open.</p>")
    (newer,) = lifecycle.correct(signature.statement, by=None, note="All.", is_material=True)
    assert signature_of(mail_about(signature)).edition == signature.edition != newer


def test_another_spelling_of_the_mailbox_is_the_same_one(signature):
    assert signature_of(mail_about(signature, to="Nora@Example.org")) == signature


def test_nobody_is_written_to_who_is_gone_or_has_another_address(signature):
    assert signature_of(mail_about(signature, to="lena@example.org")) is None
    gone = mail_about(signature)
    Signature.objects.filter(pk=signature.pk).update(email_key="")
    assert signature_of(gone) is None


@pytest.mark.parametrize(
    "changes",
    [{"status": "withdrawn"}, {"publish_at": timezone.now() + timedelta(days=1)}],
)
def test_nothing_is_written_about_a_statement_that_nobody_may_read(signature, changes):
    assert signature_of(mail_about(signature))  # it is kept from then on
    type(signature.statement).objects.filter(pk=signature.statement_id).update(**changes)
    assert signature_of(mail_about(signature)) is None

"""The private link: in every mail to a signer, and on request, which tells nobody who signed."""

import re

import pytest
from django.urls import reverse

from casa.lib.testing import queries_of
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.core import mail_budget
from signatories.models import Signature
from signatories.testing import (
    a_day_later,
    form_data,
    make_organization,
    make_signature,
    use_up_mails,
    without_secrets,
)
from statements import lifecycle
from statements.testing import make_edition

pytestmark = pytest.mark.django_db

URL = "/your-signature/"


def links_in(mail):
    message = compose(mail)
    html = message.alternatives[0].content
    found = re.findall(r"/sign/manage/[^/\s]+/", message.body)
    assert all(link in html for link in found)
    return found


def ask(client, email):
    answer = client.post(URL, {"email": email}, follow=True)
    assert answer.status_code == 200
    return answer


@pytest.mark.medium
@pytest.mark.parametrize(
    ("kind", "state", "links"),
    [("signatories.confirm", "pending", 0), ("signatories.already_signed", "confirmed", 1)],
)
def test_a_mail_has_it_once_its_reader_has_confirmed(client, kind, state, links):
    signature = make_signature(make_edition(), state=state)
    params = {"signature": signature.pk}
    found = links_in(queue(kind, to=signature.email, language="en", params=params))
    assert len(found) == links
    assert all(client.get(link).status_code == 200 for link in found)


@pytest.mark.medium
def test_another_spelling_of_the_mailbox_gets_none(client):
    edition = make_edition()
    make_signature(edition, email="nora@example.org")
    url = reverse("signatories:sign", args=[edition.statement.slug])
    client.post(url, form_data(email="nora+other@example.org"))
    assert links_in(OutgoingMail.objects.get()) == []
    ask(client, "nora+other@example.org")
    assert compose(OutgoingMail.objects.latest("pk")) is None


@pytest.mark.medium
def test_one_mail_lists_all_that_was_signed(client):
    editions = [make_edition(title) for title in ("Keep it open", "Clean the river")]
    own = [make_signature(one, email="Nora@example.org") for one in editions]
    make_signature(editions[0], organization=make_organization(), email="nora@example.org")
    stranger = make_signature(editions[0], "Zoe Zander")
    ask(client, "nora@example.ORG")
    mail = OutgoingMail.objects.get()
    assert len(links_in(mail)) == 3
    assert own[1].edition.title in compose(mail).body
    assert stranger.name not in compose(mail).body


@pytest.mark.medium
def test_nobody_learns_who_signed(client):
    make_signature(make_edition(), email="nora@example.org")
    pages, work = [], []
    ask(client, "first@example.org")  # what each process reads once
    for email in ("nora@example.org", "none@example.org"):
        sent = queries_of(lambda: pages.append(without_secrets(ask(client, email).text)))  # noqa: B023
        work.append([sql.split()[0] for sql in sent])
    assert pages[0].replace("nora@", "none@") == pages[1]
    assert work[0] == work[1]
    mails = {mail.to: compose(mail) for mail in OutgoingMail.objects.all()}
    assert mails["nora@example.org"]
    assert mails["none@example.org"] is None


@pytest.mark.slow
def test_a_mailbox_gets_only_its_share(client):
    make_signature(make_edition(), email="nora@example.org")
    times = range(mail_budget.MAILS_PER_WINDOW + 3)
    answers = {without_secrets(ask(client, "nora@example.org").text) for _ in times}
    assert len(answers) == 1
    sent = [mail for mail in OutgoingMail.objects.all() if compose(mail)]
    assert len(sent) == mail_budget.MAILS_PER_WINDOW


@pytest.mark.medium
def test_the_share_is_new_after_a_day(client):
    make_signature(make_edition(), email="nora@example.org")
    use_up_mails("nora@example.org")
    ask(client, "nora@example.org")
    assert compose(OutgoingMail.objects.latest("pk")) is None
    a_day_later()
    ask(client, "nora@example.org")
    assert compose(OutgoingMail.objects.latest("pk"))


def test_no_word_of_a_withdrawn_statement_is_mailed(client):
    edition = make_edition("Zanzibarium")
    make_signature(edition, email="nora@example.org")
    lifecycle.withdraw(edition.statement, by=None)
    ask(client, "nora@example.org")
    assert "Zanzibarium" not in compose(OutgoingMail.objects.get()).body


@pytest.mark.parametrize("email", ["", "nobody", '"a b"@example.org'])
def test_what_is_no_address_is_said(client, email):
    answer = client.post(URL, {"email": email}, follow=True)
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert not OutgoingMail.objects.exists()


def test_another_site_cannot_ask(client):
    headers = {"Origin": "https://elsewhere.example"}
    assert client.post(URL, {"email": "nora@example.org"}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("signed_in", "page", "mailed_in"),
    [("az", "", "az"), ("en", "/az", "en"), ("xx", "/az", "az"), (None, "/az", "az")],
)
def test_they_come_in_the_language_signed_in_while_the_site_has_it(
    client, signed_in, page, mailed_in
):
    edition = make_edition()
    if signed_in:
        make_signature(edition, email="nora@example.org", language="en" if page else "az")
        signature = make_signature(make_edition("Clean the river"), email="nora@example.org")
        Signature.objects.filter(pk=signature.pk).update(language=signed_in)
    client.post(f"{page}{URL}", {"email": "nora@example.org"})
    assert OutgoingMail.objects.get().language == mailed_in

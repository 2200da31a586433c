"""A scanner that follows every link of every mail, and of the pages behind it, changes nothing."""

import re
from collections import deque
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.mail import kinds
from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from casa.tests.site import links_of
from signatories.mailings import (
    addressees,
    correction_notices,
    followers,
    owner_asks,
    reminders,
    updates,
    verification_requests,
)
from signatories.mailings.tests.test_followers import deliver
from signatories.models import AddresseeMailing, Follower, Invitation, Organization
from signatories.rounds import sending as rounds
from signatories.self_service import private_links
from signatories.self_service.tests.test_reconsent import correct
from signatories.signing import confirmation
from signatories.testing import (
    begin_mailing,
    make_invitation,
    make_mailing,
    make_organization,
    make_round,
    make_signature,
)
from statements import lifecycle
from statements.testing import make_draft, make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

# What visits of any page may write: how often somebody came, and nothing about signatures.
# A preview link notes each opening, and answers nothing by it.
NOT_COMPARED = {"django_session", "signatories_ratecount", "statements_previewvisit"}
# What only a mail leads to.
OPENED = (
    "/sign/confirm/", "/sign/correction/", "/sign/follow/", "/sign/unfollow/", "/sign/manage/",
    "/sign/verify-again/", "/sign/unsubscribe/", "/sign/ask/", "/mail/stop/", "/preview/",
)  # fmt: skip
MANY = 1500  # pages; more means that the crawler runs in circles


def confirm_kind(edition):
    about(edition, "signatories.confirm", state="pending")


def reminder_kind(edition):
    about(edition, reminders.KIND, state="pending")


def already_signed_kind(edition):
    about(edition, "signatories.already_signed")


def has_signed_kind(edition):
    trust = make_organization("Has Signed Trust")
    make_signature(edition, organization=trust)
    about(edition, "signatories.organization_has_signed", state="pending", organization=trust)


def verified_kind(edition):
    status = Organization.Verification.VERIFIED
    trust = make_organization("Verified Trust", verification=status)
    about(edition, "signatories.organization_verified", organization=trust)


def check_kind(edition):
    trust = make_organization("Odd Trust", to_check=Organization.ToCheck.values[0])
    about(edition, "signatories.organization_check", organization=trust)


def verify_again_kind(edition):
    status = Organization.Verification.VERIFIED
    trust = make_organization(
        "Asked Trust", verification=status, verified_at=timezone.now(),
        asked_again_at=timezone.now(),
    )  # fmt: skip
    make_signature(edition, organization=trust)
    verification_requests.queue_requests()


def about(edition, kind, **fields):
    signature = make_signature(edition, **fields)
    queue(kind, to=signature.email, language="en", params={"signature": signature.pk})


def correction_kind(edition):
    make_signature(edition)
    correct(edition.statement)
    correction_notices.notify_signers()


def follow_confirm_kind(edition):
    followers.follow(edition.statement, "waits@example.org")


def delivered_kind(edition):
    followers.follow(edition.statement, "follows@example.org")
    followers.confirm(Follower.objects.get(email="follows@example.org"))
    deliver(edition.statement)
    followers.notify_followers()


def opened_kind(edition):
    lifecycle.pause(edition.statement, by=None)
    followers.follow(edition.statement, "follows@example.org")
    followers.confirm(Follower.objects.get(email="follows@example.org"))
    lifecycle.resume(edition.statement, by=None)
    followers.notify_followers()


def welcome_kind(edition):
    about(edition, confirmation.WELCOME)


def private_links_kind(edition):
    make_signature(edition, email="asks@example.org")
    private_links.request("asks@example.org")


def ask_owner_kind(edition):
    make_signature(edition, consent_source="partner")
    owner_asks.begin(edition.statement, None, by=make_staff("asks@example.org"), seen=1)
    owner_asks.ask()


def update_kind(edition):
    make_signature(edition, email="reads@example.org", wants_updates=True)
    mailing = make_mailing(edition.statement, by=make_staff())
    begin_mailing(mailing)
    updates.send_updates()


def thanks_kind(edition):
    closed = make_edition("A statement that is closed")
    make_signature(closed, wants_updates=True)
    lifecycle.close(closed.statement, by=None)
    mailing = make_mailing(closed.statement, by=make_staff("thanks@example.org"), kind="thanks")
    begin_mailing(mailing)
    updates.send_updates()


def ask_kind(edition, due="ask"):
    asking = make_round(statement=make_draft("A draft to sign first"))
    one = make_invitation(asking)
    if due == "remind":
        Invitation.objects.filter(pk=one.pk).update(sent_at=timezone.now() - timedelta(days=3))
    rounds.begin(asking, due, by=asking.created_by)
    rounds.send_due()


def ask_reminder_kind(edition):
    ask_kind(edition, due="remind")


def addressee_kind(edition):
    make_signature(edition)
    target = edition.statement.targets.create(name="The council", email="council@example.org")
    addressees.switch_on(target, every=None, by=make_staff("tells@example.org"))
    week_ago = timezone.now() - timedelta(days=8)
    AddresseeMailing.objects.update(last_at=week_ago, counted_from=0)
    addressees.tell()


SAMPLES = {
    "signatories.addressee": addressee_kind,
    "signatories.confirm": confirm_kind,
    "signatories.reminder": reminder_kind,
    "signatories.already_signed": already_signed_kind,
    "signatories.organization_has_signed": has_signed_kind,
    "signatories.organization_verified": verified_kind,
    "signatories.organization_check": check_kind,
    "signatories.verify_again": verify_again_kind,
    "signatories.correction": correction_kind,
    "signatories.welcome": welcome_kind,
    "signatories.private_links": private_links_kind,
    "signatories.ask_owner": ask_owner_kind,
    "signatories.update": update_kind,
    "signatories.thanks": thanks_kind,
    "signatories.follow_confirm": follow_confirm_kind,
    "signatories.delivered": delivered_kind,
    "signatories.opened": opened_kind,
    "signatories.ask": ask_kind,
    "signatories.ask_reminder": ask_reminder_kind,
}


def links_in(message):
    """Every address of ours in the text, the HTML and the headers, as paths."""
    html = message.alternatives[0][0]
    words = " ".join([message.body, html, *message.extra_headers.values()])
    plain = re.findall(r"http://testserver(/[^\s<>\"')]*)", words)
    return {*plain, *(link for link in links_of(html, "/")[0] if link.startswith("/"))}


def all_rows():
    """Every row of every table, but for what visits may write."""
    tables = set(connection.introspection.table_names()) - NOT_COMPARED
    rows = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def follow(client, first):
    """Asks by HEAD and GET for everything that can be reached; what was answered, by address."""
    waiting, answers = deque(sorted(first)), {}
    while waiting:
        url = waiting.popleft()
        if url in answers or url.startswith(("/static/", "/admin/")):
            continue
        head, answer = client.head(url), client.get(url)
        assert head.status_code == answer.status_code, url
        answers[url] = answer.status_code
        assert len(answers) < MANY, sorted(answers)[-50:]
        if location := answer.get("Location"):
            waiting.append(location.removeprefix("http://testserver"))
        elif "text/html" in answer.get("Content-Type", ""):
            followed, loaded = links_of(answer.text, url)
            waiting.extend(link for link in followed | loaded if link.startswith("/"))
        else:
            for close in answer._resource_closers:  # answer.close() would end the connection too
                close()
    return answers


def test_every_kind_of_mail_to_signers_is_scanned():
    ours = {kind for kind in kinds._kinds if kind.startswith("signatories.")}
    ours.discard(updates.TRIAL)  # what staff send themselves is of an invented signer
    assert ours == set(SAMPLES), "Give the kind a case in SAMPLES"


@pytest.mark.slow
def test_a_scanner_that_opens_everything_changes_nothing(client, settings):
    settings.SITE_URL = "http://testserver"
    edition = make_edition()
    for make in SAMPLES.values():
        make(edition)
    mails = list(OutgoingMail.objects.all())
    assert {mail.kind for mail in mails} == set(SAMPLES)
    messages = {mail: compose(mail) for mail in mails}
    links = {mail: links_in(message) for mail, message in messages.items() if message}
    assert {mail.kind for mail in links} == set(SAMPLES)
    before = all_rows()
    answers = follow(client, set().union(*links.values()))
    assert len(answers) > 30
    for part in OPENED:
        tried = {url: status for url, status in answers.items() if url.startswith(part)}
        assert tried, part
        assert set(tried.values()) == {200}, tried
    after = all_rows()
    assert {table for table in before if before[table] != after[table]} == set()

"""No page, mail or frame asks for what cannot be done in the state that a statement is in.

CALLS says of each call to act in which states it may be read, and TEMPLATES where it stands. A
template with a call that is not in the table fails; so does a page that says one too many.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.mail.composing import compose
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.core import states, tokens
from signatories.models import Signature
from signatories.signing import confirmation
from signatories.testing import make_signature, own_url
from statements import lifecycle
from statements.models import Edition, SigningPause, Statement
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

FOLDER = Path(__file__).resolve().parents[2] / "templates"


def as_it_is(statement: Statement) -> None:
    """Open."""


def paused(statement: Statement) -> None:
    lifecycle.pause(statement, by=None)


def site_paused(statement: Statement) -> None:
    SigningPause(pk=1, is_on=True, sentence="").save()


def opens_later(statement: Statement) -> None:
    Statement.objects.update(signing_opens_at=timezone.now() + timedelta(days=3))


def in_grace(statement: Statement) -> None:
    """Closed by the clock an hour ago: what was begun can be confirmed."""
    Statement.objects.update(signing_closes_at=timezone.now() - timedelta(hours=1))


def long_closed(statement: Statement) -> None:
    Statement.objects.update(signing_closes_at=timezone.now() - timedelta(days=9))


def closed(statement: Statement) -> None:
    lifecycle.close(statement, by=None)


def archived(statement: Statement) -> None:
    lifecycle.close(statement, by=None)
    lifecycle.archive(statement, by=None)


def handed_over(statement: Statement) -> None:
    statement.deliveries.create(delivered_on=timezone.localdate())


def closed_and_handed_over(statement: Statement) -> None:
    handed_over(statement)
    closed(statement)


def paused_and_handed_over(statement: Statement) -> None:
    handed_over(statement)
    paused(statement)


def read_only(statement: Statement) -> None:
    Statement.objects.update(signers=Statement.Signers.NOBODY)


def withdrawn(statement: Statement) -> None:
    lifecycle.withdraw(statement, by=None)


State = Callable[[Statement], None]
OPEN = {as_it_is, handed_over}
WAITING = {paused, site_paused, opens_later, paused_and_handed_over}
OVER = {in_grace, long_closed, closed, archived, closed_and_handed_over, read_only, withdrawn}
STATES = sorted({*OPEN, *WAITING, *OVER}, key=lambda state: state.__name__)
DONE = {handed_over, closed_and_handed_over, paused_and_handed_over, withdrawn}

CALLS: dict[str, set[State]] = {
    r"Ask others to sign": OPEN,
    r"[Ss]ign (it )?again": OPEN,
    r"Be the first to sign": OPEN,
    r"Sign this statement": OPEN,
    r"Read and sign": OPEN,
    r"would sign as well": OPEN,
    r"Whoever signs": OPEN | WAITING,
    r"Tell me when it is handed over": set(STATES) - DONE - WAITING,
    r"Remind me": WAITING,
    r"Be reminded to sign": WAITING,
    r"Let others read it": WAITING | OVER,
    r"this is final": OVER,
}
TEMPLATES = {
    "emails/welcome.html", "emails/welcome.txt", "signatories/_follow_link.html",
    "signatories/_numbers.html", "signatories/_onward.html", "signatories/_own_standing.html",
    "signatories/_pass_on.html", "signatories/_share.html", "signatories/_sign_yourself.html",
    "signatories/_tally.html",
    "signatories/confirm.html", "signatories/correction_page.html", "signatories/embed.html",
    "signatories/follow.html", "signatories/link_expired.html", "signatories/no_mail.html",
    "signatories/not_confirmed.html", "signatories/own_correct.html",
    "signatories/own_withdraw.html", "signatories/sign.html", "signatories/signature_list.html",
    "statements/_behind.html", "statements/_imprint.html", "statements/_reminder.html",
    "statements/_standing.html", "statements/home.html", "statements/statement_detail.html",
}  # fmt: skip
"""Those of visitors and signers. What a private link to a draft says is of no such state."""


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def public_pages(statement: Statement) -> list[str]:
    return [
        "/",
        reverse("statements:list"),
        statement.get_absolute_url(),
        reverse("statements:print", args=[statement.slug]),
        reverse("statements:edition", args=[statement.slug, 1]),
        reverse("signatories:list", args=[statement.slug]),
        reverse("signatories:sign", args=[statement.slug]),
        reverse("signatories:follow", args=[statement.slug]),
        reverse("signatories:no_mail", args=[statement.slug]),
        reverse("signatories:embed", args=[statement.slug]),
        reverse("signatories:embed", args=[statement.slug]) + "?show=tally",
    ]


def private_pages(signature: Signature) -> list[str]:
    confirm = tokens.make(signature, tokens.CONFIRM)
    return [
        own_url(signature),
        own_url(signature, "withdraw"),
        own_url(signature, "correct"),
        reverse("signatories:confirm", args=[confirm]),
    ]


def said_by(client: Any, edition: Edition, state: State) -> str:
    """Words of all pages and mails: of one nobody signed, then of one with signers of each kind."""
    statement = edition.statement
    state(statement)
    said = texts(client, public_pages(statement))
    for fields in ({}, {"state": "pending"}, {"state": "confirmed"}):
        signature = make_signature(edition, f"Signer {len(said)}", **fields)
        queue(confirmation.WELCOME, to=signature.email, language="en",
              params={"signature": signature.pk})  # fmt: skip
        said += texts(client, private_pages(signature))
    states.withdraw(signature, shown=False)
    said += texts(client, private_pages(signature))
    mails = [compose(mail) for mail in OutgoingMail.objects.filter(kind=confirmation.WELCOME)]
    said += [mail.body for mail in mails if mail]
    return " ".join(" ".join(said).split())


def texts(client: Any, paths: list[str]) -> list[str]:
    return [client.get(path, follow=True).text for path in paths]


@pytest.mark.parametrize("state", STATES)
def test_no_state_is_asked_for_what_it_does_not_allow(
    client: Any, edition: Edition, state: State
) -> None:
    said = said_by(client, edition, state)
    assert [call for call, of in CALLS.items() if re.search(call, said) and state not in of] == []


def test_each_call_is_made_where_it_can_be_followed(client: Any, edition: Edition) -> None:
    said = said_by(client, edition, as_it_is)
    missing = [call for call, of in CALLS.items() if as_it_is in of and not re.search(call, said)]
    assert missing == []


@pytest.mark.parametrize("state", [paused, site_paused, opens_later])
def test_what_cannot_be_signed_yet_offers_a_reminder(
    client: Any, edition: Edition, state: State
) -> None:
    state(edition.statement)
    page = client.get(edition.statement.get_absolute_url()).text
    assert "Remind me by mail" in page
    assert "Be reminded to sign" in client.get(public_pages(edition.statement)[7]).text


def test_each_template_with_a_call_is_in_the_table() -> None:
    found = {
        str(path.relative_to(FOLDER))
        for path in FOLDER.rglob("*")
        if path.suffix in (".html", ".txt", ".svg")
        and "admin" not in path.parts
        and any(re.search(call, path.read_text(encoding="utf-8")) for call in CALLS)
    }
    assert found == TEMPLATES

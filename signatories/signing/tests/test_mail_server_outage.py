"""People sign while the mail server refuses; each gets one mail later, whose link counts."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from casa.mail import delivery
from casa.mail.models import OutgoingMail
from casa.mail.tests.conftest import fresh_process, smtp  # noqa: F401 - fixtures
from signatories.core import tally
from signatories.testing import form_data, press_confirm
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MINUTES = 60
SIGNED_AT = range(0, MINUTES, 4)
REFUSALS = {"is away": None, "refuses": "451 4.3.2 Please come back later"}


def confirmations(server):
    return [mail for mail in server.messages if "confirm" in mail["Subject"]]


@pytest.mark.parametrize("answer", REFUSALS.values(), ids=REFUSALS)
def test_who_signed_in_that_hour_confirms_after_it(client, smtp, clock, settings, answer):  # noqa: F811
    settings.REMINDER_HOURS = 0
    edition = make_edition()
    url = reverse("signatories:sign", args=[edition.statement.slug])
    if answer:
        smtp.answer = lambda recipient: answer
    else:
        smtp.stop()
    for minute in range(MINUTES):
        if minute in SIGNED_AT:
            data = form_data(email=f"n{minute}@example.org")
            assert client.post(url, data).status_code == 302
        delivery.deliver_due()
        clock.move(minutes=1)
    assert smtp.messages == []

    smtp.answer = lambda recipient: "250 OK"
    if not answer:
        smtp.start()
    for _ in range(MINUTES + 1):
        delivery.deliver_due()
        clock.move(minutes=1)
    got = Counter(mail["To"] for mail in confirmations(smtp))
    assert got == Counter({f"n{minute}@example.org": 1 for minute in SIGNED_AT})
    for mail in confirmations(smtp):
        body = mail.get_body(("plain",)).get_content()
        path = re.search(r"/sign/confirm/\S+", body)[0]
        assert press_confirm(client, path).status_code == 200
    assert tally.of(edition.statement).people == len(SIGNED_AT)
    waiting = OutgoingMail.objects.filter(kind="signatories.confirm").exclude(state="sent")
    assert not waiting.exists()

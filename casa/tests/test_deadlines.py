"""Visitors read until when they can sign, wherever it stands: never a day on which nobody can."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from casa.mail import outbox
from casa.mail.delivery import deliver_due
from signatories.core import tokens
from signatories.mailings import reminders
from signatories.models import Signature
from signatories.signing import submission
from signatories.signing.submission import Submission
from signatories.testing import make_signature
from statements import lifecycle
from statements.models import StatementText
from statements.testing import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def midnight():
    """The beginning of the first of December after this one, in Baku."""
    return datetime(timezone.now().year + 1, 11, 30, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def baku():
    with timezone.override(ZoneInfo("Asia/Baku")):
        yield


@pytest.fixture
def edition():
    """Of a statement that closes at 00:00, in two languages."""
    draft = make_draft(signing_closes_at=midnight())
    StatementText.objects.create(
        statement=draft, language="az", title="Oxu zalı açıq qalsın", body="<p>Şənbə.</p>"
    )
    return lifecycle.publish(draft, by=None)[0]


def told():
    year = midnight().year
    return f"30 November {year}, 24:00, Baku time"


def told_in_az():
    return f"30 noyabr {midnight().year}"


PAGES = ["home", "list", "detail", "sign", "names", "frame", "tally-frame", "print"]


def url_of(page, slug):
    return {
        "home": "/", "list": "/statements/", "detail": f"/statements/{slug}/",
        "sign": reverse("signatories:sign", args=[slug]),
        "names": reverse("signatories:list", args=[slug]),
        "frame": reverse("signatories:embed", args=[slug]),
        "tally-frame": reverse("signatories:embed", args=[slug]) + "?show=tally",
        "print": reverse("statements:print", args=[slug]),
    }[page]  # fmt: skip


@pytest.mark.medium
@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_it_in_both_languages(client, edition, page):
    url = url_of(page, edition.statement.slug)
    english = client.get(url).text
    assert told() in english
    assert f"1 December {midnight().year}" not in english
    azerbaijani = client.get(f"/az{url}").text
    assert told_in_az() in azerbaijani
    assert "24:00" in azerbaijani
    assert "Bakı vaxtı" in azerbaijani


@pytest.mark.medium
def test_the_document_says_it(client, edition):
    for signed in (False, True):
        if signed:
            make_signature(edition)
        answer = client.get(reverse("paper:statement", args=[edition.statement.slug]))
        data = answer.content if not answer.streaming else b"".join(answer.streaming_content)
        text = " ".join(PdfReader(BytesIO(data)).pages[0].extract_text().split())
        assert told() in text


def test_programs_get_the_moment_the_zone_and_the_words(client, edition):
    found = client.get(f"/api/v1/statements/{edition.statement.slug}").json()
    assert found["signing_closes_at"] == f"{midnight():%Y-%m-%dT%H:%M:%SZ}"
    assert found["time_zone"] == "Asia/Baku"
    words = {text["language"]: text["signing_closes_in_words"] for text in found["texts"]}
    assert told() in words["en"]
    assert told_in_az() in words["az"]


def sign(edition):
    typed = Submission(kind="person", name="Nora", email="nora@example.org", consent="I agree.")
    submission.sign(edition, typed)
    return Signature.objects.get()


@pytest.mark.parametrize("kind", ["signatories.confirm", reminders.KIND])
def test_mails_that_ask_to_confirm_say_it(edition, kind):
    signature = sign(edition)
    if kind != "signatories.confirm":
        outbox.queue(kind, to=signature.email, language="en", params={"signature": signature.pk})
    deliver_due()
    letter = mail.outbox[-1]
    html = letter.alternatives[0][0]
    for part in (letter.body, html):
        words = " ".join(part.split())
        assert "Signing is open until " in words
        assert f"{told()}." in words
        assert "Link and code work for 14 days." in words


def test_a_link_that_dies_sooner_says_so(edition):
    closes = (timezone.now() + timedelta(days=2)).replace(microsecond=0)
    type(edition.statement).objects.update(signing_closes_at=closes)
    sign(edition)
    deliver_due()
    text = " ".join(mail.outbox[-1].body.split())
    day = timezone.localtime(closes + timedelta(hours=24)).day
    assert "work for" not in text
    assert f" {day} " in text.partition("Link and code work until ")[2][:30]


@pytest.mark.medium
def test_who_asks_others_to_sign_reads_it_too(client, edition):
    make_signature(edition)
    signature = Signature.objects.get()
    page = client.get(urlsplit(tokens.manage_url(signature)).path)
    assert "Ask others to sign" in page.text
    assert told() in page.text


@pytest.mark.medium
def test_what_closed_at_midnight_closed_with_the_day_before(client, edition):
    closed = datetime(timezone.now().year - 1, 11, 30, 20, tzinfo=UTC)
    type(edition.statement).objects.update(signing_closes_at=closed)
    page = client.get(edition.statement.get_absolute_url()).text
    assert f"30 November {closed.year}, 24:00, Baku time" in page
    assert f"1 December {closed.year}" not in page


OF_STATEMENTS = r"(publish_at|signing_opens_at|signing_closes_at|expires_at|leaves_at)"


def test_no_template_says_such_a_moment_in_another_way():
    """Django's formats write "midnight" and no zone, and a closing as the day after it."""
    another = re.compile(OF_STATEMENTS + r"\|(date:(?!.c.|.Y-m-d.)|time|timesince|timeuntil)")
    found = [
        f"{path.name}: {match.group()}"
        for path in (Path(__file__).parents[2] / "templates").rglob("*.*")
        for match in another.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []

"""A sheet to sign on paper: whoever signs it has read the words and the consent beside the line."""

import io
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from casa.site.pdf import sheet
from statements import lifecycle
from statements.models import Ask, ConsentText, Statement, Target
from statements.testing import make_edition, make_user, screen_url

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]
LONG = "".join(f"<p>Pupils learn there in room {number}.</p>" for number in range(60))


@pytest.fixture(autouse=True)
def _nothing_kept(settings):
    cache.clear()
    settings.SITE_POSTAL_ADDRESS = "1 High Street\nAldermouth"


def pages(client, edition, name="sheet", prefix=""):
    answer = client.get(prefix + reverse(f"paper:{name}", args=[edition.statement.slug]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    document = PdfReader(io.BytesIO(answer.content))
    assert "<pdfuaid:part>1</pdfuaid:part>" in document.xmp_metadata.rdf_root.toxml()
    return [" ".join(page.extract_text().split()) for page in document.pages]


def test_each_page_has_the_consent_and_lines_to_sign(client):
    edition = make_edition()
    Statement.objects.filter(pk=edition.statement_id).update(minimum_age=16)
    Target.objects.create(statement=edition.statement, name="The council")
    first, second = pages(client, edition)
    for part in (
        edition.title, edition.ask, "Pupils learn there", "Addressed to The council",
        "Read all of it", f"/statements/{edition.statement.slug}/", "Edition 1",
        "Send full sheets to: 1 High Street, Aldermouth",
    ):  # fmt: skip
        assert part in first
    for page in (first, second):
        assert "By signing you agree that" in page
        assert "Whoever signs is 16 years old or older." in page
        assert "Name, in capital letters" in page
        assert edition.title in page


def test_long_words_have_a_short_form_and_all_words_are_there_too(client):
    edition = make_edition(body=LONG, summary="They close it.")
    short = pages(client, edition)
    assert len(short) == 2
    assert "They close it." in short[0]
    assert "room 1." not in short[0]
    whole = " ".join(pages(client, edition, "whole_sheet"))
    assert "room 59." in whole
    assert "Name, in capital letters" in whole


def test_long_words_without_a_short_form_are_printed(client):
    edition = make_edition(body=LONG, summary="", ask="")
    assert "room 59." in " ".join(pages(client, edition))


@pytest.mark.parametrize(
    ("fields", "there", "absent"),
    [
        ({"signers": "organizations"}, "Organization", "capital letters"),
        ({"may_withhold": False}, "Name", "Not in public"),
        ({"ask_city": Ask.NO, "ask_postal_code": Ask.NO}, "Name", "Town"),
    ],
)
def test_a_line_asks_what_the_form_asks(fields, there, absent):
    edition = make_edition()
    Statement.objects.filter(pk=edition.statement_id).update(**fields)
    edition.statement.refresh_from_db()
    asked = " ".join(column["name"] for column in sheet.columns(edition.statement))
    assert there in asked
    assert absent not in asked


def test_the_statements_own_consent_stands_in_place_of_the_sites(client):
    edition = make_edition()
    ConsentText.objects.create(statement=edition.statement, language="en", text="I agree to all.")
    assert "I agree to all." in pages(client, edition)[1]


def test_it_speaks_the_readers_language(client):
    assert "By signing you agree" not in " ".join(pages(client, make_edition(), prefix="/az"))


@pytest.mark.parametrize("name", ["sheet", "whole_sheet"])
def test_what_cannot_be_signed_has_no_sheet(client, name):
    edition = make_edition()
    address = reverse(f"paper:{name}", args=[edition.statement.slug])
    past = timezone.now() - timedelta(hours=1)
    Statement.objects.filter(pk=edition.statement_id).update(signing_closes_at=past)
    assert client.get(address).status_code == 404
    lifecycle.withdraw(edition.statement, by=make_user())
    assert client.get(address).status_code == 410


def test_staff_find_it_on_the_statements_screen(admin_client):
    edition = make_edition()
    address = reverse("paper:sheet", args=[edition.statement.slug])
    assert address in admin_client.get(screen_url(edition.statement)).content.decode()
    past = timezone.now() - timedelta(hours=1)
    Statement.objects.filter(pk=edition.statement_id).update(signing_closes_at=past)
    assert address not in admin_client.get(screen_url(edition.statement)).content.decode()

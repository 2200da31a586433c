"""After confirming: a letter to an addressee by the signer's own mail program."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signatories.testing import make_signature, press_confirm
from statements import before_publishing
from statements.letters import LONGEST_LINK
from statements.models import Statement, SupporterText, Target
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.page]

Letter = Statement.AfterSigning.LETTER
SAYS = {
    "letter_subject": "Keep it & <open>",
    "letter_words": "Dear council,\n\nkeep it open.\n\nYours",
}
EMAIL = "council+letters@example.org"


def offering(*, language="en", email=EMAIL, **said):
    edition = make_edition(after_signing=Letter)
    SupporterText.objects.create(
        statement=edition.statement, language=language, **({**SAYS, **said})
    )
    Target.objects.create(statement=edition.statement, name="The <council>", email=email)
    return edition


def thanked(client, edition, **fields):
    return press_confirm(client, make_signature(edition, state="pending", **fields)).text


def letter(page):
    """To whom, subject and words, as a mail program reads the link; and what is to be copied."""
    [link] = re.findall(r'href="(mailto:[^"?]+\?[^"]*)"', page)
    parts = urlsplit(unescape(link))
    query = {name: value[0] for name, value in parse_qs(parts.query).items()}
    [copied] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    return parts.path, query, unescape(copied)


@pytest.mark.medium
def test_the_words_are_followed_by_the_signers_name(client):
    name = "Ida \"><script>alert('1')</script>"
    page = thanked(client, offering(), name=name, role="Reader", city="Aldermouth")
    to, query, copied = letter(page)
    assert to == "council%2Bletters@example.org"
    assert query["subject"] == "Keep it & <open>"
    words = f"Dear council,\n\nkeep it open.\n\nYours\n\n{name}\nReader\nAldermouth"
    assert query["body"] == words.replace("\n", "\r\n")
    assert copied == words
    assert "<script>alert" not in page
    assert "Write to The &lt;council&gt;" in page


@pytest.mark.medium
def test_the_kept_page_has_the_name_of_nobody_else(client):
    edition = offering()
    assert "Ida Holm" in thanked(client, edition, name="Ida Holm")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        second = thanked(client, edition, name="Otto Brandt")
    assert "Otto Brandt" in letter(second)[1]["body"]
    assert "Ida" not in second
    assert not any("statements_target" in one["sql"] for one in queries)


@pytest.mark.medium
def test_words_too_long_for_a_link_are_copied(client):
    page = thanked(client, offering(letter_words="ə" * (LONGEST_LINK // 6)))
    _to, query, copied = letter(page)
    assert query.keys() == {"subject"}
    assert copied.startswith("əəə")
    assert "<details open>" in page
    assert "opens with an empty letter" in page


@pytest.mark.medium
def test_words_in_the_original_are_marked_as_such(client):
    edition = offering(language="az")
    Statement.objects.update(language="az")
    assert 'readonly rows="10" lang="az" dir="ltr">Dear' in thanked(client, edition)


@pytest.mark.medium
@pytest.mark.parametrize("missing", [{"email": ""}, {"letter_words": "", "letter_subject": ""}])
def test_without_words_or_a_reader_nothing_is_offered(client, missing):
    edition = offering(**missing)
    assert "mailto:council" not in thanked(client, edition)
    told = before_publishing.findings(edition.statement, make_user())
    assert {"supporters", "addressees"} & {one.part for one in told}


@pytest.mark.medium
def test_the_address_is_on_no_other_page(client):
    edition = offering()
    for url in ("", "signatories/", "changes/", "print/", "pdf/"):
        assert EMAIL not in client.get(f"{edition.statement.get_absolute_url()}{url}").text
    assert EMAIL not in client.get(f"/api/v1/statements/{edition.statement.slug}").text

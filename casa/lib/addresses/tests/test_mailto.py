"""Links that open a mail program."""

from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from casa.lib.addresses.mailto import mailto

WORDS = "Dear all,\n\n100 % & more? Yes = “ə”.\n"


@pytest.mark.parametrize("address", ["a@example.org", "a+b@example.org", "a?b&c%d@example.org", ""])
def test_a_mail_program_reads_what_was_written(address):
    parts = urlsplit(mailto(address, subject="Yes & no", body=WORDS))
    assert unquote(parts.path) == address
    read = parse_qs(parts.query, strict_parsing=True)
    assert read == {"subject": ["Yes & no"], "body": [WORDS.replace("\n", "\r\n")]}


def test_words_cannot_add_a_recipient():
    link = mailto(
        "a@example.org", subject="x&bcc=evil@example.org", body="y\nBcc: evil@example.org"
    )
    assert parse_qs(urlsplit(link).query).keys() == {"subject", "body"}
    message = EmailMessage()
    message["To"] = unquote(urlsplit(link).path)
    assert message["To"].addresses[0].addr_spec == "a@example.org"


def test_without_words_there_is_no_body():
    assert mailto("a@example.org", subject="Yes") == "mailto:a@example.org?subject=Yes"

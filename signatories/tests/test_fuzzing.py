"""Whatever is posted to the form, the answer is a page and never a 500.

The test client raises what a view does not catch, so each example fails by itself, and shrinks.
"""

import os
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from signatories.core import tally
from signatories.signing.forms import SignForm
from signatories.testing import form_data, make_organization
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Each post goes through the whole application and costs some 15 ms: before a release, ten thousand
# (FUZZED_POSTS=10000); at any other time a thousand, half of them on each database.
POSTS = int(os.environ.get("FUZZED_POSTS", "500"))
PARTS = 4
ANSWERS = {200, 302, 400, 413, 422}
URLENCODED = "application/x-www-form-urlencoded"

# Every field of the form and of the pages after it, and names that nobody asked for.
OTHERS = ("subject", "opened", "corrects", "altcha", "__proto__", "state", "\0", "")
FIELDS = (*SignForm.base_fields, *OTHERS)

NASTY = (
    "\0", "a\0b", "\u202eevil\u202c", "\u200b", "\ud7ff", "\ufeff", "\uffff", "﷽", "ﷺ" * 200,
    "x" * 70_000, "e\u0301" * 300, "ə ğ ı ş ç", "=1+1", "<script>alert(1)</script>", "{{ 7*7 }}",
    "%s%n", "' OR 1=1 --", "\r\nBcc: x@example.org", "9" * 400, "-1", "0", "1e999", "NaN", "٣",
    "http://[", "http://xn--", "//", "a@b@c", "@", "nora@exa\u0000mple.org", "nora@xn--.org",
    f"{'a' * 64}@{'b' * 63}.org", '"a b"@example.org', "nora@[127.0.0.1]", "US-NY", "NO", "person",
    "organization", "on", "new", "1", str(2**63), str(-(2**63) - 1), "nora@example.org",
    "River Trust", "🏳️‍🌈", "\U0010ffff",
)  # fmt: skip
# Text as browsers send it; what is no UTF-8 comes as raw bodies further below.
words = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
values = st.one_of(words, words, st.lists(words, max_size=3))


@st.composite
def posts(draw):
    """A form that is filled in rightly but for up to four fields, which hold anything."""
    number = draw(st.integers(0, 10**9))
    data = form_data(
        kind="person" if number % 3 else "organization", organization="Alder Rowing Club",
        website="https://club.example.org", authorized="on", of_age="16", role="Teacher",
        email=f"n{number}@example.org", city="Oslo",
    )  # fmt: skip
    data |= draw(st.dictionaries(st.sampled_from(FIELDS), values, max_size=4))
    if number % 5 == 0:
        del data[draw(st.sampled_from(sorted(data)))]
    return data


fuzz = settings(
    max_examples=POSTS // PARTS, deadline=None, database=None,
    phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture
def url():
    make_organization("River Trust")
    edition = make_edition(
        ask_role="required", ask_country="optional", ask_region="optional",
        ask_postal_code="optional",
        ask_comment="optional", minimum_age=16, may_withhold=True, shared_mailboxes=True,
    )  # fmt: skip
    return reverse("signatories:sign", args=[edition.statement.slug])


@pytest.mark.parametrize("part", range(PARTS))
def test_thousands_of_posts_give_no_500(url, part, monkeypatch, caplog):
    caplog.set_level("ERROR", "django.request")  # thousands of kept records would slow it down
    # The client would keep a copy of each page's context, which takes longer than the page.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *a, **k: None)
    statuses = Counter()
    client = Client()

    @fuzz
    @given(posts())
    def post(data):
        statuses[client.post(url, urlencode(data, doseq=True), URLENCODED).status_code] += 1

    post()
    assert set(statuses) <= ANSWERS, statuses
    assert statuses[302], statuses
    assert statuses[422], statuses
    assert tally.differences() == []


BOUNDARY = "multipart/form-data; boundary=x"
ODD = {
    "no body": (BOUNDARY, b""),
    "not multipart": (BOUNDARY, b"nonsense"),
    "no end": (BOUNDARY, b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nNora'),
    "no name": (BOUNDARY, b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--\r\n"),
    "no boundary": ("multipart/form-data", b"--x"),
    "endless boundary": (f"multipart/form-data; boundary={'x' * 5000}", b"--x"),
    "base64": (
        BOUNDARY,
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n",
    ),
    "file where text belongs": (
        BOUNDARY,
        b'--x\r\nContent-Disposition: form-data; name="email"; filename="a\0/../b"\r\n'
        b"Content-Type: text/plain\r\n\r\nnora@example.org\r\n--x--\r\n",
    ),
    "text where a file belongs": (
        BOUNDARY,
        b'--x\r\nContent-Disposition: form-data; name="logo"\r\n\r\n\xff\xd8\xff\r\n--x--\r\n',
    ),
    "no UTF-8": (URLENCODED, b"name=%ff%fe&email=%ed%a0%80@example.org&kind=%C0%80"),
    "raw bytes": (URLENCODED, bytes(range(256))),
    "half escapes": (URLENCODED, b"name=%&email=%2&kind=%zz&=&&;;==%00"),
    "other charset": (f"{URLENCODED}; charset=utf-16", "name=Nora".encode("utf-16")),
    "no charset": (f"{URLENCODED}; charset=", b"name=Nora"),
    "unknown charset": (f"{URLENCODED}; charset=rot13", b"name=Nora"),
    "json": ("application/json", b'{"name": "Nora"}'),
    "no type": ("", b"name=Nora"),
    "odd type": ("\u00ff/\u00ff;;;==", b"name=Nora"),
    "1,500 fields": (URLENCODED, "&".join(f"f{n}={n}" for n in range(1500)).encode()),
    "a name 1,500 times": (URLENCODED, b"name=a&" * 1500),
    "three million characters": (URLENCODED, b"comment=" + b"x" * 3_000_000),
    "fields of files": (
        BOUNDARY,
        b"".join(
            b'--x\r\nContent-Disposition: form-data; name="logo"; filename="%d"\r\n\r\n\r\n' % n
            for n in range(300)
        )
        + b"--x--\r\n",
    ),
}


@pytest.mark.parametrize("path", ["", "code/", "no-mail/"])
@pytest.mark.parametrize("name", ODD)
def test_odd_requests_give_no_500(client, url, name, path):
    content_type, body = ODD[name]
    answer = client.generic("POST", url + path, body, content_type=content_type)
    assert answer.status_code in {*ANSWERS, 405}  # what is only read takes no form


@pytest.mark.parametrize("length", ["-1", "", "99999999999999999999"])
def test_a_wrong_length_gives_no_500(client, url, length):
    """One that is no number is refused by the web server, before Django."""
    answer = client.generic("POST", url, b"name=Nora", content_type=URLENCODED,
                            CONTENT_LENGTH=length)  # fmt: skip
    assert answer.status_code in ANSWERS


@pytest.mark.page
@pytest.mark.parametrize("field", sorted(SignForm.base_fields))
def test_a_file_in_any_field_gives_no_500(client, url, field):
    for content in (b"", b"\0\xff" * 500, b"\x89PNG\r\n\x1a\n", b"GIF89a", b"<svg/>"):
        file = SimpleUploadedFile("name.png", content, "image/png")
        for kind in ("person", "organization"):
            data = form_data(kind=kind, organization="Alder Rowing Club", authorized="on")
            assert client.post(url, {**data, field: file}).status_code in ANSWERS

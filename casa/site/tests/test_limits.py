"""What is too large, or too much, is refused before anything of it is read."""

import re
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casa.site import limits
from casa.tests.public_site import WHOLE, make_public_site, public_addresses
from signatories.models import Signature
from signatories.signing.antispam import rate_limits
from signatories.testing import form_data
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.page]

CONF = Path(django_settings.BASE_DIR, "deploy", "nginx.conf").read_text("utf-8")
URLENCODED = "application/x-www-form-urlencoded"
CROSS_SITE = {"Sec-Fetch-Site": "cross-site"}
UNCOUNTED = {"stop", "unsubscribe", "leave", "begun"}
"""Views that mail providers post to, for many mailboxes: a token, and no form, is read there; and
one that reads nothing, and has a limit of its own."""


@pytest.fixture
def url():
    return reverse("signatories:sign", args=[make_edition().statement.slug])


def read(answer):
    assert answer.status_code == 413
    assert "no-store" in answer["Cache-Control"]
    assert "site/foundation.css" in answer.text
    return answer.text


@pytest.mark.medium
def test_words_beyond_64_kilobytes_are_refused_with_a_way_back(client, url):
    assert client.post(url, form_data(name="x" * 60_000)).status_code == 422
    page = read(client.post(url, form_data(name="x" * 66_000)))
    assert "64.0\xa0KB" in page
    assert "Back button" in page


@pytest.mark.medium
def test_words_beside_a_file_have_as_much_and_no_more(client, url):
    def post(words, size):
        file = SimpleUploadedFile("logo.png", b"x" * size)
        return client.post(url, form_data(name="x" * words, logo=file))

    assert post(60_000, 3_000_000).status_code == 422
    assert "64.0\xa0KB" in read(post(66_000, 1000))
    assert "64.0\xa0KB" in read(post(3_000_000, 1000))  # beyond what Django reads
    assert "choose a smaller one" in read(post(10, 11_000_000))


def test_a_form_in_the_encoding_that_has_no_files_has_no_room_for_them(client, url):
    read(client.post(url, f"name={'x' * 70_000}", content_type=URLENCODED))


def test_a_form_without_a_file_takes_none(client):
    file = SimpleUploadedFile("logo.png", b"x" * 70_000)
    read(client.post(reverse("signatories:request_link"), {"email": "n@example.org", "file": file}))


@pytest.mark.slow
def test_a_form_has_no_more_parts_than_ours_have(client, url):
    """A part whose header has hundreds of parameters costs 5 ms."""
    header = f"Content-Disposition: form-data; {'a;' * 400}"
    start = time.process_time()
    for parts, status in ((100, 422), (900, 400)):
        body = f"--b\r\n{header}\r\n\r\nx\r\n" * parts + "--b--\r\n"
        answer = client.post(url, body, content_type="multipart/form-data; boundary=b")
        assert answer.status_code == status
    assert time.process_time() - start < 3  # seconds; 900 took 4


def test_nothing_is_read_before_the_length_is_looked_at(client, monkeypatch):
    monkeypatch.setattr("django.http.HttpRequest._load_post_and_files", lambda request: 1 / 0)
    read(client.post(reverse("signatories:request_link"), {"email": "x" * 70_000}))


@pytest.mark.slow
def test_staff_write_more(client):
    client.force_login(make_user())
    url = reverse("admin:pasted")
    assert client.post(url, {"html": "<p>x</p>" * 100_000}).status_code == 200
    beyond = "x" * (django_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    assert "2.5\xa0MB" in read(client.post(url, {"html": beyond}))


def test_whoever_has_not_signed_in_writes_no_more_to_the_back_office(client):
    read(client.post(reverse("admin:login"), {"username": "x" * 70_000}))


@pytest.mark.medium
def test_nginx_lets_through_what_is_taken_and_little_more():
    public, staff = (int(size) * 1024**2 for size in re.findall(r"max_body_size (\d+)m;", CONF))
    largest = max(
        one.pattern.callback.posts.fields + one.pattern.callback.posts.files
        for one in public_addresses(make_public_site())
        if hasattr(one.pattern.callback, "posts")
    )
    assert largest < public < 1.1 * largest
    of_staff = limits.OF_STAFF.fields + limits.OF_STAFF.files
    assert of_staff < staff < 1.1 * of_staff


@pytest.mark.slow
def test_every_public_form_is_counted_before_it_is_read(client, settings, monkeypatch):
    """Whether it is filled in rightly or not, and whatever view reads it."""
    site = make_public_site()
    posted = {
        one.path: one.pattern.callback.__name__
        for one in public_addresses(site)
        if client.post(one.path, WHOLE, headers=CROSS_SITE).status_code != 405
    }
    settings.SIGN_LIMITS = True
    monkeypatch.setitem(rate_limits.LIMITS, "form", (rate_limits.Limit(rate_limits.DAY, 0.5, 9),))
    monkeypatch.setattr("django.http.HttpRequest._load_post_and_files", lambda request: 1 / 0)
    answers = {
        path: client.post(path, WHOLE).status_code
        for path in posted
        if posted[path] not in UNCOUNTED
    }
    assert len(answers) > 10
    assert set(answers.values()) == {429}
    assert {posted[path] for path in posted} >= UNCOUNTED


@pytest.mark.medium
def test_signing_in_is_counted_too(client, settings, monkeypatch):
    settings.SIGN_LIMITS = True
    monkeypatch.setitem(rate_limits.LIMITS, "form", (rate_limits.Limit(rate_limits.DAY, 1, 9),))
    url = reverse("admin:login")
    assert [client.post(url, {}).status_code for _ in range(2)] == [200, 429]
    client.force_login(make_user())
    assert client.post(url, {}).status_code != 429


@pytest.mark.slow
def test_a_form_that_is_filled_in_wrongly_is_counted(client, url, settings, monkeypatch):
    settings.SIGN_LIMITS = True
    now = timezone.now()  # windows begin at full minutes, and a test must not run across one
    monkeypatch.setattr("signatories.signing.antispam.rate_limits.timezone.now", lambda: now)
    most = rate_limits.LIMITS["form"][0].client
    answers = [client.post(url, {}).status_code for _ in range(most + 1)]
    assert answers == [422] * most + [429]
    assert client.get(url).status_code == 200
    assert not Signature.objects.exists()

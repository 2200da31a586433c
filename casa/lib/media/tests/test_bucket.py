"""Uploads in a bucket, of a real server that speaks S3."""

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

import boto3
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages

from casa import engines
from casa.lib.media import stored
from casa.lib.media.stored import MediaAwayError
from casa.lib.testing import free_port, wait_until
from casa.operations import backups
from casa.operations.checks import machine

pytestmark = [pytest.mark.slow, pytest.mark.page]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The address of moto's server; it begins with an empty bucket."""
    port, log = free_port(), tmp_path_factory.mktemp("s3") / "log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with log.open("w") as file, subprocess.Popen(command, stdout=file, stderr=file) as running:
        try:
            wait_until(lambda: "Running on" in log.read_text(), 60)
            secrets = {"aws_access_key_id": "ours", "aws_secret_access_key": "a/secret+word"}
            address = f"http://127.0.0.1:{port}"
            client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **secrets)
            client.create_bucket(Bucket="uploads")
            yield f"http://ours:a%2Fsecret%2Bword@127.0.0.1:{port}/uploads"
        finally:
            running.terminate()


def keep_in(settings, url):
    settings.STORAGES = {**settings.STORAGES, "default": engines.uploads(url)}
    default_storage._wrapped = storages["default"]


@pytest.fixture
def bucket(server, settings):
    before = default_storage._wrapped
    keep_in(settings, server)
    yield default_storage
    for name in list(stored.names()):
        default_storage.delete(name)
    default_storage._wrapped = before


def test_what_is_uploaded_is_read_back_and_deleted(bucket):
    name = bucket.save("logos/new.png", ContentFile(b"a picture"))
    with bucket.open(name) as file:
        assert file.read() == b"a picture"
        assert file.size == bucket.size(name) == 9
    assert bucket.exists(name)
    assert list(stored.names()) == ["logos/new.png"]
    bucket.delete(name)
    assert not bucket.exists(name)
    with pytest.raises(FileNotFoundError):
        bucket.open(name)


def test_a_name_that_is_taken_stays_whose_it_is(bucket):
    first = bucket.save("logos/same.png", ContentFile(b"one"))
    second = bucket.save("logos/same.png", ContentFile(b"two"))
    assert first != second
    with bucket.open(first) as file:
        assert file.read() == b"one"


def test_no_page_names_the_bucket_and_nobody_else_reads_it(bucket):
    name = bucket.save("attachments/draft.pdf", ContentFile(b"not public yet"))
    assert bucket.url(name) == "/attachments/draft.pdf"
    grants = bucket.connection.meta.client.get_object_acl(Bucket="uploads", Key=name)["Grants"]
    assert all("URI" not in one["Grantee"] for one in grants)


def test_a_backup_holds_it_and_puts_it_back(bucket, tmp_path):
    name = bucket.save("logos/new.png", ContentFile(b"a picture"))
    file = tmp_path / "backup.tar"
    with tarfile.open(file, "w") as archive:
        assert backups._add_upload(archive, name) == hashlib.sha256(b"a picture").hexdigest()
        assert backups._add_upload(archive, "logos/deleted.png") == ""
    bucket.delete(name)
    with tarfile.open(file) as archive:
        backups._unpack_media(archive)
    with bucket.open(name) as opened:
        assert opened.read() == b"a picture"


def test_the_doctor_writes_reads_and_deletes(bucket):
    (found,) = machine.uploads()
    assert "Uploads can be written" in found.words
    assert list(stored.names()) == []


def test_a_server_that_is_away_is_said(settings):
    before = default_storage._wrapped
    keep_in(settings, f"http://ours:secret@127.0.0.1:{free_port()}/uploads")
    try:
        with pytest.raises(MediaAwayError):
            default_storage.open("logos/new.png")
        with pytest.raises(MediaAwayError):
            default_storage.save("logos/new.png", ContentFile(b"x"))
        (found,) = machine.uploads()
        assert "gives no answer" in found.words
    finally:
        default_storage._wrapped = before


def test_files_of_a_folder_are_named_in_order(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert list(stored.names()) == []
    for name in ("b.txt", "a/c.txt", "a/b/d.txt"):
        Path(tmp_path, name).parent.mkdir(parents=True, exist_ok=True)
        Path(tmp_path, name).write_text("x")
    assert list(stored.names()) == ["b.txt", "a/c.txt", "a/b/d.txt"]
    assert stored.are_in_folder()


@pytest.mark.parametrize(
    "url",
    ["s3://x", "https://s3.example.org/uploads", "https://a:b@s3.example.org/", "https://a@h/b"],
)
def test_an_address_that_lacks_something_is_refused(url):
    with pytest.raises(
        ImproperlyConfigured, match=r"MEDIA_BUCKET_URL cannot be read\. Write https"
    ):
        engines.uploads(url)

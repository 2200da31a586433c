"""Uploads in a bucket of what speaks S3, which nobody but the application reads.

Whether somebody may see a file is decided by the view that gives it, as with files of a folder: the
bucket is private, and no page names its address. Needs `requirements-s3.txt`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

from casa.lib.media.stored import MediaAwayError

CONNECT_TIMEOUT, READ_TIMEOUT, TRIES = 5, 20, 3  # seconds, seconds

SERVERS = Config(
    signature_version="s3v4",
    s3={"addressing_style": "path"},  # no name of its own for each bucket is needed
    connect_timeout=CONNECT_TIMEOUT,
    read_timeout=READ_TIMEOUT,
    retries={"total_max_attempts": TRIES},
    # Only Amazon knows the sums that are sent otherwise.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class Bucket(S3Storage):
    """Raises MediaAwayError where the bucket gives no answer, or refuses."""

    def __init__(self, **options: Any) -> None:
        super().__init__(client_config=SERVERS, default_acl=None, file_overwrite=False, **options)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """No address of the bucket: whoever may see a file is given it by a view."""
        return f"/{name}"

    def _open(self, name: str, mode: str = "rb") -> File:
        """The whole file, which FileNotFoundError says is not there."""
        with _telling():
            file = super()._open(name, mode)
            file.file  # noqa: B018 - is fetched here, and not amid an answer
            return file

    def _save(self, name: str, content: File) -> str:
        with _telling():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with _telling():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with _telling():
            return bool(super().exists(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _telling():
            folders, files = super().listdir(path)
            return list(folders), list(files)

    def size(self, name: str) -> int:
        with _telling():
            return int(super().size(name))


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise MediaAwayError(f"The bucket of uploads: {type(error).__name__}") from error

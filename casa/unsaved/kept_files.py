"""Keep files that were chosen in a form that was not saved, until the next try.

A browser forgets a chosen file when a page is loaded. The form that comes back carries a secret in
its place, and the next time it is sent, the file is put where it would have been.
"""

import hashlib
import json
import logging
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from casa.lib import sealing
from casa.retention.rules import Due
from casa.unsaved.models import UnsavedFile

KEPT_FOR = {True: timedelta(days=7), False: timedelta(hours=6)}
"""By whether a member of staff chose it."""

MOST_BYTES = {True: 100 * 1024**2, False: 500 * 1024**2}
"""By whether somebody signed in: of one member of staff, or of all others together."""

LARGEST = 22 * 1024**2  # bytes; no form of the back office takes more
LONGEST_NAME = 200
PURPOSE = "unsaved file"

logger = logging.getLogger(__name__)


class KeptUpload(UploadedFile):
    """A file that was kept, in the place of one that is sent."""

    def __init__(self, secret: str, row: UnsavedFile, name: str, content_type: str) -> None:
        super().__init__(row.file.open("rb"), name, content_type, row.size)
        self.secret = secret


@dataclass(frozen=True)
class Kept:
    """What a form says of a file that is kept."""

    secret: str
    name: str

    def field(self, name: str, field: str) -> SafeString:
        """A tick that carries it with the form; without it, the file is left out."""
        said = gettext("%(file)s is kept. Choose another to replace it.") % {"file": self.name}
        return format_html(
            '<label class="kept-file"><input type="checkbox" name="{}" value="{}" checked> '
            '<span>{}</span></label>',
            f"{field}{name}", self.secret, said,
        )  # fmt: skip


def keep(upload: UploadedFile, *, user: int | None = None) -> Kept | None:
    """Keep an upload; None where there is no room for it, or it cannot be read any more."""
    name = (upload.name or "")[-LONGEST_NAME:]
    if isinstance(upload, KeptUpload):
        return Kept(upload.secret, name)
    size = upload.size or 0
    if size > LARGEST or not _has_room(user, size):
        return None
    secret = secrets.token_urlsafe(16)
    key = _key(secret)
    facts = json.dumps({"name": name, "content_type": (upload.content_type or "")[:100]})
    row = UnsavedFile(
        key=key,
        user_id=user,
        size=size,
        sealed=sealing.seal(facts.encode(), purpose=PURPOSE, owner=_owner(user, key)),
        ends_at=timezone.now() + KEPT_FOR[user is not None],
    )
    try:
        upload.seek(0)
        row.file.save(secrets.token_hex(16), File(upload.file), save=False)
    except (OSError, ValueError):
        logger.warning("A chosen file could not be kept", exc_info=True)
        return None
    row.save()
    return Kept(secret, name)


def _has_room(user: int | None, size: int) -> bool:
    kept = UnsavedFile.objects.filter(user=user).aggregate(bytes=Sum("size"))["bytes"] or 0
    return kept + size <= MOST_BYTES[user is not None]


def find(secret: str, *, user: int | None = None) -> KeptUpload | None:
    """The file that is kept under a secret, for whoever chose it. Whoever reads it closes it."""
    row = _row(secret, user)
    facts = row and _facts(row)
    try:
        return KeptUpload(secret, row, **facts) if row and facts else None
    except OSError:
        return None


def look(secret: str, *, user: int | None = None) -> Kept | None:
    """What a form says of it."""
    row = _row(secret, user)
    facts = row and _facts(row)
    return Kept(secret, facts["name"]) if facts else None


def _row(secret: str, user: int | None) -> UnsavedFile | None:
    rows = UnsavedFile.objects.filter(key=_key(secret), user=user, ends_at__gt=timezone.now())
    return rows.first()


def _facts(row: UnsavedFile) -> dict[str, str] | None:
    owner = _owner(row.user_id, row.key)
    try:
        text = sealing.unseal(row.sealed, purpose=PURPOSE, owner=owner)
    except sealing.BrokenSealError:
        return None
    facts: dict[str, str] = json.loads(text)
    return facts


def forget(kept: Iterable[str], *, user: int | None = None) -> None:
    """What was saved after all, or is not wanted any more."""
    _remove(UnsavedFile.objects.filter(key__in=[_key(secret) for secret in kept], user=user))


def due(at: datetime) -> Iterator[Due]:
    """What was kept for long enough."""
    yield Due(UnsavedFile.objects.filter(ends_at__lt=at))


def forget_rows(keys: list[UUID]) -> None:
    _remove(UnsavedFile.objects.filter(pk__in=keys))


def _remove(rows: "QuerySet[UnsavedFile]") -> int:
    """Delete rows and, once that is certain, their files."""
    gone = list(rows)
    deleted, _models = rows.filter(pk__in=[row.pk for row in gone]).delete()
    transaction.on_commit(lambda: _remove_files(gone))
    return deleted


def _remove_files(rows: Iterable[UnsavedFile]) -> None:
    for row in rows:
        row.file.storage.delete(str(row.file.name))


def _owner(user: int | None, key: UUID) -> str:
    return f"{user or 'anybody'}:{key}"


def _key(secret: str) -> UUID:
    return UUID(bytes=hashlib.sha256(secret.encode(errors="replace")).digest()[:16])

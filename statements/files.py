"""Files of attachments and lead pictures: how one is handed out, and how long it is kept.

A file is kept as long as its statement: one that was replaced or removed stays for the history. A
draft that is deleted takes its files with it.
"""

from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response

from statements.models import Attachment, LeadPicture, Rendition, Statement


def as_download(request: HttpRequest, row: Any) -> HttpResponseBase:
    """The file of an attachment, or of one of its old rows: a download that never runs in the
    site's name. Whoever has this very file is told so.
    """
    etag = f'"{row.sha256}"'
    if (known := get_conditional_response(request, etag=etag)) is not None:
        return known
    answer = FileResponse(
        stored(row.file),
        as_attachment=True,
        filename=Attachment.download_name(row),
        content_type=_declared(row.content_type),
    )
    answer.headers["ETag"] = etag
    return answer


def _declared(content_type: str) -> str:
    """Texts are known to be UTF-8, so that nobody has to guess."""
    return f"{content_type}; charset=utf-8" if content_type.startswith("text/") else content_type


def stored(file: Any) -> File:
    """The file that a row names. Raises Http404 where the storage has it no more."""
    try:
        return _storage().open(str(file))
    except OSError:
        raise Http404 from None


def _storage() -> Storage:
    return Attachment._meta.get_field("file").storage


def forget_with(instance: Statement, **kwargs: Any) -> None:
    """Delete the files that a deleted statement had, those of its history too."""
    for history in (Attachment.history, LeadPicture.history):
        rows = history.filter(statement_id=instance.pk).exclude(file="")
        for name in set(rows.values_list("file", flat=True)):
            transaction.on_commit(partial(_storage().delete, name))


def forget_rendition(instance: Rendition, **kwargs: Any) -> None:
    """A size of a picture is no history: it goes with its row."""
    transaction.on_commit(partial(instance.file.delete, save=False))

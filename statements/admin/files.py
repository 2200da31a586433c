"""Files in the back office: those of drafts too, and those that stood there before."""

from typing import Any

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from casa.lib.admin import Screen
from statements import files
from statements.models import Attachment, Rendition, Statement
from statements.permissions import EDIT_ANY


def staff_url(attachment: Attachment) -> str:
    """Where staff open it, before it is public and after."""
    arguments = [attachment.statement_id, attachment.pk]
    return reverse("admin:statements_statement_file", args=arguments)


def old_file_url(record: Any) -> str:
    """Where staff open the file of an old row of an attachment."""
    arguments = [record.statement_id, record.history_id]
    return reverse("admin:statements_statement_old_file", args=arguments)


def may_open(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, **captured: int
) -> bool:
    return model_admin.has_view_permission(request, statement)


def may_open_old(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, **captured: int
) -> bool:
    """Whoever may read the statement's history."""
    reads_all = request.user.has_perm(EDIT_ANY) and may_open(model_admin, request, statement)
    return reads_all or model_admin.has_change_permission(request, statement)


def open_file(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, file: int
) -> HttpResponseBase:
    return files.as_download(request, get_object_or_404(statement.attachments, pk=file))


def open_old_file(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, record: int
) -> HttpResponseBase:
    history: Any = Attachment.history
    found = get_object_or_404(history.filter(statement_id=statement.pk), history_id=record)
    return files.as_download(request, found)


def show_thumbnail(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement, file: int
) -> HttpResponseBase:
    renditions = Rendition.objects.filter(attachment=file, attachment__statement=statement)
    found = renditions.filter(content_type="image/jpeg").order_by("width").first()
    if found is None:
        raise Http404
    return FileResponse(files.stored(found.file), content_type=found.content_type)


SCREENS = (
    Screen("file", "<int:pk>/files/<int:file>/", open_file, may_open, of=Statement),
    Screen(
        "thumbnail", "<int:pk>/files/<int:file>/thumbnail/", show_thumbnail, may_open,
        of=Statement,
    ),
    Screen(
        "old_file", "<int:pk>/files/old/<int:record>/", open_old_file, may_open_old, of=Statement
    ),
)  # fmt: skip

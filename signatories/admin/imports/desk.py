"""The list of all imports, and the screens that belong to it."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from casa.lib.admin import Screen
from casa.lib.long_lists import BoundedPaginator
from signatories.admin.filters import STATEMENT_TITLES, StatementFilter
from signatories.admin.imports import new, reading_again, review, steps
from signatories.admin.imports.permissions import (
    PERMISSION,
    may_import,
    may_import_release,
    may_see_batch,
)
from signatories.admin.screens import ScreensAdmin
from signatories.models import ImportBatch, ImportProof
from statements.permissions import of_visible_statements


def give_proof(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch, line: int
) -> HttpResponseBase:
    """The letter that a typed signature came by, as a file that no browser opens here."""
    proof = ImportProof.objects.filter(line=line, line__batch=batch).exclude(data=b"").first()
    if proof is None or not request.user.has_perm("signatories.view_contact_data"):
        raise Http404
    answer = HttpResponse(bytes(proof.data), content_type="application/octet-stream")
    name = ascii_name(proof.file_name).replace('"', "")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def ascii_name(name: str) -> str:
    """A file's name as a header takes it."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or "file"


SCREENS = (
    Screen("new", "new/", new.show_new, may_import),
    Screen("one", "one/", new.show_one, may_import),
    Screen("release", "release/", new.show_release, may_import_release),
    Screen("review", "<int:pk>/review/", review.show, may_see_batch, of=ImportBatch),
    Screen("apply", "<int:pk>/apply/", steps.show_apply, may_see_batch, of=ImportBatch),
    Screen("close", "<int:pk>/close/", steps.show_close, may_see_batch, of=ImportBatch),
    Screen("again", "<int:pk>/again/", reading_again.show_again, may_see_batch, of=ImportBatch),
    Screen("undo", "<int:pk>/undo/", steps.show_undo, may_see_batch, of=ImportBatch),
    Screen("proof", "<int:pk>/proof/<int:line>/", give_proof, may_see_batch, of=ImportBatch),
)


@admin.register(ImportBatch)
class ImportBatchAdmin(ScreensAdmin):
    """Who imported which names, what has become of them, and the way to each review."""

    permission = PERMISSION
    screens = SCREENS
    row_screen = "review"
    lookups = frozenset({"state__exact", "statement"})
    first_step = _("No names were imported yet.")
    list_display = (
        "imported_at", "source_name", "statement_title", "by", "state_label", "line_count", "made",
    )  # fmt: skip
    list_filter = ("state", StatementFilter)
    list_select_related = ("by", "statement")
    paginator = BoundedPaginator
    show_full_result_count = False
    fields: ClassVar[Any] = ("created_at", "by", "file_name", "sha256", "state", "made")

    def get_queryset(self, request: HttpRequest) -> Any:
        found = of_visible_statements(request.user, super().get_queryset(request))
        return found.prefetch_related(STATEMENT_TITLES)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        extra = {"may_import_release": may_import_release(self, request)}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    @admin.display(description=_("imported"), ordering="created_at")
    def imported_at(self, batch: ImportBatch) -> Any:
        return localtime(batch.created_at)

    @admin.display(description=_("what"), ordering="file_name")
    def source_name(self, batch: ImportBatch) -> str:
        return str(batch)

    @admin.display(description=_("statement"))
    def statement_title(self, batch: ImportBatch) -> str:
        return str(batch.statement)

    @admin.display(description=_("state"), ordering="state")
    def state_label(self, batch: ImportBatch) -> str:
        return str(batch.get_state_display())

    @admin.display(description=_("lines"), ordering="lines_read")
    def line_count(self, batch: ImportBatch) -> str:
        return intcomma(batch.lines_read)

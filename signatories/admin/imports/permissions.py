"""Who may import names, and see an import."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from casa.accounts.models import staff
from signatories.models import ImportBatch
from statements.permissions import of_visible_statements

PERMISSION = "signatories.import_names"


def may_import(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    return staff(request).has_perm(PERMISSION)


def may_import_release(model_admin: admin.ModelAdmin, request: HttpRequest) -> bool:
    """A release becomes a draft, so whoever imports one may write drafts."""
    return may_import(model_admin, request) and request.user.has_perm("statements.add_statement")


def may_see_batch(
    model_admin: admin.ModelAdmin, request: HttpRequest, batch: ImportBatch, **captured: Any
) -> bool:
    seen = of_visible_statements(request.user, ImportBatch.objects.filter(pk=batch.pk))
    return may_import(model_admin, request) and seen.exists()

"""The button that copies a statement as a new draft."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from casa.accounts.models import staff
from statements import copying
from statements.models import Statement
from statements.permissions import may_see


def may_copy(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    return model_admin.has_add_permission(request) and may_see(request.user, statement)


def copy_as_draft(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    draft = copying.copy_as_draft(statement, by=staff(request))
    message = gettext("This is the copy: words, settings, addressees and citations. Change them.")
    messages.success(request, message)
    return redirect("admin:statements_statement_change", draft.pk)

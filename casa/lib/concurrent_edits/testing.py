"""Forms of the back office as a browser that opened them would post them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.test import RequestFactory

from casa.lib.concurrent_edits import values
from casa.lib.concurrent_edits.admin import token_of
from casa.lib.concurrent_edits.opened import NAME


def opened(row: Model) -> tuple[Any, list[Any]]:
    """The form and the formsets of a record's screen, opened now by somebody who may do all."""
    model_admin: Any = admin.site.get_model_admin(type(row))
    request = RequestFactory().get("/")
    request.user = get_user_model()(is_superuser=True, is_staff=True, is_active=True)
    row = model_admin.get_queryset(request).get(pk=row.pk)
    fields = admin.utils.flatten_fieldsets(model_admin.get_fieldsets(request, row))
    form = model_admin.get_form(request, row, change=True, fields=fields)(instance=row)
    formsets, _inlines = model_admin._create_formsets(request, row, change=True)
    return form, formsets


def opened_with(row: Model) -> dict[str, str]:
    """The hidden field that says what the record's screen was opened with."""
    form, formsets = opened(row)
    return {NAME: token_of(form, formsets, form.instance)}


def posted_back(row: Model, **changed: Any) -> dict[str, Any]:
    """What the browser posts when the screen is saved with nothing but `changed` changed."""
    form, formsets = opened(row)
    data: dict[str, Any] = {NAME: token_of(form, formsets, form.instance)}
    for one in [form, *(one for formset in formsets for one in formset.forms)]:
        data |= values.as_posted(one)
    for formset in formsets:
        prefix, count = formset.prefix, formset.initial_form_count()
        data |= {f"{prefix}-TOTAL_FORMS": len(formset.forms), f"{prefix}-INITIAL_FORMS": count}
    return data | changed

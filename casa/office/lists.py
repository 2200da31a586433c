"""The lists of the back office: who may open one, which rows it shows, where it is."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse


def may_list(request: HttpRequest, model: type[Model]) -> bool:
    return admin.site.get_model_admin(model).has_view_or_change_permission(request)


def visible(request: HttpRequest, model: type[Model]) -> Any:
    """The rows that the model's list shows to this member of staff."""
    return admin.site.get_model_admin(model).get_queryset(request)


def list_url(model: type[Model], **query: str) -> str:
    meta = model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return f"{address}?{urlencode(query)}" if query else address

"""A page of the back office in words, and which values of its forms somebody wrote."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.text import capfirst
from django.utils.translation import gettext

from casa.unsaved import holding
from casa.unsaved.holding import Held


def name_of(request: HttpRequest, page: str) -> str:
    """What the page is about: a record that its reader may see, or a kind of records."""
    match, model_admin = _found(page)
    if match is None or model_admin is None:
        return gettext("A page of the back office")
    if (match.url_name or "").endswith("_add"):
        return gettext("%(kind)s (new)") % {"kind": capfirst(model_admin.opts.verbose_name)}
    row = _row(request, model_admin, match)
    if row is None:
        return str(capfirst(model_admin.opts.verbose_name_plural))
    return f"{capfirst(model_admin.opts.verbose_name)}: {row}"


def written(held: Held) -> list[str]:
    """The words of what is held, without what was chosen from a list."""
    _match, model_admin = _found(held.page)
    models = list(_models(model_admin)) if model_admin else []
    return holding.words_in(
        (name, value) for name, value in held.fields if not _is_chosen(name, models)
    )


def _found(page: str) -> tuple[ResolverMatch | None, Any]:
    try:
        match = resolve(page.partition("?")[0])
    except Resolver404:
        return None, None
    for model, model_admin in admin.site._registry.items():
        begins = f"{model._meta.app_label}_{model._meta.model_name}_"
        if (match.url_name or "").startswith(begins):
            return match, model_admin
    return match, None


def _row(request: HttpRequest, model_admin: Any, match: ResolverMatch) -> Model | None:
    key = match.kwargs.get("object_id")
    row = model_admin.get_object(request, unquote(str(key))) if key is not None else None
    return row if row is not None and model_admin.has_view_permission(request, row) else None


def _models(model_admin: Any) -> Iterator[type[Model]]:
    yield model_admin.model
    yield from (inline.model for inline in model_admin.inlines)


def _is_chosen(name: str, models: Iterable[type[Model]]) -> bool:
    own = name.rpartition("-")[2]
    return any(_has_choices(model, own) for model in models)


def _has_choices(model: type[Model], name: str) -> bool:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return isinstance(field, Field) and (field.is_relation or bool(field.choices))

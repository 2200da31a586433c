"""Every form of ours, found by walking the modules and the screens of the admin."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.test import RequestFactory

from statements.testing import make_user

PACKAGES = ("casa", "statements", "signatories")


def load_everything() -> None:
    for package in PACKAGES:
        for module in pkgutil.walk_packages(
            importlib.import_module(package).__path__, f"{package}."
        ):
            # Metrics make files where they are imported, and have no form.
            if not any(part in module.name for part in (".tests", ".migrations", ".metrics.")):
                importlib.import_module(module.name)


def subclasses(base: Any) -> Iterator[Any]:
    for one in base.__subclasses__():
        yield one
        yield from subclasses(one)


def own_forms() -> set[type[forms.BaseForm]]:
    load_everything()
    found = {one for one in subclasses(forms.BaseForm) if one.__module__.split(".")[0] in PACKAGES}
    return {one for one in found if hasattr(one, "base_fields")}  # a mixin has none


def fields_of_forms() -> Iterator[tuple[str, str, forms.Field]]:
    """(where, name, field) of every form field of ours, public and in the admin."""
    for form in own_forms():
        for name, field in form.base_fields.items():
            yield form.__name__, name, field
    request = RequestFactory().get("/")
    request.user = make_user(is_superuser=True)
    for model_admin in admin.site._registry.values():
        made = [
            inline.get_formset(request).form for inline in model_admin.get_inline_instances(request)
        ]
        if model_admin.has_add_permission(request):
            made.append(model_admin.get_form(request))
        if model_admin.has_change_permission(request, model_admin.model()):
            made.append(model_admin.get_form(request, change=True))
        for form in made:
            for name, field in form.base_fields.items():
                yield type(model_admin).__name__, name, field

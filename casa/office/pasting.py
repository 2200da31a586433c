"""The URL to which every editor sends what was pasted into it (static/casa/admin-paste.js)."""

from typing import Any

from django.apps import apps
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from casa.lib.html.left_out import MOST_SHOWN, Kind, LeftOut, sentence
from casa.lib.html.sanitizer import RichTextField, pasted


def urls(site: AdminSite) -> list[URLPattern]:
    return [path("pasted/", site.admin_view(clean_paste), name="pasted")]


@require_POST
def clean_paste(request: HttpRequest) -> HttpResponse:
    """The HTML as it will be stored, and what is left out of it in a sentence and one by one."""
    if not _may_write(request.user):
        raise PermissionDenied
    found = pasted(request.POST.get("html", ""))
    if found.refusal:
        return JsonResponse({"html": None, "notice": _notice([], found.refusal)})
    said = sentence(found.left_out)
    return JsonResponse(
        {"html": found.html, "sentence": said, "notice": _notice(found.left_out, said)}
    )


def _notice(things: list[LeftOut], said: str) -> str:
    if not said:
        return ""
    return render_to_string(
        "admin/pasted.html",
        {
            "sentence": said,
            "things": [one for one in things[:MOST_SHOWN] if one.words or one.source],
            "can_return": True,
            "has_pictures": any(one.kind is Kind.PICTURE for one in things),
        },
    )


def _may_write(user: Any) -> bool:
    """Whether there is a rich text that the user may write."""
    return any(
        user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")
        for model in apps.get_models()
        if any(isinstance(field, RichTextField) for field in model._meta.get_fields())
        for verb in ("add", "change")
    )

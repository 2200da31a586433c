"""The public API: the rooms' routers under one address, all of it read-only and readable by all.

It is described at /api/v1/openapi.json, and for people at /api/v1/docs/.
"""

from functools import cache, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from ninja import NinjaAPI

from casa.api import page
from casa.appearance import reading
from casa.lib import parameters
from casa.lib.http import Gone, View
from casa.lib.open_data import readable
from signatories.public.api.organizations import router as organizations
from signatories.public.api.seals import router as seals
from signatories.public.api.signatures import router as signatories
from signatories.signing.antispam import rate_limits
from statements.api import NAMESPACE
from statements.api import router as statements


class PublicAPI(NinjaAPI):
    """Called by the coalition's name, as staff have it now."""

    @property
    def title(self) -> str:
        return f"{reading.words().name}: public API"

    @title.setter
    def title(self, _fixed: str) -> None:
        """Ninja sets one when the API is made."""


api = PublicAPI(
    version="1",
    description=(
        "Reads what visitors read: public statements, their editions, how many signed, who,"
        " and the directory of organizations."
        " No key is needed. Answers carry an ETag; ask again with If-None-Match. Lists are paged:"
        " follow `next` as it is given."
    ),
    urls_namespace=NAMESPACE,
    docs=page.Page(),
    docs_url="docs/",
)
api.add_router("", statements)
api.add_router("", signatories)
api.add_router("", organizations)
api.add_router("", seals)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    return api.create_response(request, {"detail": "Not found"}, status=404)


@api.exception_handler(Gone)
def _gone(request: HttpRequest, error: Exception) -> HttpResponse:
    return api.create_response(request, {"detail": "Withdrawn"}, status=410)


def urls() -> list[URLPattern]:
    """The API's addresses, each with the policy of what is public."""
    patterns: list[Any] = api.urls[0]
    return [
        path(str(pattern.pattern), readable(_view(pattern)), name=pattern.name)
        for pattern in patterns
    ]


def _view(pattern: Any) -> View:
    if pattern.name == "api-root":
        return _to_docs
    return parameters.known(*_parameters().get(pattern.name, ()))(_limited(pattern.callback))


@cache
def _parameters() -> dict[str, list[str]]:
    """What each operation reads of the query, by the name of its URL: its schema says so."""
    operations: list[tuple[Any, Any]] = [
        (router, operation)
        for router in (statements, signatories, organizations, seals)
        for view in router.path_operations.values()
        for operation in view.operations
    ]
    return {
        api.get_operation_url_name(operation, router): [
            name
            for model in operation.models
            if model.__ninja_param_source__ == "query"
            for name in model.__ninja_flatten_map__
        ]
        for router, operation in operations
    }


def _limited(view: View) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if rate_limits.allow(request, "api"):
            return view(request, *args, **kwargs)
        detail = {"detail": "Too many questions. Ask again in a minute."}
        return JsonResponse(detail, status=429, headers={"Retry-After": "60"})

    return wrapped


def _to_docs(request: HttpRequest) -> HttpResponse:
    return redirect(f"{NAMESPACE}:openapi-view")

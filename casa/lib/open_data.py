"""Answers for programs: readable from every other site, conditional, and kept as pages are."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import conditional_page
from ninja import Field, Schema
from pydantic_core import CoreSchema, core_schema

from casa.lib import http


class Problem(Schema):
    """Why there is no answer: a sentence, or what is wrong with which parameter."""

    detail: str | list[Any]


Slug = Annotated[str, Field(pattern="^[-a-zA-Z0-9_]+$")]
"""The last part of a statement's or an organization's address."""

TEXT = r"^[^\x00]*$"
"""Any words: PostgreSQL stores no NUL, so it finds none either."""

After = Annotated[str, Field(pattern="^[0-9-]*$", max_length=40, description="As `next` gives it.")]

AfterName = Annotated[str, Field(max_length=600, pattern=TEXT, description="As `next` gives it.")]
"""The same in lists that are sorted by name, where it may hold any letter."""


class OneOf:
    """Annotates a string of the API as one of `values`, which are those of an enumeration."""

    def __init__(self, values: Iterable[str]) -> None:
        self.values = [str(value) for value in values]

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return core_schema.literal_schema(self.values)


PROBLEMS: dict[Any, type[Schema]] = {frozenset({400, 404, 410, 422, 429}): Problem}
"""What any question may be answered with, for the description of its responses."""

View = Callable[..., HttpResponseBase]

READABLE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
PREFLIGHT = {
    **READABLE,
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def readable(view: View) -> View:
    """Lets scripts of any site read the answer: all of it is public, and no cookie goes with it.

    Whoever has the answer already (`If-None-Match`) is told so with 304.
    """

    @http.public
    @http.for_other_sites
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        if request.method == "HEAD":
            request.method = "GET"  # the web server leaves the body out
        response = conditional_page(view)(request, *args, **kwargs)
        for name, value in READABLE.items():
            response.headers[name] = value
        if response.status_code == 429 or response.status_code >= 500:
            response.headers["Cache-Control"] = http.PRIVATE
        return response

    return csrf_exempt(wrapped)

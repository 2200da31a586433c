"""Public pages in previews: they run nothing, open nothing and send nothing."""

from collections.abc import Callable
from copy import copy
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, QueryDict
from django.urls import resolve
from django.utils import translation

from casa.lib.http import in_language

Decorator = Callable[[Any], Any]  # the library types views of a request alone

as_dead_page: Decorator = csp_replace(
    {
        "script-src": [NONE],
        "connect-src": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [SELF],
        "sandbox": ["allow-same-origin"],  # or its pictures would come without the session
    }
)


def visitors_request(request: HttpRequest, path: str) -> HttpRequest:
    """The request that a visitor sends for the page at `path`, in the language at hand."""
    asked = copy(request)
    path = in_language(path, translation.get_language() or "")
    asked.path = asked.path_info = path
    asked.GET, asked.COOKIES = QueryDict(), {}
    asked.user = AnonymousUser()
    asked.resolver_match = resolve(path)
    return asked

"""What one request has to do with what is kept."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from casa.unsaved import holding, opened
from casa.unsaved.holding import Held

LEFT_HERE = "<!-- words without a field -->"
"""Where a page shows what has no field on it any more."""


@dataclass
class State:
    request: HttpRequest
    key: str = ""  # in the address: what the page is to be filled in from
    taken: dict[str, str] = field(default_factory=dict)  # secrets of kept files, by field

    @property
    def user(self) -> int:
        user: Any = self.request.user
        return user.pk if user.is_authenticated else 0

    @cached_property
    def opened(self) -> opened.Opened | None:
        return opened.read(self.request)

    @cached_property
    def _asked_for(self) -> Held | None:
        return holding.find(self.user, self.key) if self.key and self.user else None

    def filled(self) -> Held | None:
        return self._asked_for

    @cached_property
    def _latest(self) -> Held | None:
        return holding.on_page(self.user, self.request.path) if self.user else None

    def offered(self) -> Held | None:
        """What was typed on this page, where it was not asked for."""
        return None if self._asked_for else self._latest

    def is_anothers(self) -> bool:
        return bool(self.key) and self._asked_for is None and holding.is_held(self.key)


def begin(request: HttpRequest) -> State:
    """Take our parameter off the address, so that no view meets it."""
    state = State(request, holding.key_in(request))
    request.unsaved = state  # type: ignore[attr-defined]
    if state.key:
        query = request.GET.copy()
        del query[holding.PARAMETER]
        query._mutable = False
        request.GET = query  # type: ignore[assignment]
        request.META["QUERY_STRING"] = query.urlencode()
    return state


def state_of(request: HttpRequest) -> State | None:
    return getattr(request, "unsaved", None)

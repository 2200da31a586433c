"""What staff type, without the characters that nobody sees: on every screen of the back office."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import ngettext

from casa.lib.text import without_invisible

AS_TYPED = ("password", "csrfmiddlewaretoken", "html")
"""What fields are called that stay as they are; what was pasted (`html`) is cleaned by itself."""

View = Callable[..., HttpResponseBase]


def without_invisible_characters(view: View) -> View:
    """`view`, which gets the fields of a form without them; a message says how many went."""

    @wraps(view)
    def cleaned_view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and (number := _take_out(request)):
            said = ngettext(
                "%(number)d invisible character was taken out of what you typed.",
                "%(number)d invisible characters were taken out of what you typed.",
                number,
            )
            messages.info(request, said % {"number": number})
        return view(request, *args, **kwargs)

    cleaned_view.takes_invisible_out = True  # type: ignore[attr-defined]
    return cleaned_view


def _take_out(request: HttpRequest) -> int:
    """Take them out of `request.POST`; how many those were."""
    data, removed = request.POST.copy(), 0
    for name, values in request.POST.lists():
        if not any(kept in name for kept in AS_TYPED):
            cleaned = [without_invisible(str(value)) for value in values]
            removed += sum(number for _text, number in cleaned)
            data.setlist(name, [text for text, _number in cleaned])
    if removed:
        data._mutable = False
        request.POST = data  # type: ignore[assignment]
    return removed

"""The answer to somebody whose form could not be saved."""

import re
from collections.abc import Sequence

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from casa.lib import http
from casa.unsaved.models import Reason

BLOCK_END = re.compile(r"</(p|h\d|li|blockquote|tr|div)>|<br\b[^<>]*>", re.IGNORECASE)


def refusal(reason: Reason, status: int = 403) -> HttpResponse:
    """An answer to be replaced by a page, once what was typed is kept."""
    answer = HttpResponse(status=status)
    answer.unsaved_reason = reason  # type: ignore[attr-defined]
    answer.headers["Cache-Control"] = http.PRIVATE
    return answer


def not_saved(
    request: HttpRequest, reason: Reason, *, status: int, address: str, is_own: bool
) -> HttpResponse:
    """The page that says why nothing was saved, that what was typed is kept, and how to go on.

    `address` is the page to go back to, empty where nothing is kept.
    """
    context = {
        **admin.site.each_context(request),
        "title": _("This was not saved"),
        "reason": reason,
        "status": status,
        "address": address,
        "is_own": is_own,
    }
    answer = render(request, "admin/unsaved/not_saved.html", context, status=status)
    answer.headers["Cache-Control"] = http.PRIVATE
    return answer


def left(words: Sequence[str]) -> str:
    """What has no field on the page any more, to be copied from there."""
    if not words:
        return ""
    return render_to_string("admin/unsaved/_words.html", {"words": [plain(one) for one in words]})


def plain(text: str) -> str:
    """Words that may be those of the rich-text editor, as they are read."""
    return strip_tags(BLOCK_END.sub("\n", text)).strip() if "</" in text else text

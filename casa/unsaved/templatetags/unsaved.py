"""What pages of the back office say of what was typed and not saved."""

from typing import Any

from django import template
from django.http import QueryDict
from django.urls import reverse

from casa.lib.moments import words
from casa.unsaved import drafts, holding
from casa.unsaved.state import LEFT_HERE, state_of

register = template.Library()


@register.inclusion_tag("admin/unsaved/_notice.html", takes_context=True)
def unsaved_notice(context: Any) -> dict[str, Any]:
    """Says that something is kept of this page, and brings it back."""
    request = context["request"]
    state = state_of(request)
    user = request.user
    if request.method != "GET" or not user.is_authenticated or state is None:
        return {}
    number = len(holding.all_of(user.pk)) if request.path == reverse("admin:index") else 0
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "filled": state.filled(),
        "offered": state.offered(),
        "is_anothers": state.is_anothers(),
        "number": number,
        "left_here": LEFT_HERE,
    }


@register.simple_tag
def is_kept(target: str) -> bool:
    """Whether something that was typed waits behind the page that follows signing in."""
    query = QueryDict(target.partition("?")[2][:2000])
    return bool(key := query.get(holding.PARAMETER, "")) and holding.is_held(key)


@register.inclusion_tag("admin/unsaved/_script.html", takes_context=True)
def unsaved_script(context: Any) -> dict[str, Any]:
    """What keeps words in the browser while they are typed."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "account": drafts.account_mark(user.pk),
        "key": drafts.key_of(user.pk),
        "saved": "\n".join(request.session.pop(drafts.SAVED, ())),
        "days": drafts.KEPT_FOR.days,
        "zone": words.zone_name(),
    }

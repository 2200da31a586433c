"""Links between the pages of a list; they keep what the list was narrowed by."""

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import QueryDict
from django.template import Context

from casa.lib.db import found
from casa.lib.list_filters import Select

register = template.Library()


@register.simple_tag
def most_listed() -> str:
    """Of what a search finds, so many are listed where more are found."""
    return intcomma(found.MOST)


@register.simple_tag
def how_many_chosen(selects: list[Select]) -> int:
    """How many of the filters narrow the list."""
    return sum(one.is_chosen for one in selects)


@register.simple_tag(takes_context=True)
def page_link(context: Context, name: str, key: str = "") -> str:
    """The address of this page with the list `name` at `key`; its first page for ""."""
    asked = context["request"].GET.copy()
    asked.pop(name, None)
    if key:
        asked[name] = key
    return _address(context, asked)


@register.simple_tag(takes_context=True)
def order_link(context: Context, order: str) -> str:
    """The address of the first page of what is listed now, in another order; "" for the usual."""
    shown = context["filters"].show
    asked = QueryDict(mutable=True)
    asked.update({"show": shown} if shown else {})
    asked.update({"order": order} if order else {})
    return _address(context, asked)


def _address(context: Context, asked: QueryDict) -> str:
    return f"?{asked.urlencode()}" if asked else context["request"].path

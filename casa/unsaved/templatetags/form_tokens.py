"""Django's tag for the token of a form, for every template: here it says whose form it is, too."""

from typing import Any

from django import template
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casa.unsaved import holding, opened

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Any) -> SafeString | str:
    token = CsrfTokenNode().render(context)
    request = context.get("request")
    value = opened.make(request) if request is not None and holding.is_office(request) else ""
    if not value:
        return token
    return format_html('{}<input type="hidden" name="{}" value="{}">', token, opened.FIELD, value)

"""The places on a statement's page of what changes with each signature."""

from typing import cast

from django import template
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe

from statements.public.kept_page import leave_or

register = template.Library()


@register.simple_tag(takes_context=True)
def signed(context: Context, name: str) -> SafeString:
    """What `templates/statements/signed/` says now; a hole where the page is made to be kept."""
    name = f"statements/signed/{name}.html"
    return mark_safe(leave_or(context, name, lambda: _rendered(context, name)))  # noqa: S308


def _rendered(context: Context, name: str) -> str:
    found = cast("Template", context.template).engine.get_template(name)
    with context.push():
        return found.render(context).strip()

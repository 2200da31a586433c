"""The picture that stands for a statement, in the sizes that a page may show."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from casa.lib.media.images import WEBP
from statements import lead_pictures
from statements.models import Statement

register = template.Library()


@register.inclusion_tag("statements/_lead_picture.html", takes_context=True)
def lead_picture(
    context: Context,
    statement: Statement,
    *,
    sizes: str,
    is_first: bool = False,
    in_list: bool = False,
    token: str = "",
) -> dict[str, Any]:
    """Nothing for a statement without one.

    `sizes` says how wide it is shown, as HTML does. One that `is_first` on its page is loaded
    before all others, which wait until they are near. `in_list` it stands beside a title, which
    says all; `token` is that of a private preview.
    """
    picture = statement.picture
    if picture is None or not picture.sizes:
        return {}

    def address(filename: str) -> str:
        if token:
            return reverse("statements:preview-picture", args=[token, filename])
        if context.get("in_preview"):
            name = "admin:statements_statement_picture_size"
            return reverse(name, args=[statement.pk, filename])
        return lead_pictures.address(statement, filename)

    shown = picture.sizes_of(WEBP)
    return {
        "picture": picture,
        "statement": statement,
        "srcset": ", ".join(f"{address(one.filename)} {one.width}w" for one in shown),
        "fallback": picture.shown,
        "src": address(picture.shown.filename),
        "sizes": sizes,
        "is_first": is_first,
        "in_list": in_list,
    }

"""schema.org descriptions of a page, as search engines read them (JSON-LD)."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

CONTEXT = "https://schema.org"
# Django's `json_script` escapes the same three, so that nothing ends the script.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script(data: dict[str, Any]) -> SafeString:
    """A data block with what of `data` is not empty. It is never run, so it needs no nonce."""
    described = {"@context": CONTEXT, **without_empty(data)}
    text = json.dumps(
        described, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")
    ).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}

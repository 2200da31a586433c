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
    text = _written({"@context": CONTEXT, **without_empty(data)})
    return mark_safe(f"{_BEFORE}{text}{_AFTER}")  # noqa: S308


_BEFORE, _AFTER = '<script type="application/ld+json">', "</script>"


def _written(data: dict[str, Any]) -> str:
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def more(data: dict[str, Any]) -> SafeString:
    """What a data block says besides, for `with_more`; "" for nothing."""
    filled = without_empty(data)
    return mark_safe("," + _written(filled)[1:-1] if filled else "")  # noqa: S308


def with_more(script: str, more: str) -> SafeString:
    """The data block with `more` at its end."""
    return mark_safe(f"{script.removesuffix('}' + _AFTER)}{more}}}{_AFTER}")  # noqa: S308


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}

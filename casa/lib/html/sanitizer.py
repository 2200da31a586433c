"""The one sanitiser: what the editor can write is what may be stored, by whatever way it comes."""

import re
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField

from casa.lib.html import paste

# What statements need and no more. The toolbar and the allow-list both come from here.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "History": True,
}

# The editor leaves `rel` to the writer; here it is always set, so it is not theirs to give.
_ALLOWED = allowlist_from_extensions(expand_extensions(EXTENSIONS))
_ALLOWED["attributes"]["a"].discard("rel")
_ALLOWED["link_rel"] = "noopener"


def _without_foreign_host(element: str, attribute: str, value: str) -> str | None:
    """Drops links such as "//host" and "\\\\host", which lead off the site without saying how."""
    if attribute != "href":
        return value
    # As browsers read it: blanks and control characters at the start count for nothing, and those
    # that break lines count for nothing anywhere.
    plain = re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value)
    return None if re.match(r"[/\\]{2}", plain) else value


_ALLOWED["attribute_filter"] = _without_foreign_host
_CLEANER = nh3.Cleaner(**_ALLOWED)


DEEPEST = 50
"""Elements in one another. Deeper ones are left out and their words kept: parsers go through all
that are open for each that begins, which took half a minute for 100,000 characters."""

_BEGINS = re.compile(r"<(?=[a-z/!?])", re.IGNORECASE)
_NESTS = re.compile(
    r"<(/?)(?:ul|ol|blockquote|table|div|span|font|section|article)(?=[\s>/])[^<>]*>",
    re.IGNORECASE,
)


def _bounded(html: str) -> str:
    """`html` without what parsers read again and again: tags and comments that never end, which
    become words, and elements deeper than DEEPEST."""
    closed, end, rest = html.rpartition(">")
    commented, end_of_comment, body = f"{closed}{end}".rpartition("-->")
    body = body.replace("<!--", "&lt;!--")
    html = "".join([commented, end_of_comment, body, _BEGINS.sub("&lt;", rest)])
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        is_end = bool(tag[1])
        depth = max(0, depth + (-1 if is_end else 1))
        return tag[0] if depth + is_end <= DEEPEST else ""

    return _NESTS.sub(kept, html)


def clean(html: str) -> str:
    """`html` reduced to what the editor can write; "" when no word is left.

    What comes from a word processor keeps its headings, lists, emphasis and footnote signs.
    """
    html = _bounded(html)
    if paste.IS_FOREIGN.search(html):
        cleaned = paste.without_empty(_CLEANER.clean(paste.rewritten(html)))
    else:
        cleaned = _CLEANER.clean(html).strip()
    return cleaned if strip_tags(cleaned).strip() else ""


class RichTextField(ProseEditorField):
    """HTML from the editor, cleaned on every way into the database.

    The editor's own field cleans in forms only; `save()`, `update()` and `bulk_create()` would
    store a script.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"extensions": EXTENSIONS, "sanitize": clean, **kwargs})

    def clean(self, value: Any, instance: Any) -> str:
        cleaned = super().clean(value, instance)
        if not (cleaned or self.blank):
            # What was typed held no word, only what is not stored: a script, an image.
            raise ValidationError(self.error_messages["blank"], code="blank")
        return cleaned

    def pre_save(self, model_instance: Any, add: bool) -> str:
        cleaned = clean(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, cleaned)
        return cleaned

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value

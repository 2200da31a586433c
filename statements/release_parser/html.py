"""Paragraphs as clean HTML: everything escaped, addresses linked, list items in lists."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby

from .lines import Paragraph

_URL = re.compile(r"https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]’']")
_TAGS = {"bullet": "ul", "number": "ol"}


def body_html(paragraphs: list[Paragraph]) -> str:
    parts: list[str] = []
    for kind, group in groupby(paragraphs, key=lambda paragraph: paragraph.kind):
        if kind in _TAGS:
            items = "".join(f"<li>{_inline(paragraph.text)}</li>" for paragraph in group)
            parts.append(f"<{_TAGS[kind]}>{items}</{_TAGS[kind]}>")
        else:
            tag = "h2" if kind == "heading" else "p"
            parts += [f"<{tag}>{_inline(paragraph.text)}</{tag}>" for paragraph in group]
    return "\n".join(parts)


def _inline(text: str) -> str:
    pieces: list[str] = []
    end = 0
    for match in _URL.finditer(text):
        pieces.append(escape(text[end : match.start()], quote=False))
        pieces.append(f'<a href="{escape(match[0])}">{escape(match[0], quote=False)}</a>')
        end = match.end()
    return "".join([*pieces, escape(text[end:], quote=False)])

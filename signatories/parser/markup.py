"""Markdown, HTML and front matter around the words of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable

Line = tuple[int, str]

_LINK = re.compile(
    r"!?\[([^\[\]]{1,300})\](?:\([^()\s]{0,500}(?:\s\"[^\"]{0,80}\")?\)|\[[^\[\]]{0,40}\])"
)
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,300})(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_]{1,300})(?<=[^\s*_])\1(?![\w*])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_CODE = re.compile(r"`([^`]{1,200})`")
_TICK = re.compile(r"^(\s*[-*+]\s+)\[[ xX✓]?\]\s+")
_ESCAPE = re.compile(r"\\([*_\[\]()#+.!|-])")
_MARKED = re.compile(r"[\[*_<`\\&]")
_ONWARD = re.compile(r"\((?:site|website|web|link|github|homepage|page|profile)\)", re.IGNORECASE)
_QUOTED = re.compile(r"^\s*>[>\s]*+")
_FRONT = re.compile(r"^\s*(?:---|\+\+\+)\s*$")
_KEY = re.compile(r"^\s*(?:[\w-]{1,40}\s*[:=]|-\s|#)")


def plain(text: str) -> str:
    """A line without its markup; its bullet or number stays."""
    text = _QUOTED.sub("", text)
    if not _MARKED.search(text):
        return text
    text = _TICK.sub(r"\1", _CODE.sub(r"\1", _ONWARD.sub(" ", _LINK.sub(r"\1", text))))
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    if "<" in text:
        text = _TAG.sub(lambda tag: tag[0] if "@" in tag[0] or ":" in tag[0] else " ", text)
    text = text.replace("&amp;", "&").replace("&nbsp;", " ")
    return _ESCAPE.sub(r"\1", text)


def _without_whole(text: str) -> str:
    """The line without the comments that end in it."""
    kept: list[str] = []
    while (start := text.find("<!--")) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[:start])
        text = text[end + 3 :]
    return " ".join([*kept, text]) if kept else text


def without_comments(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """The lines outside comments and front matter, and those inside."""
    kept: list[Line] = []
    hidden: list[Line] = []
    inside = front = False
    for line, text in lines:
        if not kept and not hidden and _FRONT.match(text):
            front = True
            hidden.append((line, text))
            continue
        if front:
            front = not _FRONT.match(text)
            hidden.append((line, text))
            continue
        if inside:
            inside = "-->" not in text
            hidden.append((line, text))
            continue
        bare = _without_whole(text)
        if "<!--" in bare:
            inside, bare = True, bare.partition("<!--")[0]
        if bare != text and not bare.strip(" -*"):
            hidden.append((line, text))
        else:
            kept.append((line, bare))
    if front and not any(_FRONT.match(text) for _, text in hidden[1:]):
        return hidden[1:], hidden[:1]  # a line drawn on top, and no front matter
    return kept, hidden

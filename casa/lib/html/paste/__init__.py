"""HTML as word processors put it on the clipboard, turned into the editor's own.

Word, Google Docs, LibreOffice and Pages write what they mean into styles and classes, and copy what
is no part of the text: deleted words, comments, hidden paragraphs. `nodes` reads, `styles` says
what elements look like, `removal` takes out what is no text by the signs in `marks` and `sight`,
`items` finds lists, `writing` writes. What comes out is not safe yet: the sanitizer cleans it in
any case.
"""

import re

from casa.lib.html.left_out import LeftOut
from casa.lib.html.paste import nodes
from casa.lib.html.paste.nodes import TooDeepError
from casa.lib.html.paste.removal import take_out
from casa.lib.html.paste.selectors import TooManyRulesError
from casa.lib.html.paste.styles import apply_styles
from casa.lib.html.paste.writing import written

_OURS = (
    "a|blockquote|br|em|h2|h3|li|ol|p|strong|sup|table|tbody|td|th|thead|tr|ul"  # the editor's tags
)
_ATTRIBUTES = "href|rel|start|type|data-type|colspan|rowspan|lang|title"
IS_FOREIGN = re.compile(
    rf"<(?!/?(?:{_OURS})(?:\s+(?:{_ATTRIBUTES})=(?:\"[^\"<>]*\"|[\w-]+))*\s*/?>)[a-z!?/]",
    re.IGNORECASE,
)
"""Whether HTML holds anything that the editor does not write."""

_EMPTY_BLOCK = re.compile(r"<(p|h2|h3)>(?:\s|&nbsp;|\xa0|<br\s*/?>)*</\1>")
_LOOSE_BREAK = re.compile(r"(^|</(?:p|ul|ol|h2|h3|table|blockquote)>)(?:\s*<br>)+")
_EMPTY_MARK = re.compile(r"<(strong|em|sup)>(\s*)</\1>")


class UnreadableError(Exception):
    """What is no part of the text cannot be told for sure: nothing of it may be stored."""


def rewritten(html: str) -> tuple[str, list[LeftOut]]:
    """`html` with the meaning of its styles in tags, and what is left out of it."""
    try:
        document = nodes.read(html)
        apply_styles(document)
    except (TooDeepError, TooManyRulesError) as error:
        raise UnreadableError from error
    found = take_out(document.root)
    return written(document.root), found


def without_empty(html: str) -> str:
    """Sanitised `html` without the blank paragraphs that stood for distance."""
    html = _EMPTY_BLOCK.sub("", _EMPTY_MARK.sub(r"\2", html))
    return _LOOSE_BREAK.sub(r"\1", html).strip()

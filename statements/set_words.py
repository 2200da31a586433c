"""The words of an edition, and what goes with them, as templates of Typst are given them.

`templates/print/words.typ` sets them: in documents, on sheets to sign, in packets.
"""

import re
import textwrap
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from casa.lib import languages
from casa.lib.html.tree import tree
from casa.lib.moments.words import written_out
from statements.models import Attachment, Edition, Reference, Statement
from statements.public.words import body_beside_ask
from statements.templatetags.reading import earlier_text

SHORT_TITLE = 90  # characters that have room above a page
LINE, COLUMN = 64, 26  # letters without a space that have room in a line, and in a column of names
BROKEN_AFTER = 10  # letters
ZERO_WIDTH_SPACE = "\u200b"


def language(code: str) -> dict[str, Any]:
    """What Typst wants to know of a language code such as "az" or "pt-br"."""
    language, _, rest = code.partition("-")
    region = rest.upper() if len(rest) == 2 else None
    return {"lang": language, "region": region, "rtl": languages.is_rtl(code)}


def isolated(text: str) -> str:
    """`text` as it stands in a sentence that runs to the left, where it keeps its own direction."""
    return f"\u2068{text}\u2069" if languages.is_rtl(languages.interface()) else text


def words(edition: Edition) -> dict[str, Any]:
    statement = edition.statement
    title = edition.title
    dated = written_out(statement.dated_on or statement.publish_at)
    return {
        "title": title,
        "heading": breakable(title, COLUMN),
        "running_title": title if len(title) <= SHORT_TITLE else f"{title[:SHORT_TITLE]}…",
        "description": edition.summary or title,
        "kicker": [
            part for part in (str(statement.get_kind_display()), statement.place, dated) if part
        ],
        "summary": paragraphs(edition.summary),
        "body": body(body_beside_ask(edition)),
        "ask": paragraphs(edition.ask),
    }


def body(html: str) -> list[Any]:
    """Sanitised HTML as statement.typ sets it."""
    return [_ready(node) for node in tree(html)]


def _ready(node: Any) -> Any:
    """A node of the tree as the template needs it: lines that can be broken, links that say if
    their address has to be told because their words do not, and no heading without words.
    """
    if isinstance(node, str):
        return breakable(node, LINE)
    text = _text(node)
    if node["tag"] == "a":
        node["noted"] = node["href"].removeprefix("mailto:").rstrip("/") not in text
    elif "level" in node and not text.strip():
        node["tag"] = "p"
    for name in ("children", "cells"):
        if name in node:
            node[name] = [_ready(child) for child in node[name]]
    return node


def _text(node: Any) -> str:
    return node if isinstance(node, str) else "".join(_text(one) for one in node["children"])


def paragraphs(text: str) -> list[list[str]]:
    """Plain text as paragraphs, each a list of its lines."""
    blocks = breakable(text, LINE).replace("\r\n", "\n").strip().split("\n\n")
    return [block.strip().split("\n") for block in blocks if block.strip()]


def breakable(text: str, room: int) -> str:
    """`text`, where a word of more letters than there is room for may go on in the next line."""
    parts = re.split(rf"(\S{{{room},}})", text)
    return "".join(
        ZERO_WIDTH_SPACE.join(textwrap.wrap(part, BROKEN_AFTER)) if at % 2 else part
        for at, part in enumerate(parts)
    )


def behind(edition: Edition) -> str:
    """That the words are of an earlier text; "" where they are not."""
    earlier = earlier_text(edition)
    if earlier is None:
        return ""
    told = gettext(
        "This translation is of the earlier text of %(date)s; the original has been corrected."
    )
    return told % {"date": written_out(earlier.at)}


def cited(reference: Reference) -> dict[str, str]:
    is_named = reference.identifier and reference.identifier != reference.title
    title = f"{reference.title}, {reference.identifier}" if is_named else reference.title
    return {"title": breakable(title, LINE), "url": reference.url}


def attached(statement: Statement, attachment: Attachment) -> dict[str, str]:
    arguments = [statement.slug, attachment.pk]
    return {
        "title": breakable(attachment.title, LINE),
        "url": settings.SITE_URL + reverse("statements:attachment", args=arguments),
    }

"""The one sanitiser: what the editor can write is what may be stored, by whatever way it comes."""

import re
from dataclasses import dataclass, field
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField

from casa.lib.html import links, numbering, paste
from casa.lib.html.left_out import Kind, LeftOut, left_out
from casa.lib.text import without_invisible

# What statements need and no more. The toolbar and the allow-list both come from here.
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": {
        "listTypes": [
            {"label": f"{numbering.sign(one, 1)} {numbering.sign(one, 2)}", "type": one}
            for one in numbering.TYPES
        ]
    },
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


_ALLOWED["attributes"]["*"] = {"lang"}
_ALLOWED["attributes"]["ol"] = {"start", "type", "data-type"}


def _kept_value(element: str, attribute: str, value: str) -> str:
    return links.completed(without_invisible(value)[0]) if attribute == "href" else value


_ALLOWED["attribute_filter"] = _kept_value
_CLEANER = nh3.Cleaner(**_ALLOWED)


DEEPEST = 50
"""Elements in one another. Deeper ones are left out and their words kept: parsers go through all
that are open for each that begins, which took half a minute for 100,000 characters."""

_BEGINS = re.compile(r"<(?=[a-z/!?])", re.IGNORECASE)
_NESTS = re.compile(
    r"<(/?)(?:ul|ol|blockquote|table|div|span|font|section|article|b|i|em|strong|sup|a)(?=[\s>/])[^<>]*>",
    re.IGNORECASE,
)


def _with_ends(html: str) -> str:
    """`html` with tags and comments that never end as words: parsers read them again and again."""
    closed, end, rest = html.rpartition(">")
    commented, end_of_comment, body = f"{closed}{end}".rpartition("-->")
    body = body.replace("<!--", "&lt;!--")
    return "".join([commented, end_of_comment, body, _BEGINS.sub("&lt;", rest)])


def _shallow(html: str) -> str:
    """`html` without elements deeper than DEEPEST."""
    depth = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth
        is_end = bool(tag[1])
        depth = max(0, depth + (-1 if is_end else 1))
        return tag[0] if depth + is_end <= DEEPEST else ""

    return _NESTS.sub(kept, html)


_LIST = re.compile(r'<ol((?: [\w-]{1,20}="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([\w-]{1,20})="([^"]*)"')


def _canonical_list(tag: re.Match[str]) -> str:
    """The beginning of a numbered list in its one form, whichever way its numbers were said."""
    return numbering.opening(numbering.first_number(dict(_ATTRIBUTE.findall(tag[1]))))


LONGEST = 1_000_000  # characters
MOST_TAGS = 25_000
"""A hundred pages of Word have fewer. Each takes time, whatever is in it."""
MOST_ENTITIES = 100_000
"""Signs written as "&amp;". The cleaner goes back over those that it has written for each."""


@dataclass(frozen=True)
class Cleaned:
    """HTML as it is stored, what was left out of it, and the links that are refused."""

    html: str
    left_out: list[LeftOut] = field(default_factory=list)
    bad_links: list[links.BadLink] = field(default_factory=list)
    refusal: str = ""
    """Why it cannot be read in whole, in a sentence: nothing of it is pasted or stored then."""


def _refusal(html: str) -> str:
    """Judged by what costs nothing to count."""
    if len(html) > LONGEST:
        return _("This is too long to paste at once.")
    if html.count("<") > MOST_TAGS or html.count("&") > MOST_ENTITIES:
        return _too_much()
    return ""


def _too_much() -> str:
    return _("This has too much formatting to read. Paste a smaller part, or its words alone.")


def clean(html: str) -> str:
    """`html` reduced to what the editor can write; "" when no word is left."""
    return cleaned(html).html


def cleaned(html: str) -> Cleaned:
    """`html` as `clean` gives it, with what that leaves out.

    What comes from a word processor keeps its headings, lists, emphasis and footnote signs. Nothing
    stays that is no part of its text, no link whose address is not full, and no character that
    nobody sees.
    """
    if refusal := _refusal(html):
        return Cleaned("", refusal=refusal)
    html = _with_ends(html)
    found: list[LeftOut] = []
    if paste.IS_FOREIGN.search(html):
        try:
            html, found = paste.rewritten(html)
        except paste.UnreadableError:
            refusal = _too_much()
        html = paste.without_empty(_CLEANER.clean(_shallow(html)))
    else:
        html = _CLEANER.clean(_shallow(html)).strip()
    visible, invisible = without_invisible(_LIST.sub(_canonical_list, html), is_html=True)
    visible, bad_links = links.checked(visible)
    if invisible:
        found.append(left_out(Kind.INVISIBLE, number=invisible))
    return Cleaned(visible if strip_tags(visible).strip() else "", found, bad_links, refusal)


def pasted(html: str) -> Cleaned:
    """As `cleaned`, for words that are on their way into the editor: a link that would be refused
    is left out, and its words stay."""
    found = cleaned(html)
    if found.refusal:
        return Cleaned("", refusal=found.refusal)
    left = [left_out(Kind.LINK, one.address or one.words) for one in found.bad_links if one.words]
    return Cleaned(links.without_dead_links(found.html), [*found.left_out, *left])


_NOTED = "_left_out"


def left_out_of(instance: Any) -> list[LeftOut]:
    """What the last validation of `instance` left out of its rich texts."""
    noted: dict[str, list[LeftOut]] = instance.__dict__.get(_NOTED, {})
    return [thing for things in noted.values() for thing in things]


class RichTextField(ProseEditorField):
    """HTML from the editor, cleaned on every way into the database.

    The editor's own field cleans in forms only; `save()`, `update()` and `bulk_create()` would
    store a script.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"extensions": EXTENSIONS, "sanitize": clean, **kwargs})

    def clean(self, value: Any, instance: Any) -> str:
        """Like Django's; what was left out is noted on `instance` (see `left_out_of`)."""
        result = cleaned(str(value)) if value else Cleaned("")
        if result.refusal:
            raise ValidationError(result.refusal, code="refused")
        plain: str = super().clean(result.html or value, instance)
        if not (plain or self.blank):
            # What was typed held no word, only what is not stored: a script, an image.
            raise ValidationError(self.error_messages["blank"], code="blank")
        if result.bad_links:
            raise ValidationError(links.sentences(result.bad_links), code="link")
        instance.__dict__.setdefault(_NOTED, {})[self.attname] = result.left_out
        return plain

    def pre_save(self, model_instance: Any, add: bool) -> str:
        stored = _stored(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, stored)
        return stored

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return _stored(value) if isinstance(value, str) else value


def _stored(html: str) -> str:
    result = cleaned(html)
    if result.refusal:
        raise ValidationError(result.refusal, code="refused")
    return result.html

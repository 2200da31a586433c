"""Signatures of mails that a line begins: "-- " (RFC 3676, 4.3), or a break that Apple marks."""

from collections.abc import Iterator

from casa.lib.html.left_out import Kind, LeftOut, left_out
from casa.lib.html.paste.nodes import BLOCKS, HEADINGS, Element
from casa.lib.html.paste.signature_words import Verdict, has_contact, judge, lines_of

APPLE_BREAK = "linebreakatbeginningofsignature"
_LINES = ("-- ", "--\xa0")
_BARE = "--"
"""What is left of such a line where blanks at its end were cut: a line of dashes, as a rule."""
_CLOSED = HEADINGS | {"table", "ul", "ol", "menu", "dl", "blockquote", "pre"}
"""What a line of dashes in it parts, and no mail is written in."""
_GOES_ON = HEADINGS | {"ul", "ol", "blockquote"}
_QUOTE_NAMES = frozenset({
    "gmail_quote", "gmail_attr", "moz-cite-prefix", "moz-forward-container", "yahoo_quoted",
    "appendonsend", "divrplyfwdmsg",
})  # fmt: skip

_ABOVE_QUOTE = "-----"
"""Mail programs put "---------- Forwarded message" or "-----Original Message-----" there."""


def without_signature_lines(root: Element, found: list[LeftOut], *, is_mail: bool) -> None:
    """Take out what stands below such a line, as far as the element around it goes.

    What may be text that goes on stays, and is noted. `is_mail` unless a word processor wrote it.
    """
    for holder in list(_holders(root)):
        if holder.tag == "pre":
            _shorten(holder, found)
        elif _take_last(holder, found, is_mail=is_mail):
            _take_last(holder, found, is_mail=False)  # another above it, if it says so itself


def _holders(element: Element) -> Iterator[Element]:
    """What a mail is written in: nothing in a table, a list or a quote."""
    below = [element]
    while below:
        holder = below.pop()
        yield holder
        below += [
            one
            for one in reversed(holder.children)
            if isinstance(one, Element) and (one.tag not in _CLOSED or one.tag == "pre")
        ]


def _last_line(holder: Element) -> int:
    children = holder.children
    places = (at for at in range(len(children) - 1, -1, -1) if _line(holder, at))
    return next(places, -1)


def _line(holder: Element, at: int) -> str:
    """The dashes, if a line of them, or a paragraph that begins with one, is there."""
    child = holder.children[at]
    if isinstance(child, Element):
        is_alone = child.tag in ("div", "p") and not any(
            one.tag in BLOCKS for one in child.elements()
        )
        first = child.text.lstrip("\r\n\t").partition("\n")[0] if is_alone else ""
    else:
        around = [*holder.children[max(0, at - 1) : at], *holder.children[at + 1 : at + 2]]
        is_between = len(around) == 2 and all(
            isinstance(one, Element) and one.tag in ("br", "div") for one in around
        )
        first = child if is_between else ""
    first = first.strip("\r\n\t")
    return first if first in _LINES or first.strip() == _BARE else ""


def _take_last(holder: Element, found: list[LeftOut], *, is_mail: bool) -> bool:
    at = _last_line(holder)
    return at >= 0 and _take(holder, at, found, is_mail=is_mail)


def _take(holder: Element, at: int, found: list[LeftOut], *, is_mail: bool) -> bool:
    """Whether a signature begins there, which is gone then."""
    line, own = _line(holder, at), holder.children[at]
    below = holder.children[at + 1 :]
    end = next((n for n, one in enumerate(below) if _is_quote(one)), len(below))
    signature = Element("div", {}, [own, *below[:end]])
    lines = lines_of(signature)[1:]
    if not lines:
        return False
    is_in_mail = is_mail and "p" not in (holder.tag, own.tag if isinstance(own, Element) else "")
    goes_on = any(one.tag in _GOES_ON for one in signature.elements())
    verdict = judge(lines, is_in_mail=is_in_mail and line in _LINES)
    if line not in _LINES and not has_contact(lines):
        return False
    if verdict is Verdict.SIGNATURE and not goes_on:
        found.append(left_out(Kind.SIGNATURE, "\n".join(lines)))
        holder.children[at:] = below[end:]
        return True
    if not goes_on or has_contact(lines):
        found.append(left_out(Kind.DOUBTFUL, "\n".join(lines)))
    return False


def _shorten(pre: Element, found: list[LeftOut]) -> None:
    """Mails in plain text; listings have such lines in their midst."""
    for at, child in enumerate(pre.children):
        if isinstance(child, str) and "\n-- \n" in child and at == len(pre.children) - 1:
            body, _line, words = child.rpartition("\n-- \n")
            if words.strip() and judge(words.split("\n"), is_in_mail=True) is Verdict.SIGNATURE:
                pre.children[at] = body
                found.append(left_out(Kind.SIGNATURE, words))
            elif words.strip():
                found.append(left_out(Kind.DOUBTFUL, words))


def _is_quote(one: Element | str) -> bool:
    if isinstance(one, str):
        return one.lstrip().startswith(_ABOVE_QUOTE)
    is_named = not _QUOTE_NAMES.isdisjoint(one.names)
    first = next((piece for piece in one.pieces() if piece.strip()), "")
    return is_named or _quotes(one) or first.lstrip().startswith(_ABOVE_QUOTE)


def with_apple_signature(children: list[Element | str]) -> list[Element | str]:
    """`children` with what stands below Apple's marked break in one signature, to be taken out."""
    for at, child in enumerate(children):
        if isinstance(child, Element) and child.names[-1] == APPLE_BREAK:
            below = children[at + 1 :]
            quote = next(
                (n for n, one in enumerate(below) if isinstance(one, Element) and _quotes(one)),
                len(below),
            )
            signature = Element("div", {"class": "apple-mail-signature"}, below[:quote])
            return [*children[:at], signature, *below[quote:]]
    return children


def _quotes(element: Element) -> bool:
    return element.tag == "blockquote" or any(one.tag == "blockquote" for one in element.elements())

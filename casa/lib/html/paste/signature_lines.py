"""Signatures of mails that a line begins: "-- " (RFC 3676, 4.3), or a break that Apple marks."""

from collections.abc import Iterator

from casa.lib.html.left_out import Kind, LeftOut, left_out
from casa.lib.html.paste.nodes import BLOCKS, HEADINGS, Element

APPLE_BREAK = "linebreakatbeginningofsignature"
LONGEST = 1_000  # characters: what goes on for longer is no signature
_LINES = ("-- ", "--\xa0")
_WRITTEN_IN = frozenset({"html", "body", "div"})
_NO_SIGNATURE = HEADINGS | {"p", "ul", "ol", "table"}
_QUOTE_NAMES = frozenset({
    "gmail_quote", "gmail_attr", "moz-cite-prefix", "moz-forward-container", "yahoo_quoted",
    "appendonsend", "divrplyfwdmsg",
})  # fmt: skip


def without_signature_lines(root: Element, found: list[LeftOut]) -> None:
    """Take out what stands below such a line, as far as the element around it goes."""
    for holder in list(_holders(root)):
        if holder.tag == "pre":
            _shorten(holder, found)
        elif (at := _last_line(holder)) >= 0:
            _take(holder, at, found)


def _holders(element: Element) -> Iterator[Element]:
    """What a mail is written in: nothing in a table, a list, a paragraph or a quote."""
    below = [element]
    while below:
        holder = below.pop()
        yield holder
        below += [
            one
            for one in reversed(holder.children)
            if isinstance(one, Element) and (one.tag in _WRITTEN_IN or _is_plain_mail(one))
        ]


def _is_plain_mail(element: Element) -> bool:
    return element.tag == "pre" and any(name.startswith("moz-") for name in element.names)


def _last_line(holder: Element) -> int:
    children = holder.children
    places = [at for at, child in enumerate(children) if _is_line(holder, at, child)]
    return places[-1] if places else -1


def _is_line(holder: Element, at: int, child: Element | str) -> bool:
    if isinstance(child, Element):
        is_alone = child.tag == "div" and not any(one.tag in BLOCKS for one in child.elements())
        return is_alone and child.text.strip("\r\n\t") in _LINES
    around = [*holder.children[max(0, at - 1) : at], *holder.children[at + 1 : at + 2]]
    return (
        holder.tag == "div"
        and len(around) == 2
        and child.strip("\r\n\t") in _LINES
        and all(isinstance(one, Element) and one.tag in ("br", "div") for one in around)
    )


def _take(holder: Element, at: int, found: list[LeftOut]) -> None:
    below = holder.children[at + 1 :]
    end = next((n for n, one in enumerate(below) if _is_quote(one)), len(below))
    signature = Element("div", {}, below[:end])
    has_form = any(one.tag in _NO_SIGNATURE for one in signature.elements())
    if not (has_form or signature.is_blank) and len(signature.text) <= LONGEST:
        found.append(left_out(Kind.SIGNATURE, signature.text))
        holder.children[at:] = below[end:]


def _shorten(pre: Element, found: list[LeftOut]) -> None:
    for at, child in enumerate(pre.children):
        if isinstance(child, str) and "\n-- \n" in child:
            body, _line, words = child.rpartition("\n-- \n")
            if words.strip() and len(words) <= LONGEST and at == len(pre.children) - 1:
                pre.children[at] = body
                found.append(left_out(Kind.SIGNATURE, words))


def _is_quote(one: Element | str) -> bool:
    return isinstance(one, Element) and (_quotes(one) or not _QUOTE_NAMES.isdisjoint(one.names))


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

"""Signatures of mails that a line begins: "-- " (RFC 3676, 4.3), or a break that Apple marks."""

from collections.abc import Iterator

from casa.lib.html.left_out import Kind, LeftOut, left_out
from casa.lib.html.paste.nodes import BLOCKS, Element

APPLE_BREAK = "linebreakatbeginningofsignature"
LONGEST = 1_000  # characters: what goes on for longer is no signature


def without_signature_lines(root: Element, found: list[LeftOut]) -> None:
    """Take out what stands below the last such line, where that is short."""
    lines = list(_texts(root, is_first=True))
    below = 0
    for position in range(len(lines) - 1, -1, -1):
        holder, at, begins = lines[position]
        text = str(holder.children[at])
        if begins and text.strip("\r\n\t") in ("-- ", "--\xa0") and below:
            words = _take(lines[position:])
            found.append(left_out(Kind.SIGNATURE, words))
            return
        below += len(text.strip())
        if below > LONGEST:
            return


def _texts(element: Element, *, is_first: bool) -> Iterator[tuple[Element, int, bool]]:
    """(where, the place there, whether it begins a line) of every text that is not blank."""
    for at, child in enumerate(element.children):
        if isinstance(child, str):
            if child.strip():
                yield element, at, is_first
                is_first = False
        elif child.tag == "br":
            is_first = True
        else:
            is_first = is_first or child.tag in BLOCKS
            for found in _texts(child, is_first=is_first):
                yield found
                is_first = False
            is_first = is_first or child.tag in BLOCKS


def _take(lines: list[tuple[Element, int, bool]]) -> str:
    words = []
    for holder, at, _begins in lines[1:]:
        words.append(str(holder.children[at]))
    for holder, at, _begins in lines:
        holder.children[at] = ""
    return " ".join(words)


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

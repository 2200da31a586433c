"""Takes out of a document what is no part of its text, and notes it."""

from dataclasses import dataclass

from casa.lib.html.left_out import Kind, LeftOut, left_out
from casa.lib.html.paste import marks
from casa.lib.html.paste.fields import without_field_codes
from casa.lib.html.paste.nodes import BLOCKS, Element, is_sign
from casa.lib.html.paste.sight import cover_unseen
from casa.lib.html.paste.signature_lines import with_apple_signature, without_signature_lines
from casa.lib.html.paste.signature_words import Verdict, has_contact, judge, lines_of
from casa.lib.html.paste.symbols import spell_symbols

_DELETED = (Kind.DELETION, Kind.STRUCK, Kind.HIDDEN)
"""What the program itself does not count as an item when it is gone."""
COUNTED_BLANK = (Kind.DELETION, Kind.EMBEDDED)
"""What is noted though it holds no word."""


def take_out(root: Element) -> list[LeftOut]:
    """Leave the text alone in `root`; what was left out, in the order of the document."""
    found: list[LeftOut] = []
    without_field_codes(root, found)
    taker = _Taker(is_of_outlook=marks.is_of_outlook(root))
    is_mail = not marks.is_of_word_processor(root)
    cover_unseen(root, is_on_white=marks.is_on_white(root))
    taker.take_google_comments(root)
    taker.clear(root)
    found += taker.found
    spell_symbols(root, found)
    without_signature_lines(root, found, is_mail=is_mail)
    anchors = taker.anchors - sum(one.kind is Kind.COMMENT for one in found)
    found += [left_out(Kind.COMMENT)] * max(0, anchors)
    return found


@dataclass
class _Passage:
    kind: Kind
    pieces: list[str]


class _Taker:
    def __init__(self, *, is_of_outlook: bool) -> None:
        self._notes: list[LeftOut | _Passage] = []
        self._is_of_outlook = is_of_outlook
        self._last: Kind | None = None  # what was noted, until a character stays after it
        self._is_inserting = False
        self.anchors = 0

    @property
    def found(self) -> list[LeftOut]:
        return [
            one if isinstance(one, LeftOut) else left_out(one.kind, " ".join(one.pieces))
            for one in self._notes
        ]

    def clear(self, element: Element) -> None:
        kept: list[Element | str] = []
        for child in with_apple_signature(element.children):
            if isinstance(child, str):
                kept.append(child)
                self._last = None if child and not self._is_inserting else self._last
                continue
            if (instead := self._judge(child)) is not None:
                kept.append(instead)
            element.is_shortened |= child.is_shortened
        element.children = kept

    def _judge(self, element: Element) -> Element | str | None:
        """What stays in the place of `element`; None for nothing."""
        if element.tag in marks.CODE:
            return None
        if marks.is_comment_list(element):
            self._take_comments(element)
            return None
        if marks.is_comment_anchor(element):
            self.anchors += "a" in {element.tag, *(one.tag for one in element.elements())}
            return None
        kind = self._kind(element)
        if kind is Kind.PICTURE:
            return self._take_picture(element)
        if kind is not None:
            element.is_shortened = kind in _DELETED
            self._take(element, kind)
            return None
        self._keep(element)
        return element

    def _keep(self, element: Element) -> None:
        self._pass_block(element)
        if is_sign(element):
            self._clear_sign(element)
        elif marks.is_insertion(element) and not self._is_inserting:
            self._accept(element)
        else:
            self.clear(element)
        self._pass_block(element)

    def _clear_sign(self, sign: Element) -> None:
        """Nobody misses a number that moved on, or the picture of a bullet."""
        before = self._notes, self._last
        self._notes = []
        self.clear(sign)
        self._notes, self._last = before

    def _kind(self, element: Element) -> Kind | None:
        if marks.is_outlook_signature(element) and (
            self._is_of_outlook or judge(lines_of(element), is_in_mail=False) is Verdict.SIGNATURE
        ):
            return Kind.SIGNATURE
        if marks.is_called_signature(element) and has_contact(lines_of(element)):
            return Kind.SIGNATURE
        return marks.kind_of(element)

    def _pass_block(self, element: Element) -> None:
        """A change ends with its paragraph; mail programs mark each line of a signature."""
        if element.tag in BLOCKS and self._last is not Kind.SIGNATURE:
            self._last = None

    def _accept(self, element: Element) -> None:
        before, self._is_inserting = self._last, True
        self.clear(element)
        self._is_inserting = False
        if not element.is_blank:
            self._last = before if self._last is before else None
            self._note(Kind.INSERTION, element.lines)

    def _take(self, element: Element, kind: Kind) -> None:
        if kind is Kind.COMMENT:
            self._take_comment(element)
        elif kind in COUNTED_BLANK or not element.is_blank:
            self._note(kind, element.lines)

    def _note(self, kind: Kind, words: str) -> None:
        """Word cuts a change in pieces where its type changes; they are one."""
        before = self._notes[-1] if self._notes else None
        if self._last is kind and isinstance(before, _Passage) and before.kind is kind:
            before.pieces.append(words)
        else:
            self._notes.append(_Passage(kind, [words]))
        self._last = kind

    def _take_picture(self, element: Element) -> str | None:
        if marks.emoji(element) or marks.is_decoration(element):
            return marks.emoji(element) or None
        source = marks.kept_by_browser(element)
        self._notes.append(left_out(Kind.PICTURE, marks.name_of(element), source=source))
        return None

    def _take_comments(self, comments: Element) -> None:
        for one in comments.elements():
            if one.style.get("mso-element") == "comment":
                self._take_comment(one)

    def _take_comment(self, comment: Element) -> None:
        for one in [comment, *comment.elements()]:
            one.children = [
                child
                for child in one.children
                if isinstance(child, str) or not marks.is_comment_anchor(child)
            ]
        if not comment.is_blank:
            self._notes.append(left_out(Kind.COMMENT, comment.lines))

    def take_google_comments(self, root: Element) -> None:
        """Google puts the comments below the document, each behind a sign that leads back."""
        holders = [root, *root.elements()]
        if not any(marks.is_own_comment_mark(one) for one in holders):
            return
        for holder in holders:
            kept: list[Element | str] = []
            open_comment: Element | None = None
            for child in holder.children:
                if isinstance(child, Element) and _is_google_comment(child):
                    self._end_comment(open_comment)
                    open_comment = Element("div", {}, [child])
                elif open_comment and _goes_on(open_comment, child):
                    open_comment.children.append(child)
                else:
                    self._end_comment(open_comment)
                    open_comment = None
                    kept.append(child)
            self._end_comment(open_comment)
            holder.children = kept

    def _end_comment(self, comment: Element | None) -> None:
        if comment is not None:
            self._take_comment(comment)


def _is_google_comment(element: Element) -> bool:
    """Google puts the paragraphs of a comment, and nothing else, in an element of their own."""
    is_frame = element.tag in ("div", "td") and all(
        one.tag == "p" if isinstance(one, Element) else not one.strip() for one in element.children
    )
    return (element.tag == "p" or is_frame) and _begins_with_mark(element)


def _goes_on(comment: Element, child: Element | str) -> bool:
    """Whether the paragraphs of a comment that has no element of its own go on.

    Google puts the comments last, so that no text follows them.
    """
    begun = comment.children[0]
    is_loose = isinstance(begun, Element) and begun.tag == "p"
    is_next = child.tag == "p" if isinstance(child, Element) else not child.strip()
    return is_loose and is_next


def _begins_with_mark(element: Element) -> bool:
    """Whether the sign of a comment is the first thing in it."""
    for child in element.children:
        if isinstance(child, Element):
            return marks.is_own_comment_mark(child) or _begins_with_mark(child)
        if child.strip():
            return False
    return False

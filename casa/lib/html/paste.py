"""HTML as word processors put it on the clipboard, turned into the editor's own.

Word and Google Docs write what they mean into styles and classes: "b" that is not bold, lists that
are paragraphs, footnotes that are links. What means something is rewritten here; everything else
is left to the sanitiser, which runs afterwards in any case (casa/lib/html.py).
"""

import re
from html import escape
from html.parser import HTMLParser

IS_FOREIGN = re.compile(
    r"<(?:b|i|h1|h[4-6]|div|span|font|section|article)(?=[\s>/])|<!--|<!\[|<\w+:\w"
    r"|<[^<>]*\s(?:style|class|name)=",
    re.IGNORECASE,
)
MOST_OPEN = 100
"""Elements that are open at once. Paragraphs that nobody closes would be gone through for each."""

_RENAMED = {
    "b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p",
    "section": "p", "article": "p",
}  # fmt: skip
_DROPPED = {"script", "style", "head", "title", "xml", "o:p", "template", "noscript"}
_VOID = {"br", "hr", "img", "meta", "link", "col", "input", "wbr", "area", "base"}
_INLINE = {"strong", "em", "sup", "a"}
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,3}|[a-z]{1,4})[.)]", re.IGNORECASE)
_LIST_LEVEL = re.compile(r"mso-list:[^;]{0,100}\blevel(\d)", re.IGNORECASE)
_EMPTY_BLOCK = re.compile(r"<(p|h2|h3)>(?:\s|&nbsp;|\xa0|<br\s*/?>)*</\1>")
_LOOSE_BREAK = re.compile(r"(^|</(?:p|ul|ol|h2|h3|table|blockquote)>)(?:\s*<br>)+")
_EMPTY_MARK = re.compile(r"<(strong|em|sup)>(\s*)</\1>")


def rewritten(html: str) -> str:
    """`html` with the meaning of its styles in tags. Not safe yet: sanitise what comes out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.finished()


def without_empty(html: str) -> str:
    """Sanitised `html` without the blank paragraphs that stood for distance."""
    html = _EMPTY_BLOCK.sub("", _EMPTY_MARK.sub(r"\2", html))
    return _LOOSE_BREAK.sub(r"\1", html).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._open: list[tuple[str, list[str]]] = []  # what came, and the tags written for it
        self._lists: list[str] = []  # the lists that paragraphs in Word's list style have opened
        self._item_at = -1  # where in the output the list item begins that is being read
        self._level = 0
        self._bullet: str | None = None  # the sign before a list item while it is being read
        self._dropped = 0

    # What comes in

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._dropped or tag in _DROPPED:
            self._dropped += tag not in _VOID
            return
        if tag in _VOID:
            self._out.append("<br>" if tag == "br" else "")
            return
        if len(self._open) >= MOST_OPEN:
            self._finish(self._open.pop()[1])
        style = given.get("style", "").replace(" ", "").lower()
        if "mso-list:ignore" in style:
            self._bullet = self._bullet or ""
            self._open.append((tag, ["bullet"]))
        elif tag in ("p", "h1", "h2", "h3") and (
            level := _LIST_LEVEL.search(given.get("style", ""))
        ):
            self._begin_item(tag, int(level[1]))
        else:
            self._begin(tag, given, style)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br" and not self._dropped:
            self._out.append("<br>")

    def handle_endtag(self, tag: str) -> None:
        if self._dropped:
            self._dropped -= tag not in _VOID
            return
        if tag not in [name for name, _written in self._open]:
            return
        while self._open:
            name, written = self._open.pop()
            self._finish(written)
            if name == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._dropped:
            return
        if self._bullet is not None:
            self._bullet += data
        elif data.strip() or not self._lists or self._item_at >= 0:
            self._out.append(escape(data, quote=False))

    def handle_comment(self, data: str) -> None:
        self._conditional(data)

    def unknown_decl(self, data: str) -> None:
        self._conditional(data)

    def _conditional(self, data: str) -> None:
        """Word's "[if !supportLists]" holds the sign that it puts before a list item."""
        if "supportLists" in data:
            self._bullet = self._bullet or ""
        elif "endif" in data and self._bullet is not None:
            self._end_bullet()

    # What goes out

    def _begin(self, tag: str, given: dict[str, str], style: str) -> None:
        written = self._tags_for(tag, given, style)
        if self._lists and tag not in ("span", "font") and written and written[0] not in _INLINE:
            self._end_lists()
        if tag in ("ul", "ol") and self._open and self._open[-1][0] in ("ul", "ol"):
            written = self._list_in_list(tag)
        else:
            self._out += [_opening(name, given) for name in written]
        self._open.append((tag, written))

    def _list_in_list(self, tag: str) -> list[str]:
        """A list right inside a list (Google Docs) belongs to the item before it."""
        while self._out and not self._out[-1].strip():
            self._out.pop()
        if self._out and self._out[-1] == "</li>":
            self._out[-1] = f"<{tag}>"
        else:
            self._out.append(f"<li><{tag}>")
        return ["li", tag]

    def _tags_for(self, tag: str, given: dict[str, str], style: str) -> list[str]:
        if tag == "a":
            return self._link(given)
        name = _RENAMED.get(tag, tag)
        written = [] if tag in ("span", "font") else [name]
        if name == "strong" and re.search(r"(?<![\w-])font-weight:(normal|[1-4]00)", style):
            written = []  # Google Docs wraps everything it copies in a "b" that is not bold
        if name in ("h2", "h3"):
            return written
        styled = {
            "strong": r"(?<![\w-])font-weight:(bold|[6-9]00)",
            "em": r"font-style:(italic|oblique)",
            "sup": r"vertical-align:super",
        }
        if "MsoFootnoteReference" in given.get("class", ""):
            written.append("sup")
        written += [
            mark for mark, sign in styled.items() if mark not in written and re.search(sign, style)
        ]
        inside = {name for _tag, names in self._open for name in names} & _INLINE
        return [name for name in written if name not in inside]

    @staticmethod
    def _link(given: dict[str, str]) -> list[str]:
        """A footnote's sign leads nowhere here, and a bookmark never did."""
        href = given.get("href", "")
        if href and not href.startswith("#"):
            return ["a"]
        return ["sup"] if re.match(r"#_?(ftn|edn|ftnt|footnote)", href) else []

    def _begin_item(self, tag: str, level: int) -> None:
        self._bullet = None
        self._level = level
        self._item_at = len(self._out)
        self._open.append((tag, ["item"]))

    def _end_bullet(self) -> None:
        sign, self._bullet = self._bullet or "", None
        if self._item_at >= 0:
            self._place_item("ol" if _NUMBERED.match(sign) else "ul")

    def _place_item(self, kind: str) -> None:
        """Open and close lists until the item stands at its level."""
        opening: list[str] = []
        while len(self._lists) > self._level:
            opening.append(f"</li></{self._lists.pop()}>")
        if len(self._lists) == self._level:
            opening.append("</li>")
        while len(self._lists) < self._level:
            self._lists.append(kind)
            opening.append(f"<{kind}>" if len(self._lists) == self._level else f"<{kind}><li>")
        self._out.insert(self._item_at, "".join([*opening, "<li><p>"]))
        self._item_at = -1

    def _finish(self, written: list[str]) -> None:
        if written == ["bullet"]:
            if self._bullet is not None:
                self._end_bullet()
        elif written == ["item"]:
            if self._item_at >= 0:  # it had no sign of its own
                self._place_item(self._lists[-1] if self._lists else "ul")
            self._out.append("</p>")
        else:
            self._out += [f"</{name}>" for name in reversed(written)]

    def _end_lists(self) -> None:
        while self._lists:
            self._out.append(f"</li></{self._lists.pop()}>")

    def finished(self) -> str:
        while self._open:
            self._finish(self._open.pop()[1])
        self._end_lists()
        return "".join(self._out)


def _opening(name: str, given: dict[str, str]) -> str:
    kept = ("href",) if name == "a" else ("colspan", "rowspan", "start")
    attributes = "".join(f' {key}="{escape(given[key])}"' for key in kept if key in given)
    return f"<{name}{attributes}>"

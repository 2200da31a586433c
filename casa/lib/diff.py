"""The difference between two wordings, word by word, as a reader sees it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from diff_match_patch import diff_match_patch
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from casa.lib.text import normal

SAME, REMOVED, ADDED = 0, -1, 1

SECONDS = 2.0
"""How long a difference may be looked for; after that it is coarser, never wrong."""

# A word is what stands between blanks and punctuation, whatever the script; a Chinese or
# Japanese character is a word of its own, since nothing stands between those.
_CHARACTER = "\u3040-\u30ff\u3400-\u9fff"
_PUNCTUATION = r".,;:!?()\[\]\"“”„«»…—–/"
_TOKEN = re.compile(
    rf"[{_CHARACTER}]|\n|[^\S\n]+|[^\s{_PUNCTUATION}{_CHARACTER}]+|[{_PUNCTUATION}]"
)
_IS_HTML = re.compile(r"\s*<(p|h[1-6]|ul|ol|blockquote|table)[\s>]", re.IGNORECASE)
_FIRST_CODE = 0xE000  # one character per distinct token, beyond the surrogates
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

HEADING, ITEM, QUOTE, CELL, PARAGRAPH = "heading", "item", "quote", "cell", "paragraph"
ROW = "cell first"  # the cell that a row begins with
_KINDS = {"li": ITEM, "td": CELL, "th": CELL, "blockquote": QUOTE}
_KINDS |= {f"h{level}": HEADING for level in range(1, 7)}
_BLOCKS = {*_KINDS, "p", "ul", "ol", "table", "tr", "div"}
_BREAK = "\x00"  # begins a token that opens a block; no text holds it


@dataclass
class _Block:
    """A paragraph, heading, … of the answer, and how it came to be one."""

    kind: str
    origin: int = SAME
    parts: list[tuple[int, str]] = field(default_factory=list)


def word_difference(old: str, new: str) -> SafeString:
    """`new` with what it adds to `old` in <ins> and what it took from it in <del>.

    Both are HTML from the editor, or both plain text, which gives inline HTML. Of HTML the words
    and the addresses of links are compared, block by block; the answer is made of paragraphs and
    holds no tag of theirs. Text in class "cue" tells the two apart where style does not.
    """
    blocks = _blocks(old, new)
    if not _is_html(old, new):
        return _marked(blocks[0].parts) if blocks else SafeString("")
    return format_html_join(
        "\n",
        '<p class="{}">{}{}</p>',
        ((b.kind, _paragraph_mark(b), _marked(b.parts)) for b in blocks),
    )


def difference_in_text(old: str, new: str) -> str:
    """Like `word_difference`, for a page that has no styles: [removed: these] [added: those]."""
    cues = {REMOVED: _removed_cue(), ADDED: _added_cue()}
    return "\n\n".join(
        "".join(f"[{cues[how]} {text}]" if how in cues else text for how, text in block.parts)
        for block in _blocks(old, new)
    )


def in_text(html: str) -> str:
    """The words of `html` from the editor for a page without styles, addresses of links too."""
    return difference_in_text(html, html)


def is_different(old: str, new: str) -> bool:
    """Whether a reader would see another wording."""
    return _tokens(old, html=_is_html(old, new)) != _tokens(new, html=_is_html(old, new))


def _is_html(*texts: str) -> bool:
    return any(_IS_HTML.match(text) for text in texts)


def _tokens(text: str, *, html: bool) -> list[str]:
    text = normal("NFC", text).replace("\r\n", "\n").replace(_BREAK, "")
    if not html:
        return _TOKEN.findall(text)
    reader = _BlockReader()
    reader.feed(text)
    reader.close()
    return [
        token
        for kind, words in reader.finished()
        for token in (_BREAK + kind, *_TOKEN.findall(words))
    ]


class _BlockReader(HTMLParser):
    """Takes HTML apart into blocks: their kind and their text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._found: list[tuple[str, str]] = []
        self._text = ""
        self._href = ""
        self._superscript = False
        self._row_begins = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._end_block()
            self._open.append(tag)
            self._row_begins |= tag == "tr"
        elif tag == "br":
            self._text += "\n"
        elif tag == "a":
            self._href = dict(attrs).get("href") or ""
        elif tag == "sup":
            self._superscript = True

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_block()
            if tag in self._open:
                del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        elif tag == "a" and self._href:
            self._text += f" ({self._href})"
            self._href = ""
        elif tag == "sup":
            self._superscript = False

    def handle_data(self, data: str) -> None:
        data = re.sub(r"\s+", " ", data)
        self._text += data.translate(_SUPERSCRIPTS) if self._superscript else data

    def _end_block(self) -> None:
        words = re.sub(r"(?:(?<! ) +)?\n *", "\n", self._text).strip()
        if words:
            kinds = [_KINDS[tag] for tag in self._open if tag in _KINDS]
            kind = kinds[-1] if kinds else PARAGRAPH
            if kind == CELL and self._row_begins:
                kind, self._row_begins = ROW, False
            self._found.append((kind, words))
        self._text = ""

    def finished(self) -> list[tuple[str, str]]:
        self._end_block()
        return self._found


def _blocks(old: str, new: str) -> list[_Block]:
    html = _is_html(old, new)
    blocks = [_Block(PARAGRAPH)]
    for how, token in _changes(_tokens(old, html=html), _tokens(new, html=html)):
        if token.startswith(_BREAK):
            blocks.append(_Block(token[1:], how))
        elif blocks[-1].parts and blocks[-1].parts[-1][0] == how:
            blocks[-1].parts[-1] = (how, blocks[-1].parts[-1][1] + token)
        else:
            blocks[-1].parts.append((how, token))
    return [block for block in blocks if block.parts]


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, str]]:
    """Every token of both, once, with what became of it."""
    codes = {
        token: chr(_FIRST_CODE + number) for number, token in enumerate(dict.fromkeys([*old, *new]))
    }
    tokens = {code: token for token, code in codes.items()}
    engine = diff_match_patch()
    engine.Diff_Timeout = SECONDS
    found = engine.diff_main(_encoded(old, codes), _encoded(new, codes), checklines=False)
    engine.diff_cleanupSemantic(found)
    for how, text in found:
        for code in text:
            yield how, tokens[code]


def _encoded(tokens: Iterable[str], codes: dict[str, str]) -> str:
    return "".join(codes[token] for token in tokens)


def _removed_cue() -> str:
    return gettext("removed:")


def _added_cue() -> str:
    return gettext("added:")


def _marked(parts: Iterable[tuple[int, str]]) -> SafeString:
    return format_html_join("", "{}", ((_mark(how, text),) for how, text in parts))


def _mark(how: int, text: str) -> SafeString:
    words = format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.split("\n")))
    if how == REMOVED:
        return format_html(
            '<del><span class="cue">[{} </span>{}<span class="cue">]</span></del>',
            _removed_cue(), words,
        )  # fmt: skip
    if how == ADDED:
        return format_html(
            '<ins><span class="cue">[{} </span>{}<span class="cue">]</span></ins>',
            _added_cue(), words,
        )  # fmt: skip
    return words


def _paragraph_mark(block: _Block) -> SafeString:
    """A sign for a paragraph that was begun or joined amid words that stayed."""
    if block.origin == SAME or all(how == block.origin for how, _text in block.parts):
        return SafeString("")
    return _mark(block.origin, "¶")

"""The difference between two wordings, word by word, as a reader sees it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from diff_match_patch import diff_match_patch
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from casa.lib.html.blocks import CELL, PARAGRAPH, ROW, Kind, Layout, read
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

Token = str | Kind
"""A word, or what opens a block."""


@dataclass
class _Block:
    """A paragraph, heading, … of the answer, and how it came to be one."""

    kind: Kind
    origin: int = SAME
    parts: list[tuple[int, str]] = field(default_factory=list)


def word_difference(old: str, new: str) -> SafeString:
    """`new` with what it adds to `old` in <ins> and what it took from it in <del>.

    Both are HTML from the editor, or both plain text, which gives inline HTML. Of HTML the words
    and the addresses of links are compared, block by block; the answer is made of paragraphs,
    lists and tables, and holds no tag of theirs. Text in class "cue" tells the two apart where
    style does not.
    """
    blocks = _blocks(old, new)
    if not _is_html(old, new):
        return _marked(blocks[0].parts) if blocks else SafeString("")
    layout = Layout()
    for block in blocks:
        words = format_html("{}{}", _paragraph_mark(block), _marked(block.parts))
        layout.add(block.kind, words, is_gone=block.origin == REMOVED)
    return layout.whole()


def difference_in_text(old: str, new: str) -> str:
    """Like `word_difference`, for a page that has no styles: [removed: these] [added: those]."""
    cues = {REMOVED: _removed_cue(), ADDED: _added_cue()}
    return "\n\n".join(
        "".join(f"[{cues[how]} {text}]" if how in cues else text for how, text in block.parts)
        for block in _blocks(old, new)
        if block.parts
    )


def in_text(html: str) -> str:
    """The words of `html` from the editor for a page without styles, addresses of links too."""
    return difference_in_text(html, html)


def is_different(old: str, new: str) -> bool:
    """Whether a reader would see another wording."""
    return _wording(old, html=_is_html(old, new)) != _wording(new, html=_is_html(old, new))


def _wording(text: str, *, html: bool) -> list[str]:
    """What is compared where the numbering of a list and the kind of a cell say nothing."""
    tokens = _tokens(text, html=html)
    return [one.name if isinstance(one, Kind) else one for one in tokens]


def _is_html(*texts: str) -> bool:
    return any(_IS_HTML.match(text) for text in texts)


def _tokens(text: str, *, html: bool) -> list[Token]:
    text = normal("NFC", text).replace("\r\n", "\n").replace("\x00", "")
    if not html:
        return _TOKEN.findall(text)
    return [token for kind, words in read(text) for token in (kind, *_TOKEN.findall(words))]


def _blocks(old: str, new: str) -> list[_Block]:
    html = _is_html(old, new)
    blocks = [_Block(Kind(PARAGRAPH))]
    for how, token in _changes(_tokens(old, html=html), _tokens(new, html=html)):
        if isinstance(token, Kind):
            blocks.append(_Block(token, how))
        elif blocks[-1].parts and blocks[-1].parts[-1][0] == how:
            blocks[-1].parts[-1] = (how, blocks[-1].parts[-1][1] + token)
        else:
            blocks[-1].parts.append((how, token))
    return [block for block in blocks if block.parts or block.kind.name in (CELL, ROW)]


def _changes(old: list[Token], new: list[Token]) -> Iterator[tuple[int, Token]]:
    """Every token of both, once, with what became of it."""
    codes = {
        token: chr(_FIRST_CODE + number) for number, token in enumerate(dict.fromkeys([*old, *new]))
    }
    tokens = {code: token for token, code in codes.items()}
    engine = diff_match_patch()
    engine.Diff_Timeout = SECONDS
    found = engine.diff_main(_encoded(old, codes), _encoded(new, codes), checklines=False)
    engine.diff_cleanupSemantic(found)
    openings = {code for code, token in tokens.items() if isinstance(token, Kind)}
    for how, text in _from_openings(found, openings):
        for code in text:
            yield how, tokens[code]


def _from_openings(found: list[tuple[int, str]], openings: set[str]) -> list[tuple[int, str]]:
    """The same with whole blocks changed from their opening on, instead of up to the next one."""
    told = list(found)
    for at in range(1, len(told) - 1):
        (before, kept), (how, changed), (after, rest) = told[at - 1 : at + 2]
        opening = kept[-1:]
        if before == after == SAME != how and opening in openings and changed[-1] == opening:
            told[at - 1] = SAME, kept[:-1]
            told[at] = how, opening + changed[:-1]
            told[at + 1] = SAME, opening + rest
    return told


def _encoded(tokens: Iterable[Token], codes: dict[Token, str]) -> str:
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

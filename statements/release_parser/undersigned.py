"""Names that end the words of a release, below no heading."""

from __future__ import annotations

from . import headings
from .line_shapes import SENTENCE_END, is_namelike
from .sections import Line, Sections


def take_undersigned(sections: Sections) -> None:
    """Take names that end the words, where these speak of "the undersigned" and no heading did."""
    words = [(number, line) for number, line in sections.words if line]
    tail: list[Line] = []
    while words and is_namelike(words[-1][1]):
        tail.insert(0, words.pop())
    spoken = any(headings.UNDERSIGNED.search(line) for _, line in words)
    ended = bool(words) and bool(SENTENCE_END.search(words[-1][1].strip(" *_")))
    if len(tail) < 2 or not spoken or not ended:
        return
    taken = {number for number, _ in tail}
    sections.words = [(number, line) for number, line in sections.words if number not in taken]
    for number, line in tail:
        sections.take_signatory(number, line)

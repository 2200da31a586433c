"""Search by the beginnings of words, whatever their case and accents; alike on both databases.

A column holds folded words (`casa.lib.text.folded`), and `column__words="smi lind"` asks for rows
with a word that begins with "smi" and one that begins with "lind". PostgreSQL answers from a GIN
index where a migration made one; SQLite reads the rows that the rest of the query leaves.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import models
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from casa.lib.text import fold, folded

WORDS_ASKED = 8
"""So many of the words that somebody types are looked for."""


def search_words(text: str) -> list[str]:
    """The folded words of a query; empty where it holds no letter or digit."""
    return list(dict.fromkeys(fold(text).split()))[:WORDS_ASKED]


@models.CharField.register_lookup
@models.TextField.register_lookup
class ReadWords(models.Lookup):
    """`column__read_words`: the same rows as `words`, by reading each: for few of them."""

    lookup_name = "read_words"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        words = search_words(str(self.rhs))
        if not words:
            return "1 = 0", []
        likes = " AND ".join([f"(' ' || {left}) LIKE %s"] * len(words))
        # Folded words hold letters and digits alone, so nothing in them is a wildcard.
        return likes, [one for word in words for one in (*params, f"% {word}%")]


@models.CharField.register_lookup
@models.TextField.register_lookup
class Words(ReadWords):
    """`column__words`: rows with all the words of what was typed, or longer ones."""

    lookup_name = "words"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        words = search_words(str(self.rhs))
        if not words:
            return "1 = 0", []
        query = " & ".join(f"'{word}':*" for word in words)
        return f"to_tsvector('simple', {left}) @@ to_tsquery('simple', %s)", [*params, query]


@models.CharField.register_lookup
@models.TextField.register_lookup
class Wildcards(models.Lookup):
    """`column__wildcards`: rows whose folded words are as a pattern of LIKE says.

    Folded words hold letters, digits and blanks alone, so that "%" and "_" are only ever signs.
    """

    lookup_name = "wildcards"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} LIKE %s", [*params, str(self.rhs)]


class WordsField(models.TextField):
    """Folded words, made anew by the row's `words_to_search()` whenever the field is written."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"editable": False, "default": "", **options})

    def pre_save(self, model_instance: Any, add: bool) -> str:
        words: str = model_instance.words_to_search()
        setattr(model_instance, self.attname, words)
        return words

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


# A word as it is written: letters and digits, with the apostrophes and marks that folding drops.
_WORD = re.compile(r"[^\W_](?:[^\W_]|['’ʼ`\u0300-\u036f])*")


def _hits(text: str, words: list[str]) -> Iterator[re.Match[str]]:
    for match in _WORD.finditer(text):
        if any(part.startswith(word) for part in folded(match[0]).split() for word in words):
            yield match


def has_match(text: str, words: list[str]) -> bool:
    return next(_hits(text, words), None) is not None


def highlighted(text: str, words: list[str]) -> SafeString:
    """`text` as HTML with the words that were looked for in <mark>."""
    done = 0
    parts: list[str] = []
    for match in _hits(text, words):
        parts.append(conditional_escape(text[done : match.start()]))
        parts.append(f"<mark>{conditional_escape(match[0])}</mark>")
        done = match.end()
    parts.append(conditional_escape(text[done:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped above


BEFORE, LENGTH = 60, 240
"""Characters of a passage: how many before its first hit, and how many in all."""


def passages(text: str, words: list[str], *, at_most: int) -> list[SafeString]:
    """Pieces of `text` around the matches of `words`, highlighted."""
    found, end = [], 0
    hits = (match for match in _hits(text, words) if match.start() >= end)
    for match in islice(hits, at_most):
        start = max(end, match.start() - BEFORE)
        if start > end:
            start = text.find(" ", start, match.start()) + 1 or start
        end = max(match.end(), start + LENGTH)
        if end < len(text):
            end = max(text.rfind(" ", match.end(), end), match.end())
        piece = ("… " if start else "") + text[start:end].strip()
        found.append(highlighted(piece + (" …" if end < len(text) else ""), words))
    return found

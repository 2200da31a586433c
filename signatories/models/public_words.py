"""The words by which visitors find a signature, those of each statement apart from all others."""

from typing import Any, Self

from casa.lib.db.search import Words, search_words


class AskedUnder(str):
    """Words that are looked for among the signatures of one kind under one statement.

    The index holds each word once more with that before it, and with the country, so that a name
    is not looked for among all who have it under other statements, or elsewhere.
    """

    mark: str

    def __new__(cls, words: str, statement: int, kind: str, country: str = "") -> Self:
        made = super().__new__(cls, words)
        made.mark = f"{statement}{kind}{country}@"
        return made


class PublicWords(Words):
    """`search_words__words`: see `Words`. Of what is AskedUnder something, its rows alone."""

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        words = search_words(str(self.rhs))
        if not words:
            return "1 = 0", []
        row = compiler.quote_name_unless_alias(self.lhs.alias)
        indexed = _indexed(f"{row}.search_words", f"{row}.statement_id::text || {row}.kind", row)
        if mark := getattr(self.rhs, "mark", ""):
            # Folded words hold letters and digits alone: nothing in them ends the quotes.
            query = " & ".join(f"'{mark}{word}':*" for word in words)
            return f"({indexed}) @@ %s::tsquery", [query]
        query = " & ".join(f"'{word}':*" for word in words)
        return f"({indexed}) @@ to_tsquery('simple', %s)", [query]


def _indexed(words: str, mark: str, row: str) -> str:
    """What the index holds; as in the migration that made it."""
    marked = [_marked(words, f"{mark} || '@'"), _marked(words, f"{mark} || {row}.country || '@'")]
    return " || ".join([f"to_tsvector('simple', {words})", *marked])


def _marked(words: str, mark: str) -> str:
    each = f"string_to_array({mark} || replace({words}, ' ', ' ' || {mark}), ' ')"
    return f"array_to_tsvector({each})"

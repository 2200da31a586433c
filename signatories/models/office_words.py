"""The words by which staff find a signature in any state; see `core.office_search`."""

import re
from typing import Any

from django.db import models

from casa.lib.db.search import WORDS_ASKED, search_words
from casa.lib.text import normalise

_PARTS = ("sort_key", "name", "affiliation")


class ReadOfficeWords(models.Lookup):
    """`sort_key__read_office_words`: the same rows as `office_words`, by reading each."""

    lookup_name = "read_office_words"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        columns = [f"lower({column})" for column in self._columns(compiler)]
        text = " || ' ' || ".join(["''", *columns])
        found, params = [], []
        for words in self._asked():
            found.append(" AND ".join([rf"({text}) LIKE %s ESCAPE '\'"] * len(words)))
            params += [_holding(f" {word}") for word in words]
        return " OR ".join(f"({one})" for one in found) or "1 = 0", params

    def _asked(self) -> list[list[str]]:
        """The words to be found all of: folded, or as they were typed."""
        typed = str(self.rhs)
        raw = re.findall(r"\w+", normalise(typed).lower())[:WORDS_ASKED]
        ways = [search_words(typed), raw]
        return [words for at, words in enumerate(ways) if words and words not in ways[:at]]

    def _column(self, compiler: Any, name: str) -> str:
        quote = compiler.quote_name_unless_alias
        return f"{quote(self.lhs.alias)}.{quote(name)}"

    def _columns(self, compiler: Any) -> list[str]:
        return [self._column(compiler, name) for name in _PARTS]

    def _indexed(self, compiler: Any) -> str:
        """What the index holds, as in the migration that made it."""
        text = " || ' ' || ".join(self._columns(compiler))
        return f"to_tsvector('simple', {text})"


class OfficeWords(ReadOfficeWords):
    """`sort_key__office_words`: rows with all the words of what was typed, or longer ones, in the
    name shown, in the name of who signed, and in the affiliation.

    The first is compared without case and accents, the others as they are written. PostgreSQL
    answers from the index `signatories_signature_office_words`; SQLite reads all rows.
    """

    lookup_name = "office_words"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        asked = [" & ".join(f"'{word}':*" for word in words) for words in self._asked()]
        if not asked:
            return "1 = 0", []
        query = " | ".join(f"({one})" for one in asked)
        return f"{self._indexed(compiler)} @@ to_tsquery('simple', %s)", [query]


def _holding(text: str) -> str:
    """A pattern of LIKE for what holds `text`, whatever signs are in it."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", text) + "%"

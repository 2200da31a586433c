"""The words by which staff find a signature in any state; see `core.office_search`."""

import re
from typing import Any

from django.db import models

from casa.lib.db.search import WORDS_ASKED, search_words
from casa.lib.text import normalise

_PARTS = ("sort_key", "name", "affiliation")


class OfficeWords(models.Lookup):
    """`sort_key__office_words`: rows with all the words of what was typed, or longer ones, in the
    name shown, in the name of who signed, and in the affiliation.

    The first is compared without case and accents, the others as they are written. PostgreSQL
    answers from the index `signatories_signature_office_words`; SQLite reads all rows.
    """

    lookup_name = "office_words"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        columns = [f"lower({column})" for column in self._columns(connection)]
        text = " || ' ' || ".join(["''", *columns])
        found, params = [], []
        for words in self._asked():
            found.append(" AND ".join([rf"({text}) LIKE %s ESCAPE '\'"] * len(words)))
            params += [f"% {word}%".replace("_", r"\_") for word in words]
        return " OR ".join(f"({one})" for one in found) or "1 = 0", params

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        text = " || ' ' || ".join(self._columns(connection))
        asked = [" & ".join(f"'{word}':*" for word in words) for words in self._asked()]
        if not asked:
            return "1 = 0", []
        query = " | ".join(f"({one})" for one in asked)
        return f"to_tsvector('simple', {text}) @@ to_tsquery('simple', %s)", [query]

    def _asked(self) -> list[list[str]]:
        """The words to be found all of: folded, or as they were typed."""
        typed = str(self.rhs)
        raw = re.findall(r"\w+", normalise(typed).lower())[:WORDS_ASKED]
        ways = [search_words(typed), raw]
        return [words for at, words in enumerate(ways) if words and words not in ways[:at]]

    def _columns(self, connection: Any) -> list[str]:
        quote, alias = connection.ops.quote_name, self.lhs.alias
        return [f"{quote(alias)}.{quote(name)}" for name in _PARTS]

"""The words by which staff find a signature in any state; see `core.office_search`."""

import re
from typing import Any

from django.db import models

from casa.lib.db.search import WORDS_ASKED, search_words
from casa.lib.text import normalise

_PARTS = ("sort_key", "name", "affiliation")
_BETWEEN = "@.+-_'"
"""What separates the words of an e-mail address."""

_BETWEEN_IN_SQL = _BETWEEN.replace("'", "''")


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
        """What the index holds, with an "@" before each word of the address; as in the migration
        that made it.
        """
        text = " || ' ' || ".join(self._columns(compiler))
        email, blanks = self._column(compiler, "email"), " " * len(_BETWEEN)
        words = f"translate(lower({email}), '{_BETWEEN_IN_SQL}', '{blanks}')"
        marked = f"string_to_array('@' || replace({words}, ' ', ' @'), ' ')"
        return f"(to_tsvector('simple', {text}) || array_to_tsvector({marked}))"


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


class ReadAddressWords(ReadOfficeWords):
    """`email__read_address_words`: the same rows as `address_words`, by reading each."""

    lookup_name = "read_address_words"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        words = self._words()
        if not words:
            return "1 = 0", []
        address = self._address(compiler)
        spaced = self._spaced(address, connection)
        likes = [rf"(' ' || {spaced}) LIKE %s ESCAPE '\'"] * len(words)
        as_typed, params = self._as_typed(address)
        sql = " AND ".join([*likes, *as_typed])
        return sql, [*(_holding(f" {word}") for word in words), *params]

    def _spaced(self, address: str, connection: Any) -> str:
        if connection.vendor == "postgresql":
            return f"translate({address}, '{_BETWEEN_IN_SQL}', '{' ' * len(_BETWEEN)}')"
        for mark in _BETWEEN:
            quoted = mark.replace("'", "''")
            address = f"replace({address}, '{quoted}', ' ')"
        return address

    def _words(self) -> list[str]:
        words = re.split(rf"[\s\\{re.escape(_BETWEEN)}]+", str(self.rhs).lower())
        return [word for word in words if word][:WORDS_ASKED]

    def _address(self, compiler: Any) -> str:
        return f"lower({self._column(compiler, 'email')})"

    def _as_typed(self, address: str) -> tuple[list[str], list[str]]:
        """Words with an "@" among them are a part of one address, in their order."""
        typed = str(self.rhs).strip().lower()
        return ([rf"{address} LIKE %s ESCAPE '\'"], [_holding(typed)]) if "@" in typed else ([], [])


class AddressWords(ReadAddressWords):
    """`email__address_words`: rows whose e-mail address has all the words of what was typed, or
    longer ones. By the index of `OfficeWords`.
    """

    lookup_name = "address_words"

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        words = self._words()
        if not words:
            return "1 = 0", []
        as_typed, params = self._as_typed(self._address(compiler))
        # Nothing in a word ends the quotes: apostrophes and backslashes separate words.
        query = " & ".join(f"'@{word}':*" for word in words)
        asked = f"{self._indexed(compiler)} @@ %s::tsquery"
        return " AND ".join([asked, *as_typed]), [query, *params]


def _holding(text: str) -> str:
    """A pattern of LIKE for what holds `text`, whatever signs are in it."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", text) + "%"

"""How the words of a working copy become editions; only the verbs of `lifecycle` make them."""

import hashlib
from datetime import datetime

from casa.accounts.models import User
from statements import search
from statements.models import Edition, Statement, StatementText
from statements.translations import Plan


def make_first(
    statement: Statement, texts: list[StatementText], *, at: datetime, by: User | None
) -> list[Edition]:
    return _index(
        [_make_edition(statement, text, number=1, translates=1, at=at, by=by) for text in texts]
    )


def make_planned(
    statement: Statement, made: Plan, *, at: datetime, by: User | None
) -> list[Edition]:
    editions = [
        _make_edition(
            statement, one.words, number=one.number, translates=one.translates, at=at, by=by,
            change_note=one.note, change_note_language=one.note_language,
            is_material=one.is_material,
        )
        for one in made.editions
    ]  # fmt: skip
    return _index(editions)


def _make_edition(
    statement: Statement, text: StatementText, *, at: datetime, by: User | None, **fields: object
) -> Edition:
    return Edition.objects.create(
        statement=statement,
        language=text.language,
        title=text.title,
        summary=text.summary,
        body=text.body,
        ask=text.ask,
        sha256=fingerprint(text.title, text.summary, text.body, text.ask),
        published_at=at,
        published_by=by,
        **fields,
    )


def _index(editions: list[Edition]) -> list[Edition]:
    search.index_editions(editions)
    return editions


def fingerprint(title: str, summary: str, body: str, ask: str) -> str:
    """SHA-256 (hex) of an edition's words: UTF-8, the four parts joined by one blank line each."""
    return hashlib.sha256(f"{title}\n\n{summary}\n\n{body}\n\n{ask}".encode()).hexdigest()

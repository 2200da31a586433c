"""A draft begun with the words of a statement that was issued before."""

from typing import Any

from django.db import transaction

from casa.accounts.models import User
from statements import slugs
from statements.models import SignFormOptions, Statement

COPIED = (
    "kind", "language", "place", "signers", "premoderated", "logo_row", "goal", "after_signing",
    "next_statement", *(field.name for field in SignFormOptions._meta.get_fields()),
)  # fmt: skip


@transaction.atomic
def copy_as_draft(statement: Statement, *, by: User | None) -> Statement:
    """A new draft with the words, settings, addressees and citations of `statement`.

    What its form asks, the consent sentences and the words for supporters are among the settings.

    Its dates, signatures, editions, files and news belong to the old one alone.
    """
    copied = {field: getattr(statement, field) for field in COPIED}
    texts = list(statement.texts.all())
    titles = {text.language: text.title for text in texts}
    draft = Statement(created_by=by, edited_by=by, **copied)
    slugs.give(draft, titles.get(statement.language, ""))
    rows: list[Any] = [
        *texts,
        *statement.consent_texts.all(),
        *statement.supporter_texts.all(),
        *statement.question_texts.all(),
        *statement.targets.all(),
        *statement.references.all(),
    ]
    for row in rows:
        row.pk, row.statement = None, draft
        row._state.adding = True
        row.save()
    draft.topics.set(statement.topics.all())
    return draft

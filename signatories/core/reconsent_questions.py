"""The question of a material correction: the words a signer signed beside the current ones."""

from __future__ import annotations

from dataclasses import dataclass

from signatories.models import Signature
from statements import editions
from statements.models import Edition


@dataclass(frozen=True)
class Note:
    """What readers are told of a correction, and the language it is told in."""

    text: str
    language: str

    @classmethod
    def of(cls, edition: Edition) -> Note:
        return cls(edition.change_note, edition.change_note_language or edition.language)


@dataclass(frozen=True)
class ReconsentQuestion:
    """What a signer is asked about: the words they signed, and those that visitors read now."""

    signed: Edition
    current: Edition
    notes: list[Note]

    @property
    def changes(self) -> list[editions.Change]:
        return editions.changes(self.signed, self.current)

    @property
    def mark(self) -> str:
        """What the page says was seen, so that nobody stays under words that came later."""
        return f"{self.signed.pk}-{self.current.pk}"


def question_for(signature: Signature) -> ReconsentQuestion | None:
    """The question a signer has yet to answer; None if nothing material changed since.

    Minor corrections on the way are part of the difference, and alone raise no question.
    """
    signed = signed_edition(signature)
    later = Edition.objects.filter(
        statement=signature.statement_id, language=signed.language, number__gt=signed.number
    )
    in_language = list(later.order_by("number"))
    if not any(edition.is_material for edition in in_language):
        return None
    if in_language[-1].sha256 == signed.sha256:
        return None  # visitors read the very words that were signed
    notes = [Note.of(edition) for edition in in_language if edition.change_note]
    return ReconsentQuestion(signed, in_language[-1], notes)


def signed_edition(signature: Signature) -> Edition:
    """The words somebody signed; edition 1 for whom staff placed before publication."""
    if signature.edition is not None:
        return signature.edition
    first = {
        edition.language: edition
        for edition in Edition.objects.filter(statement=signature.statement_id, number=1)
    }
    return first.get(signature.language) or first[signature.statement.language]

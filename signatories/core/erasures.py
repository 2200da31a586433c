"""Keyed hashes of erased signatures; they keep an import from bringing one back."""

from collections.abc import Iterable

from django.utils import timezone

from casa.lib.keyed_hashes import keyed_hashes
from casa.lib.text import name_key
from signatories.models import Erasure, Signature
from signatories.parser import ParsedLine
from statements.models import Statement

Kind = Signature.Kind


def record_erasure(row: Signature, *, of_organization: bool) -> None:
    """Keep what tells an import that it would bring somebody back, and a link why it is dead."""
    who = row.organization.name if of_organization and row.organization else row.name
    Erasure.objects.update_or_create(
        signature_number=row.pk,
        defaults={
            "statement": row.statement,
            "mailbox_hash": _hash("mailbox", row.email_key),
            "name_hash": _name_hash(who, is_organization=of_organization),
            "at": timezone.now(),
        },
    )


def _hash(what: str, value: str) -> str:
    return _hashes(what, value)[0]


def _hashes(what: str, value: str) -> list[str]:
    return keyed_hashes(f"erasure:{what}", value) if value else [""]


def _name_hash(name: str, *, is_organization: bool) -> str:
    return _name_hashes(name, is_organization=is_organization)[0]


def _name_hashes(name: str, *, is_organization: bool) -> list[str]:
    return _hashes("organization" if is_organization else "person", name_key(name))


class ErasedNames:
    """Asks whether the names of a list were erased under a statement."""

    def __init__(self, statement: Statement) -> None:
        found = Erasure.objects.filter(statement=statement).exclude(name_hash="")
        self._is_any = found.exists()
        self._found = found

    def split(self, lines: Iterable[ParsedLine]) -> tuple[list[ParsedLine], list[ParsedLine]]:
        """The lines that may stand, and those that name somebody who was erased."""
        kept: list[ParsedLine] = []
        erased: list[ParsedLine] = []
        for line in lines:
            is_organization = line.kind == Kind.ORGANIZATION
            name = line.organization if is_organization else line.name
            (erased if self._is_erased(name, is_organization) else kept).append(line)
        return kept, erased

    def _is_erased(self, name: str, is_organization: bool) -> bool:
        if not (self._is_any and name):
            return False
        wanted = _name_hashes(name, is_organization=is_organization)
        return self._found.filter(name_hash__in=wanted).exists()

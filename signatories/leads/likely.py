"""Likely duplicates of a line: in the list, under the statement, or in another spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from casa.lib import ror
from casa.lib.addresses.mailbox_keys import mailbox_keys
from casa.lib.text import name_key
from signatories.models import ImportBatch, ImportLine, Organization, Signature
from signatories.organizations import likeness
from statements.models import Statement

Kind = Signature.Kind
AT_ONCE = 2_000
MOST = 5
"""So many are offered for a line."""


def identity(fields: dict[str, Any]) -> tuple[str, str]:
    """The kind and the name of a line; two lines that share them are duplicates."""
    is_organization = fields.get("kind") == Kind.ORGANIZATION
    name = fields.get("organization" if is_organization else "name", "")
    return fields.get("kind", ""), name_key(name)


def duplicate_key(who: tuple[str, str]) -> tuple[str, str]:
    """The key that likely duplicates share; the words of a person's name in any order.

    It makes suggestions alone: “Marta Petersen” and “PETERSEN Marta” may still be two.
    """
    kind, name = who
    return (kind, name) if kind == Kind.ORGANIZATION else (kind, " ".join(sorted(name.split())))


def mark(one: Signature | Organization | ImportLine) -> str:
    """How a line says whom it may be the same as: “signature:12”."""
    if isinstance(one, ImportLine):
        return f"line:{one.position}"
    return f"{'signature' if isinstance(one, Signature) else 'organization'}:{one.pk}"


def newest() -> int:
    """The key of the newest signature: later ones are those that a list was not compared with."""
    return Signature.objects.aggregate(newest=Max("pk"))["newest"] or 0


class Standing:
    """Those under a statement whose names, mailboxes or lines are among those looked for.

    One pass over the statement's signatures, a few at a time, so that memory follows the list
    and not the statement.
    """

    def __init__(
        self,
        statement: Statement,
        wanted: Iterable[dict[str, Any]],
        *,
        after: int = 0,
        but: ImportBatch | None = None,
    ) -> None:
        """Takes signatures `after` a key, without those that the batch `but` made."""
        wanted = list(wanted)
        self._after, self._but = after, but
        self._names = {duplicate_key(identity(fields)) for fields in wanted}
        self._mailboxes = {
            key for fields in wanted if fields.get("email") for key in mailbox_keys(fields["email"])
        }
        self.by_name: dict[tuple[str, str], list[str]] = {}
        self.by_mailbox: dict[str, list[str]] = {}
        self.lines: set[tuple[str, str]] = set()
        for row in self._rows(statement):
            self._take(row)

    def _rows(self, statement: Statement) -> Iterator[dict[str, Any]]:
        rows = Signature.objects.filter(
            statement=statement, state__in=Signature.LIVE_STATES, pk__gt=self._after
        )
        if self._but is not None:
            rows = rows.exclude(batch=self._but)
        names = ("pk", "kind", "name", "organization__name", "email_key", "original_line")
        yield from rows.order_by().values(*names).iterator(chunk_size=AT_ONCE)

    def _take(self, row: dict[str, Any]) -> None:
        is_organization = row["kind"] == Kind.ORGANIZATION
        name = row["organization__name"] if is_organization else row["name"]
        key = duplicate_key((row["kind"], name_key(name)))
        if key in self._names:
            self.by_name.setdefault(key, []).append(f"signature:{row['pk']}")
            self.lines.add((row["original_line"], name_key(name)))
        if row["email_key"] in self._mailboxes and not is_organization:
            self.by_mailbox.setdefault(row["email_key"], []).append(f"signature:{row['pk']}")

    def of(self, fields: dict[str, Any]) -> list[str]:
        """Marks of those whom a line may name again."""
        found = list(self.by_name.get(duplicate_key(identity(fields)), ()))
        for key in mailbox_keys(fields["email"]) if fields.get("email") else ():
            found += self.by_mailbox.get(key, ())
        return list(dict.fromkeys(found))[:MOST]


def other_spellings(fields: dict[str, Any]) -> list[Organization]:
    """Organizations of the directory that a line may name otherwise; [] where it has this name."""
    name = fields.get("organization", "")
    if fields.get("kind") != Kind.ORGANIZATION or not name:
        return []
    if Organization.objects.named(name).exists() or _has_ror(fields.get("ror", "")):
        return []
    return likeness.alike_by_name(name, fields.get("city", ""))[:MOST]


def _has_ror(typed: str) -> bool:
    """Whether an organization of the directory has this ROR ID: then it is the one."""
    try:
        return (
            bool(typed) and Organization.objects.in_directory().filter(ror=ror.read(typed)).exists()
        )
    except ValidationError:
        return False


def standing_of(statement: Statement, organizations: Sequence[Organization]) -> dict[int, int]:
    """{organization: its signature under the statement} of those that have one."""
    if not organizations:
        return {}
    standing = Signature.objects.filter(
        statement=statement, organization__in=organizations, state__in=Signature.STANDING_STATES
    )
    return dict(standing.values_list("organization", "pk"))

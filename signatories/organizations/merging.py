"""Organizations of the directory that are one are merged: looked at first, then done.

Those that are merged away stay as rows without signatures, out of the directory; their addresses
lead to the one that stays. `unmerging.undo` puts all of it back.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib.concurrent_edits.opened import digest
from casa.lib.text import name_key
from signatories.core import states, tally
from signatories.core.locks import lock_signatures_of
from signatories.models import (
    DirectoryChange,
    DirectoryChangeRow,
    Logo,
    Organization,
    OrganizationAlias,
    OrganizationEvent,
    Signature,
)
from signatories.organizations import carried, plans, verification
from signatories.organizations.plans import Move
from statements.models import Statement

What = DirectoryChangeRow.What
State, Verification = Signature.State, Organization.Verification

MOST = 10
"""So many are merged at once."""

MOST_SIGNATURES = 20_000
"""So many may be moved while somebody waits."""


class RefusedError(Exception):
    """It cannot be done; `str()` is a sentence that says why."""


class ChangedError(Exception):
    """Somebody changed something after it was looked at."""


@dataclass(frozen=True)
class Effect:
    """What comes along under a statement, by state, and what its count is and becomes."""

    statement: Statement
    moving: Counter[str]
    before: int
    after: int


@dataclass(frozen=True)
class Preview:
    """What a merge would do at this moment."""

    stays: Organization
    others: Sequence[Organization]
    moves: Sequence[Move]
    aliases: Sequence[OrganizationAlias] = ()
    new_names: Sequence[str] = ()
    known_elsewhere: Sequence[str] = ()  # names that are a third one's alias
    logos: Sequence[Logo] = ()
    filled: dict[str, list[Any]] = field(default_factory=dict)

    @cached_property
    def moving(self) -> Sequence[Move]:
        return [move for move in self.moves if move.moves]

    @cached_property
    def doubled(self) -> Sequence[Move]:
        """Signatures beside which another of the organization stands."""
        return [move for move in self.moves if move.changes]

    @cached_property
    def states(self) -> Counter[str]:
        """How many signatures come to the one that stays, by the state they have then."""
        return Counter(move.state for move in self.moving if move.to == self.stays.pk)

    @cached_property
    def mark(self) -> str:
        """Stands for all that was looked at."""
        rows = [f"{m.signature.pk} {m.signature.state} {m.to} {m.state}" for m in self.moves]
        names = [one.pk for one in self.aliases] + list(self.new_names)
        logos = [one.pk for one in self.logos]
        looks = [(one.pk, one.name, str(one.verification)) for one in (self.stays, *self.others)]
        return digest([repr(one) for one in (rows, names, logos, looks, self.filled)])[:16]

    @cached_property
    def effects(self) -> list[Effect]:
        """Statements under which something moves or changes; those whose count changes first."""
        moving: dict[int, Counter[str]] = defaultdict(Counter)
        change: Counter[int] = Counter()
        for move in self.moves:
            statement = move.signature.statement_id
            change[statement] += move.is_counted - move.was_counted
            if move.moves or move.changes:
                moving[statement].update([move.state] if move.to == self.stays.pk else [])
        statements = Statement.objects.filter(pk__in=moving)
        effects = []
        for one in statements.prefetch_related("texts", "tally_slots").order_by("pk"):
            before = tally.of(one).organizations
            effects.append(Effect(one, moving[one.pk], before, before + change[one.pk]))
        return sorted(effects, key=lambda effect: effect.before == effect.after)


def preview(stays: Organization, others: Iterable[Organization]) -> Preview:
    """What `merge` would do now. Raises RefusedError."""
    others = sorted(others, key=lambda one: one.pk)
    _refuse(stays, others)
    keys = [stays.pk, *(one.pk for one in others)]
    rows = Signature.objects.filter(organization__in=keys).select_related("organization")
    signatures = list(rows.order_by("statement_id", "pk")[: MOST_SIGNATURES + 1])
    if len(signatures) > MOST_SIGNATURES:
        raise RefusedError(
            _("They have more than %(most)s signatures, too many to move at once.")
            % {"most": MOST_SIGNATURES}
        )
    new, elsewhere = _names(stays, others)
    return Preview(
        stays=stays,
        others=others,
        moves=plans.plan(stays.pk, signatures),
        aliases=list(OrganizationAlias.objects.filter(organization__in=others).order_by("pk")),
        new_names=new,
        known_elsewhere=elsewhere,
        logos=_logos(stays, others),
        filled=carried.taken_over(stays, others),
    )


def _refuse(stays: Organization, others: Sequence[Organization]) -> None:
    if not others or stays in others:
        raise RefusedError(_("Choose two organizations or more."))
    if len(others) >= MOST:
        raise RefusedError(_("At most %(most)s organizations are merged at once.") % {"most": MOST})
    for one in (stays, *others):
        if one.merged_into is not None:
            raise RefusedError(
                _("“%(one)s” was merged into “%(other)s” already.")
                % {"one": one, "other": one.merged_into}
            )
    rejected = stays.verification == Verification.REJECTED
    if rejected and any(one.verification != Verification.REJECTED for one in others):
        raise RefusedError(
            _("“%(one)s” is rejected. Let another one stay, or verify it first.") % {"one": stays}
        )


def _names(stays: Organization, others: Sequence[Organization]) -> tuple[list[str], list[str]]:
    """Names of the others that become aliases, and those that a third one is known by."""
    new: dict[str, str] = {}
    elsewhere: list[str] = []
    ours = {stays.pk, *(one.pk for one in others)}
    for one in others:
        key = name_key(one.name)
        owner = OrganizationAlias.objects.filter(name_key=key).first()
        if owner is not None and owner.organization_id not in ours:
            elsewhere.append(one.name)
        elif owner is None and key != stays.name_key:
            new.setdefault(key, one.name)
    return list(new.values()), elsewhere


def _logos(stays: Organization, others: Sequence[Organization]) -> list[Logo]:
    """The logos that come along: those shown and those that wait, where there is none of these."""
    found: list[Logo] = []
    for approved in (True, False):
        if stays.logos.filter(approved=approved).exists():
            continue
        for one in others:
            rows = list(one.logos.filter(approved=approved))
            if rows:
                found += rows
                break
    return found


@transaction.atomic
def merge(
    stays: Organization, others: Iterable[Organization], *, by: User, seen: str | None = None
) -> DirectoryChange:
    """Merge `others` into `stays`, which counts once for each statement.

    `seen` is the mark of the preview that was looked at. Raises RefusedError and ChangedError, and
    then nothing is done.
    """
    stays, *others = locked([stays, *others])
    found = preview(stays, others)
    if seen is not None and seen != found.mark:
        raise ChangedError
    change = DirectoryChange.objects.create(
        verb=DirectoryChange.Verb.MERGE, organization=stays, made_by=by, filled=found.filled
    )
    with office_language():
        told = _("“%(others)s” was merged into “%(one)s”, which counts once.") % {
            "others": ", ".join(map(str, others)), "one": stays
        }  # fmt: skip
    _move_signatures(change, found, by=by, told=told)
    _move_names(change, found)
    move_logos(change, found.logos, stays)
    for one in others:
        Organization.objects.filter(pk=one.pk).update(merged_into=stays)
        one.merged_into = stays
        one.renew_keys()
        record(one, one.verification, by=by, told=told)
        DirectoryChangeRow.objects.create(
            change=change, what=What.ORGANIZATION, number=one.pk,
            from_organization=one, to_organization=stays,
        )  # fmt: skip
    before = stays.verification
    _fill(stays, found.filled)  # once the others have left: no two have one ROR ID
    stays.renew_keys()
    record(stays, before, by=by, told=told)
    follow(stays, *others)
    verification.settle_alike(stays)
    return change


def locked(organizations: Sequence[Organization]) -> list[Organization]:
    """The organizations as they are stored, in the order given, and with them their signatures.

    Signatures first (`core.locks`). Who stores a new one holds a share of the
    organization's row, so that it is seen here, or sees that the organization was merged.
    """
    pks = [one.pk for one in organizations]
    lock_signatures_of(pks)
    rows = Organization.objects.select_for_update(of=("self",)).select_related("merged_into")
    found = {one.pk: one for one in rows.filter(pk__in=pks).order_by("pk")}
    lock_signatures_of(pks)
    if len(found) < len(set(pks)):
        raise RefusedError(_("One of them was deleted meanwhile."))
    return [found[pk] for pk in pks]


def _move_signatures(change: DirectoryChange, found: Preview, *, by: User, told: str) -> None:
    rows = [
        DirectoryChangeRow(
            change=change,
            what=What.SIGNATURE,
            signature=move.signature,
            from_organization_id=move.signature.organization_id,
            to_organization_id=move.to,
            was_state=move.signature.state if move.changes else "",
        )
        for move in found.moves
        if move.moves or move.changes
    ]
    invalid = [(move.signature, move.state) for move in found.doubled]
    events = states.change_many(invalid, by=by, reason=told)
    moves = [(move.signature, move.to) for move in found.moving]
    states.move_to_organizations(moves, by=by, reason=told)
    for row in rows:
        row.event = events.get(row.signature_id or 0)
    DirectoryChangeRow.objects.bulk_create(rows)


def _move_names(change: DirectoryChange, found: Preview) -> None:
    for alias in found.aliases:
        move_alias(change, alias, found.stays)
    for name in found.new_names:
        made = OrganizationAlias.objects.create(organization=found.stays, name=name)
        DirectoryChangeRow.objects.create(
            change=change, what=What.ALIAS, number=made.pk, to_organization=found.stays
        )


def move_alias(change: DirectoryChange, alias: OrganizationAlias, to: Organization) -> None:
    DirectoryChangeRow.objects.create(
        change=change, what=What.ALIAS, number=alias.pk,
        from_organization_id=alias.organization_id, to_organization=to,
    )  # fmt: skip
    alias.organization = to
    alias.save()


def move_logos(change: DirectoryChange, logos: Sequence[Logo], to: Organization) -> None:
    DirectoryChangeRow.objects.bulk_create(
        DirectoryChangeRow(
            change=change, what=What.LOGO, number=one.pk,
            from_organization_id=one.organization_id, to_organization=to,
        )
        for one in logos
    )  # fmt: skip
    Logo.objects.filter(pk__in=[one.pk for one in logos]).update(organization=to)


def _fill(stays: Organization, filled: dict[str, list[Any]]) -> None:
    for name, (_before, after) in filled.items():
        setattr(stays, name, carried.of_json(name, after))
    if filled:
        stays.save(update_fields=[*filled])


def record(organization: Organization, before: str, *, by: User, told: str) -> None:
    OrganizationEvent.objects.create(
        organization=organization, from_verification=before,
        to_verification=organization.verification, at=timezone.now(), by=by, reason=told,
    )  # fmt: skip


def office_language() -> AbstractContextManager[None]:
    """For sentences of the history, which is kept in one language."""
    return translation.override(settings.LANGUAGE_CODE)


def follow(*organizations: Organization) -> None:
    """Sort and find signatures by the names they have now, and have the directory counted anew."""
    for one in organizations:
        one.signatures.all().follow_names()
    transaction.on_commit(lambda: cache.delete("directory:counts"))

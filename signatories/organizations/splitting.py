"""An entry of the directory that stands for two organizations is split in two."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from casa.accounts.models import User
from signatories.core import states
from signatories.models import (
    DirectoryChange,
    DirectoryChangeRow,
    Logo,
    Organization,
    OrganizationAlias,
    Signature,
)
from signatories.organizations import merging
from signatories.organizations.merging import RefusedError, What


@dataclass(frozen=True)
class Chosen:
    """What goes to the new entry: keys of signatures and aliases, and whether the logo does."""

    signatures: tuple[int, ...] = ()
    aliases: tuple[int, ...] = ()
    logos: bool = False

    def __bool__(self) -> bool:
        return bool(self.signatures or self.aliases or self.logos)


def signatures_of(organization: Organization, keys: Iterable[int]) -> list[Signature]:
    rows = organization.signatures.filter(pk__in=list(keys)).select_related("organization")
    return list(rows.order_by("statement_id", "pk"))


@transaction.atomic
def split(
    organization: Organization, new: Organization, chosen: Chosen, *, by: User
) -> DirectoryChange:
    """Store `new` and move to it what was chosen; states and counts stay as they are.

    Raises RefusedError, and then nothing is done.
    """
    [organization] = merging.locked([organization])
    if organization.merged_into is not None:
        raise RefusedError(
            _("“%(one)s” was merged into “%(other)s” already.")
            % {"one": organization, "other": organization.merged_into}
        )
    signatures, aliases, logos = _chosen(organization, chosen)
    _store(new)
    change = DirectoryChange.objects.create(
        verb=DirectoryChange.Verb.SPLIT, organization=organization, made_by=by
    )
    DirectoryChangeRow.objects.create(
        change=change, what=What.ORGANIZATION, number=new.pk,
        from_organization=organization, to_organization=new,
    )  # fmt: skip
    with merging.office_language():
        told = _("“%(other)s” was split off from “%(one)s”.")
        told %= {"other": new, "one": organization}
    _move(change, new, signatures, by=by, told=told)
    for alias in aliases:
        merging.move_alias(change, alias, new)
    merging.move_logos(change, logos, new)
    for one in (organization, new):
        one.renew_keys()
        merging.record(one, one.verification, by=by, told=told)
    merging.follow(organization, new)
    return change


def _chosen(
    organization: Organization, chosen: Chosen
) -> tuple[list[Signature], list[OrganizationAlias], list[Logo]]:
    signatures = signatures_of(organization, chosen.signatures)
    aliases = list(organization.aliases.filter(pk__in=chosen.aliases))
    logos = list(organization.logos.all()) if chosen.logos else []
    is_whole = len(signatures) == len(set(chosen.signatures)) and len(aliases) == len(
        set(chosen.aliases)
    )
    if not is_whole:
        raise RefusedError(
            _("Somebody changed it while you looked. Look at it again, then split it.")
        )
    if not (signatures or aliases or logos):
        raise RefusedError(_("Choose what goes to the new entry."))
    return signatures, aliases, logos


def _store(new: Organization) -> None:
    try:
        new.full_clean(exclude=["slug"])
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from error
    new.save()


def _move(
    change: DirectoryChange, new: Organization, signatures: list[Signature], *, by: User, told: str
) -> None:
    DirectoryChangeRow.objects.bulk_create(
        DirectoryChangeRow(
            change=change, what=What.SIGNATURE, signature=one,
            from_organization_id=one.organization_id, to_organization=new,
        )
        for one in signatures
    )  # fmt: skip
    states.move_to_organizations([(one, new.pk) for one in signatures], by=by, reason=told)

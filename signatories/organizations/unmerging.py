"""A merge or a split is undone: every row goes back, but for what somebody changed since."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
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
    SignatureEvent,
)
from signatories.organizations import carried, merging
from signatories.organizations.merging import RefusedError, What

Outcome, Why = DirectoryChangeRow.Outcome, DirectoryChangeRow.Why
State = Signature.State


def obstacle(change: DirectoryChange) -> str:
    """Why it cannot be undone as a whole; "" if it can."""
    others = list(change.others())
    if later := _later(change, [change.organization, *others]).first():
        return _(
            "“%(one)s” was merged or split again on %(day)s. Undo that first."
        ) % {"one": later.organization, "day": timezone.localdate(later.made_at)}  # fmt: skip
    if not change.is_merge:
        return ""
    for one in others:
        there = Organization.objects.in_directory().exclude(pk=one.pk)
        if one.ror and there.exclude(pk=change.organization_id).filter(ror=one.ror).exists():
            return _("The directory has another organization with the ROR ID of “%(one)s” now.") % {
                "one": one
            }
        if there.filter(name_key=one.name_key, country=one.country).exists():
            return _(
                "The directory has another organization that is called “%(one)s” now. Rename that"
                " one, or merge it."
            ) % {"one": one}  # fmt: skip
    return ""


def _later(
    change: DirectoryChange, organizations: Sequence[Organization]
) -> QuerySet[DirectoryChange]:
    pks = [one.pk for one in organizations]
    rows = DirectoryChangeRow.objects.filter(what=What.ORGANIZATION, number__in=pks)
    later = DirectoryChange.objects.filter(pk__gt=change.pk, state=DirectoryChange.State.DONE)
    touching = later.filter(Q(organization__in=pks) | Q(pk__in=rows.values("change")))
    return touching.select_related("organization").order_by("-pk")


@transaction.atomic
def undo(change: DirectoryChange, *, by: User) -> bool:
    """Put back what it moved; False if that was done already.

    Rows that somebody changed since stay as they are, and say so. Raises RefusedError, and then
    nothing is done.
    """
    others = list(change.others())
    organization, *others = merging.locked([change.organization, *others])
    change.refresh_from_db()
    if change.state == DirectoryChange.State.UNDONE:
        return False
    if why := obstacle(change):
        raise RefusedError(why)
    told, before = _told(change, others), organization.verification
    carried.put_back(organization, change.filled)  # before the others come: no two have one ROR ID
    if change.is_merge:
        Organization.objects.filter(pk__in=[one.pk for one in others]).update(merged_into=None)
    _undo_signatures(change, by=by, told=told)
    _undo_aliases(change)
    _undo_logos(change)
    if not change.is_merge:
        _take_out(others[0], into=organization)
    for one, was in [(organization, before), *((one, one.verification) for one in others)]:
        one.refresh_from_db()
        one.renew_keys()
        merging.record(one, was, by=by, told=told)
    merging.follow(organization, *others)
    change.state, change.undone_by = DirectoryChange.State.UNDONE, by
    change.undone_at = timezone.now()
    change.save(update_fields=["state", "undone_by", "undone_at"])
    return True


def _told(change: DirectoryChange, others: Sequence[Organization]) -> str:
    with merging.office_language():
        sentence = _("The merge of “%(others)s” into “%(one)s” was undone.")
        if not change.is_merge:
            sentence = _("The split of “%(others)s” from “%(one)s” was undone.")
        return sentence % {"others": ", ".join(map(str, others)), "one": change.organization}


def kept(change: DirectoryChange) -> list[tuple[str, str, int]]:
    """(what, why, number) of rows that stayed as they were when it was undone."""
    rows = change.rows.filter(outcome=Outcome.KEPT).values_list("what", "why")
    counted = Counter(rows)
    return [(str(What(what).label), str(Why(why).label), n) for (what, why), n in counted.items()]


def _undo_signatures(change: DirectoryChange, *, by: User, told: str) -> None:
    rows = list(change.rows.filter(what=What.SIGNATURE).select_related("signature__organization"))
    moved = []
    for row in rows:
        one, back = row.signature, row.from_organization_id
        if one is None or back is None:
            continue
        if one.organization_id == row.to_organization_id:
            row.outcome = Outcome.UNDONE
            if back != row.to_organization_id:
                moved.append((one, back))
        else:
            row.outcome, row.why = Outcome.KEPT, Why.CHANGED
    try:
        states.move_to_organizations(moved, by=by, reason=told)
    except states.CountedTwiceError as error:
        raise RefusedError(
            _(
                "Of both organizations somebody signed the same statement since, so that they"
                " cannot be put back without counting one twice."
            )
        ) from error
    _restore([row for row in rows if row.was_state and row.outcome == Outcome.UNDONE], by, told)
    DirectoryChangeRow.objects.bulk_update(rows, ["outcome", "why"])


def _restore(rows: Sequence[DirectoryChangeRow], by: User, told: str) -> None:
    """Give those that stood twice their state back, unless somebody changed it since."""
    touched = _changed_since(rows)
    signed = Signature.objects.filter(
        organization__in={row.from_organization_id for row in rows},
        state__in=Signature.STANDING_STATES,
    )
    standing: set[tuple[int, int | None]] = set(
        signed.values_list("statement_id", "organization_id")
    )
    ready = []
    for row in rows:
        one = row.signature
        assert one is not None  # noqa: S101 - for the type checker
        where = (one.statement_id, one.organization_id)
        if row.signature_id in touched or one.state != State.INVALIDATED:
            row.outcome, row.why = Outcome.KEPT, Why.CHANGED
        elif row.was_state in Signature.STANDING_STATES and where in standing:
            row.outcome, row.why = Outcome.KEPT, Why.TWICE
        else:
            ready.append((one, row.was_state))
            if row.was_state in Signature.STANDING_STATES:
                standing.add(where)
    states.change_many(ready, by=by, reason=told)


def _changed_since(rows: Sequence[DirectoryChangeRow]) -> set[int]:
    after = {row.signature_id: row.event or 0 for row in rows}
    later = SignatureEvent.objects.filter(
        signature__in=list(after), pk__gt=min(after.values(), default=0)
    )
    return {
        signature
        for signature, event, before, to in later.values_list(
            "signature", "pk", "from_state", "to_state"
        )
        if event > after[signature] and before != to
    }


def _undo_aliases(change: DirectoryChange) -> None:
    for row in change.rows.filter(what=What.ALIAS):
        alias = OrganizationAlias.objects.filter(pk=row.number or 0).first()
        if alias is None or alias.organization_id != row.to_organization_id:
            _keep(row, Why.GONE if alias is None else Why.CHANGED)
            continue
        if row.from_organization_id is None:
            alias.delete()
        else:
            alias.organization_id = row.from_organization_id
            alias.save()
        _put_back(row)


def _undo_logos(change: DirectoryChange) -> None:
    for row in change.rows.filter(what=What.LOGO):
        logo = Logo.objects.filter(pk=row.number or 0, organization=row.to_organization_id)
        home = Logo.objects.filter(organization=row.from_organization_id)
        mine = logo.first()
        if mine is None:
            _keep(row, Why.GONE)
        elif home.filter(
            approved=mine.approved, width=mine.width, content_type=mine.content_type
        ).exists():
            _keep(row, Why.CHANGED)
        else:
            logo.update(organization=row.from_organization_id)
            _put_back(row)


def _keep(row: DirectoryChangeRow, why: str) -> None:
    row.outcome, row.why = Outcome.KEPT, why
    row.save(update_fields=["outcome", "why"])


def _put_back(row: DirectoryChangeRow) -> None:
    row.outcome = Outcome.UNDONE
    row.save(update_fields=["outcome"])


def _take_out(made: Organization, *, into: Organization) -> None:
    """An entry that a split made leaves the directory, unless something came to it since."""
    if any(rows.exists() for rows in (made.signatures, made.aliases, made.logos)):
        return
    Organization.objects.filter(pk=made.pk).update(merged_into=into)

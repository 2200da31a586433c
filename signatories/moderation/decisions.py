"""The verbs of staff on one signature or organization, each with a history row.

What speaks against somebody needs a reason; what is in their favour needs none.

Many at a time, with a preview that counts: `signatories/moderation/bulk.py`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from casa.accounts.models import User
from casa.lib.addresses import web_addresses
from casa.lib.addresses.in_texts import without_addresses
from casa.lib.kept_pages import generation
from signatories.core import states
from signatories.core.locks import lock_signatures_of
from signatories.core.personal_data import EDITABLE_BY_STAFF
from signatories.models import Organization, OrganizationEvent, Signature, SignatureQuerySet
from signatories.organizations import renewals, verification

State, Verification = Signature.State, Organization.Verification

WITHOUT_REASON = frozenset({"approve", "restore", "verify", "ask_again"})
"""Verbs that need no reason."""

# The states that a verb leads from.
FROM_STATES: dict[str, tuple[str, ...]] = {
    "approve": Signature.LIVE_STATES,
    "hide": (State.CONFIRMED,),
    "restore": (State.HIDDEN, State.INVALIDATED),
    "invalidate": Signature.LIVE_STATES,
}


def hide(signature: Signature, *, by: User, reason: str) -> bool:
    """Take a signature out of public view and out of the count; it can be restored."""
    return _move("hide", signature, by=by, reason=reason)


def restore(signature: Signature, *, by: User, reason: str) -> bool:
    """Bring back what was hidden or marked invalid: to count, if it was ever confirmed."""
    return _move("restore", signature, by=by, reason=reason)


def invalidate(signature: Signature, *, by: User, reason: str) -> bool:
    """Mark a signature as not genuine. Its mailbox cannot sign this statement again."""
    return _move("invalidate", signature, by=by, reason=reason)


def approve(signature: Signature, *, by: User, reason: str) -> bool:
    """Let a name that was checked stand in public, where names are checked first."""
    if signature.state not in FROM_STATES["approve"]:
        raise states.StateError(f"A signature that is {signature.state} is not approved.")
    return states.approve(signature, by=by, reason=_reason("approve", reason))


def to_state(verb: str, signature: Signature) -> str:
    """The state that `verb` leads to."""
    if verb == "hide":
        return State.HIDDEN
    if verb == "invalidate":
        return State.INVALIDATED
    if verb == "restore":
        # Nobody but the owner of the mailbox confirms a signature.
        return State.CONFIRMED if signature.confirmed_at else State.PENDING
    return signature.state


def _move(verb: str, signature: Signature, *, by: User, reason: str) -> bool:
    return states.change_state(
        signature,
        to_state(verb, signature),
        from_states=FROM_STATES[verb],
        by=by,
        reason=_reason(verb, reason),
    )


def _reason(verb: str, reason: str) -> str:
    return "" if verb in WITHOUT_REASON and not reason.strip() else _require_reason(reason)


def clean_reason(verb: str, reason: str) -> str:
    """`reason` as the history keeps it; raises ValueError where one is needed and missing."""
    return _reason(verb, reason)


def _require_reason(reason: str) -> str:
    """`reason` for the history, which stays for good and which all colleagues read."""
    if not reason.strip():
        raise ValueError("A decision needs a reason.")
    return without_addresses(reason.strip())


@transaction.atomic
def edit(signature: Signature, changes: Mapping[str, object], *, by: User) -> bool:
    """Correct how a signer is named; what stood there before is kept in the history."""
    if unknown := set(changes) - set(EDITABLE_BY_STAFF):
        raise ValueError(f"Staff do not edit {', '.join(sorted(unknown))}.")
    stored = Signature.objects.select_for_update().get(pk=signature.pk)
    changed = {name: value for name, value in changes.items() if getattr(stored, name) != value}
    if not changed:
        return False
    described = [
        f"{name.replace('_', ' ')} “{_describe(getattr(stored, name))}” → “{_describe(value)}”"
        for name, value in changed.items()
    ]
    for name, value in changed.items():
        setattr(stored, name, value)
    # Only these columns: a state that changes at this moment is not written over.
    stored.save(update_fields=[*changed, "sort_key"])
    states.record_event(stored, by=by, reason=_require_reason(f"edited: {'; '.join(described)}"))
    signature.refresh_from_db()
    return True


def _describe(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def verify(organization: Organization, *, by: User, reason: str) -> bool:
    """Say that the office has made sure who this is; False if it says so already."""
    return _decide(organization, Verification.VERIFIED, by=by, reason=_reason("verify", reason))


def ask_again(organization: Organization, *, by: User, reason: str) -> bool:
    """Have its representative asked whether the entry is still right; False if nobody is."""
    return renewals.ask(organization, by=by, reason=_reason("ask_again", reason))


@transaction.atomic
def reject(organization: Organization, *, by: User, reason: str) -> bool:
    """Say that this is no organization that can sign; its signatures become invalid with it.

    Those that are hidden or withdrawn stay so. False if it was rejected already.
    """
    reason = _reason("reject", reason)
    lock_signatures_of([organization.pk])
    if not _decide(organization, Verification.REJECTED, by=by, reason=reason):
        return False
    for signature in countable_signatures(organization.pk).order_by("statement_id", "pk"):
        invalidate(signature, by=by, reason=reason)
    return True


def countable_signatures(*organizations: int) -> SignatureQuerySet:
    return Signature.objects.filter(
        organization__in=organizations, state__in=Signature.COUNTABLE_STATES
    )


@transaction.atomic
def _decide(organization: Organization, to: str, *, by: User, reason: str) -> bool:
    now, before = timezone.now(), organization.verification
    if is_settled(organization, to):
        return False
    changes: dict[str, Any] = {"verification": to, "to_check": "", **renewals.RENEWED}
    if before != to or organization.renewal_reason:
        changes |= {"verified_at": now if to == Verification.VERIFIED else None}
    if before != to:
        changes |= {"verified_domain": ""}
    there = Organization.objects.in_directory()
    unchanged = there.filter(pk=organization.pk, verification=before)
    if not unchanged.update(**changes):
        organization.refresh_from_db()
        return False
    for field, value in changes.items():
        setattr(organization, field, value)
    if to == Verification.VERIFIED and not organization.events.filter(to_verification=to).exists():
        verification.notify_verified(organization)
    OrganizationEvent.objects.create(
        organization=organization,
        from_verification=before,
        to_verification=to,
        at=now,
        by=by,
        reason=reason,
    )
    generation.renew()  # a worker may decide, and no signature need go with the organization
    return True


MOMENTS = ("verified_at", "asked_again_at", "request_mailed_at")


def verification_of(organization: Organization) -> dict[str, str]:
    """What `reject` and `verify` write over, to be put back."""
    words = ("verification", "verified_domain", "to_check", "to_renew")
    moments = {name: getattr(organization, name) for name in MOMENTS}
    return {name: getattr(organization, name) for name in words} | {
        name: at.isoformat() if at else "" for name, at in moments.items()
    }


@transaction.atomic
def put_back(
    organization: Organization, before: Mapping[str, str], *, by: User | None, reason: str
) -> int:
    """Write back what `verification_of` found; the key of its event. The row is held locked."""
    was = organization.verification
    for name, value in before.items():
        is_moment = name in MOMENTS
        read = (datetime.fromisoformat(value) if value else None) if is_moment else value
        setattr(organization, name, read)
    organization.save(update_fields=[*before])
    event = OrganizationEvent.objects.create(
        organization=organization,
        from_verification=was,
        to_verification=organization.verification,
        at=timezone.now(),
        by=by,
        reason=reason,
    )
    return event.pk


def is_settled(organization: Organization, to: str) -> bool:
    """Whether the decision would change nothing: it is so already, and nothing asks for a look."""
    is_so = organization.verification == to
    return is_so and not (organization.to_check or organization.renewal_reason)


@transaction.atomic
def website_changed(organization: Organization, *, by: User, before: str = "") -> None:
    """Verification by mailbox ends when staff change the website to another domain.

    A verified organization is to be verified again then; `before` is the website it had.
    """
    domain, now = organization.verified_domain, web_addresses.registrable(organization.website)
    if now == (web_addresses.registrable(before) or domain or now):
        return
    renewals.note(organization, Organization.ToRenew.WEBSITE)
    if not domain or now == domain:
        return
    organization.verified_domain = ""
    Organization.objects.filter(pk=organization.pk).update(verified_domain="")
    OrganizationEvent.objects.create(
        organization=organization,
        from_verification=organization.verification,
        to_verification=organization.verification,
        at=timezone.now(),
        by=by,
        reason=gettext("The website was changed, so %(domain)s verifies it no longer.")
        % {"domain": domain},
    )


def follow_name(organization: Organization) -> None:
    """Sort and find an organization's signatures by the name that it has now."""
    organization.signatures.all().follow_names()


ORGANIZATION_VERBS: dict[str, Callable[..., bool]] = {
    "verify": verify,
    "reject": reject,
    "ask_again": ask_again,
}

"""Signers change their own signature by the private link."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from casa.lib.addresses.in_texts import without_addresses
from signatories.core import protected_names, states, tally
from signatories.core.personal_data import EDITABLE, EDITABLE_IN_PUBLIC, EDITABLE_WORDS, Owner
from signatories.models import Signature
from signatories.signing import own_answers

Kind, State = Signature.Kind, Signature.State

# Why a signature changed, as its history says it.
CHANGED, CHANGED_UNSEEN = "changed by the signer", "the signer changed what is not shown"
WITHHELD, SHOWN = "asked to have the name withheld", "asked to have the name shown"


def may_change(signature: Signature) -> bool:
    """Whether there is still something to correct; what is withdrawn or invalid stays as it is."""
    return signature.state in Signature.LIVE_STATES


def own_fields(signature: Signature) -> tuple[str, ...]:
    """The columns that its owner may correct; the office keeps an organization's own entry."""
    is_person = signature.kind == Kind.PERSON
    return EDITABLE[Owner.PERSON if is_person else Owner.REPRESENTATIVE]


@transaction.atomic
def correct(signature: Signature, changes: Mapping[str, object]) -> bool:
    """Store what a signer corrected; False if nothing is another now.

    What stood in public before is kept in the history, for staff. Where names are checked first,
    a changed one is checked anew and does not count until then. Raises StateError if there is
    nothing to correct any more.
    """
    row = _lock(signature)
    allowed = own_fields(row)
    changed = {
        name: value
        for name, value in changes.items()
        if name in allowed and getattr(row, name) != value
    }
    if not changed:
        return False
    if "answer" in changed:
        changed |= own_answers.to_question(row, str(changed["answer"]))
    seen = _public_changes(row, changed)
    told = [f"{name} “{getattr(row, name)}” → “{changed[name]}”" for name in seen]
    for name, value in changed.items():
        setattr(row, name, value)
    if seen:
        row.renamed_at = timezone.now()
    # Only these columns: a state that changes at this moment is not written over.
    row.save(update_fields=[*changed, "sort_key", "renamed_at"])
    if seen:
        reason = without_addresses(f"{CHANGED}: {'; '.join(told)}")
        states.record_event(row, by=None, reason=reason)
        if row.statement.premoderated and set(seen) & set(EDITABLE_WORDS):
            states.require_approval(row, reason="the signer changed what is shown")
    else:
        states.record_event(row, by=None, reason=CHANGED_UNSEEN)
    if "name" in changed and protected_names.is_protected(row.name):
        _hold_as_protected(row)
    signature.refresh_from_db()
    return True


def _hold_as_protected(row: Signature) -> None:
    """Let a moderator decide on a name of the list, wherever names stand at once."""
    row.suspicions = sorted({*row.suspicions, protected_names.SUSPICION})
    row.save(update_fields=["suspicions"])
    states.require_approval(row, reason="the name is on the list of protected names")


def _public_changes(row: Signature, changed: Mapping[str, object]) -> list[str]:
    """The changed fields that stand in public, now or as soon as the statement does."""
    is_named = row.kind == Kind.PERSON or row.lead_position is not None
    if row.confirmed_at is None or row.name_withheld or not is_named:
        return []
    is_shown = row.answer_public or changed.get("answer_public")
    in_public = {*EDITABLE_IN_PUBLIC, *(("answer",) if is_shown else ())}
    return [name for name in changed if name in in_public]


def may_withhold(signature: Signature) -> bool:
    return (
        may_change(signature)
        and signature.kind == Kind.PERSON
        and signature.statement.may_withhold
        and not signature.name_withheld
    )


def may_show(signature: Signature) -> bool:
    return may_change(signature) and signature.name_withheld


@transaction.atomic
def withhold(signature: Signature) -> bool:
    """Count, and name nobody; False if that is so already. Raises StateError if not allowed."""
    row = _lock(signature)
    if not row.name_withheld and not may_withhold(row):
        raise states.StateError("Names are not withheld under this statement.")
    return _set_withheld(signature, row, withheld=True, reason=WITHHELD)


@transaction.atomic
def show(signature: Signature) -> bool:
    """Name whoever was withheld; where names are checked first, it is checked before."""
    row = _lock(signature)
    changed = _set_withheld(signature, row, withheld=False, reason=SHOWN)
    if changed and row.statement.premoderated and row.renamed_at:
        states.require_approval(row, reason="the name was changed while it was withheld")
        signature.refresh_from_db()
    return changed


def _set_withheld(signature: Signature, row: Signature, *, withheld: bool, reason: str) -> bool:
    if row.name_withheld == withheld:
        return False
    row.name_withheld = withheld
    row.save(update_fields=["name_withheld"])
    states.record_event(row, by=None, reason=reason)
    signature.refresh_from_db()
    return True


def may_be_listed_as_withdrawn(signature: Signature) -> bool:
    """Whether the name stands in public, so that its withdrawal can."""
    seen = signature.is_counted and not signature.name_withheld
    return seen and signature.statement.is_public()


def withdraw(signature: Signature, *, shown: bool) -> bool:
    """Take the signature back, silently or listed as withdrawn. Raises StateError if it is gone."""
    done = states.withdraw(signature, shown=shown and may_be_listed_as_withdrawn(signature))
    tally.forget_earlier(signature.statement)
    return done


def _lock(signature: Signature) -> Signature:
    row = (
        Signature.objects.select_for_update(of=("self",))
        .select_related("statement", "organization")
        .get(pk=signature.pk)
    )
    if not may_change(row):
        raise states.StateError(f"A signature that is {row.state} is not changed.")
    return row

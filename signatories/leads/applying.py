"""Accepted lines become signatures, some in each step of a worker."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from casa.lib.text import name_key
from casa.mail.outbox import queue
from signatories.core import locks, states
from signatories.leads import likely, lines, placement
from signatories.leads.lines import Why
from signatories.models import (
    CollectedBy,
    ImportBatch,
    ImportLine,
    Organization,
    Signature,
    SignatureEvent,
)
from signatories.organizations import entries
from signatories.parser import SURE
from signatories.signing import duplicates
from statements.models import Edition, Statement

Decision, Kind, State = ImportLine.Decision, Signature.Kind, Signature.State

AT_ONCE = 100
"""Lines in a transaction."""


class _Held(Exception):  # noqa: N818 - an answer to the loop
    """The line cannot be taken; it waits for a person again."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def waiting(batch: ImportBatch) -> Any:
    """Lines that are taken and have no signature yet."""
    return batch.lines.filter(decision__in=ImportLine.TAKEN, is_applied=False)


@transaction.atomic
def apply_some(batch: ImportBatch) -> int:
    """Make signatures of the next AT_ONCE lines; how many lines were worked through."""
    statement = Statement.objects.select_for_update(no_key=True).get(pk=batch.statement_id)
    batch.statement = statement
    leads = Signature.objects.filter(statement=statement, lead_position__isnull=False)
    position = leads.aggregate(last=Max("lead_position"))["last"] or 0
    edition = current_edition(statement)
    chosen = list(waiting(batch).order_by("position")[:AT_ONCE])
    later = likely.Standing(
        statement, [line.fields for line in chosen], after=batch.compared_up_to, but=batch
    )
    _hold_what_they_name(statement, chosen)
    for line in chosen:
        line.batch = batch
        position += 1
        try:
            with transaction.atomic():
                _refuse_second(line, later)
                _apply(line, edition, position)
        except _Held as held:
            _hold(line, held.why)
        except IntegrityError:
            _hold(line, Why.STANDS)
    return len(chosen)


def _hold_what_they_name(statement: Statement, chosen: list[ImportLine]) -> None:
    marks = [line.same_as.partition(":") for line in chosen if line.same_as]
    numbers = {kind: [int(pk) for other, _, pk in marks if other == kind] for kind, _, _ in marks}
    fields = [line.fields for line in chosen if line.fields.get("kind") == Kind.ORGANIZATION]
    keys = {name_key(one.get("organization", "")) for one in fields}
    is_named = Q(name_key__in=keys) | Q(aliases__name_key__in=keys)
    is_known = Q(ror__in={one["ror"] for one in fields if one.get("ror")})
    is_chosen = Q(pk__in=numbers.get("organization", []))
    found = Organization.objects.filter(is_named | is_known | is_chosen)
    locks.hold_before_writing(
        statement.pk,
        signatures=numbers.get("signature", []),
        organizations={one.heir.pk for one in found},
    )


def _refuse_second(line: ImportLine, later: likely.Standing) -> None:
    """Hold a line whose name came in by another way since somebody looked at it."""
    found = later.of(line.fields)
    if line.decision == Decision.ACCEPTED and set(found) - set(line.alike):
        line.alike = [*line.alike, *found]
        raise _Held(Why.STANDS)


def current_edition(statement: Statement) -> Edition | None:
    return Edition.objects.filter(
        statement=statement, number=statement.edition_number, language=statement.language
    ).first()


def _hold(line: ImportLine, why: str) -> None:
    ImportLine.objects.filter(pk=line.pk).update(
        decision=Decision.HELD, why=why, same_as="", alike=line.alike, version=line.version + 1
    )


def _apply(line: ImportLine, edition: Edition | None, position: int) -> None:
    if line.decision == Decision.MERGED:
        line.signature = _target(line)
        line.filled = {**_fill(line.signature, line), **_lift(line.signature, line, position)}
    else:
        line.signature = _build_signature(line, edition, position)
    line.is_applied = True
    line.save(update_fields=["signature", "made_organization", "filled", "is_applied"])


# A signature of its own


def _build_signature(line: ImportLine, edition: Edition | None, position: int) -> Signature:
    batch = line.batch
    if lines.problems(line.fields):
        raise _Held(Why.INVALID)
    organization = _organization(line)
    if organization is not None and _has_signed(batch, organization):
        raise _Held(Why.STANDS)
    signature = placement.build_signature(
        batch.statement, edition, lines.parsed(line), organization
    )
    signature.batch = batch
    # A person has said yes, so the first screen asks nobody to look again.
    signature.import_confidence = max(line.confidence, SURE)
    signature.affiliation_mark = line.fields.get("mark", "")
    signature.email = line.fields.get("email", "")
    if signature.email:
        signature.email_key = duplicates.key_of_mailbox(signature)
    if batch.as_leads:
        signature.lead_position = position
    asked = batch.asks_first and bool(signature.email)
    if asked:
        signature.state, signature.confirmed_at = State.PENDING, None
    else:
        signature.consent_source = batch.consent
    signature.save()
    try:
        entries.require_current(organization)
    except entries.MergedError as merged:
        raise _Held(Why.GONE) from merged
    states.record_creation(signature, by=batch.by, reason=f"import {batch.pk}, line {line.number}")
    if asked:
        params = {"signature": signature.pk}
        queue("signatories.confirm", to=signature.email, language=signature.language, params=params)
    return signature


def _organization(line: ImportLine) -> Organization | None:
    if line.fields.get("kind") != Kind.ORGANIZATION:
        return None
    if line.same_as:
        number = int(line.same_as.partition(":")[2])
        found = Organization.objects.filter(pk=number).first()
        if found is None:
            raise _Held(Why.GONE)
        return found.heir
    organization, is_new = placement.organization_of(lines.parsed(line))
    line.made_organization = organization if is_new else None
    return organization


def _has_signed(batch: ImportBatch, organization: Organization) -> bool:
    standing = Signature.objects.filter(state__in=Signature.STANDING_STATES)
    return standing.filter(statement=batch.statement, organization=organization).exists()


# One that is there


def _target(line: ImportLine) -> Signature:
    kind, _colon, number = line.same_as.partition(":")
    there = Signature.objects.filter(
        statement=line.batch.statement, state__in=Signature.LIVE_STATES
    )
    if kind == "line":
        earlier = line.batch.lines.filter(position=int(number), is_applied=True)
        there = there.filter(pk__in=earlier.values("signature"))
    else:
        there = there.filter(pk=int(number))
    found = there.select_related("organization").first()
    if found is None:
        raise _Held(Why.GONE)
    return found


FILLED = ("honorific", "credentials", "role", "organization", "city", "region", "country", "mark")


def _fill(signature: Signature, line: ImportLine) -> dict[str, str]:
    """Give an imported person what only this line says; {field: value}. What its owner typed or
    may have read stays as it is."""
    if signature.kind != Kind.PERSON or not is_of_organizer(signature):
        return {}
    found = {}
    for name in FILLED:
        field, value = lines.OF_SIGNATURE.get(name, name), line.fields.get(name, "")
        if value and not getattr(signature, field):
            setattr(signature, field, value)
            found[field] = value
    if found:
        signature.save(update_fields=[*found])
        told = ", ".join(sorted(found))
        reason = f"import {line.batch_id}, line {line.number}: filled in {told}"
        states.record_event(signature, by=line.batch.by, reason=reason)
    return found


def _lift(signature: Signature, line: ImportLine, position: int) -> dict[str, int]:
    """Put somebody whom a list of first names names among them; {field: place} if that is new."""
    if not line.batch.as_leads or not can_lead(signature):
        return {}
    signature.lead_position = position
    signature.save(update_fields=["lead_position"])
    reason = f"import {line.batch_id}, line {line.number}: put among the lead signatories"
    states.record_event(signature, by=line.batch.by, reason=reason)
    return {"lead_position": position}


def can_lead(signature: Signature) -> bool:
    """Whether it stands among the others and may stand among the lead signatories."""
    return signature.state == State.CONFIRMED and signature.lead_position is None


def is_of_organizer(signature: Signature) -> bool:
    """Whether staff imported it and its owner has done nothing about it."""
    return bool(signature.consent_source in CollectedBy.values and not last_owner_action(signature))


def last_owner_action(signature: Signature) -> str:
    """What the owner of an imported signature did about it: “withdrew”, say; "" for nothing."""
    if signature.state == State.WITHDRAWN:
        return "withdrew"
    if signature.renamed_at is not None:
        return "changed"
    later = signature.events.exclude(from_state="")
    return "confirmed" if any(_is_owners(event) for event in later) else ""


def _is_owners(event: SignatureEvent) -> bool:
    # What a command does is nobody's, either.
    return event.by_id is None and not event.reason.startswith("import ")

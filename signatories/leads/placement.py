"""Lead signatories: names that staff place first, from a list somebody sent them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from casa.accounts.models import User
from casa.lib import ror
from casa.lib.text import name_key
from signatories.core import erasures, locks, protected_names, states, tokens
from signatories.models import Organization, Signature
from signatories.organizations import entries, verification
from signatories.parser import ParsedLine, kind_of
from statements.models import Edition, Statement

Kind, State = Signature.Kind, Signature.State


class LineError(Exception):
    """A line cannot be stored; the message says which one and why."""

    def __init__(self, line: ParsedLine, reason: str) -> None:
        super().__init__(f"line {line.line}: {reason}")


class Placing(NamedTuple):
    """What became of the lines of a list."""

    placed: list[Signature]
    repeated: list[ParsedLine]
    erased: list[ParsedLine]


@entries.again_if_merged
def place(statement: Statement, lines: Iterable[ParsedLine], *, by: User | None = None) -> Placing:
    """Add `lines` behind the lead signatories that are there, confirmed by whoever places them.

    Returns those placed and the lines left out: because they stand there already, and because
    whoever they name had their signature erased. Raises LineError, and then nothing is stored.
    """
    lines, erased = erasures.ErasedNames(statement).split(lines)
    # One at a time for each statement.
    Statement.objects.select_for_update(no_key=True).only("pk").get(pk=statement.pk)
    leads = Signature.objects.filter(statement=statement, lead_position__isnull=False)
    known = set(leads.values_list("original_line", flat=True))
    organizations = _organizations_of(line for line in lines if line.original not in known)
    locks.hold_before_writing(
        statement.pk, organizations=[one.pk for one in organizations.values()]
    )
    here: set[tuple[str, str]] = set()  # one line may name several people
    position = leads.aggregate(last=Max("lead_position"))["last"] or 0
    edition = Edition.objects.filter(
        statement=statement, number=statement.edition_number, language=statement.language
    ).first()
    placed: list[Signature] = []
    repeated: list[ParsedLine] = []
    for line in lines:
        organization = organizations.get(name_key(line.organization))
        signature = build_signature(statement, edition, line, organization)
        repeats = line.original in known or (line.original, line.name) in here
        if repeats or _organization_stands_already(signature):
            repeated.append(line)
            continue
        position += 1
        signature.lead_position = position
        _store(signature, line)
        entries.require_current(organization)
        states.record_creation(signature, by=by, reason="placed by staff")
        here.add((line.original, line.name))
        placed.append(signature)
    return Placing(placed, repeated, erased)


def _organizations_of(lines: Iterable[ParsedLine]) -> dict[str, Organization]:
    """In one order for everybody, so that no two who make the same ones wait for each other."""
    in_order = sorted(lines, key=lambda line: name_key(line.organization))
    return {
        name_key(line.organization): organization_of(line)[0]
        for line in in_order
        if line.kind == Kind.ORGANIZATION
    }


def build_signature(
    statement: Statement,
    edition: Edition | None,
    line: ParsedLine,
    organization: Organization | None,
) -> Signature:
    is_organization = line.kind == Kind.ORGANIZATION
    protected = protected_names.is_protected(line.organization if is_organization else line.name)
    return Signature(
        statement=statement,
        edition=edition,
        kind=line.kind,
        state=State.CONFIRMED,
        approved=not protected,
        suspicions=[protected_names.SUSPICION] if protected else [],
        confirmed_at=timezone.now(),
        nonce=tokens.new_nonce(),
        language=statement.language,
        honorific=line.honorific,
        name="" if is_organization else line.name,
        credentials=line.credentials,
        role=line.role,
        affiliation="" if is_organization else line.organization,
        organization=organization if is_organization else None,
        city=line.city,
        region=line.region,
        country=line.country,
        original_line=line.original,
        import_notes="\n".join(line.notes),
        import_confidence=line.confidence,
    )


def organization_of(line: ParsedLine) -> tuple[Organization, bool]:
    """The directory's entry of this name, made if there is none, whoever else makes it now.

    And whether it was made.
    """
    known = _ror_of(line)
    if known and (found := Organization.objects.in_directory().filter(ror=known).first()):
        return found, False
    named = Organization.objects.named(line.organization)
    # One that another ROR ID is known of is another organization, if the country allows it.
    if found := (named.filter(ror__in=("", known)) if known else named).first():
        return found, False
    organization = Organization(
        ror=known,
        registration=line.registration,
        name=line.organization,
        kind=kind_of(line.organization) or Organization.Kind.ASSOCIATION,
        city=line.city,
        region=line.region,
        country=line.country,
    )
    _checked(organization, line)
    added = entries.add(organization)
    verification.flag_if_alike(added)
    return added, added.slug == organization.slug


def _ror_of(line: ParsedLine) -> str:
    try:
        return ror.read(line.ror) if line.ror else ""
    except ValidationError as error:
        raise LineError(line, f"ror: {error.messages[0]}") from error


def _organization_stands_already(signature: Signature) -> bool:
    return (
        signature.organization_id is not None
        and Signature.objects.filter(
            statement=signature.statement_id,
            organization=signature.organization_id,
            state__in=Signature.STANDING_STATES,
        ).exists()
    )


def _store(signature: Signature, line: ParsedLine) -> None:
    if signature.kind == Kind.PERSON and not signature.name:
        raise LineError(line, "no name was found in it")
    _checked(signature, line)
    signature.save()


def _checked(row: Signature | Organization, line: ParsedLine) -> None:
    try:
        row.clean_fields(exclude=("statement", "edition", "name_key", "sort_key", "slug"))
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise LineError(line, f"{field}: {messages[0]}") from error


@transaction.atomic
def reorder(statement: Statement, pks: Sequence[int], *, by: User) -> int:
    """Put the lead signatories into the order of `pks`; returns how many have another place now.

    Those who are not named (somebody placed them in the meantime) keep their order behind.
    """
    leads = {one.pk: one for one in statement.signatures.leads().select_for_update()}
    named = [leads.pop(pk) for pk in dict.fromkeys(pks) if pk in leads]
    moved = 0
    for position, signature in enumerate([*named, *leads.values()], start=1):
        moved += _give_place(signature, position, by=by)
    return moved


@transaction.atomic
def make_lead(signature: Signature, *, by: User) -> bool:
    """Put a confirmed signature last among the lead signatories; False if it is one of them."""
    signature.refresh_from_db()
    if signature.lead_position is not None:
        return False
    if signature.state != State.CONFIRMED:
        raise states.StateError("Only a confirmed signature can stand among the lead signatories.")
    leads = Signature.objects.filter(statement=signature.statement_id)
    last = leads.aggregate(last=Max("lead_position"))["last"] or 0
    return _give_place(signature, last + 1, by=by)


@transaction.atomic
def take_out(signature: Signature, *, by: User) -> bool:
    """Let a lead signatory stand with all others; False if they do already.

    Whoever was placed before publication stands under edition 1 from then on. Raises StateError
    while there is none.
    """
    signature.refresh_from_db()
    if signature.lead_position is None:
        return False
    if signature.edition_id is None:
        statement = signature.statement
        signature.edition = Edition.objects.filter(
            statement=statement, number=1, language=statement.language
        ).first()
        if signature.edition is None:
            raise states.StateError("Nothing is published that this signature could stand under.")
    signature.lead_position = None
    signature.save(update_fields=["lead_position", "edition"])
    states.record_event(signature, by=by, reason="taken from the lead signatories")
    return True


def _give_place(signature: Signature, position: int, *, by: User) -> bool:
    before = signature.lead_position
    if before == position:
        return False
    signature.lead_position = position
    signature.save(update_fields=["lead_position"])
    moved = f"place among the lead signatories: {before} → {position}"
    reason = moved if before else "put among the lead signatories"
    states.record_event(signature, by=by, reason=reason)
    return True

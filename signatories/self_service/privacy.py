"""The data of a signer is downloaded and erased."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from casa.lib.http import absolute
from casa.lib.personal_data import explanations, values
from casa.mail import kinds, stops
from casa.mail.models import MailStop, OutgoingMail
from signatories.core import (
    erasures,
    invited,
    personal_data,
    receipts,
    reconsent_questions,
    referrals,
    states,
    tally,
    tokens,
)
from signatories.models import (
    AskedOwner,
    Decision,
    Follower,
    GoneCount,
    ImportLine,
    ImportProof,
    Invitation,
    InvitationQuerySet,
    Leaf,
    OrganizationEvent,
    Signature,
    SignatureEvent,
    SignatureQuerySet,
    UpdateRecipient,
)
from signatories.signing import held_forms
from statements.models import PreviewLink

Kind, State = Signature.Kind, Signature.State

MAILS_SHOWN = 100


def collect(signature: Signature) -> dict[str, Any]:
    """All that is stored under the mailbox of `signature`, as plain values for a JSON file.

    Of one without an address, what is stored of itself.
    """
    if signature.email:
        return collect_of(signature.email)
    return _collected("", Signature.objects.filter(pk=signature.pk))


def collect_of(address: str) -> dict[str, Any]:
    """All that is stored under an address."""
    sections = {
        "follows": [_about(one) for one in _followers(address)],
        "invitations": [_about(one) for one in _invitations(address)],
        "asked": [_asked(one) for one in _rounds(address)],
        "mails": [_mail(mail) for mail in mails_to(address)],
        "no_mail": [values(one) for one in _stops(address)],
    }
    return _collected(address, Signature.objects.of_mailbox(address).order_by("pk"), **sections)


def _collected(address: str, own: SignatureQuerySet, **sections: Any) -> dict[str, Any]:
    rows = own.select_related("statement", "edition", "organization", "consent")
    return {
        "made_at": timezone.now(),
        "email": address,
        "signatures": [_stored(one) for one in rows],
        **sections,
        "columns": {name: explanations(model) for name, model in SECTIONS.items()},
    }


SECTIONS: dict[str, type[Model]] = {
    "signatures": Signature,
    "follows": Follower,
    "invitations": PreviewLink,
    "asked": Invitation,
    "mails": OutgoingMail,
    "no_mail": MailStop,
}


def _stored(one: Signature) -> dict[str, Any]:
    consent = one.consent
    return {
        **values(one),
        "organization": one.organization.name if one.organization is not None else "",
        "statement": _signed(one),
        "consent": {"language": consent.language, "text": consent.text} if consent else None,
        "referred": referrals.count_referred(one),
        "history": [
            {
                "at": event.at,
                "from": event.from_state,
                "to": event.to_state,
                "by": "the office" if event.by_id else "you or the site",
                # What colleagues write to each other names their reasons, and other people.
                "note": "" if event.by_id else event.reason,
            }
            for event in one.events.all()
        ],
    }


def _followers(address: str) -> QuerySet[Follower]:
    """What exactly this address follows, in whatever case it was typed."""
    found = Follower.objects.counted_as_mailbox(address).filter(email__iexact=address)
    return found.select_related("statement").order_by("pk")


def _invitations(address: str) -> QuerySet[PreviewLink]:
    """Invitations to read or sign before publication that went to exactly this address."""
    found = PreviewLink.objects.filter(email__iexact=address)
    return found.select_related("statement").order_by("pk")


def _rounds(address: str) -> InvitationQuerySet:
    """Where exactly this address was asked to sign first."""
    found = Invitation.objects.filter(email__iexact=address)
    return found.select_related("round__statement").order_by("pk")


def _asked(one: Invitation) -> dict[str, Any]:
    statement = one.round.statement
    address = absolute(statement.get_absolute_url()) if statement.is_public() else None
    return {"statement": address, **values(one)}


def _stops(address: str) -> QuerySet[MailStop]:
    """That its owner wants no mail. It stays when all else is erased."""
    return stops.stops_of(address).order_by("pk")


def _about(one: Follower | PreviewLink) -> dict[str, Any]:
    statement = one.statement
    address = absolute(statement.get_absolute_url()) if statement.is_public() else None
    return {"statement": address, **values(one)}


def _signed(one: Signature) -> dict[str, Any] | None:
    """The words somebody signed; nothing of a statement that nobody may read any more."""
    if not one.statement.is_public():
        return None
    edition = reconsent_questions.signed_edition(one)
    return {
        "address": absolute(one.statement.get_absolute_url()),
        "title": edition.title,
        "edition": edition.number,
        "sha256": edition.sha256,
    }


def mails_to(address: str) -> QuerySet[OutgoingMail]:
    """The newest mails to signers that went to exactly this address, in whatever case."""
    return _all_mails_to(address).order_by("-pk")[:MAILS_SHOWN]


def _all_mails_to(address: str) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.to_mailbox(address).filter(kind__startswith="signatories.")


def _mail(mail: OutgoingMail) -> dict[str, object]:
    known = kinds.labels()
    label = str(known.get(mail.kind, mail.kind))
    course = {"state": mail.state, "queued": mail.created_at, "sent": mail.sent_at}
    return {"what": label, **values(mail), **course}


# Erasure


def erase(signature: Signature) -> None:
    """Leave nothing of a signature but a keyed hash of who it was; the count follows.

    It cannot be undone, by nobody. Whoever signs again themselves does so anew.
    """
    with transaction.atomic():
        row = _lock(signature)
        if row is None:
            return  # somebody was faster
        erasures.record_erasure(row, of_organization=row.organization_id is not None)
        _erase_traces(row)
        states.erase(row)
    tally.forget_earlier(signature.statement)


def forget(row: Signature) -> None:
    """Erase a signature that nobody confirmed; the caller holds its row locked.

    Nothing is kept that says so: whoever is asked anew may sign. What else goes to the mailbox
    stays, since the address may be somebody else's who typed nothing.
    """
    _erase_traces_of_row(row)
    states.erase(row, why=GoneCount.Why.UNCONFIRMED)


def may_erase_representative(signature: Signature) -> bool:
    """Whether the organization's signature can stay and count without whoever signed for it."""
    return signature.kind == Kind.ORGANIZATION and signature.confirmed_at is not None


def erase_representative(signature: Signature) -> None:
    """Leave the organization's signature, and nothing of the person who signed for it.

    No link to it works any more. Raises StateError if there is nothing that could stay.
    """
    with transaction.atomic():
        row = _lock(signature)
        if row is None:
            return
        if not may_erase_representative(row):
            raise states.StateError("Only a confirmed signature of an organization can stay.")
        erasures.record_erasure(row, of_organization=False)
        _erase_traces(row)
        _forget_words(row)
        UpdateRecipient.objects.filter(signature=row).delete()
        AskedOwner.objects.filter(signature=row).delete()
        receipts.end(row, Leaf.Change.RENEWED)
        erased = {**personal_data.erased_values(), "nonce": tokens.new_nonce()}
        for name, value in erased.items():
            setattr(row, name, value)
        row.save(update_fields=[*erased, "sort_key", "search_words"])
        states.record_event(row, by=None, reason="whoever signed for it had their details erased")


def erase_one(signature: Signature) -> None:
    """Erase a signature; an organization stays signed, without whoever signed for it."""
    erase_representative(signature) if may_erase_representative(signature) else erase(signature)


def erase_all(signature: Signature) -> int:
    """Erase all that is stored under this address; how many signatures that were."""
    return erase_address(signature.email)


@transaction.atomic
def erase_address(address: str) -> int:
    """Erase all that is stored under an address; how many signatures that were.

    Organizations stay signed, without whoever signed for them.
    """
    # Rows are locked in one order, so that two such erasures cannot deadlock.
    rows = list(Signature.objects.of_mailbox(address).order_by("pk"))
    for row in rows:
        erase_one(row)
    _followers(address).delete()
    held_forms.forget(address)
    invited.erase(_rounds(address))
    _empty(_invitations(address))
    return len(rows)


def _lock(signature: Signature) -> Signature | None:
    rows = Signature.objects.select_for_update(of=("self",))
    return rows.select_related("statement", "organization").filter(pk=signature.pk).first()


def _forget_words(row: Signature) -> None:
    """History rows are not changed, so those that may name somebody go; what was counted stays."""
    events: QuerySet[SignatureEvent] = QuerySet(SignatureEvent)  # `objects` refuses to delete
    events.filter(signature=row).exclude(reason="").delete()


def _erase_traces(row: Signature) -> None:
    """What other tables hold of whoever signed: mail, following, invitations, words of staff."""
    _erase_traces_of_row(row)
    if row.email:
        held_forms.forget(row.email)
        _all_mails_to(row.email).filter(params__signature__isnull=True).delete()
        _followers(row.email).filter(statement=row.statement_id).delete()
        invited.erase(_rounds(row.email).filter(round__statement=row.statement_id))
        _empty(_invitations(row.email).filter(statement=row.statement_id))


def _erase_traces_of_row(row: Signature) -> None:
    _forget_in_decisions_on_many(row)
    # The number finds first mails to another spelling, or to an address corrected since.
    OutgoingMail.objects.filter(params__signature=row.pk).delete()
    log = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Signature), object_id=str(row.pk)
    )
    log.update(object_repr=str(row.pk))
    _forget_in_decisions(row)
    _forget_in_imports(row)


def _forget_in_imports(row: Signature) -> None:
    """Empty the line that was imported; that it was there stays."""
    lines = ImportLine.objects.filter(signature=row)
    ImportProof.objects.filter(line__in=lines).delete()
    lines.update(original="", fields={}, doubts=[], filled={})


def _empty(invitations: QuerySet[PreviewLink]) -> None:
    """Empty the name and the address of a preview link; its visits stay."""
    links = list(invitations.values_list("pk", flat=True))
    OutgoingMail.objects.filter(kind="statements.preview", params__link__in=links).delete()
    invitations.update(name="–", email="", revoked_at=timezone.now())


def _forget_in_decisions_on_many(row: Signature) -> None:
    """Decisions on many stay, without the words that name the signer."""
    named = [word for word in (row.name, row.email) if word]
    for one in Decision.objects.filter(rows__signature=row):
        words = f"{one.title} {one.reason} {(one.criteria or {}).get('name', '')}".casefold()
        if any(word.casefold() in words for word in named):
            criteria = None if one.criteria is None else {**one.criteria, "name": ""}
            Decision.objects.filter(pk=one.pk).update(title="", reason="–", criteria=criteria)


def _forget_in_decisions(row: Signature) -> None:
    """Decisions on an organization stay, without the words of those that name who signed for it."""
    named = [Q(reason__icontains=words) for words in (row.name, row.email) if words]
    if row.organization_id is None or not named:
        return
    events: QuerySet[OrganizationEvent] = QuerySet(OrganizationEvent)  # `objects` changes nothing
    naming = events.filter(reduce(or_, named), organization=row.organization_id)
    wordless = list(naming)
    for event in wordless:
        event.reason = "–"
    naming.delete()  # the database lets nobody change such a row
    OrganizationEvent.objects.bulk_create(wordless)

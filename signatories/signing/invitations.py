"""Lead signatories who sign by a private preview link, before anything is public.

The link was sent to their mailbox, so whoever opens it holds it: they sign at once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from casa.lib.email_addresses import canonical
from signatories.core import referrals, states
from signatories.models import Signature, SignatureEvent
from signatories.organizations import verification
from signatories.signing import openness
from signatories.signing.submission import Signing, unsaved
from statements import previews
from statements.models import Edition, PreviewLink, SigningPause, Statement
from statements.previews import Words

State = Signature.State
# What a history row says of the words somebody had before them, to be read by people as well.
_SAW = "by preview link {link}; the words had the fingerprint {sha256} ({language})"
_SEEN = re.compile(r"by preview link \d+; the words had the fingerprint ([0-9a-f]{64}) \((.+)\)")


class Outcome(StrEnum):
    """What became of signing by a link."""

    SIGNED = auto()
    ALREADY = auto()
    ORGANIZATION_HAS_SIGNED = auto()
    CHANGED = auto()
    NOT_OPEN = auto()


@dataclass(frozen=True)
class Standing:
    """A signature that was made by a link, and whether its words are still the same."""

    signature: Signature
    words_changed: bool


def is_open(link: PreviewLink, kind: str = "") -> bool:
    """Whether the holder of the link may sign now; as a `kind`, if given."""
    statement = link.statement
    allowed = openness.ALLOWED_KINDS[statement.signers]
    previewed = statement.is_unpublished or (
        statement.status == Statement.Status.PUBLISHED and not statement.is_public()
    )
    paused = statement.signing_paused or SigningPause.now().is_on
    may = link.may_sign and bool(link.email) and previewed and not paused
    return may and (kind in allowed if kind else bool(allowed))


def signature_of(link: PreviewLink) -> Signature | None:
    """The signature of the link's mailbox, however it came; None once it is withdrawn."""
    if not link.email:
        return None
    mailbox = Signature.objects.filter(
        statement=link.statement_id, email_key=canonical(link.email)
    ).exclude(state=State.WITHDRAWN)
    return mailbox.select_related("statement", "organization").first()


@transaction.atomic
def sign(link: PreviewLink, words: Words, typed: Signing, *, seen: str) -> Outcome:
    """Store what was typed as a confirmed signature, last among the first names.

    `seen` is the fingerprint of the words the page showed; if `words` are others by now, nobody
    signs. Before publication the signature has no edition: it will stand under edition 1.
    """
    link.statement = _locked(link)
    if not is_open(link, typed.kind):
        return Outcome.NOT_OPEN
    if signature_of(link):
        return Outcome.ALREADY
    if seen != previews.mark(words):
        return Outcome.CHANGED
    edition = words if isinstance(words, Edition) else None
    signature = unsaved(link.statement, edition, typed)
    signature.state, signature.confirmed_at = State.CONFIRMED, timezone.now()
    signature.share_code = referrals.new_code()
    if signature.approved:
        signature.number = states.next_number(signature)
    leads = Signature.objects.filter(statement=link.statement)
    signature.lead_position = (leads.aggregate(last=Max("lead_position"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            signature.save()
    except IntegrityError:
        # The mailbox was free a moment ago, so it is the organization that is listed already.
        return Outcome.ORGANIZATION_HAS_SIGNED
    states.created(signature, reason=_saw(link, words))
    verification.settle(signature)
    return Outcome.SIGNED


@transaction.atomic
def agree(link: PreviewLink, words: Words, *, seen: str) -> Outcome:
    """Keep that who signed an earlier draft has read `words` and stands by them too."""
    link.statement = _locked(link)
    signature = signature_of(link)
    if signature is None or signature.state != State.CONFIRMED or not is_open(link):
        return Outcome.NOT_OPEN
    if seen != previews.mark(words):
        return Outcome.CHANGED
    restated = isinstance(words, Edition) and states.restate(
        signature, words, reason=_saw(link, words)
    )
    if not restated:
        states.noted(signature, by=None, reason=_saw(link, words))
    return Outcome.SIGNED


def withdraw(link: PreviewLink) -> bool:
    """Take back the signature of the link's mailbox; False if there is none to take back."""
    signature = signature_of(link)
    if signature is None:
        return False
    try:
        return states.withdraw(signature)
    except states.StateError:
        return False


def standing_of(link: PreviewLink) -> Standing | None:
    """The link's signature, if there is one, against the words as they are now."""
    signature = signature_of(link)
    return _standing(signature, previews.words_of(link.statement)) if signature else None


def standings(statement: Statement) -> list[Standing]:
    """The first names that were signed by a link, in their order, against the words as they are."""
    events = SignatureEvent.objects.filter(
        signature__statement=statement,
        signature__lead_position__isnull=False,
        reason__startswith="by preview link ",
    )
    signed = Signature.objects.filter(pk__in=events.values("signature"), state=State.CONFIRMED)
    leads = signed.order_by("lead_position", "pk").select_related("organization")
    words = previews.words_of(statement)
    return [_standing(one, words) for one in leads.prefetch_related("events")]


def _standing(signature: Signature, words: Sequence[Words]) -> Standing:
    now = {one.language: previews.mark(one) for one in words}
    matches = (_SEEN.match(event.reason) for event in signature.events.all())
    seen = [match for match in matches if match]
    if not seen:  # placed by staff, who answer for it
        return Standing(signature, words_changed=False)
    sha256, language = seen[-1].groups()
    return Standing(signature, words_changed=now.get(language) != sha256)


def _locked(link: PreviewLink) -> Statement:
    """The statement as it is now; nobody publishes it until the transaction ends."""
    return Statement.objects.select_for_update().get(pk=link.statement_id)


def _saw(link: PreviewLink, words: Words) -> str:
    return _SAW.format(link=link.pk, sha256=previews.mark(words), language=words.language)

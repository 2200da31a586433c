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

from casa.mail.models import OutgoingMail
from signatories.core import invited, referrals, states
from signatories.core.mails import allow_mail
from signatories.models import Signature, SignatureEvent
from signatories.organizations import entries, verification
from signatories.signing import openness, round_answers
from signatories.signing.submission import Submission, build_signature
from statements import previews
from statements.models import Edition, PreviewLink, SigningPause, Statement
from statements.previews import Words

State = Signature.State
# What a history row says of the words somebody had before them, to be read by people as well.
_READ_REASON = "by preview link {link}; the words had the fingerprint {sha256} ({language})"
_READ_PATTERN = re.compile(
    r"by preview link \d+; the words had the fingerprint ([0-9a-f]{64}) \((.+)\)"
)


class InvitationResult(StrEnum):
    """What became of signing by a link."""

    SIGNED = auto()
    ALREADY = auto()
    ORGANIZATION_HAS_SIGNED = auto()
    CHANGED = auto()
    NOT_OPEN = auto()


@dataclass(frozen=True)
class InvitedSignature:
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
    may = may and not round_answers.is_late(link)
    return may and (kind in allowed if kind else bool(allowed))


def signature_of(link: PreviewLink) -> Signature | None:
    """The signature of the link's mailbox, however it came; None once it is withdrawn."""
    if not link.email:
        return None
    mailbox = Signature.objects.counted_as_mailbox(link.email).filter(statement=link.statement_id)
    mailbox = mailbox.exclude(state=State.WITHDRAWN)
    return mailbox.select_related("statement", "organization").first()


def is_over(link: PreviewLink) -> bool:
    """Whether the link shows the words no more: the time to answer passed, and nobody signed."""
    return round_answers.is_late(link) and signature_of(link) is None


@entries.again_if_merged
def sign(link: PreviewLink, words: Words, submission: Submission, *, seen: str) -> InvitationResult:
    """Store what was typed as a confirmed signature, last among the lead signatories.

    `seen` is the fingerprint of the words the page showed; if `words` are others by now, nobody
    signs. Before publication the signature has no edition: it will stand under edition 1.
    """
    link.statement = _lock(link)
    if not is_open(link, submission.kind):
        return InvitationResult.NOT_OPEN
    if signature_of(link):
        return InvitationResult.ALREADY
    if seen != previews.mark(words) or _is_discarded(words):
        return InvitationResult.CHANGED
    edition = words if isinstance(words, Edition) else None
    signature = build_signature(link.statement, edition, submission)
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
        return InvitationResult.ORGANIZATION_HAS_SIGNED
    entries.require_current(signature.organization)
    states.record_creation(signature, reason=_read_reason(link, words))
    if was_mailed(link):
        allow_mail(signature)
        verification.verify_or_flag(signature)
    elif signature.organization is not None:
        verification.flag_if_alike(signature.organization)
    return InvitationResult.SIGNED


def was_mailed(link: PreviewLink) -> bool:
    """Whether the site itself wrote the link to its mailbox.

    A link that a colleague passed on may be anybody's: it proves no mailbox, so it neither verifies
    an organization by its domain nor lifts a stop of our mail.
    """
    if link.in_round:
        asked = round_answers.invitation_of(link)
        return asked is not None and invited.was_mailed(asked)
    mails = OutgoingMail.objects.filter(kind=previews.KIND, to=link.email, params__link=link.pk)
    return mails.filter(sent_at__isnull=False).exists()


@transaction.atomic
def confirm_reading(link: PreviewLink, words: Words, *, seen: str) -> InvitationResult:
    """Keep that who signed an earlier draft has read `words` and stands by them too."""
    link.statement = _lock(link)
    signature = signature_of(link)
    if signature is None or signature.state != State.CONFIRMED or not is_open(link):
        return InvitationResult.NOT_OPEN
    if seen != previews.mark(words) or _is_discarded(words):
        return InvitationResult.CHANGED
    if _has_read(signature, link, words):
        return InvitationResult.SIGNED
    restated = isinstance(words, Edition) and states.move_to_edition(
        signature, words, reason=_read_reason(link, words)
    )
    if not restated:
        states.record_event(signature, by=None, reason=_read_reason(link, words))
    return InvitationResult.SIGNED


@transaction.atomic
def decline(link: PreviewLink, reason: str, *, never_again: bool = False) -> bool:
    """Keep that the holder of the link does not sign; False where they have, or cannot say so.

    Who has signed withdraws; to decline would say nothing.
    """
    link.statement = _lock(link)
    if signature_of(link) is not None:
        return False
    return round_answers.decline(link, reason, never_again=never_again)


def withdraw(link: PreviewLink) -> bool:
    """Take back the signature of the link's mailbox; False if there is none to take back."""
    signature = signature_of(link)
    if signature is None:
        return False
    try:
        return states.withdraw(signature)
    except states.StateError:
        return False


def invited_signature(link: PreviewLink) -> InvitedSignature | None:
    """The link's signature, if there is one, against the words as they are now."""
    signature = signature_of(link)
    return _invited_signature(signature, previews.words_of(link.statement)) if signature else None


def invited_signatures(statement: Statement) -> list[InvitedSignature]:
    """Lead signatures made by a link, in their order, against the words as they are."""
    events = SignatureEvent.objects.filter(
        signature__statement=statement,
        signature__lead_position__isnull=False,
        reason__startswith="by preview link ",
    )
    signed = Signature.objects.filter(pk__in=events.values("signature"), state=State.CONFIRMED)
    leads = signed.order_by("lead_position", "pk").select_related("organization")
    words = previews.words_of(statement)
    return [_invited_signature(one, words) for one in leads.prefetch_related("events")]


def _invited_signature(signature: Signature, words: Sequence[Words]) -> InvitedSignature:
    now = {one.language: previews.mark(one) for one in words}
    matches = (_READ_PATTERN.match(event.reason) for event in signature.events.all())
    seen = [match for match in matches if match]
    if not seen:  # placed by staff, who answer for it
        return InvitedSignature(signature, words_changed=False)
    sha256, language = seen[-1].groups()
    return InvitedSignature(signature, words_changed=now.get(language) != sha256)


def _has_read(signature: Signature, link: PreviewLink, words: Words) -> bool:
    """Whether it says so of these words already: a second press writes nothing."""
    is_there = not isinstance(words, Edition) or signature.edition_id == words.pk
    read = signature.events.filter(reason__startswith="by preview link ").order_by("-pk")
    last = read.values_list("reason", flat=True).first()
    return is_there and last == _read_reason(link, words)


def _is_discarded(words: Words) -> bool:
    """Whether an edition is gone that the page showed: its publication was stopped meanwhile."""
    return isinstance(words, Edition) and not Edition.objects.filter(pk=words.pk).exists()


def _lock(link: PreviewLink) -> Statement:
    """The statement as it is now; nobody publishes it until the transaction ends."""
    return Statement.objects.select_for_update(no_key=True).get(pk=link.statement_id)


def _read_reason(link: PreviewLink, words: Words) -> str:
    return _READ_REASON.format(link=link.pk, sha256=previews.mark(words), language=words.language)

"""A submission becomes a pending signature."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from casa.lib.db import rows
from casa.mail.outbox import queue
from signatories.core import mail_budget, personal_data, referrals, states, tokens
from signatories.models import ConsentWording, Organization, Signature
from signatories.organizations import entries, logos
from signatories.signing import duplicates
from signatories.signing.openness import NotOpen, may_sign
from statements.models import Edition, Statement

State = Signature.State


@dataclass(frozen=True, kw_only=True)
class Submission:
    """The cleaned values of a submitted form; `organization` if one signs."""

    kind: str
    name: str
    email: str
    role: str = ""
    affiliation: str = ""
    organization: str = ""
    website: str = ""
    organization_kind: str = ""
    directory_entry: int | None = None  # of the organization, where it was chosen from there
    is_another: bool = False  # than those of similar names that were shown
    logo: logos.Sizes | None = None
    city: str = ""
    region: str = ""
    country: str = ""
    postal_code: str = ""
    comment: str = ""
    question: str = ""  # of the office, as it stands in the original
    answer: str = ""
    answer_public: bool = False
    declared_age: int | None = None
    name_withheld: bool = False
    wants_updates: bool = False
    consent: str
    network: str = ""  # a keyed hash of where it was posted from
    suspicions: tuple[str, ...] = ()
    held: bool = False
    via: str = ""
    source: str = ""


TAKEN_OVER = (
    "kind", "name", "role", "affiliation", "is_another", "city", "region", "country", "postal_code",
    "comment", "question", "answer", "answer_public", "declared_age", "wants_updates", "email",
    "network", "source",
)  # fmt: skip
"""What a signature has as it was typed."""


def build_signature(
    statement: Statement, edition: Edition | None, submission: Submission
) -> Signature:
    """What was typed as a pending signature; no `edition` before there is one."""
    organization = _organization(submission)
    signature = Signature(
        statement=statement,
        edition=edition,
        **{name: getattr(submission, name) for name in TAKEN_OVER},
        approved=not (statement.premoderated or submission.held),
        organization=organization,
        claimed_website=submission.website if organization else "",
        name_withheld=submission.name_withheld and organization is None,
        nonce=tokens.new_nonce(),
        language=get_language() or statement.language,
        consent_id=_consent_wording(submission.consent),
        consented_at=timezone.now(),
        suspicions=list(submission.suspicions),
        via=referrals.valid_code(statement, submission.via),
    )
    signature.email_key = duplicates.key_of_mailbox(signature)
    signature.follow_name()
    return signature


def _organization(submission: Submission) -> Organization | None:
    """The directory's entry for the one that signs, added if there is none."""
    if submission.kind != Signature.Kind.ORGANIZATION:
        return None
    return entries.find_public(submission.directory_entry) or entries.find_or_add(
        submission.organization,
        website=submission.website,
        city=submission.city,
        region=submission.region,
        country=submission.country,
        kind=submission.organization_kind or Organization.Kind.ASSOCIATION,
    )


def _consent_wording(text: str) -> int:
    """The record of a consent sentence, made when it is first agreed to; kept for an hour."""
    language = get_language() or ""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    key = f"consent:{language}:{sha256}"
    if (pk := cache.get(key)) is None:
        wording, _made = ConsentWording.objects.get_or_create(
            language=language, sha256=sha256, defaults={"text": text}
        )
        pk = wording.pk
        # The cache is set on commit: a signature that fails takes its new wording with it.
        transaction.on_commit(lambda: cache.set(key, pk, 3600))
    return pk


@entries.again_if_merged
def sign(edition: Edition, submission: Submission) -> int | None:
    """Store what was typed as a pending signature under `edition` and queue its mail.

    The number of the row that was made of it; None if there was one before, or nothing is stored.
    Nobody may be shown which.

    A mailbox that has signed already gets a mail that says so, and nothing else changes; so does
    one that two people share, where a third one signs. The same is done in every case, so that
    nobody can ask the site who signed.
    """
    statement = edition.statement
    if not may_sign(statement, submission.kind):
        raise NotOpen
    new = build_signature(statement, edition, submission)
    signature = duplicates.find_or_store(new)
    entries.require_current(new.organization)
    if signature.nonce == new.nonce:
        states.record_creation(signature)
    else:
        _resubmit(signature, new)
    _keep_logo(signature.organization, submission.logo)
    waits = signature.state == State.PENDING and not duplicates.is_somebody_else(signature, new)
    due_at = mail_budget.spend(submission.email)
    queue(
        "signatories.confirm" if waits else "signatories.already_signed",
        to=submission.email,
        language=new.language,
        params={"signature": signature.pk},
        due_at=due_at,
    )
    if due_at is None:
        # All is done as for others and then undone: a quicker answer would tell of the mailbox.
        transaction.set_rollback(True)
        return None
    return signature.pk if signature.nonce == new.nonce else None


def _keep_logo(organization: Organization | None, logo: logos.Sizes | None) -> None:
    """The logo waits for staff; no upload replaces a logo that is already shown."""
    if organization is not None and logo and not organization.shown_logos:
        logos.store(organization, logo, approved=False)


def _resubmit(row: Signature, new: Signature) -> None:
    """Let the newest form count while nothing is confirmed; the confirm page shows what counts."""
    changes: dict[str, object] = {"code_tries": 0}  # a new mail, new tries
    if row.state == State.PENDING and not duplicates.is_somebody_else(row, new):
        changes |= {field: getattr(new, field) for field in personal_data.RETYPED}
        # Suspicions stay when the form is posted again.
        changes["suspicions"] = sorted({*row.suspicions, *new.suspicions})
        changes["approved"] = row.approved and new.approved
    # By the same way as the new row's event, or its time would tell of the mailbox.
    rows.update(Signature, changes, "id = %s AND state = %s", [row.pk, row.state])
    for field, value in changes.items():
        setattr(row, field, value)

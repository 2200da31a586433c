"""The moderators' queue: signatures and organizations in one line, the oldest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User
from casa.lib.addresses import free_mail, mailboxes
from signatories.models import Organization, OrganizationQuerySet, Signature, SignatureQuerySet
from signatories.organizations import likeness, verification
from signatories.parser import SURE
from signatories.signing.antispam import suspicions
from statements.permissions import of_visible_statements

SIGNATURES, ORGANIZATIONS = "signatories.moderate_signature", "signatories.verify_organization"
SHOWN = 5
MINUTE = timedelta(minutes=1)
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Place:
    """How far somebody has gone: the last signature and organization that they saw."""

    signature: int = 0
    organization: int = 0

    @classmethod
    def read(cls, text: str) -> Place:
        """What `str` made of it; the beginning for anything else."""
        parts = text.split(".")
        if len(parts) == 2 and all(part.isdecimal() and len(part) < 19 for part in parts):
            return cls(int(parts[0]), int(parts[1]))
        return cls()

    def __str__(self) -> str:
        return f"{self.signature}.{self.organization}"

    def past(self, one: Signature | Organization) -> Place:
        if isinstance(one, Signature):
            return Place(one.pk, self.organization)
        return Place(self.signature, one.pk)


def signatures(user: User) -> SignatureQuerySet:
    waiting = Signature.objects.filter(approved=False, state=Signature.State.CONFIRMED)
    if not user.has_perm(SIGNATURES):
        return waiting.none()
    return of_visible_statements(user, waiting)


def organizations(user: User) -> OrganizationQuerySet:
    waiting = Organization.objects.in_directory().exclude(to_check="")
    return waiting if user.has_perm(ORGANIZATIONS) else waiting.none()


def count(user: User) -> int:
    """How many wait; no more than twice MOST_COUNTED are counted."""
    return sum(
        rows.order_by().values("pk")[:MOST_COUNTED].count()
        for rows in (signatures(user), organizations(user))
    )


def following(user: User, place: Place) -> Signature | Organization | None:
    """Whoever waits longest of those that come after `place`."""
    one = (
        signatures(user)
        .filter(pk__gt=place.signature)
        .select_related("statement", "organization", "edition")
        .order_by("pk")
        .first()
    )
    other = organizations(user).filter(pk__gt=place.organization).order_by("pk").first()
    if one is None or other is None:
        return one or other
    return one if one.created_at <= other.created_at else other


def reasons(one: Signature | Organization) -> list[str]:
    """Why it waits, in words."""
    found = _of_organization(one) if isinstance(one, Organization) else _of_signature(one)
    return list(found) or [gettext("A colleague or a rule let it wait.")]


def _of_signature(one: Signature) -> Iterator[str]:
    if one.statement.premoderated:
        yield gettext("Names are checked first under this statement.")
    yield from suspicions.labels(one.suspicions)
    if one.renamed_at:
        yield gettext("Its signer changed what everybody reads.")
    if one.import_confidence is not None and one.import_confidence < SURE:
        yield gettext("It was read from a list, with doubts.")


def _of_organization(one: Organization) -> Iterator[str]:
    words = str(Organization.ToCheck(one.to_check).label)
    yield f"{words[:1].upper()}{words[1:]}."
    if claims := verification.claimed_websites(one):
        yield gettext("Another website was given: %(websites)s") % {"websites": ", ".join(claims)}


@dataclass(frozen=True)
class Neighbours:
    """Others that have something in common with one: what, how many, and some of them."""

    what: Any
    number: int
    rows: list[Any]
    network: str = ""


def neighbours(one: Signature | Organization, user: User) -> list[Neighbours]:
    """Those of a kind of which there are any."""
    if isinstance(one, Organization):
        alike = likeness.alike(one)
        return [Neighbours(_("Similar names in the directory"), len(alike), alike)] if alike else []
    found = [_found(one, user, *kind) for kind in _kinds(one, user)]
    return [each for each in found if each.number]


def _kinds(one: Signature, user: User) -> Iterator[tuple[Any, Callable[[QuerySet], QuerySet]]]:
    if one.network:
        yield _("From the same network on that day"), lambda rows: rows.filter(network=one.network)
    start, end = one.created_at - MINUTE, one.created_at + MINUTE
    yield (
        _("Signed in the same minute"),
        lambda rows: rows.filter(
            statement=one.statement_id, created_at__gte=start, created_at__lte=end
        ),
    )
    if (
        one.email
        and not free_mail.is_free(one.email)
        and user.has_perm("signatories.view_contact_data")
    ):
        domain = mailboxes.domain_of(one.email)
        yield (
            _("With the same domain of the address"),
            lambda rows: rows.filter(email__at_domain=domain),
        )
    if one.name:
        yield _("With a similar name"), lambda rows: rows.filter(sort_key__words=one.name)


def _found(
    one: Signature, user: User, what: Any, narrow: Callable[[QuerySet], QuerySet]
) -> Neighbours:
    """Of those signed about the same time, as `suspicions.count_same_network` looks at."""
    nearby = (one.pk - suspicions.NEARBY, one.pk + suspicions.NEARBY)
    visible = of_visible_statements(user, Signature.objects.filter(pk__range=nearby))
    rows = narrow(visible).exclude(pk=one.pk)
    shown = list(rows.select_related("organization").order_by("-pk")[:SHOWN])
    number = rows.order_by().count() if len(shown) == SHOWN else len(shown)
    return Neighbours(what, number, shown)

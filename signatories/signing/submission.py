"""What a supporter typed, and the row that is made of it."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from casa.lib.email_addresses import canonical
from casa.lib.text import fold
from signatories.core import referrals, tokens
from signatories.models import ConsentWording, Organization, Signature
from signatories.organizations import entries, logos
from statements.models import Edition, Statement


@dataclass(frozen=True, kw_only=True)
class Signing:
    """What a supporter typed, cleaned by the form; `organization` if it is one that signs."""

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
    declared_age: int | None = None
    name_withheld: bool = False
    wants_updates: bool = False
    consent: str
    network: str = ""  # what signatories/spam says of the post, for staff
    suspicions: tuple[str, ...] = ()
    held: bool = False
    via: str = ""


def unsaved(statement: Statement, edition: Edition | None, typed: Signing) -> Signature:
    """What was typed as a pending signature; no `edition` before there is one."""
    organization = None
    if typed.kind == Signature.Kind.ORGANIZATION:
        organization = entries.chosen(typed.directory_entry) or entries.entry(
            typed.organization,
            website=typed.website,
            city=typed.city,
            region=typed.region,
            country=typed.country,
            kind=typed.organization_kind or Organization.Kind.ASSOCIATION,
        )
    signature = Signature(
        statement=statement,
        edition=edition,
        kind=typed.kind,
        approved=not (statement.premoderated or typed.held),
        name=typed.name,
        role=typed.role,
        affiliation=typed.affiliation,
        organization=organization,
        claimed_website=typed.website if organization else "",
        is_another=typed.is_another,
        city=typed.city,
        region=typed.region,
        country=typed.country,
        postal_code=typed.postal_code,
        comment=typed.comment,
        declared_age=typed.declared_age,
        name_withheld=typed.name_withheld and organization is None,
        wants_updates=typed.wants_updates,
        email=typed.email,
        email_key=canonical(typed.email),
        nonce=tokens.new_nonce(),
        language=get_language() or statement.language,
        consent_id=_consent(typed.consent),
        mails_sent=1,  # counted with the row, which is stored with its first mail or not at all
        mailed_since=timezone.now(),
        consented_at=timezone.now(),
        network=typed.network,
        suspicions=list(typed.suspicions),
        via=referrals.credited(statement, typed.via),
    )
    signature.sort_key = fold(signature.displayed_name)
    return signature


def _consent(text: str) -> int:
    """The record of a consent sentence, made when it is first agreed to; kept for an hour."""
    language = get_language() or ""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    key = f"consent:{language}:{sha256}"
    if (pk := cache.get(key)) is None:
        wording, _made = ConsentWording.objects.get_or_create(
            language=language, sha256=sha256, defaults={"text": text}
        )
        pk = wording.pk
        # Not before it is really stored: a signature that fails takes its new wording with it.
        transaction.on_commit(lambda: cache.set(key, pk, 3600))
    return pk

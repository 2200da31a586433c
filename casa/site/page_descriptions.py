"""What a page is, in the words of schema.org."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from casa.appearance import reading
from casa.lib.http import absolute, in_language
from casa.lib.structured_data import without_empty
from casa.site.social_images import posters
from signatories.core import tally
from signatories.models import Organization
from statements import lead_pictures
from statements.models import Edition, Reference, Statement


def coalition() -> dict[str, Any]:
    """Who publishes: the organization whose site this is."""
    said, look = reading.words(), reading.current()
    return without_empty(
        {
            "@type": "Organization",
            "@id": f"{settings.SITE_URL}/#organization",
            "name": said.name,
            "url": f"{settings.SITE_URL}/",
            "logo": absolute(look.logo.sizes[-1][0] if look.logo else reverse("share:icon-512")),
            "email": said.contact_email,
            "address": said.postal_address,
            "sameAs": [one.address for one in said.profiles],
        }
    )


def site() -> dict[str, Any]:
    """The site and who is behind it; said on its front page."""
    website = {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#website",
        "name": reading.words().name,
        "description": reading.words().tagline,
        "url": f"{settings.SITE_URL}/",
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "publisher": {"@id": f"{settings.SITE_URL}/#organization"},
    }
    return {"@graph": [website, coalition()]}


def statement(
    edition: Edition, editions: Iterable[Edition], references: Iterable[Reference]
) -> dict[str, Any]:
    """The words shown, and who signed.

    `edition` comes with its tally; nothing else is asked of the database but who signed an earlier
    text, where there is one.
    """
    return words(edition, editions, references) | signatures(edition)


def words(
    edition: Edition, editions: Iterable[Edition], references: Iterable[Reference]
) -> dict[str, Any]:
    """The words shown: who says them, when, and under which fingerprint."""
    said: Statement = edition.statement
    url = _address(edition)
    return {
        "@type": "Article",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": edition.title,
        "abstract": edition.summary,
        "genre": str(said.get_kind_display()),
        "inLanguage": edition.language,
        "author": coalition(),
        "publisher": {"@id": f"{settings.SITE_URL}/#organization"},
        "datePublished": said.publish_at,
        "dateModified": max(edition.published_at, said.publish_at or edition.published_at),
        "version": edition.number,
        "identifier": {
            "@type": "PropertyValue", "propertyID": "SHA-256", "value": edition.sha256,
        },
        "isAccessibleForFree": True,
        "locationCreated": {"@type": "Place", "name": said.place} if said.place else None,
        "image": _images(edition),
        "citation": [_citation(one) for one in references],
        "workTranslation": [
            {"@type": "Article", "@id": _address(one), "inLanguage": one.language}
            for one in editions
            if one.language != edition.language and one.language in dict(settings.LANGUAGES)
        ],
    }  # fmt: skip


def _images(edition: Edition) -> Any:
    """The share image, and before it the statement's own picture."""
    share_image = absolute(posters.address(edition))
    picture = lead_pictures.shown(edition.statement)
    if picture is None:
        return share_image
    described = {
        "@type": "ImageObject", "url": picture.url, "width": picture.width,
        "height": picture.height, "caption": picture.alt, "creditText": picture.credit,
    }  # fmt: skip
    return [without_empty(described), share_image]


def signatures(edition: Edition) -> dict[str, Any]:
    """Who signed the words, which come with their tally."""
    return {"interactionStatistic": _signatures(edition)}


Kind = Organization.Kind
TYPES: dict[str, str] = {
    Kind.ASSOCIATION: "Organization",
    Kind.TRADE_UNION: "WorkersUnion",
    Kind.FOUNDATION: "Organization",
    Kind.PARTY: "PoliticalParty",
    Kind.NETWORK: "Consortium",
    Kind.COMPANY: "Corporation",
    Kind.PUBLIC: "GovernmentOrganization",
    Kind.UNIVERSITY: "CollegeOrUniversity",
    Kind.EDUCATION: "EducationalOrganization",
    Kind.RELIGIOUS: "Organization",
    Kind.OTHER: "Organization",
}
"""What schema.org calls each kind; it has no word for foundations and communities of faith."""


def organization(described: Organization) -> dict[str, Any]:
    """An organization that signed; its aliases are fetched, or cost a query."""
    return {
        "@type": TYPES[described.kind],
        "@id": absolute(described.get_absolute_url()),
        "name": described.name,
        "alternateName": [alias.name for alias in described.aliases.all()],
        "url": described.website or absolute(described.get_absolute_url()),
        "mainEntityOfPage": absolute(described.get_absolute_url()),
        "sameAs": described.ror_address,
        "identifier": _identifiers(described),
        "address": _postal_address(described),
    }


def _identifiers(described: Organization) -> list[dict[str, str]]:
    named = {"ROR": described.ror_address, "registration": described.registration}
    return [
        {"@type": "PropertyValue", "propertyID": name, "value": value}
        for name, value in named.items()
        if value
    ]


def _postal_address(described: Organization) -> dict[str, Any] | None:
    parts = without_empty(
        {
            "addressLocality": described.city,
            "addressRegion": described.region,
            "addressCountry": described.country,
        }
    )
    return {"@type": "PostalAddress", **parts} if parts else None


def _address(edition: Edition) -> str:
    """The URL of the statement's page in the edition's language, if the site has pages in it."""
    offered = dict(settings.LANGUAGES)
    code = edition.language if edition.language in offered else settings.LANGUAGE_CODE
    return absolute(in_language(edition.statement.get_absolute_url(), code))


def _citation(reference: Reference) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "CreativeWork",
            "name": reference.title,
            "identifier": reference.identifier,
            "url": reference.url,
        }
    )


def _signatures(edition: Edition) -> list[dict[str, Any]]:
    """Organizations and people apart, as everywhere."""
    signed = tally.signed_beside(edition)
    counted = {
        gettext("Organizations"): signed.all.organizations,
        gettext("People"): signed.all.people,
    }
    return [
        {
            "@type": "InteractionCounter",
            "name": name,
            "interactionType": "https://schema.org/EndorseAction",
            "userInteractionCount": number,
            **({"description": signed.sentence} if signed.earlier else {}),
        }
        for name, number in counted.items()
        if number > 0
    ]

"""The directory of organizations for programs: what its pages show, and nothing else."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from casa.lib import list_filters
from casa.lib.http import absolute
from casa.lib.open_data import PROBLEMS, TEXT, After, AfterName, OneOf, Slug
from signatories.models import Organization, Signature
from signatories.organizations import entries
from signatories.public import directory, lists
from statements.api import address
from statements.models import Statement

router = Router(tags=["Organizations"])
PER_PAGE = 100
SIGNED_PER_PAGE = 50


class LogoOut(Schema):
    """One size and format of a logo."""

    url: str
    content_type: str
    width: int
    height: int


class OrganizationOut(Schema):
    slug: str
    url: str
    name: str
    kind: Annotated[str, OneOf(Organization.Kind.values)]
    website: str
    ror: str = Field(description="The address of its record at ror.org, or empty.")
    registration: str = Field(description="A registration number with its register, or empty.")
    city: str
    region: str
    country: str = Field(description="ISO 3166-1 alpha-2, or empty.")
    verified: bool = Field(description="By a mail domain, or by the office.")
    verified_on: date | None = Field(description="When it was verified last, or null.")
    verified_domain: str = Field(description="The mail domain that verified it, or empty.")
    logos: list[LogoOut] = Field(description="Its logo in each size and format; may be empty.")


class OrganizationPage(Schema):
    items: list[OrganizationOut]
    next: str | None = Field(description="The address of the next page; null on the last one.")


class SignedOut(Schema):
    """A public statement that it signed."""

    statement: str = Field(description="The statement's slug.")
    url: str
    signed_on: date


class OrganizationWhole(OrganizationOut):
    aliases: list[str]
    signed: list[SignedOut] = Field(description="The newest first.")
    next: str | None = Field(description="Where the list of what it signed goes on, or null.")


class DirectoryQuery(Schema):
    q: str = Field(
        "", max_length=list_filters.TYPED_LENGTH, pattern=TEXT, description="Words of a name."
    )
    kind: str = Field("", max_length=12, pattern=TEXT, description="As in the answers.")
    country: str = Field("", max_length=2, pattern=TEXT, description="ISO 3166-1 alpha-2.")
    region: str = Field(
        "", max_length=60, pattern=TEXT, description="Of that country, as in the answers."
    )
    after: AfterName = ""


class SignedQuery(Schema):
    after: After = ""


@router.get(
    "/organizations",
    response={200: OrganizationPage, **PROBLEMS},
    summary="Organizations that signed, from A to Z",
)
def organization_list(request: HttpRequest, query: Query[DirectoryQuery]) -> dict[str, Any]:
    filters = directory.DirectoryFilters.of(request.GET)
    order = directory.ORDER
    page = order.page_after(filters.organizations().with_logos(), order.key(query.after), PER_PAGE)
    asked = {name: value for name, value in query.dict(exclude={"after"}).items() if value}
    following = urlencode({**asked, "after": page.next})
    return {
        "items": [organization_out(organization) for organization in page.rows],
        "next": f"{address('organization_list')}?{following}" if page.next else None,
    }


@router.get(
    "/organizations/{slug}",
    response={200: OrganizationWhole, **PROBLEMS},
    summary="One organization, and what it signed",
)
def organization(
    request: HttpRequest, slug: Slug, query: Query[SignedQuery]
) -> dict[str, Any] | HttpResponse:
    if heir := entries.find_heir(slug):
        return HttpResponsePermanentRedirect(address("organization", slug=heir.slug))
    public = Organization.objects.public().with_logos().prefetch_related("aliases")
    found = get_object_or_404(public, slug=slug)
    signed = found.signatures.public().organizations().named()
    signed = signed.prefetch_related(Prefetch("statement", Statement.objects.only("slug")))
    order = lists.ORDER
    page = order.page_after(signed, order.key(query.after), SIGNED_PER_PAGE)
    following = f"{address('organization', slug=slug)}?after={page.next}"
    return {
        **organization_out(found),
        "aliases": [alias.name for alias in found.other_names],
        "signed": [_signed(signature) for signature in page.rows],
        "next": following if page.next else None,
    }


def organization_out(organization: Organization) -> dict[str, Any]:
    """One of `Organization.objects.public().with_logos()`, as its page shows it."""
    is_verified = organization.verification == Organization.Verification.VERIFIED
    names = ["slug", "name", "kind", "website", "registration", "city", "region", "country"]
    return {
        **{name: getattr(organization, name) for name in names},
        "url": absolute(organization.get_absolute_url()),
        "ror": organization.ror_address,
        "verified": is_verified,
        "verified_on": _verified_on(organization) if is_verified else None,
        "verified_domain": organization.verified_domain if is_verified else "",
        "logos": [
            {
                "url": absolute(logo.get_absolute_url()), "content_type": logo.content_type,
                "width": logo.width, "height": logo.height,
            }
            for logo in organization.shown_logos
        ],
    }  # fmt: skip


def _verified_on(organization: Organization) -> date | None:
    at = organization.verified_at
    return timezone.localdate(at) if at else None


def _signed(signature: Signature) -> dict[str, Any]:
    assert signature.confirmed_at is not None  # noqa: S101 - for the type checker: it is public
    return {
        "statement": signature.statement.slug,
        "url": absolute(signature.statement.get_absolute_url()),
        "signed_on": timezone.localdate(signature.confirmed_at),
    }

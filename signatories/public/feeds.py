"""The feed of statements that an organization signed."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from casa.appearance import reading
from casa.lib import http
from casa.lib.feeds import Entry, SiteFeed
from casa.lib.http import absolute
from signatories.models import Organization, Signature
from signatories.organizations import entries
from statements.models import Edition
from statements.reading import in_readers_language

SIGNINGS_IN_FEED = 50


class OrganizationFeed(SiteFeed):
    """The public statements that an organization signed, the newest signature first."""

    def get_object(self, request: HttpRequest, slug: str) -> Organization:
        return get_object_or_404(Organization.objects.public(), slug=slug)

    def author_name(self) -> str:
        return reading.words().name

    def title(self, organization: Organization) -> str:
        return organization.name

    def subtitle(self, organization: Organization) -> str:
        return gettext("What it signed")

    def link(self, organization: Organization) -> str:
        return absolute(organization.get_absolute_url())

    def feed_url(self, organization: Organization) -> str:
        return absolute(reverse("signatories:organization-feed", args=[organization.slug]))

    def items(self, organization: Organization) -> Iterator[Entry]:
        words = Edition.objects.current().defer("body", "ask")
        signed = organization.signatures.public().organizations().named().newest_first()
        fetched = signed.select_related("statement").prefetch_related(
            Prefetch("statement__editions", words, to_attr="current_editions")
        )
        for signature in fetched[:SIGNINGS_IN_FEED]:
            editions: list[Edition] = signature.statement.current_editions  # type: ignore[attr-defined]
            if editions:
                yield _signed(signature, in_readers_language(editions), organization)


def _signed(signature: Signature, edition: Edition, organization: Organization) -> Entry:
    assert signature.confirmed_at is not None  # noqa: S101 - a database constraint says so
    return Entry(
        key=f"organizations/{organization.slug}/{edition.statement.slug}",
        title=edition.title,
        path=edition.statement.get_absolute_url(),
        html=linebreaks(edition.summary, autoescape=True),
        at=signature.confirmed_at,
        language=edition.language,
    )


@require_safe
@http.public
@conditional_page
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    if heir := entries.find_heir(slug):
        return redirect("signatories:organization-feed", heir.slug, permanent=True)
    return OrganizationFeed().answer(request, slug=slug)

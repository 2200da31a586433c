"""What programs ask a site for first: robots.txt, the sitemap, whom to tell of a weakness."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.contrib.sitemaps import views as sitemap_views
from django.contrib.sitemaps.views import SitemapIndexItem
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from casa.appearance import reading
from casa.lib import http, parameters
from casa.lib.sitemaps import SiteSitemap
from casa.pages.models import FreePage, SitePage
from signatories.public.sitemaps import OrganizationSitemap
from statements.public.sitemaps import EditionSitemap, StatementSitemap

TEXT, XML = "text/plain; charset=utf-8", "application/xml"
FOR_ROBOTS_ALONE = {"X-Robots-Tag": "noindex"}
CONTACT_HOLDS_FOR = timedelta(days=180)  # RFC 9116 recommends less than a year


class PageSitemap(SiteSitemap):
    """The pages that every site has."""

    def items(self) -> list[str]:
        lists = ["statements:home", "statements:list", "signatories:organizations"]
        return lists + [f"pages:{key}" for key in SitePage.Key]

    def location(self, item: str) -> str:
        return reverse(item)


class FreePageSitemap(SiteSitemap):
    """The pages that staff made public."""

    def items(self) -> QuerySet[FreePage]:
        return FreePage.objects.public().order_by("pk").prefetch_related("public_texts")

    def languages_of(self, item: FreePage) -> list[str]:
        return [text.language for text in item.public_texts.all()]


SITEMAPS: dict[str, type[SiteSitemap]] = {
    "pages": PageSitemap,
    "free-pages": FreePageSitemap,
    "statements": StatementSitemap,
    "editions": EditionSitemap,
    "organizations": OrganizationSitemap,
}


@require_safe
@http.public
@conditional_page
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Django's own would name the host that was asked for."""
    listed = []
    for section, sitemap in SITEMAPS.items():
        address = http.absolute(reverse("sitemap", args=[section]))
        pages = range(2, sitemap().paginator.num_pages + 1)
        listed.append(SitemapIndexItem(address))
        listed += [SitemapIndexItem(f"{address}?p={page}") for page in pages]
    context = {"sitemaps": listed}
    listing = render_to_string("sitemap_index.xml", context)
    return HttpResponse(listing, content_type=XML, headers=FOR_ROBOTS_ALONE)


@require_safe
@http.public
@conditional_page
@parameters.known("p")
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    answer = sitemap_views.sitemap(request, dict(SITEMAPS), section).render()
    # The date is left out: what a withdrawn statement leaves behind is older than it was.
    return HttpResponse(answer.content, content_type=XML, headers=FOR_ROBOTS_ALONE)


@require_safe
@http.public
@conditional_page
def robots(request: HttpRequest) -> HttpResponse:
    prefixes = ["", *(f"/{code}" for code, _name in settings.LANGUAGES[1:])]
    lines = ["User-agent: *", "Disallow: /admin/"]
    lines += [f"Disallow: {prefix}/sign/" for prefix in prefixes]
    lines += ["", f"Sitemap: {http.absolute(reverse('sitemap-index'))}", ""]
    return HttpResponse("\n".join(lines), content_type=TEXT)


@require_safe
@http.public
@conditional_page
def security(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness, in the form of RFC 9116."""
    set_apart: str | None = settings.SECURITY_CONTACT
    contact = reading.words().contact_email if set_apart is None else set_apart
    if not contact:
        raise Http404
    # The date is rounded to a day, so that the answer stays the same for a day.
    today = datetime.combine(timezone.now().astimezone(UTC), time.min, UTC)
    lines = [
        f"Contact: {contact if '://' in contact else f'mailto:{contact}'}",
        f"Expires: {today + CONTACT_HOLDS_FOR:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {http.absolute(reverse('security'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type=TEXT)

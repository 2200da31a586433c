"""The sitemap of organizations."""

from casa.lib.sitemaps import SiteSitemap
from signatories.models import Organization, OrganizationQuerySet


class OrganizationSitemap(SiteSitemap):
    def items(self) -> OrganizationQuerySet:
        # Rows are sorted by key, so that what is added while a program reads comes last.
        return Organization.objects.public().only("slug").order_by("pk")

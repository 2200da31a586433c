"""What search engines shall know of organizations."""

from casa.lib.sitemaps import SiteSitemap
from signatories.models import Organization, OrganizationQuerySet


class OrganizationSitemap(SiteSitemap):
    def items(self) -> OrganizationQuerySet:
        # By key: what is added while a program reads page after page comes last.
        return Organization.objects.public().only("slug").order_by("pk")

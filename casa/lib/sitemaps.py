"""What the parts of the sitemap have in common."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from casa.lib import hreflang
from casa.lib.http import absolute, in_language


class SiteSitemap(Sitemap):
    """Each page in each language it has, under the site's own name whatever name was asked for.

    Django's `i18n` would fetch every row of the table for each page of the sitemap.
    """

    limit = 1000  # items; a sitemap may list 50,000 addresses, in all languages

    def languages_of(self, item: Any) -> Collection[str] | None:
        """The languages a page is in; None for every language of the site."""
        return None

    def get_latest_lastmod(self) -> None:
        """The index omits it, because that would need all rows."""

    def get_domain(self, site: object = None) -> str:
        return settings.SITE_URL.partition("://")[2]

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]

    def get_urls(self, page: Any = 1, site: Any = None, protocol: Any = None) -> list[dict]:
        found = super().get_urls(page, site, protocol)
        return [one for url in found for one in self._in_its_languages(url)]

    def _in_its_languages(self, url: dict[str, Any]) -> list[dict[str, Any]]:
        path = url["location"].removeprefix(settings.SITE_URL)
        others = hreflang.alternates(path, self.languages_of(url["item"]))
        listed = [{"lang_code": one.code, "location": one.url} for one in others]
        pages = [one for one in others if one.code != hreflang.X_DEFAULT]
        if not pages:
            only = next(iter(self.languages_of(url["item"]) or ()), settings.LANGUAGE_CODE)
            return [{**url, "location": absolute(in_language(path, only))}]
        return [{**url, "location": one.url, "alternates": listed} for one in pages]

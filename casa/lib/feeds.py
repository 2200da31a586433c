"""Atom feeds that name the site as its settings do, and say the language of every entry."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import get_language

from casa.lib import languages
from casa.lib.html.numbering import signs_as_text
from casa.lib.html.sanitizer import clean
from casa.lib.http import absolute
from casa.lib.media.images import JPEG

MEDIA_TYPE = "application/atom+xml"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold; Django's writer raises an error over some of it.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Entry:
    """One thing that happened; `html` is cleaned once more on its way out."""

    key: str
    """Tells it from all other entries of the site, in every language, for good."""
    title: str
    path: str
    html: str
    at: datetime
    language: str
    """Of the words, which may not be the feed's."""
    changed_at: datetime | None = None
    picture: str = ""
    """The full address of a JPEG that goes with it."""


class AtomFeed(Atom1Feed):
    def __init__(self, title: str, *args: Any, **fields: Any) -> None:
        super().__init__(_storable(title), *args, **fields)

    def add_item(self, **fields: Any) -> None:  # type: ignore[override]
        super().add_item(**{name: _storable(value) for name, value in fields.items()})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        is_others = item["language"] != self.feed["language"]
        return {"xml:lang": item["language"]} if is_others else {}

    def latest_post_date(self) -> datetime:
        """The newest entry's; an empty feed has not changed since the beginning."""
        return super().latest_post_date() if self.items else NEVER


def _storable(value: Any) -> Any:
    return _NOT_XML.sub("", value) if isinstance(value, str) else value


class SiteFeed(Feed):
    """A feed of `Entry`s. Subclasses say `title`, `link`, `feed_url` (paths), `items` and
    `author_name`.
    """

    feed_type = AtomFeed

    @property
    def language(self) -> str:  # type: ignore[override]
        return languages.interface()

    def author_link(self) -> str:
        return settings.SITE_URL

    def answer(self, request: HttpRequest, **arguments: Any) -> HttpResponse:
        response = self(request, **arguments)
        # A correction or an entry taken back need not move the newest date; the ETag sees it.
        del response.headers["Last-Modified"]
        return response

    def feed_guid(self, obj: Any) -> str:
        return str(self._get_dynamic_attr("feed_url", obj))  # type: ignore[attr-defined]

    def item_title(self, item: Entry) -> str:
        return item.title

    def item_description(self, item: Entry) -> str:
        return signs_as_text(clean(item.html))

    def item_link(self, item: Entry) -> str:
        return absolute(item.path)

    def item_guid(self, item: Entry) -> str:
        """A tag address (RFC 4151): it stays when the site moves pages about."""
        day = item.at.astimezone(UTC).date()
        return f"tag:{urlsplit(settings.SITE_URL).hostname},{day}:{item.key}:{get_language()}"

    def item_enclosures(self, item: Entry) -> list[Enclosure]:
        # Its bytes are a hint only, and are not known here.
        return [Enclosure(item.picture, "0", JPEG)] if item.picture else []

    def item_pubdate(self, item: Entry) -> datetime:
        return item.at

    def item_updateddate(self, item: Entry) -> datetime:
        return max(item.at, item.changed_at or item.at)

    def item_extra_kwargs(self, item: Entry) -> dict[str, str]:
        return {"language": item.language}

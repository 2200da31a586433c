"""A site with something of everything that visitors can meet, and what a page links to."""

from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from casa.demo import content
from signatories.models import Organization, OrganizationAlias
from signatories.testing import make_logo
from statements import lifecycle
from statements.models import (
    Attachment,
    Delivery,
    Reference,
    Release,
    Statement,
    Target,
    Topic,
    Update,
)

LIBRARY = "keep-every-branch-library-open-on-saturdays"


def furnish() -> Statement:
    """The demo, and under its first statement a correction, news, a hand-over and a file."""
    content.load_if_empty()
    statement = Statement.objects.get(slug=LIBRARY)
    text = statement.texts.get(language="en")
    text.body += "<p>Added: the branch at Hillside is meant as well.</p>"
    text.save()
    lifecycle.correct(
        statement, by=None, note="Named a branch that was left out.", is_material=True
    )
    statement.refresh_from_db()
    yesterday = timezone.now() - timedelta(days=1)
    Update.objects.create(
        statement=statement, title="The press wrote", body="<p>Twice.</p>", posted_at=yesterday
    )
    target = Target.objects.filter(statement=statement).first()
    Delivery.objects.create(
        statement=statement, target=target, delivered_on=yesterday.date(), note="By hand.",
        answered_on=timezone.localdate(), answer="We shall see.",
    )  # fmt: skip
    Reference.objects.create(
        statement=statement, title="Opening Hours Act", url="https://law.example.org/hours"
    )
    Release.objects.create(
        statement=statement, headline="Nine libraries ask", wire="Example Wire",
        original_url="https://wire.example.org/9", lead_in="Sent out by the wire.",
    )  # fmt: skip
    Attachment.objects.create(
        statement=statement, title="Fact sheet", content_type="application/pdf", size=9,
        sha256="0" * 64, file=ContentFile(b"%PDF-1.7\n", "fact-sheet.pdf"),
    )  # fmt: skip
    organization = Organization.objects.filter(logos=None).earliest("pk")
    make_logo(organization)
    OrganizationAlias.objects.create(organization=organization, name="The Fellowship")
    topic = Topic.objects.create()
    topic.names.create(language="en", name="Opening hours")
    statement.topics.add(topic)
    return statement


class _Links(HTMLParser):
    """Collects where a page leads (`followed`) and what a browser loads for it (`loaded`)."""

    LOADED = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "srcset"),
              ("img", "srcset"), ("video", "src"), ("audio", "src")}  # fmt: skip
    LOADED_RELATIONS = {"stylesheet", "icon", "manifest", "apple-touch-icon", "preload"}

    def __init__(self) -> None:
        super().__init__()
        self.followed: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name, value in given.items():
            if value and (tag, name) in self.LOADED:
                self.loaded += [part.split()[0] for part in value.split(",") if part.strip()]
        href = given.get("href")
        if tag == "link" and href:
            loaded = set((given.get("rel") or "").split()) & self.LOADED_RELATIONS
            (self.loaded if loaded else self.followed).append(href)
        elif tag == "a" and href:
            self.followed.append(href)
        elif tag == "meta" and given.get("content") and "image" in (given.get("property") or ""):
            content = given["content"] or ""
            if content.startswith(("http", "/")):
                self.followed.append(content)


def links_of(html: str, url: str) -> tuple[set[str], set[str]]:
    """(followed, loaded) of a page at `url`, as paths where they are on this site."""
    parser = _Links()
    parser.feed(html)
    return set(_resolved(parser.followed, url)), set(_resolved(parser.loaded, url))


def _resolved(links: list[str], url: str) -> Iterator[str]:
    home = urlsplit(settings.SITE_URL)
    for link in links:
        whole = urldefrag(urljoin(f"{settings.SITE_URL}{url}", link)).url
        parts = urlsplit(whole)
        if (parts.scheme, parts.netloc) == (home.scheme, home.netloc):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
        elif parts.scheme not in ("mailto", "data"):
            yield whole

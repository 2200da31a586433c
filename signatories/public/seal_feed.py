"""The feed of a statement's sealed counts: whoever reads it has noted each hash."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.views.decorators.http import conditional_page, require_safe

from casa.appearance import reading
from casa.lib import http
from casa.lib.feeds import Entry, SiteFeed
from casa.lib.http import absolute
from casa.lib.moments.words import written_out
from signatories.core.tally import tally_in_words
from signatories.models import Seal
from statements.models import Edition
from statements.reading import current_edition

SEALS_IN_FEED = 60


class SealFeed(SiteFeed):
    """The newest seals first."""

    def get_object(self, request: HttpRequest, slug: str) -> Edition:
        return current_edition(slug)

    def author_name(self) -> str:
        return reading.words().name

    def title(self, edition: Edition) -> str:
        return gettext("Sealed counts: %(title)s") % {"title": edition.title}

    def subtitle(self, edition: Edition) -> str:
        return gettext("The hash of each day’s sealed file")

    def link(self, edition: Edition) -> str:
        return absolute(_page(edition))

    def feed_url(self, edition: Edition) -> str:
        return absolute(reverse("signatories:seal-feed", args=[edition.statement.slug]))

    def items(self, edition: Edition) -> Iterator[Entry]:
        seals = Seal.objects.filter(statement=edition.statement).order_by("-number")
        for seal in seals[:SEALS_IN_FEED]:
            yield _entry(edition, seal)


def _page(edition: Edition) -> str:
    return reverse("signatories:how_we_count", args=[edition.statement.slug])


def _entry(edition: Edition, seal: Seal) -> Entry:
    return Entry(
        key=f"statements/{edition.statement.slug}/seals/{seal.number}",
        title=gettext("Sealed count of %(date)s") % {"date": written_out(seal.day)},
        path=f"{_page(edition)}#day-{seal.number}",
        html=format_html(
            "<p>{}</p><p>SHA-256: <code>{}</code></p>",
            tally_in_words(seal.organizations, seal.people) or gettext("Nobody"),
            seal.sha256,
        ),
        at=seal.sealed_at,
        language=get_language() or edition.language,
    )


@require_safe
@http.public
@conditional_page
def seals(request: HttpRequest, slug: str) -> HttpResponse:
    return SealFeed().answer(request, slug=slug)

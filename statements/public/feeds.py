"""Feeds: what was published, and what happened with one statement since."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import linebreaks
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from casa.appearance import reading
from casa.lib import http
from casa.lib.feeds import Entry, SiteFeed
from casa.lib.http import absolute
from casa.lib.labels import with_colon
from statements import lead_pictures
from statements.models import Edition, Milestone, Statement
from statements.public.parts import Event, milestone_in_words, timeline
from statements.reading import current_edition, in_readers_language

STATEMENTS_IN_FEED = 30
EVENTS_IN_FEED = 50


class StatementsFeed(SiteFeed):
    """All public statements, the newest first."""

    def author_name(self) -> str:
        return reading.words().name

    def title(self) -> str:
        return reading.words().name

    def subtitle(self) -> str:
        return reading.words().tagline

    def link(self) -> str:
        return absolute(reverse("statements:list"))

    def feed_url(self) -> str:
        return absolute(reverse("statements:feed"))

    def items(self) -> Iterator[Entry]:
        words = Edition.objects.current().defer("body")
        newest = Statement.objects.public().newest_first().select_related("lead_picture")
        fetched = newest.prefetch_related(Prefetch("editions", words, to_attr="current_editions"))
        for statement in fetched[:STATEMENTS_IN_FEED]:
            # Its fetched editions know it, so this asks the database nothing.
            editions: list[Edition] = statement.current_editions
            if editions:
                yield published(in_readers_language(editions))


def published(edition: Edition) -> Entry:
    """That a statement is to be read, in the words of one of its current editions."""
    statement = edition.statement
    assert statement.publish_at is not None  # noqa: S101 - for the type checker: it is public
    picture = lead_pictures.shown(statement)
    return Entry(
        key=f"statements/{statement.slug}",
        title=edition.title,
        path=statement.get_absolute_url(),
        html=linebreaks(edition.summary, autoescape=True)
        + linebreaks(edition.ask, autoescape=True),
        at=statement.publish_at,
        language=edition.language,
        changed_at=edition.published_at,
        picture=picture.url if picture else "",
    )


class StatementFeed(SiteFeed):
    """What happened with one statement: published, corrected, news, milestones, hand-overs."""

    def author_name(self) -> str:
        return reading.words().name

    def get_object(self, request: HttpRequest, slug: str) -> Edition:
        return current_edition(slug)

    def title(self, edition: Edition) -> str:
        return edition.title

    def subtitle(self, edition: Edition) -> str:
        return gettext("What has happened")

    def link(self, edition: Edition) -> str:
        return absolute(edition.statement.get_absolute_url())

    def feed_url(self, edition: Edition) -> str:
        return absolute(reverse("statements:statement-feed", args=[edition.statement.slug]))

    def items(self, edition: Edition) -> Iterator[Entry]:
        statement = edition.statement
        events = timeline(statement, edition.language)
        for event in events[:EVENTS_IN_FEED]:
            yield _entry(event, edition)


def _entry(event: Event, edition: Edition) -> Entry:
    statement = edition.statement
    path = f"{statement.get_absolute_url()}#timeline"
    of_event: dict[str, Any] = {
        "published": _published, "corrected": _corrected, "update": _news, "milestone": _milestone,
    }  # fmt: skip
    said = of_event.get(event.kind, _handed_over)(event, edition)
    key = f"statements/{statement.slug}/{event.kind}/{event.what.pk}"
    return Entry(**{"key": key, "path": path, "language": statement.language, **said})


def _published(event: Event, edition: Edition) -> dict[str, Any]:
    return {
        "key": f"statements/{edition.statement.slug}/published",
        "title": f"{with_colon(gettext('Published'))} {edition.title}",
        "path": edition.statement.get_absolute_url(),
        "html": linebreaks(edition.summary, autoescape=True),
        "at": edition.statement.publish_at,
        "language": edition.language,
    }


def _corrected(event: Event, edition: Edition) -> dict[str, Any]:
    corrected: Edition = event.what
    return {
        "key": f"statements/{edition.statement.slug}/corrected/{corrected.number}",
        "title": f"{with_colon(gettext('Corrected'))} {edition.title}",
        "path": reverse("statements:changes", args=[edition.statement.slug, corrected.number]),
        "html": linebreaks(corrected.change_note, autoescape=True),
        "at": corrected.published_at,
        "language": corrected.change_note_language or corrected.language,
    }


def _news(event: Event, edition: Edition) -> dict[str, Any]:
    update = event.what
    return {
        "title": update.title,
        "html": update.body,
        "at": update.posted_at,
        "language": update.language,
    }


def _milestone(event: Event, edition: Edition) -> dict[str, Any]:
    passed: Milestone = event.what
    return {
        # Not by its row: one that was taken back and reached again is the same news.
        "key": f"statements/{edition.statement.slug}/milestone/{passed.of}/{passed.number}",
        "title": f"{with_colon(milestone_in_words(passed))} {edition.title}",
        "html": "",
        "at": passed.reached_at,
        "language": edition.language,
    }


def _handed_over(event: Event, edition: Edition) -> dict[str, Any]:
    """The hand-over or the answer to it; of both only the day is known."""
    target = event.what.target
    if event.kind == "delivered":
        happened = (
            gettext("Handed over to %(target)s") % {"target": target.name}
            if target
            else gettext("Handed over")
        )
        words = event.what.note
    else:
        happened = (
            gettext("Answer from %(target)s") % {"target": target.name}
            if target
            else gettext("Answered")
        )
        words = event.what.signed_words
    return {
        "title": f"{with_colon(happened)} {edition.title}",
        "html": linebreaks(words, autoescape=True),
        "at": timezone.make_aware(datetime.combine(event.on, time.min)),
    }


@require_safe
@http.public
@conditional_page
def statements(request: HttpRequest) -> HttpResponse:
    return StatementsFeed().answer(request)


@require_safe
@http.public
@conditional_page
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    return StatementFeed().answer(request, slug=slug)

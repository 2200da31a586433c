"""What a statement's page shows beside its words, and how its story went; one query for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from casa.lib.images import JPEG
from casa.lib.together import fetch_together
from statements.models import (
    Attachment,
    Delivery,
    Edition,
    Milestone,
    Reference,
    Release,
    Rendition,
    Statement,
    Target,
    Update,
)


def parts_of(statement: Statement) -> dict[str, list[Any]]:
    """All that belongs to a public statement and visitors may see now, by name, in its order."""
    now = timezone.now()
    today = timezone.localdate(now)
    corrections = Edition.objects.filter(number__gt=1).order_by("number")
    parts = fetch_together(
        statement,
        {
            "targets": (Target.objects.all(), "statement_id"),
            "references": (Reference.objects.all(), "statement_id"),
            "attachments": (Attachment.objects.all(), "statement_id"),
            "renditions": (Rendition.objects.all(), "attachment__statement_id"),
            "releases": (Release.objects.defer("original_text"), "statement_id"),
            "updates": (Update.objects.filter(posted_at__lte=now), "statement_id"),
            "deliveries": (Delivery.objects.filter(delivered_on__lte=today), "statement_id"),
            "milestones": (Milestone.objects.all(), "statement_id"),
            "corrections": (corrections.only("number", "language", "change_note", "published_at"),
                            "statement_id"),
        },
    )  # fmt: skip
    _join(parts)
    return parts


def _join(parts: dict[str, list[Any]]) -> None:
    """Let rows know each other that were fetched apart."""
    targets = {target.pk: target for target in parts["targets"]}
    for delivery in parts["deliveries"]:
        delivery.target = targets.get(delivery.target_id)
    renditions = parts.pop("renditions")
    for attachment in parts["attachments"]:
        attachment.shown_as = [one for one in renditions if one.attachment_id == attachment.pk]
    attachments = parts["attachments"]
    parts["pictures"] = [one for one in attachments if one.is_image and one.shown_as]
    parts["documents"] = [one for one in attachments if one not in parts["pictures"]]


def fallback(renditions: Iterable[Rendition]) -> Rendition | None:
    """The smallest JPEG: what a browser gets that knows neither sizes nor WebP."""
    return next((one for one in renditions if one.content_type == JPEG), None)


@dataclass(frozen=True)
class Event:
    """One moment in a statement's story; `what` is the row that tells of it."""

    on: date
    kind: str  # published, corrected, update, milestone, delivered, answered
    what: Any


def timeline(statement: Statement, parts: dict[str, list[Any]], language: str) -> list[Event]:
    """The story of a public statement, newest first. `language` is that of the words shown."""
    assert statement.publish_at is not None  # noqa: S101 - for the type checker: it is public
    events = [Event(timezone.localdate(statement.publish_at), "published", statement)]
    events += [
        Event(timezone.localdate(edition.published_at), "corrected", edition)
        for edition in parts["corrections"]
        if edition.language == language
    ]
    for delivery in parts["deliveries"]:
        events.append(Event(delivery.delivered_on, "delivered", delivery))
        if delivery.answered_on and delivery.answered_on <= timezone.localdate():
            events.append(Event(delivery.answered_on, "answered", delivery))
    events += [
        Event(timezone.localdate(one.reached_at), "milestone", one)
        for one in _told(parts["milestones"], since=statement.publish_at)
    ]
    updates = sorted(readers_updates(parts["updates"]), key=lambda one: one.posted_at)
    events += [Event(timezone.localdate(one.posted_at), "update", one) for one in updates]
    newest_last = events[::-1]  # of one day, what came later in the list comes first
    return sorted(newest_last, key=lambda event: event.on, reverse=True)


def _told(milestones: Iterable[Milestone], *, since: datetime) -> Iterable[Milestone]:
    """The highest of each day and kind; none of what stood there when it was published."""
    by_day: dict[tuple[date, str], Milestone] = {}
    for one in milestones:
        if one.reached_at > since:
            by_day[timezone.localdate(one.reached_at), one.of] = one
    return by_day.values()


def milestone_in_words(milestone: Milestone) -> str:
    """ "1,000 people have signed"."""
    number = milestone.number
    if milestone.of == Milestone.Of.PEOPLE:
        words = ngettext("%(number)s person has signed", "%(number)s people have signed", number)
    else:
        words = ngettext(
            "%(number)s organization has signed", "%(number)s organizations have signed", number
        )
    return words % {"number": intcomma(number)}


def readers_updates(updates: Iterable[Update]) -> list[Update]:
    """Of the news of one day, what is in the reader's language; all of it where none is."""
    by_day: dict[date, list[Update]] = {}
    for update in updates:
        by_day.setdefault(timezone.localdate(update.posted_at), []).append(update)
    reader = get_language()
    return [
        update
        for posted in by_day.values()
        for update in [one for one in posted if one.language == reader] or posted
    ]

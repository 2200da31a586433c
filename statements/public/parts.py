"""What a statement's page shows beside its words, and how its story went."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, ngettext

from casa.lib.media.images import JPEG
from casa.lib.text import unparted
from statements.models import Attachment, Delivery, Edition, Milestone, Rendition, Statement, Update
from statements.public.answers import answers_to, with_answers


def parts_of(statement: Statement) -> dict[str, Any]:
    """What stands beside the words of a public statement, by name, each in its order.

    `attachments` are those `pictures` that pages can show and the other `documents`.
    """
    attachments = list(statement.attachments.prefetch_related("renditions"))
    return {
        "targets": statement.targets.defer("email"),
        "references": statement.references.all(),
        "releases": statement.releases.defer("original_text").order_by(
            F("date").asc(nulls_last=True), "pk"
        ),
        "attachments": attachments,
        "pictures": [one for one in attachments if _is_picture(one)],
        "documents": [one for one in attachments if not _is_picture(one)],
    }


def _is_picture(attachment: Attachment) -> bool:
    return attachment.is_image and bool(attachment.renditions.all())


def visible_updates(statement: Statement) -> QuerySet[Update]:
    """The news of a public statement that visitors may read now, newest first."""
    return statement.updates.filter(posted_at__lte=timezone.now())


def visible_deliveries(statement: Statement) -> QuerySet[Delivery]:
    """The hand-overs of a public statement that visitors may know of today, oldest first."""
    made = statement.deliveries.filter(delivered_on__lte=timezone.localdate())
    return with_answers(made)


def fetch_deliveries(statements: Sequence[Statement]) -> None:
    """Keep with each, as `made_deliveries`, what `visible_deliveries` gives; one query for all."""
    made = Delivery.objects.filter(
        delivered_on__lte=timezone.localdate(), statement__in=[one.pk for one in statements]
    )
    by_statement: dict[int, list[Delivery]] = {}
    for delivery in with_answers(made):
        by_statement.setdefault(delivery.statement_id, []).append(delivery)
    for statement in statements:
        statement.made_deliveries = by_statement.get(statement.pk, [])  # type: ignore[attr-defined]


def moments_of(statement: Statement) -> Iterator[datetime]:
    """When visitors may read each piece of news, past and to come, and know of each hand-over."""
    yield from statement.updates.values_list("posted_at", flat=True)
    for days in statement.deliveries.values_list("delivered_on", "answered_on"):
        yield from (_start_of(day) for day in days if day)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def fallback(renditions: Iterable[Rendition]) -> Rendition | None:
    """The smallest JPEG: what a browser gets that knows neither sizes nor WebP."""
    return next((one for one in renditions if one.content_type == JPEG), None)


@dataclass(frozen=True)
class Event:
    """One moment in a statement's story; `what` is the row that tells of it."""

    on: date
    kind: str  # published, corrected, update, milestone, delivered, answered
    what: Any


def timeline(statement: Statement, language: str) -> list[Event]:
    """The story of a public statement, newest first. `language` is that of the words shown."""
    assert statement.publish_at is not None  # noqa: S101 - for the type checker: it is public
    oldest_first = [
        Event(timezone.localdate(statement.publish_at), "published", statement),
        *_corrections(statement, language),
        *_deliveries(statement),
        *_milestones(statement, since=statement.publish_at),
        *_updates(statement),
    ]
    newest_last = oldest_first[::-1]  # of one day, what came later in the list comes first
    return sorted(newest_last, key=lambda event: event.on, reverse=True)


def _corrections(statement: Statement, language: str) -> Iterator[Event]:
    for edition in corrections(statement, language):
        yield Event(timezone.localdate(edition.published_at), "corrected", edition)


def corrections(statement: Statement, language: str) -> list[Edition]:
    """Those of the words in `language`, and those of the original that these do not follow."""
    rows = statement.editions.filter(language__in={language, statement.language}).only(
        "statement", "number", "language", "translates", "change_note", "change_note_language",
        "published_at",
    )  # fmt: skip
    editions = list(rows.order_by("number", "pk"))
    own = [one for one in editions if one.language == language]
    follows = {one.number for one in own[1:]}
    return [
        edition
        for edition in editions
        if edition in own[1:]
        or (
            edition.language != language
            and edition.number > 1
            and edition.number not in follows
            and _is_news(edition, own)
        )
    ]


def _is_news(corrected: Edition, own: list[Edition]) -> bool:
    """Whether the correction of the original came before these words, or they lack it."""
    first, last = own[0].translates, own[-1].translates
    return corrected.number <= first or corrected.number > last


def _deliveries(statement: Statement) -> Iterator[Event]:
    for delivery in visible_deliveries(statement):
        yield Event(delivery.delivered_on, "delivered", delivery)
        for answer in answers_to(delivery):
            yield Event(answer.on, "answered", answer)


def _milestones(statement: Statement, *, since: datetime) -> Iterator[Event]:
    for one in _shown_milestones(statement.milestones.all(), since=since):
        yield Event(timezone.localdate(one.reached_at), "milestone", one)


def _updates(statement: Statement) -> Iterator[Event]:
    updates = readers_updates(visible_updates(statement))
    for one in sorted(updates, key=lambda update: update.posted_at):
        yield Event(timezone.localdate(one.posted_at), "update", one)


def _shown_milestones(milestones: Iterable[Milestone], *, since: datetime) -> Iterable[Milestone]:
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
    return unparted(words % {"number": intcomma(number)})


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

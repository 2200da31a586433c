"""Mails about drafts that go to and fro: one waits for review, one came back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.accounts.models import User
from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from casa.office.history.entries import name_of
from casa.office.staff_mails.readers import message, reader_of, readers_of, write_to
from statements.models import Statement, StatementEvent
from statements.permissions import may_see, may_take_action

REVIEW, RETURN = "casa.review", "casa.return"
Status = Statement.Status


def register_kinds() -> None:
    register(
        REVIEW,
        review,
        label=gettext_lazy("A draft waits for review"),
        when=gettext_lazy("When an author submits a draft, to those who may publish it."),
        sample=lambda: _review(*_sample()),
        is_first=False,
    )
    register(
        RETURN,
        came_back,
        label=gettext_lazy("A draft came back"),
        when=gettext_lazy(
            "When an editor sends a draft back, or stops its publication, to its author."
        ),
        sample=lambda: _came_back(*_sample()),
        is_first=False,
    )


def tell(instance: StatementEvent, created: bool, **kwargs: Any) -> None:
    """Runs after an event of a statement was stored, in the same transaction."""
    if not created:
        return
    before, after = instance.from_status, instance.to_status
    if (before, after) == (Status.DRAFT, Status.REVIEW):
        write_to(_reviewers(instance), REVIEW, event=instance.pk)
    elif before != Status.DRAFT and after == Status.DRAFT:
        write_to(_author(instance), RETURN, event=instance.pk)


def _reviewers(event: StatementEvent) -> list[User]:
    others = readers_of("hears_of_reviews").exclude(pk=event.by_id or 0)
    return [user for user in others if _may_publish(user, event.statement)]


def _may_publish(user: User, statement: Statement) -> bool:
    return may_take_action(user, statement, "publish_statement")


def _author(event: StatementEvent) -> list[User]:
    author = readers_of("hears_of_returns").filter(pk=event.statement.created_by_id or 0)
    return list(author.exclude(pk=event.by_id or 0))


def review(mail: OutgoingMail) -> Message | None:
    """Nothing once it is decided, or to somebody who may no longer decide it."""
    user, event = reader_of(mail, "hears_of_reviews"), _event(mail)
    if user is None or event is None or event.statement.status != Status.REVIEW:
        return None
    return _review(event, event.statement) if _may_publish(user, event.statement) else None


def came_back(mail: OutgoingMail) -> Message | None:
    """Nothing once it is submitted anew."""
    user, event = reader_of(mail, "hears_of_returns"), _event(mail)
    if user is None or event is None or event.statement.status != Status.DRAFT:
        return None
    return _came_back(event, event.statement) if may_see(user, event.statement) else None


def _event(mail: OutgoingMail) -> StatementEvent | None:
    events = StatementEvent.objects.select_related("statement", "by")
    return events.filter(pk=mail.params["event"]).first()


def _review(event: StatementEvent, statement: Any) -> Message:
    return message(_("A draft waits for your review"), "review", **_words(event, statement))


def _came_back(event: StatementEvent, statement: Any) -> Message:
    return message(_("Your draft came back"), "return", **_words(event, statement))


def _words(event: StatementEvent, statement: Any) -> dict[str, Any]:
    path = reverse("admin:statements_statement_change", args=[statement.pk])
    return {
        "title": str(statement),
        "who": name_of(event.by),
        "note": event.note,
        "was_stopped": event.from_status == Status.PUBLISHED,
        "button_url": absolute(path),
        "button_label": _("Open the draft"),
    }


class _SampleStatement:
    """A statement takes its title from rows, and a sample has none."""

    pk = 1

    def __str__(self) -> str:
        return _("Keep the reading room open on Saturdays")


def _sample() -> tuple[StatementEvent, _SampleStatement]:
    note = _("The second paragraph needs a source.")
    return StatementEvent(note=note, by=User(name="Edda Editor")), _SampleStatement()

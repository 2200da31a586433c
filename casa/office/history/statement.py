"""All that happened to one statement."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Count, Max
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.lib.moments.words import moment_in_words
from casa.office.history.edits import edits
from casa.office.history.entries import Change, Entry, Part, in_time_order, name_of
from signatories.models import CorrectionMailing, ExportLog
from statements.admin.files import old_file_url
from statements.admin.lead_picture import old_picture_url
from statements.models import (
    Attachment,
    ConsentText,
    Delivery,
    Edition,
    LeadPicture,
    QuestionText,
    Reference,
    Release,
    Statement,
    StatementText,
    SupporterText,
    Target,
    Topic,
    Update,
)
from statements.translations import language_name

PARTS = (
    StatementText, ConsentText, QuestionText, SupporterText, Target, Reference, Release, Update,
)  # fmt: skip


def history_of(statement: Statement) -> list[Entry]:
    """Oldest first; a constant number of queries."""
    pk = statement.pk
    targets = dict(Target.history.filter(statement_id=pk).values_list("id", "name"))
    return in_time_order(
        _events(statement),
        _without_the_clock(statement, edits(Statement, id=pk)),
        _topics(statement),
        *(edits(part, statement_id=pk) for part in PARTS),
        edits(Attachment, file_url=old_file_url, statement_id=pk),
        edits(LeadPicture, file_url=old_picture_url, statement_id=pk),
        edits(Delivery, names=targets, statement_id=pk),
        editions(statement),
        _comments(statement),
        _previews(statement),
        _rounds(statement),
        _mailings(statement),
        _exports(statement),
    )


def _events(statement: Statement) -> Iterator[Entry]:
    for event in statement.events.select_related("by"):
        yield Entry(event.at, name_of(event.by), event.in_words, note=event.note)


def _topics(statement: Statement) -> Iterator[Entry]:
    history: Any = Statement.history
    rows = history.filter(id=statement.pk).select_related("history_user")
    chosen: dict[int, set[int]] = {}
    links = history.model.topics.model.objects.filter(statement_id=statement.pk)
    for row, topic in links.values_list("history_id", "topic_id"):
        chosen.setdefault(row, set()).add(topic)
    names = {topic.pk: str(topic) for topic in Topic.objects.named()} if chosen else {}
    before = ""
    for row in rows.order_by("history_date", "pk"):
        topics = chosen.get(row.pk, set())
        now = ", ".join(sorted(names.get(one, _("a removed topic")) for one in topics))
        if now != before:
            part = Part(_("Topics"), (Change(_("Topics"), before, now),))
            yield Entry(
                row.history_date, name_of(row.history_user), _("Edited"), parts=(part,), kind="edit"
            )
        before = now


def _without_the_clock(statement: Statement, found: Iterator[Entry]) -> Iterator[Entry]:
    """Publishing sets the moment it went public, if it was empty. That is not an edit of whoever
    saves next, who would otherwise be shown as having set it."""
    published = statement.publish_at
    moment = date_format(localtime(published), "DATETIME_FORMAT") if published else ""
    label = capfirst(str(_field(Statement, "publish_at").verbose_name))
    for entry in found:
        (part,) = entry.parts
        changes = tuple(
            change
            for change in part.changes
            if not (
                change.label == label
                and not change.old
                and change.new == moment
                and published is not None
                and published <= entry.at
            )
        )
        if changes or part.is_new or not part.changes:
            yield Entry(
                entry.at, entry.who, entry.what,
                parts=(Part(part.name, changes, part.is_new),), kind=entry.kind,
            )  # fmt: skip


def editions(statement: Statement) -> Iterator[Entry]:
    """Each edition, with its difference from the one before in the same language."""
    before: dict[str, Edition] = {}
    found = statement.editions.select_related("published_by").order_by("number", "pk")
    for edition in found:
        what = _("Edition %(number)s in %(language)s published") % {
            "number": edition.number,
            "language": language_name(edition.language),
        }
        if edition.translates != edition.number:
            what += " · " + _("says what edition %(number)s of the original said") % {
                "number": edition.translates
            }
        if edition.number > 1:
            what += " · " + (
                _("changes the meaning") if edition.is_material else _("a minor correction")
            )
        parts = [Part(_("Fingerprint (SHA-256): %(sha256)s") % {"sha256": edition.sha256})]
        if earlier := before.get(edition.language):
            changes = changes_between(earlier, edition)
            parts.append(Part(_("Changed from the edition before"), changes))
        yield Entry(
            edition.published_at,
            name_of(edition.published_by),
            what,
            note=edition.change_note,
            parts=tuple(parts),
            kind="edition",
        )
        before[edition.language] = edition


def changes_between(old: Edition, new: Edition) -> tuple[Change, ...]:
    labels = {
        name: capfirst(str(_field(StatementText, name).verbose_name))
        for name in ("title", "summary", "body", "ask")
    }
    return tuple(
        Change(label, getattr(old, name), getattr(new, name))
        for name, label in labels.items()
        if getattr(old, name) != getattr(new, name)
    )


def _field(model: type[models.Model], name: str) -> models.Field:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)  # noqa: S101 - for the type checker
    return field


def _comments(statement: Statement) -> Iterator[Entry]:
    for comment in statement.comments.select_related("by"):
        yield Entry(
            comment.at, name_of(comment.by), _("Comment"), note=comment.text, kind="comment"
        )


def _previews(statement: Statement) -> Iterator[Entry]:
    given = statement.previews.filter(in_round=False)
    links = given.select_related("created_by", "revoked_by").annotate(
        opened=Count("visits"), last=Max("visits__at")
    )
    for link in links.order_by("pk"):
        made = _("Preview link for “%(name)s”, works until %(moment)s") % {
            "name": link.name,
            "moment": moment_in_words(link.expires_at),
        }
        who = name_of(link.created_by)
        note = _("May sign as a lead signatory.") if link.may_sign else ""
        yield Entry(link.created_at, who, made, note=note, kind="link")
        if link.opened:
            times = ngettext("opened once", "opened %(n)d times", link.opened) % {"n": link.opened}
            text = _("Preview link for “%(name)s” opened; %(times)s so far") % {
                "name": link.name,
                "times": times,
            }
            yield Entry(link.last, link.name, text, kind="link")
        if link.revoked_at:
            text = _("Preview link for “%(name)s” revoked") % {"name": link.name}
            yield Entry(link.revoked_at, name_of(link.revoked_by), text, kind="link")


def _rounds(statement: Statement) -> Iterator[Entry]:
    """That many were asked to sign first; who they were, the history of the round says."""
    rounds = statement.invitation_rounds.select_related("created_by")
    for one in rounds.annotate(number=Count("invitations")):
        text = _("Invitation round “%(title)s”, answers until %(moment)s") % {
            "title": one.title,
            "moment": moment_in_words(one.deadline),
        }
        number = ngettext("%(n)d on the list", "%(n)d on the list", one.number)
        who = name_of(one.created_by)
        yield Entry(one.created_at, who, text, note=number % {"n": one.number}, kind="link")


def _mailings(statement: Statement) -> Iterator[Entry]:
    for mailing in CorrectionMailing.objects.filter(statement=statement):
        text = _("Signers are told about edition %(number)s") % {"number": mailing.edition_number}
        if mailing.language:
            text += f" · {language_name(mailing.language)}"
        yield Entry(mailing.created_at, _("the site"), text)
        if mailing.finished_at:
            text = ngettext("%(n)d signer was told", "%(n)d signers were told", mailing.queued)
            yield Entry(mailing.finished_at, _("the site"), text % {"n": mailing.queued})


def _exports(statement: Statement) -> Iterator[Entry]:
    for export in ExportLog.objects.filter(statement=statement).select_related("by"):
        text = ngettext("%(n)d row exported", "%(n)d rows exported", export.rows)
        columns = ", ".join(str(column) for column in export.columns)
        yield Entry(
            export.at, name_of(export.by), text % {"n": export.rows}, note=columns, kind="export"
        )

"""What the line above every part of the screen says of the statement's state."""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.moments.words import moment_in_words
from statements.models import Statement

Status = Statement.Status

SINCE = {
    Status.DRAFT: _("a draft since %(moment)s"),
    Status.REVIEW: _("waits for an editor since %(moment)s"),
    Status.PUBLISHED: _("public since %(moment)s"),
    Status.CLOSED: _("signing ended on %(moment)s"),
    Status.ARCHIVED: _("archived on %(moment)s"),
    Status.WITHDRAWN: _("withdrawn on %(moment)s"),
}


def state_sentence(statement: Statement) -> str:
    """Since when it is what it is: "public since Saturday 5 December 2026 at 10:00 (…)"."""
    sentence = gettext("goes public on %(moment)s")
    if not statement.is_embargoed():
        sentence = str(SINCE[Status(statement.status)])
    return sentence % {"moment": moment_in_words(_since(statement))}


def _since(statement: Statement) -> datetime:
    if statement.status == Status.PUBLISHED and statement.publish_at:
        return statement.publish_at
    arrivals = statement.events.filter(to_status=statement.status).exclude(
        from_status=statement.status
    )
    arrival = arrivals.order_by("-pk").values_list("at", flat=True).first()
    return arrival or statement.created_at

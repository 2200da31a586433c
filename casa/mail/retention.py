"""How long mails are kept that nothing came of, and addresses of those that were sent."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from casa.lib.periods import Term, cutoff
from casa.mail.models import OutgoingMail
from casa.retention.rules import Due, Rule

State = OutgoingMail.State
DROPPED_KEPT_FOR = timedelta(days=30)
ALL_OF_IT = "to language params trouble trouble_at last_error provider_id message_id"


def due_unsent(at: datetime) -> Iterator[Due]:
    """Mails that were dropped a month ago, and that failed for as long as sent ones are kept.

    Whoever types an address of somebody else into a form leaves no more than that.
    """
    past = at - DROPPED_KEPT_FOR
    yield Due(OutgoingMail.objects.filter(state=State.DROPPED, created_at__lt=past))
    failed = OutgoingMail.objects.filter(state=State.DEAD, created_at__lt=cutoff(Term.MAIL, at))
    yield Due(failed)


def due_sent(at: datetime) -> Iterator[Due]:
    sent = OutgoingMail.objects.filter(state=State.SENT, sent_at__lt=cutoff(Term.MAIL, at))
    yield Due(sent.exclude(to=""))


def empty(keys: list[Any]) -> None:
    """Leave of sent mails of which kind they were, and when they left."""
    OutgoingMail.objects.filter(pk__in=keys).update(
        to="", language="", params={}, trouble="", trouble_at=None, last_error="",
        provider_id="", message_id="",
    )  # fmt: skip


RULES = (
    Rule(
        name="forget-dropped-mail", words=_("mails of which nothing was sent"),
        holds={OutgoingMail: "*"}, due=due_unsent,
    ),
    Rule(
        name="forget-addresses-of-mail", words=_("addresses of mails that were sent"),
        holds={OutgoingMail: ALL_OF_IT}, due=due_sent, forget=empty, term=Term.MAIL,
    ),
)  # fmt: skip

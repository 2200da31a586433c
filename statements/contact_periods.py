"""How long contact data of a statement's signers is kept after the hand-over.

Each signer was promised what was in force when they signed. Whatever became shorter since holds for
them too; what became longer does not.
"""

from datetime import datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.accounts.models import User
from casa.lib import periods
from casa.lib.kept_pages import generation
from casa.lib.periods import LENGTHS, Promise, Term
from statements.models import ContactEnding, ContactPeriod, Statement, StatementEvent

Status = Statement.Status
ALLOWED = LENGTHS[Term.CONTACT]


class ContactPeriodError(Exception):
    """The period cannot be chosen; the message says why, in words for staff."""


def promised(statement: Statement) -> list[Promise]:
    """What its signers were promised, the oldest first: its own period, else the site's."""
    of_site = list(periods.promised[-1](Term.CONTACT))
    own = list(statement.contact_periods.order_by("pk").values_list("months", "since"))
    moments = {since for _months, since in own} | {one.until for one in of_site if one.until}
    untils: list[datetime | None] = [*sorted(moments), None]
    return [Promise(_in_force_until(own, of_site, until), until) for until in untils]


def _in_force_until(
    own: list[tuple[int | None, datetime]], of_site: list[Promise], until: datetime | None
) -> int:
    """What was in force just before a moment; None for now."""
    months = None
    for number, since in own:
        if until is None or since < until:
            months = number
    if months is not None:
        return months
    return next(one.length for one in of_site if not one.until or (until and one.until >= until))


def length(statement: Statement) -> int:
    """The months that are promised to whoever signs now."""
    return promised(statement)[-1].length


@transaction.atomic
def choose(statement: Statement, months: int | None, *, by: User | None) -> bool:
    """Promise so many months to whoever signs from now on, None for the site's; whether it changed.

    A shorter period also holds for those who signed before. Raises ContactPeriodError.
    """
    if months is not None and not ALLOWED.least <= months <= ALLOWED.most:
        words = _("Choose %(least)d to %(most)d months.")
        raise ContactPeriodError(words % {"least": ALLOWED.least, "most": ALLOWED.most})
    Statement.objects.select_for_update(no_key=True).get(pk=statement.pk)
    if own_months(statement) == months:
        return False
    ContactPeriod.objects.create(statement=statement, months=months, since=timezone.now(), by=by)
    generation.renew()
    return True


def own_months(statement: Statement) -> int | None:
    """The period that was chosen for this statement; None where the site's holds."""
    return statement.contact_periods.order_by("-pk").values_list("months", flat=True).first()


def obstacle_to_signing(statement: Statement) -> str:
    """Why it cannot be opened for signing any more, in words for staff; "" if it can."""
    if not ContactEnding.objects.filter(statement=statement, begun_at__isnull=False).exists():
        return ""
    return _(
        "Contact data of its signers is gone, so nobody could tell who signed already. Go on with"
        " a copy of it."
    )


def end_of(statement: Statement, at: datetime | None = None) -> datetime | None:
    """From when the period counts: the last hand-over or the end of signing, the later of both.

    None while it can be signed, or is not public yet.
    """
    now = at or timezone.now()
    closed = _closed_at(statement, now)
    if closed is None or closed > now:
        return None
    handed_over = statement.deliveries.filter(delivered_on__lte=timezone.localdate(now))
    day = handed_over.aggregate(last=Max("delivered_on"))["last"]
    if day is None:
        return closed
    return max(closed, min(now, timezone.make_aware(datetime.combine(day, time.max))))


def _closed_at(statement: Statement, now: datetime) -> datetime | None:
    if statement.is_unpublished:
        return None
    if statement.status == Status.PUBLISHED:
        for_reading = statement.signers == Statement.Signers.NOBODY
        return statement.publish_at if for_reading else statement.signing_closes_at
    steps = StatementEvent.objects.filter(
        statement=statement, to_status__in=(Status.CLOSED, Status.WITHDRAWN)
    ).exclude(from_status=Status.CLOSED)
    closed = steps.aggregate(last=Max("at"))["last"] or statement.changed_at
    return min(closed, statement.signing_closes_at or closed)

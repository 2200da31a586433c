"""The week in numbers, on Monday morning: who signed what, what waits, which mails came back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casa.accounts.models import User
from casa.lib.http import absolute
from casa.mail.kinds import Message, register
from casa.mail.models import OutgoingMail
from casa.office import needs
from casa.office.staff_mails.readers import message, reader_of, readers_of, write_to
from signatories.admin.filters import HAS_TROUBLE
from signatories.core import tally
from signatories.models import Signature
from statements.models import Statement
from statements.permissions import visible_to
from statements.tallies import fetch_earlier

KIND = "casa.week"
TASK = "mail-the-week"
HOUR = 7  # in the office's time zone
WEEK = timedelta(days=7)
SHOWN = 20
"""Statements that are named; the others are counted together."""


@dataclass(frozen=True)
class Row:
    """What one statement gained in the week, and all it has."""

    title: str
    organizations: int
    people: int
    all_organizations: int
    all_people: int
    condition: str = ""  # how much of all stands under an earlier text


@dataclass(frozen=True)
class Week:
    first: date
    last: date
    rows: list[Row]
    others: int
    waits: list[needs.Count]
    came_back: int

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.waits or self.came_back)


def register_kinds() -> None:
    register(
        KIND,
        build,
        label=gettext_lazy("The week in numbers"),
        when=gettext_lazy("On Monday morning, to staff who have not switched it off."),
        sample=lambda: _message(_sample()),
        is_first=False,
    )


def queue_week() -> int:
    """Queue this week's mail to whoever has none yet; how many. A schedule calls it every hour."""
    monday = this_monday()
    if timezone.now() < monday + timedelta(hours=HOUR):
        return 0
    old = readers_of("gets_digest").filter(date_joined__lt=monday)  # not in their first week
    return sum(_queue(user, monday) for user in old)


def this_monday() -> datetime:
    today = timezone.localdate()
    day = today - timedelta(days=today.weekday())
    return timezone.make_aware(datetime.combine(day, time.min))


@transaction.atomic
def _queue(user: User, monday: datetime) -> int:
    User.objects.select_for_update().get(pk=user.pk)  # two workers would both find no mail
    mails = OutgoingMail.objects.to_mailbox(user.email).filter(kind=KIND, created_at__gte=monday)
    until = timezone.localdate(monday).isoformat()
    return 0 if mails.exists() else write_to([user], KIND, until=until)


def build(mail: OutgoingMail) -> Message | None:
    """Nothing after a week in which nothing happened."""
    user = reader_of(mail, "gets_digest")
    if user is None:
        return None
    week = of(user, date.fromisoformat(mail.params["until"]))
    return None if week.is_empty else _message(week)


def of(user: User, until: date) -> Week:
    """The seven days before `until`, of what the user may see; a constant number of queries."""
    first = until - WEEK
    start, end = (timezone.make_aware(datetime.combine(day, time.min)) for day in (first, until))
    rows = _rows(user, start, end)
    request = HttpRequest()
    request.user = user
    return Week(
        first=first,
        last=until - timedelta(days=1),
        rows=rows[:SHOWN],
        others=max(len(rows) - SHOWN, 0),
        waits=needs.needs(request),
        came_back=_came_back(user, start, end),
    )


def _rows(user: User, start: datetime, end: datetime) -> list[Row]:
    """The statements that somebody signed, most signed first."""
    signed = Signature.objects.counted().filter(confirmed_at__gte=start, confirmed_at__lt=end)
    grouped = signed.order_by().values_list("statement", "kind").annotate(number=Count("pk"))
    gained: dict[int, dict[str, int]] = defaultdict(dict)
    for statement, kind, number in grouped:
        gained[statement][kind] = number
    public = visible_to(user, Statement.objects.public()).filter(pk__in=list(gained))
    found = public.prefetch_related("texts", "tally_slots")
    most = sorted(found, key=lambda one: (-sum(gained[one.pk].values()), one.pk))
    fetch_earlier(most)
    return [_row(one, gained[one.pk]) for one in most]


def _row(statement: Statement, gained: dict[str, int]) -> Row:
    signed = tally.signed(statement)
    all_signed = signed.all
    return Row(
        title=str(statement),
        organizations=gained.get(Signature.Kind.ORGANIZATION, 0),
        people=gained.get(Signature.Kind.PERSON, 0),
        all_organizations=all_signed.organizations,
        all_people=all_signed.people,
        condition=signed.sentence,
    )


def _came_back(user: User, start: datetime, end: datetime) -> int:
    """Signatures whose mail came back; for whoever may see the outbox."""
    if not user.has_perm("mail.view_outgoingmail"):
        return 0
    week = Signature.objects.filter(
        HAS_TROUBLE, mail_trouble_at__gte=start, mail_trouble_at__lt=end
    )
    return week.exclude(mail_trouble=Signature.MailTrouble.SOFT).count()


def _message(week: Week) -> Message:
    subject = _("The week until %(day)s") % {"day": date_format(week.last, "DATE_FORMAT")}
    return message(
        subject,
        "week",
        week=week,
        button_url=absolute(reverse("admin:index")),
        button_label=_("Open the back office"),
    )


def _sample() -> Week:
    title = _("Keep the reading room open on Saturdays")
    noun = ngettext("signature awaits approval", "signatures await approval", 3)
    waits = [needs.Count(3, noun)]
    row = Row(title, organizations=2, people=140, all_organizations=31, all_people=2380)
    return Week(date(2026, 11, 16), date(2026, 11, 22), [row], 0, waits, 4)

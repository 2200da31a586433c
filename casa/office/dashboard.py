"""The first screen of the back office: what needs this member of staff, of what they may see.

Every number is counted over the rows that its list shows, or over what of them is meant, so that
the two cannot differ.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.accounts.models import staff
from casa.mail.models import OutgoingMail
from casa.office import letters, operations, retention
from casa.office.charts import Bar, Curve, curves
from casa.office.lists import list_url, may_list, visible
from casa.office.needs import LIMIT, MAIL_WAITING, Count, asked, needs
from casa.operations import signs_of_life
from signatories.admin.filters import STATEMENT_TITLES
from signatories.core import tally
from signatories.core.mail_budget import SlowedDomain, slowed_domains
from signatories.models import Burst, DataRequest, Signature
from signatories.moderation import bursts, queue
from statements.admin.attention import SOON, open_now, soon
from statements.admin.screen import FIRST, part_url
from statements.models import SigningPause, Statement
from statements.permissions import of_visible_statements
from statements.tallies import fetch_earlier

SHOWN = 12
"""Statements in a list of this page; the rest is behind its number."""

COUNTED = {"state__exact": "confirmed", "approved__exact": "1"}


@dataclass(frozen=True)
class Moment:
    """Something the clock does to a statement, or that its dates say it should."""

    statement: Statement
    at: datetime
    what: str
    url: str


@dataclass(frozen=True)
class OpenStatement:
    statement: Statement
    url: str
    organizations: Count
    people: Count
    condition: str  # how much of it stands under an earlier text


@dataclass(frozen=True)
class Dashboard:
    needs: list[Count]
    mail_waiting: Count | None
    moments: list[Moment]
    moments_count: Count | None
    open: list[OpenStatement]
    open_count: Count | None
    curves: list[Curve]
    is_empty: bool
    is_paused: bool
    silent_since: datetime | None
    operations_url: str
    retention_url: str
    contact_endings: list[tuple[Statement, datetime]]
    letters_url: str
    letters: list[DataRequest]
    slowed_domains: list[SlowedDomain]
    bursts: list[Burst]
    write_url: str
    queue_url: str
    time_zone: str

    @property
    def days(self) -> list[tuple[Bar, ...]]:
        """The curves as a table, newest day first: one bar of each."""
        return list(zip(*(curve.bars for curve in self.curves), strict=True))[::-1]


def of(request: HttpRequest) -> Dashboard:
    """A constant number of short queries, whatever there is; fewer for whom less is shown."""
    reads = may_list(request, Statement)
    opened = _statements(request, open_now) if reads else []
    changing = _statements(request, soon) if reads else []
    add = admin.site.get_model_admin(Statement).has_add_permission(request)
    return Dashboard(
        needs=needs(request),
        mail_waiting=next(asked(request, MAIL_WAITING), None),
        moments=sorted(_moments(changing), key=lambda one: one.at),
        moments_count=_of_statements(request, soon, changing, "soon") if reads else None,
        open=[_tallied(one, may_list(request, Signature)) for one in opened],
        open_count=_of_statements(request, open_now, opened, "open") if reads else None,
        curves=curves(linked=may_list(request, Signature)) if _counts(request) else [],
        is_empty=reads and not visible(request, Statement).exists(),
        is_paused=SigningPause.now().is_on,
        silent_since=signs_of_life.silent_since(),
        operations_url=(reverse("admin:operations") if operations.SCREENS.are_for(request) else ""),
        retention_url=(reverse("admin:retention") if retention.SCREENS.are_for(request) else ""),
        contact_endings=retention.announced(request),
        letters_url=(reverse("admin:letters") if letters.SCREENS.are_for(request) else ""),
        letters=letters.waiting(request),
        bursts=_bursts(request),
        slowed_domains=slowed_domains() if may_list(request, OutgoingMail) else [],
        write_url=reverse("admin:statements_statement_add") if add else "",
        queue_url=_queue_url(request),
        time_zone=settings.TIME_ZONE,
    )


def _counts(request: HttpRequest) -> bool:
    return may_list(request, Statement) or may_list(request, Signature)


def _statements(request: HttpRequest, where: Callable[..., Any]) -> list[Statement]:
    rows = where(visible(request, Statement), staff(request))
    rows = rows.prefetch_related(None).prefetch_related("texts", "tally_slots")
    found = list(rows.order_by("signing_closes_at", "-publish_at", "pk")[:SHOWN])
    fetch_earlier(found)
    return found


def _of_statements(
    request: HttpRequest, where: Callable[..., Any], found: list[Statement], due: str
) -> Count:
    """The number behind a list; asked of the database only where the list is cut off."""
    number = len(found)
    if number == SHOWN:
        number = where(visible(request, Statement), staff(request)).order_by()[:LIMIT].count()
    noun = ngettext("statement", "statements", number)
    return Count(number, noun, list_url(Statement, due=due))


def _bursts(request: HttpRequest) -> list[Burst]:
    """Bursts of signatures that nobody has decided on."""
    if not request.user.has_perm(queue.SIGNATURES):
        return []
    found = of_visible_statements(staff(request), bursts.open_bursts())
    return list(found.prefetch_related(STATEMENT_TITLES)[:SHOWN])


def _queue_url(request: HttpRequest) -> str:
    """Where signatures and organizations that wait are gone through one by one."""
    may = any(request.user.has_perm(one) for one in (queue.SIGNATURES, queue.ORGANIZATIONS))
    return reverse("admin:signatories_decision_queue") if may else ""


def _moments(statements: list[Statement]) -> Iterator[Moment]:
    now = timezone.now()
    for one in statements:
        public = (
            _("is to go public, but is still a draft: publish it") if one.is_unpublished else ""
        )
        dates = (
            (one.publish_at, public or _("goes public")),
            (one.signing_opens_at, _("signing opens")),
            (one.signing_closes_at, _("signing closes")),
        )
        for at, what in dates:
            if at is not None and now <= at <= now + SOON:
                yield Moment(one, at, what, _screen(one, "dates"))


def _screen(statement: Statement, part: str = FIRST) -> str:
    return part_url(statement.pk, part)


def _tallied(statement: Statement, linked: bool) -> OpenStatement:
    whole = tally.signed(statement)
    signed = whole.all

    def count(number: int, kind: str, noun: str) -> Count:
        query = {"statement": str(statement.pk), "kind__exact": kind, **COUNTED}
        return Count(number, noun, list_url(Signature, **query) if linked else "")

    return OpenStatement(
        statement,
        _screen(statement),
        count(
            signed.organizations, "organization",
            ngettext("organization", "organizations", signed.organizations),
        ),
        count(signed.people, "person", ngettext("person", "people", signed.people)),
        whole.sentence,
    )  # fmt: skip

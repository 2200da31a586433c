"""The first screen of the back office: what needs this member of staff, of what they may see.

Every number is counted over the rows that its list shows, or over what of them is meant, so that
the two cannot differ.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.accounts.models import User, staff
from casa.lib.admin import BoundedPaginator
from casa.mail.models import OutgoingMail
from casa.office.charts import Bar, Curve, curves
from signatories.admin.filters import (
    STATEMENT_TITLES,
    ImportedFilter,
    LogoFilter,
    SuspiciousFilter,
)
from signatories.core import tally
from signatories.core.mail_budget import SlowedDomain, slowed_domains
from signatories.models import (
    PAPER_WAITS,
    Burst,
    ImportBatch,
    Invitation,
    InvitationRound,
    Organization,
    PaperCount,
    Signature,
)
from signatories.moderation import bursts, queue
from signatories.rounds.settings import due_soon
from statements.admin.attention import (
    SOON,
    answered,
    open_now,
    overdue,
    paused,
    sent_back,
    soon,
    with_earlier_words,
)
from statements.admin.screen import FIRST, part_url
from statements.models import Edition, SigningPause, Statement
from statements.permissions import of_visible_statements
from statements.tallies import fetch_earlier

LIMIT = BoundedPaginator.LIMIT
SHOWN = 12
"""Statements in a list of this page; the rest is behind its number."""

COUNTED = {"state__exact": "confirmed", "approved__exact": "1"}


@dataclass(frozen=True)
class Count:
    """A number, its noun, and the list it counts ("" where that is not theirs to open)."""

    number: int
    noun: str
    url: str = ""

    @property
    def is_bounded(self) -> bool:
        return self.number >= LIMIT


@dataclass(frozen=True)
class Question:
    """What may wait for somebody with `permission`: which rows, and the list of exactly these."""

    permission: str
    model: type[Model]
    list_query: dict[str, str]
    rows: Callable[[Any, User], QuerySet]
    noun: Callable[[int], str]

    def count(self, request: HttpRequest) -> Count:
        rows = self.rows(visible(request, self.model), staff(request)).order_by()
        number = rows[:LIMIT].count()
        return Count(number, self.noun(number), list_url(self.model, **self.list_query))


QUESTIONS = (
    Question(
        "statements.publish_statement", Statement, {"status__exact": "review"},
        lambda rows, user: rows.filter(status=Statement.Status.REVIEW),
        lambda n: ngettext("draft awaits review", "drafts await review", n),
    ),
    Question(
        "statements.change_statement", Statement, {"due": "sent_back"}, sent_back,
        lambda n: ngettext("draft of yours was sent back", "drafts of yours were sent back", n),
    ),
    Question(
        "statements.change_statement", Statement, {"due": "answered"}, answered,
        lambda n: ngettext("draft has a comment for you", "drafts have a comment for you", n),
    ),
    Question(
        "statements.change_statement", Statement, {"due": "overdue"}, overdue,
        lambda n: ngettext(
            "draft was to be public by now: publish it, or give it another date",
            "drafts were to be public by now: publish them, or give them other dates", n,
        ),
    ),
    Question(
        "statements.close_statement", Statement, {"due": "paused"}, paused,
        lambda n: ngettext(
            "statement is paused: nobody can sign it",
            "statements are paused: nobody can sign them", n,
        ),
    ),
    Question(
        "statements.correct_statement", Statement, {"due": "earlier_words"}, with_earlier_words,
        lambda n: ngettext(
            "statement goes public with earlier words than those saved",
            "statements go public with earlier words than those saved", n,
        ),
    ),
    Question(
        "statements.correct_statement", Statement, {"due": "behind"},
        # One statement may have several; the list shows the statements.
        lambda rows, user: Edition.objects.behind().filter(statement__in=rows.values("pk")),
        lambda n: ngettext("translation is behind", "translations are behind", n),
    ),
    Question(
        "signatories.moderate_signature", Signature,
        {"state__exact": "confirmed", "approved__exact": "0"},
        lambda rows, user: rows.filter(state="confirmed", approved=False),
        lambda n: ngettext("signature awaits approval", "signatures await approval", n),
    ),
    Question(
        "signatories.moderate_signature", Signature, {"suspicious": "waiting"},
        lambda rows, user: rows.filter(SuspiciousFilter.conditions["waiting"][1]),
        lambda n: ngettext(
            "signature that awaits approval is suspicious",
            "signatures that await approval are suspicious", n,
        ),
    ),
    Question(
        "signatories.moderate_signature", Signature, {"imported": "unsure"},
        lambda rows, user: rows.filter(ImportedFilter.conditions["unsure"][1]),
        lambda n: ngettext(
            "imported name was not read with certainty",
            "imported names were not read with certainty", n,
        ),
    ),
    Question(
        "signatories.import_names", ImportBatch, {"state__exact": "review"},
        lambda rows, user: rows.filter(state="review"),
        lambda n: ngettext("import is under review", "imports are under review", n),
    ),
    Question(
        "signatories.declare_paper", PaperCount, {"standing": "waiting"},
        lambda rows, user: rows.filter(PAPER_WAITS),
        lambda n: ngettext(
            "declaration of signatures on paper waits to be checked",
            "declarations of signatures on paper wait to be checked", n,
        ),
    ),
    Question(
        "signatories.change_invitationround", InvitationRound, {"due": "soon"},
        # The list shows the rounds; who is silent in them is what waits.
        lambda rows, user: Invitation.objects.silent().filter(
            round__in=due_soon(rows).values("pk")
        ),
        lambda n: ngettext(
            "invitation is unanswered, and its deadline is near",
            "invitations are unanswered, and their deadline is near", n,
        ),
    ),
    Question(
        "signatories.change_invitationround", InvitationRound, {},
        lambda rows, user: Invitation.objects.filter(round__in=rows.values("pk")).in_state(
            Invitation.State.CHECK
        ),
        lambda n: ngettext(
            "invitation waits for your yes",
            "invitations wait for your yes", n,
        ),
    ),
    Question(
        "signatories.verify_organization", Organization, {"to_check": "yes"},
        lambda rows, user: rows.exclude(to_check=""),
        lambda n: ngettext("organization is to be checked", "organizations are to be checked", n),
    ),
    Question(
        "signatories.verify_organization", Organization, {"again": "yes"},
        lambda rows, user: rows.to_verify_again(),
        lambda n: ngettext(
            "organization is to be verified again", "organizations are to be verified again", n
        ),
    ),
    Question(
        "signatories.verify_organization", Organization, {"again": "unanswered"},
        lambda rows, user: rows.unanswered(),
        lambda n: ngettext(
            "organization did not answer whether its entry is still right",
            "organizations did not answer whether their entries are still right", n,
        ),
    ),
    Question(
        "signatories.change_organization", Organization, {"logo": "waiting"},
        lambda rows, user: rows.filter(LogoFilter.conditions["waiting"][1]),
        lambda n: ngettext("logo waits to be shown", "logos wait to be shown", n),
    ),
    Question(
        "mail.view_outgoingmail", OutgoingMail, {"state": "dead"},
        lambda rows, user: rows.dead(),
        lambda n: ngettext("mail failed", "mails failed", n),
    ),
)  # fmt: skip
MAIL_WAITING = Question(
    "mail.view_outgoingmail", OutgoingMail, {"state": "queued"},
    lambda rows, user: rows.filter(state=OutgoingMail.State.QUEUED, due_at__isnull=False),
    lambda n: ngettext("mail waits to be sent", "mails wait to be sent", n),
)  # fmt: skip


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
        mail_waiting=next(_asked(request, MAIL_WAITING), None),
        moments=sorted(_moments(changing), key=lambda one: one.at),
        moments_count=_of_statements(request, soon, changing, "soon") if reads else None,
        open=[_tallied(one, may_list(request, Signature)) for one in opened],
        open_count=_of_statements(request, open_now, opened, "open") if reads else None,
        curves=curves(linked=may_list(request, Signature)) if _counts(request) else [],
        is_empty=reads and not visible(request, Statement).exists(),
        is_paused=SigningPause.now().is_on,
        bursts=_bursts(request),
        slowed_domains=slowed_domains() if may_list(request, OutgoingMail) else [],
        write_url=reverse("admin:statements_statement_add") if add else "",
        queue_url=_queue_url(request),
        time_zone=settings.TIME_ZONE,
    )


def needs(request: HttpRequest) -> list[Count]:
    """What waits for this member of staff."""
    return [count for count in _asked(request, *QUESTIONS) if count.number]


def may_list(request: HttpRequest, model: type[Model]) -> bool:
    return admin.site.get_model_admin(model).has_view_or_change_permission(request)


def _counts(request: HttpRequest) -> bool:
    return may_list(request, Statement) or may_list(request, Signature)


def visible(request: HttpRequest, model: type[Model]) -> Any:
    """The rows that the model's list shows to this member of staff."""
    return admin.site.get_model_admin(model).get_queryset(request)


def list_url(model: type[Model], **query: str) -> str:
    meta = model._meta
    address = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return f"{address}?{urlencode(query)}" if query else address


def _asked(request: HttpRequest, *questions: Question) -> Iterator[Count]:
    for question in questions:
        if request.user.has_perm(question.permission) and may_list(request, question.model):
            yield question.count(request)


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

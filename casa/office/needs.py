"""What waits for a member of staff, each counted over the rows of the list that shows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from casa.accounts.models import User, staff
from casa.lib.long_lists import BoundedPaginator
from casa.mail.models import OutgoingMail
from casa.office.lists import list_url, may_list, visible
from signatories.admin.filters import ImportedFilter, LogoFilter, SuspiciousFilter
from signatories.models import (
    PAPER_WAITS,
    ImportBatch,
    Invitation,
    InvitationRound,
    Organization,
    PaperCount,
    Signature,
)
from signatories.rounds.settings import due_soon
from statements.admin.attention import answered, overdue, paused, sent_back, with_earlier_words
from statements.models import AddresseeAnswer, Edition, Statement

LIMIT = BoundedPaginator.LIMIT


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
        "statements.decide_addresseeanswer", AddresseeAnswer, {"state__exact": "waiting"},
        lambda rows, user: rows.filter(state="waiting"),
        lambda n: ngettext(
            "answer of an addressee waits for a look", "answers of addressees wait for a look", n
        ),
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
        lambda rows, user: Invitation.objects.filter(
            needs_check=True, round__in=rows.values("pk")
        ).in_state(Invitation.State.CHECK),
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


def needs(request: HttpRequest) -> list[Count]:
    """What waits for this member of staff."""
    return [count for count in asked(request, *QUESTIONS) if count.number]


def asked(request: HttpRequest, *questions: Question) -> Iterator[Count]:
    for question in questions:
        if request.user.has_perm(question.permission) and may_list(request, question.model):
            yield question.count(request)

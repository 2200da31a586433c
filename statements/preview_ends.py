"""Whom a preview link was for, and when they read, is forgotten a while after it ended."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casa.lib.periods import Term, cutoff
from casa.retention.rules import Due, Rule, by_statement
from statements.models import PreviewLink, PreviewVisit

NOBODY = "–"


def due_visits(at: datetime) -> Iterator[Due]:
    over = _over(at).values("pk")
    yield from by_statement(PreviewVisit.objects.filter(link__in=over), "link__statement")


def due_links(at: datetime) -> Iterator[Due]:
    named = _over(at).exclude(name=NOBODY, email="")
    yield from by_statement(named)


def _over(at: datetime) -> QuerySet[PreviewLink]:
    past = cutoff(Term.PREVIEW, at)
    return PreviewLink.objects.filter(Q(expires_at__lt=past) | Q(revoked_at__lt=past))


def empty(keys: list[int]) -> None:
    """Leave that there was a link, and who gave it out."""
    PreviewLink.objects.filter(pk__in=keys).update(name=NOBODY, email="")


RULES = (
    Rule(
        name="forget-preview-visits", words=_("when preview links were opened"),
        holds={PreviewVisit: "*"}, due=due_visits, term=Term.PREVIEW,
    ),
    Rule(
        name="forget-preview-links", words=_("whom preview links were for"),
        holds={PreviewLink: "name email"}, due=due_links, forget=empty, term=Term.PREVIEW,
    ),
)  # fmt: skip

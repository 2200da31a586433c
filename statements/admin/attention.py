"""What in the list of statements waits for the member of staff who looks."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import User
from statements import lifecycle
from statements.models import Edition, Statement, StatementQuerySet, StatementText

SOON = timedelta(days=14)


def sent_back(statements: StatementQuerySet, user: User) -> StatementQuerySet:
    return statements.sent_back_to(user)


def answered(statements: StatementQuerySet, user: User) -> StatementQuerySet:
    return statements.with_answer_for(user)


def soon(statements: StatementQuerySet, user: User) -> StatementQuerySet:
    now = timezone.now()
    return statements.changing(now, now + SOON)


def overdue(statements: StatementQuerySet, user: User) -> StatementQuerySet:
    return statements.overdue()


def open_now(statements: StatementQuerySet, user: User) -> StatementQuerySet:
    return statements.open()


def paused(statements: StatementQuerySet, user: User) -> StatementQuerySet:
    return statements.filter(status=Statement.Status.PUBLISHED, signing_paused=True)


def behind(statements: StatementQuerySet, user: User) -> StatementQuerySet:
    late = Edition.objects.behind().filter(statement=OuterRef("pk"))
    return statements.filter(Exists(late))


def with_earlier_words(statements: StatementQuerySet, user: User) -> StatementQuerySet:
    """Under embargo, and the working copy is not what goes public."""
    same = Edition.objects.filter(
        statement=OuterRef("statement"), language=OuterRef("language"), title=OuterRef("title"),
        summary=OuterRef("summary"), body=OuterRef("body"), ask=OuterRef("ask"),
    )  # fmt: skip
    kept = StatementText.objects.filter(
        statement=OuterRef("statement"), language=OuterRef("language")
    )
    changed = StatementText.objects.filter(~Exists(same), statement=OuterRef("pk"))
    lost = Edition.objects.filter(~Exists(kept), statement=OuterRef("pk"))
    return statements.filter(
        Exists(changed) | Exists(lost),
        status__in=lifecycle.CORRECTABLE,
        publish_at__gt=timezone.now(),
    )


WAITS = {
    "sent_back": (_("Sent back to me"), sent_back),
    "answered": (_("Comments for me"), answered),
    "soon": (_("Goes live, opens or closes within 14 days"), soon),
    "overdue": (_("Was to go public, and is still a draft"), overdue),
    "open": (_("Open for signing"), open_now),
    "paused": (_("Signing is stopped"), paused),
    "earlier_words": (_("Goes public with earlier words"), with_earlier_words),
    "behind": (_("A translation is behind"), behind),
}


class AttentionFilter(admin.SimpleListFilter):
    title = _("what is due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, label) for name, (label, _where) in WAITS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> Any:
        if self.value() not in WAITS:
            return queryset
        _label, where = WAITS[str(self.value())]
        return where(queryset, request.user)  # type: ignore[arg-type]

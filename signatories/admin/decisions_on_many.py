"""The list of decisions on many, and the screens that belong to it."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.admin import Screen
from casa.lib.long_lists import BoundedPaginator
from signatories.admin import queue
from signatories.admin.decision_progress import PERMISSIONS, may_see, show_progress
from signatories.admin.filters import STATEMENT_TITLES
from signatories.admin.invalidation import may_prepare, show_criteria
from signatories.admin.screens import ScreensAdmin
from signatories.models import Decision
from statements.models import Statement
from statements.permissions import visible_to

SCREENS = (
    Screen("queue", "queue/", queue.show_queue, queue.may_open),
    Screen("invalidation", "invalidation/", show_criteria, may_prepare),
    Screen("criteria", "<int:pk>/criteria/", show_criteria, may_see, of=Decision),
    Screen("progress", "<int:pk>/progress/", show_progress, may_see, of=Decision),
)


@admin.register(Decision)
class DecisionAdmin(ScreensAdmin):
    """Every decision on many: who, when, on how many, and what became of it."""

    screens = SCREENS
    row_screen = "progress"
    lookups = frozenset({"state__exact", "verb__exact"})
    list_display = ("named", "on", "state", "chosen", "done", "left", "made_by", "made_at")
    list_filter = ("state", "verb")
    list_select_related = ("made_by", "statement")
    first_step = _(
        "No decisions on many yet. Choose rows in the list of signatures, or say which are meant."
    )
    paginator = BoundedPaginator
    show_full_result_count = False

    class Media:
        css = {"all": ("casa/admin-signatures.css",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Decision]:
        seen = visible_to(request.user, Statement.objects.all())
        rows = super().get_queryset(request).prefetch_related(STATEMENT_TITLES)
        return rows.filter(Q(statement=None) | Q(statement__in=seen.values("pk")))

    @admin.display(description=_("decision"), ordering="verb")
    def named(self, decision: Decision) -> str:
        verb = str(decision.get_verb_display())
        return f"{verb}: {decision.title}" if decision.title else verb

    @admin.display(description=_("statement"))
    def on(self, decision: Decision) -> str:
        if decision.statement is not None:
            return str(decision.statement)
        return gettext("organizations") if decision.is_of_organizations else gettext("several")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return any(request.user.has_perm(one) for one in PERMISSIONS.values())

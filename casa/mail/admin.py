"""The outbox in the admin: read it, and send dead letters again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casa.lib.addresses import mailboxes
from casa.lib.admin import OfficeAdmin, screen_urls
from casa.lib.long_lists import BoundedPaginator
from casa.mail import kinds, samples
from casa.mail.delivery import send_again
from casa.mail.models import OutgoingMail, OutgoingMailQuerySet


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(kinds.labels().items())  # known to the code; asking the rows reads them all

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[OutgoingMail]
    ) -> QuerySet[OutgoingMail]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class StateFilter(admin.SimpleListFilter):
    """By state. Shows what failed unless asked for something else: that is what needs staff."""

    title = _("state")
    parameter_name = "state"
    everything = "all"
    default = OutgoingMail.State.DEAD.value

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*OutgoingMail.State.choices, (self.everything, _("All"))]

    def value(self) -> str:
        return super().value() or self.default

    def choices(self, changelist: Any) -> Iterator[Any]:
        for value, title in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": title,
            }

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[OutgoingMail]
    ) -> QuerySet[OutgoingMail]:
        # A search is for one mailbox, whatever became of its mail.
        if self.value() == self.everything or ("q" in request.GET and not super().value()):
            return queryset
        return queryset.filter(state=self.value())


@admin.register(OutgoingMail)
class OutgoingMailAdmin(OfficeAdmin):
    list_display = (
        "recipient",
        "kind_label",
        "state",
        "last_error",
        "trouble",
        "attempts",
        "queued",
        "due_at",
    )
    first_step = _("No mail failed. Choose “All” beside the list to see what was sent.")
    list_filter = (StateFilter, KindFilter)
    search_fields = ("to",)
    search_help_text = _("A whole address, or the domain of one")
    ordering = ("-pk",)
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = ("send_dead_letters_again",)

    def get_urls(self) -> list[URLPattern]:
        return [*screen_urls(self, samples.SCREENS), *super().get_urls()]

    def get_sortable_by(self, request: HttpRequest) -> Any:
        """Few fail or wait, and can be sorted by everything; of all there may be millions."""
        asked = request.GET.get(StateFilter.parameter_name, StateFilter.default)
        is_long = asked not in {*OutgoingMail.OPEN_STATES, OutgoingMail.State.DEAD}
        return ("queued",) if is_long or SEARCH_VAR in request.GET else self.list_display

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.sought(search_term), False

    @admin.display(
        description=OutgoingMail._meta.get_field("created_at").verbose_name, ordering="pk"
    )
    def queued(self, mail: OutgoingMail) -> datetime:
        return mail.created_at

    @admin.display(description=_("to"))
    def recipient(self, mail: OutgoingMail) -> str:
        return mailboxes.shown(mail.to)

    @admin.display(description=_("kind"))
    def kind_label(self, mail: OutgoingMail) -> str:
        return str(kinds.labels().get(mail.kind, mail.kind))

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_dead_letters_again(self, request: HttpRequest, queryset: OutgoingMailQuerySet) -> None:
        count = send_again(queryset)
        self.message_user(
            request,
            ngettext("%(count)d mail is queued again.", "%(count)d mails are queued again.", count)
            % {"count": count},
            messages.SUCCESS if count else messages.WARNING,
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: OutgoingMail | None = None) -> bool:
        # The permission stands for the action; one mail can only be looked at.
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: OutgoingMail | None = None) -> bool:
        return False

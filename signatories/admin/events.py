"""The append-only history of a signature and of an organization, on their pages."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.lib.addresses.in_texts import without_addresses
from casa.lib.admin import ReadOnlyMixin
from signatories.models import OrganizationEvent, SignatureEvent


class SignatureEventInline(ReadOnlyMixin, admin.TabularInline):
    model = SignatureEvent
    fields = readonly_fields = ("when", "event", "who", "why")
    extra = 0
    verbose_name_plural = _("history")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignatureEvent]:
        return super().get_queryset(request).select_related("by")

    @admin.display(description=_("when"))
    def when(self, event: SignatureEvent) -> str:
        return date_format(localtime(event.at), "DATETIME_FORMAT")

    @admin.display(description=_("state"))
    def event(self, row: SignatureEvent) -> str:
        stayed = row.from_state in ("", row.to_state)
        return row.get_to_state_display() if stayed else str(row)

    @admin.display(description=_("by"))
    def who(self, event: SignatureEvent) -> str:
        return str(event.by) if event.by else gettext("the signer, or the site")

    @admin.display(description=_("reason"))
    def why(self, event: SignatureEvent) -> str:
        return without_addresses(event.reason)


class OrganizationEventInline(ReadOnlyMixin, admin.TabularInline):
    model = OrganizationEvent
    fields = readonly_fields = ("when", "event", "who", "why")
    extra = 0
    verbose_name_plural = _("decisions")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrganizationEvent]:
        return super().get_queryset(request).select_related("by")

    @admin.display(description=_("when"))
    def when(self, event: OrganizationEvent) -> str:
        return date_format(localtime(event.at), "DATETIME_FORMAT")

    @admin.display(description=_("decision"))
    def event(self, row: OrganizationEvent) -> str:
        return row.get_to_verification_display()

    @admin.display(description=_("by"))
    def who(self, event: OrganizationEvent) -> str:
        return str(event.by) if event.by else gettext("its representative’s mailbox")

    @admin.display(description=_("reason"))
    def why(self, event: OrganizationEvent) -> str:
        return event.reason

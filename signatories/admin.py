"""Signatures and organizations in the back office."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import BoundedPaginator, ReadOnlyMixin
from casa.lib.text import name_key
from signatories import moderation, states
from signatories.models import Organization, OrganizationAlias, Signature, SignatureEvent
from statements.models import Statement


class ReasonForm(ActionForm):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": _("Reason, for the history")}),
    )


class EventInline(ReadOnlyMixin, admin.TabularInline):
    model = SignatureEvent
    fields = readonly_fields = ("at", "from_state", "to_state", "by", "reason")
    extra = 0
    verbose_name_plural = _("history")


class StatementFilter(admin.SimpleListFilter):
    """Statements by title, in one query; the stock filter asks for each title apart."""

    title = _("statement")
    parameter_name = "statement"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        statements = Statement.objects.prefetch_related("texts")
        return [(str(statement.pk), str(statement)) for statement in statements]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Signature]) -> QuerySet[Signature]:
        value = self.value() or ""
        if not value.isdecimal():
            return queryset
        return queryset.filter(statement__in=[int(value)]) if len(value) < 19 else queryset.none()


class SignatureForm(forms.ModelForm):
    """What staff may correct; the rules are the database's, said beside the field."""

    def clean_name(self) -> str:
        name = self.cleaned_data["name"].strip()
        if not name and self.instance.kind == Signature.Kind.PERSON:
            raise forms.ValidationError(gettext("A person has a name."))
        return name

    def clean_lead_position(self) -> int | None:
        position = self.cleaned_data["lead_position"]
        if position is None and self.instance.edition_id is None:
            raise forms.ValidationError(
                gettext("Placed before publication, so it stays among the first names.")
            )
        return position


@admin.register(Signature)
class SignatureAdmin(admin.ModelAdmin):
    form = SignatureForm
    list_display = ("shown_as", "kind", "state", "place", "signed_on", "statement")
    list_filter = ("state", "approved", "kind", StatementFilter)
    list_select_related = ("statement", "organization")
    search_fields = ("name", "email", "affiliation", "organization__name")
    search_help_text = _("Name, organization or e-mail address")
    paginator = BoundedPaginator
    show_full_result_count = False
    action_form = ReasonForm
    actions = ("hide", "restore", "invalidate", "approve")
    inlines = (EventInline,)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("statement", "kind", "state", "approved"),
                    ("honorific", "name", "credentials"),
                    ("role", "affiliation", "organization"),
                    ("city", "region", "country"),
                    "name_withheld",
                    "lead_position",
                )
            },
        ),
        (
            _("Imported"),
            {"fields": ("original_line", "import_notes", "import_confidence")},
        ),
        (
            _("Contact"),
            {"fields": ("email", "wants_updates", "language", "created_at", "confirmed_at")},
        ),
    )
    readonly_fields = (
        "statement", "kind", "state", "approved", "organization", "email", "wants_updates",
        "language", "original_line", "import_notes", "import_confidence", "created_at",
        "confirmed_at",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("statement__texts")

    @admin.display(description=_("name"), ordering="sort_key")
    def shown_as(self, signature: Signature) -> str:
        return signature.displayed_name

    @admin.display(description=_("signed"), ordering="created_at")
    def signed_on(self, signature: Signature) -> str:
        return date_format(localtime(signature.created_at), "SHORT_DATE_FORMAT")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=_("Hide (needs a reason)"), permissions=["change"])
    def hide(self, request: HttpRequest, chosen: QuerySet[Signature]) -> None:
        self._moderate(request, chosen, moderation.hide)

    @admin.action(description=_("Show again (needs a reason)"), permissions=["change"])
    def restore(self, request: HttpRequest, chosen: QuerySet[Signature]) -> None:
        self._moderate(request, chosen, moderation.restore)

    @admin.action(description=_("Mark as invalid (needs a reason)"), permissions=["change"])
    def invalidate(self, request: HttpRequest, chosen: QuerySet[Signature]) -> None:
        self._moderate(request, chosen, moderation.invalidate)

    @admin.action(description=_("Approve the name"), permissions=["change"])
    def approve(self, request: HttpRequest, chosen: QuerySet[Signature]) -> None:
        self._apply(request, chosen, lambda one: moderation.approve(one, by=staff(request)))

    def _moderate(
        self, request: HttpRequest, chosen: QuerySet[Signature], verb: Callable[..., bool]
    ) -> None:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(
                request, gettext("Write the reason beside the action."), messages.ERROR
            )
            return
        self._apply(request, chosen, lambda one: verb(one, by=staff(request), reason=reason))

    def _apply(
        self,
        request: HttpRequest,
        chosen: QuerySet[Signature],
        verb: Callable[[Signature], bool],
    ) -> None:
        done = left = 0
        for signature in chosen.order_by("pk"):
            try:
                done += verb(signature)
            except states.StateError:
                left += 1
        if done:
            text = ngettext("%(n)d signature changed.", "%(n)d signatures changed.", done)
            self.message_user(request, text % {"n": done}, messages.SUCCESS)
        if left:
            text = ngettext(
                "%(n)d signature left as it was: its state does not allow it.",
                "%(n)d signatures left as they were: their state does not allow it.",
                left,
            )
            self.message_user(request, text % {"n": left}, messages.WARNING)


class AliasFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        seen = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", None)
            if not data or data.get("DELETE"):
                continue
            key = name_key(data.get("name", ""))
            if key in seen:
                form.add_error("name", gettext("This name stands here twice."))
            seen.add(key)


class AliasInline(admin.TabularInline):
    model = OrganizationAlias
    formset = AliasFormSet
    extra = 0
    fields = ("name",)


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "place", "website")
    list_filter = ("kind", "country")
    search_fields = ("name", "aliases__name")
    fields = ("name", "kind", ("city", "region", "country"), "website")
    inlines = (AliasInline,)
    paginator = BoundedPaginator
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        has_signed = obj is not None and obj.signatures.exists()
        return not has_signed and super().has_delete_permission(request, obj)

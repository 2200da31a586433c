"""The screen that says what leads the front page."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from casa.accounts.models import staff
from casa.lib.admin import OfficeAdmin
from casa.lib.moments.fields import FIELDS_OF_ADMIN
from statements.models import FrontPageLead, Statement

CHANGE = "admin:statements_frontpagelead_change"


@admin.register(FrontPageLead)
class FrontPageLeadAdmin(OfficeAdmin):
    """The form of the only row; the list redirects to it."""

    fields = ("statement", "until")
    formfield_overrides = FIELDS_OF_ADMIN

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        FrontPageLead.objects.get_or_create(pk=1)
        return redirect(CHANGE, 1)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "statement":
            kwargs["queryset"] = Statement.objects.public().newest_first()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget  # statements have screens of their own
        return field

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if form.has_changed():
            obj.by = staff(request)
        super().save_model(request, obj, form, change)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if obj.statement is None:
            told = gettext("The newest statement leads the front page.")
        else:
            told = gettext("“%(title)s” leads the front page.") % {"title": obj.statement}
        self.message_user(request, told)
        return redirect(CHANGE, 1)

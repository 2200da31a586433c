"""The lists that staff keep against abuse: protected names; networks, domains and countries."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.admin import OfficeAdmin
from casa.lib.moments.fields import FIELDS_OF_ADMIN
from signatories.core import protected_names
from signatories.models import AccessRule, ProtectedName, Signature
from signatories.signing.antispam import access
from statements.permissions import of_visible_statements

COUNTED = 100


class _Listed(OfficeAdmin):
    """A row of a list that is read anew where it is changed; says who added it."""

    list_select_related = ("made_by",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.made_by = staff(request)
        super().save_model(request, obj, form, change)
        self.read_anew()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self.read_anew()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        super().delete_queryset(request, queryset)
        self.read_anew()

    def read_anew(self) -> None:
        raise NotImplementedError


@admin.register(ProtectedName)
class ProtectedNameAdmin(_Listed):
    list_display = ("name", "note", "made_by", "made_at")
    fields = ("name", "note")
    search_fields = ("name", "note")
    first_step = _(
        "No protected names yet. Add those whom others like to sign for: ministers, singers."
    )

    def read_anew(self) -> None:
        protected_names.forget()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "name" in form.changed_data:
            self._say_who_signed(request, obj)

    def _say_who_signed(self, request: HttpRequest, name: ProtectedName) -> None:
        """The list is for what comes; what is there already, somebody has to look at."""
        rows = of_visible_statements(request.user, Signature.objects.counted())
        number = rows.filter(sort_key__words=name.name)[:COUNTED].count()
        if not number:
            return
        told = ngettext(
            "%(number)d signature that counts has this name already. It stays until you decide.",
            "%(number)d signatures that count have this name already. They stay until you decide.",
            number,
        )
        query = urlencode({"q": name.name, "state__exact": Signature.State.CONFIRMED})
        url = f"{reverse('admin:signatories_signature_changelist')}?{query}"
        words = format_html(
            '{} <a href="{}">{}</a>', told % {"number": number}, url, gettext("Look")
        )
        self.message_user(request, words, messages.WARNING)


@admin.register(AccessRule)
class AccessRuleAdmin(_Listed):
    list_display = ("title", "action", "whose", "starts_at", "ends_at", "made_by")
    list_filter = ("action",)
    formfield_overrides = FIELDS_OF_ADMIN
    first_step = _(
        "No networks or domains yet. Add the network of a rally before it begins, so that many can"
        " sign there."
    )

    def read_anew(self) -> None:
        access.forget_cached()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Countries are asked where the proxy tells them, and of a rule that has one already."""
        has_country = settings.COUNTRY_HEADER or (obj is not None and obj.country)
        whose = ["network", "domain", *(["country"] if has_country else [])]
        return ["title", "action", *whose, "starts_at", "ends_at"]

    @admin.display(description=_("for whom"))
    def whose(self, rule: AccessRule) -> str:
        if rule.country and not settings.COUNTRY_HEADER:
            words = gettext("%(country)s (without effect: the proxy does not tell countries)")
            return words % {"country": rule.get_country_display()}
        return rule.network or rule.get_country_display() or f"@{rule.domain}"

"""The order of a statement's first names, and who stands among them."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from casa.accounts.models import staff
from signatories.core import states
from signatories.leads import placement
from signatories.models import Signature
from statements.models import Statement


class LeadPagesMixin(admin.ModelAdmin):
    def lead_urls(self) -> list[URLPattern]:
        """Needs `change_signature`, like every correction of a signature."""
        page, place = self.admin_site.admin_view(self.leads_view), require_POST(self.lead_view)
        return [
            path("leads/<int:statement_pk>/", page, name="signatories_signature_leads"),
            path(
                "<int:pk>/lead/",
                self.admin_site.admin_view(place),
                name="signatories_signature_lead",
            ),
        ]

    def leads_view(self, request: HttpRequest, statement_pk: int) -> HttpResponse:
        """Shows the first names in their order (GET) and stores another one (POST)."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        statement = get_object_or_404(Statement, pk=statement_pk)
        if request.method == "POST":
            moved = placement.reorder(statement, typed_order(request.POST), by=staff(request))
            text = ngettext("%(n)d name moved.", "%(n)d names moved.", moved) % {"n": moved}
            self.message_user(request, text, messages.SUCCESS)
            return redirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Order of the first names"),
            "statement": statement,
            "leads": statement.signatures.leads().select_related("organization"),
        }
        return render(request, "admin/signatories/leads.html", context)

    def lead_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Puts a signature among the first names, or takes it from them."""
        signature = get_object_or_404(Signature.objects.select_related("statement"), pk=pk)
        if not self.has_change_permission(request, signature):
            raise PermissionDenied
        try:
            if "out" in request.POST:
                placement.take_out(signature, by=staff(request))
                text = gettext("Taken from the first names.")
            else:
                placement.make_lead(signature, by=staff(request))
                text = gettext("Put last among the first names.")
            self.message_user(request, text, messages.SUCCESS)
        except states.StateError:
            text = gettext(
                "This cannot be done now: only a confirmed signature can stand among the first"
                " names, and only under a published statement can it stand elsewhere."
            )
            self.message_user(request, text, messages.ERROR)
        return redirect(reverse("admin:signatories_signature_change", args=[pk]))

    def lead_buttons(self, request: HttpRequest, signature: Signature) -> dict[str, Any]:
        """What the page of one signature offers."""
        may = self.has_change_permission(request, signature)
        is_lead = signature.lead_position is not None
        can_be = signature.state == Signature.State.CONFIRMED
        return {"is_lead": is_lead, "lead_button": may and (is_lead or can_be)}


def typed_order(data: Any) -> list[int]:
    """Keys of `lead-<key>-position` in the order of the numbers typed; no number goes last."""
    places: list[tuple[float, int, int]] = []
    for name, value in data.items():
        key = name.removeprefix("lead-").removesuffix("-position")
        if key.isdecimal() and len(key) < 19:
            text = value.strip()
            place = float(text) if text.isdecimal() else float("inf")
            places.append((place, len(places), int(key)))
    return [key for _place, _as_shown, key in sorted(places)]

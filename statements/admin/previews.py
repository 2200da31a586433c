"""Private preview links of one statement: who has one, when it was opened, and a form for more."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Max, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.http import absolute
from statements import previews
from statements.admin.times import time_zone_sentence
from statements.models import PreviewLink, PreviewVisit, Statement
from statements.permissions import may_take_step

PERMISSION = "preview_statement"
VISITS_SHOWN = 20


class PreviewForm(forms.ModelForm):
    expires_at = forms.DateTimeField(
        label=_("Works until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Say until when the link works."),
            "invalid": _("Enter a day and a time, such as 2026-03-05 18:00."),
        },
    )
    send = forms.BooleanField(
        label=_("Send them the link by mail"),
        required=False,
        initial=True,
        help_text=_("In the statement’s language, with none of its words. It needs the address."),
    )

    class Meta:
        model = PreviewLink
        fields = ("name", "email", "expires_at", "may_sign", "send")
        help_texts = {
            "email": _("Optional. Needed to send the link, and for a lead signatory."),
            "may_sign": _(
                "The page then offers to sign among the first names, at once and with this mailbox:"
                " give the link to nobody else."
            ),
        }
        error_messages = {"name": {"required": _("Say who the link is for.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last_day = timezone.localtime(timezone.now() + previews.LIFETIME)
        self.initial["expires_at"] = last_day.replace(hour=23, minute=59)
        self.fields["expires_at"].help_text = time_zone_sentence()

    def clean_expires_at(self) -> datetime:
        moment, now = self.cleaned_data["expires_at"], timezone.now()
        if moment <= now:
            raise ValidationError(_("This moment has passed. Choose a later one."))
        if moment > now + previews.LONGEST:
            raise ValidationError(
                _("A link works for %(days)d days at most.") % {"days": previews.LONGEST.days}
            )
        return moment

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        missing = not self.cleaned_data.get("email") and "email" not in self.errors
        if missing and self.cleaned_data.get("may_sign"):
            self.add_error("email", _("A lead signatory signs with a mailbox: enter it."))
        return cleaned


class PreviewMixin:
    """Adds the page of preview links to the statement's admin."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.previews_view)  # type: ignore[attr-defined]
        return [
            path("<int:pk>/previews/", view, name="statements_statement_previews"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def previews_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Lists the links (GET); makes, sends or revokes one (POST)."""
        statement = get_object_or_404(Statement, pk=pk)
        if not may_take_step(request.user, statement, PERMISSION):
            raise PermissionDenied
        form = PreviewForm()
        if request.method == "POST":
            if not {"revoke", "send_again"} & request.POST.keys():
                form = PreviewForm(request.POST)
            if _done(request, statement, form):
                return redirect("admin:statements_statement_previews", pk)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": self.opts,  # type: ignore[attr-defined]
            "title": _("Preview links"),
            "statement": statement,
            "links": links_of(statement),
            "obstacle": previews.obstacle_to_giving(statement),
            "form": form,
            "back": reverse("admin:statements_statement_change", args=[pk]),
        }
        return render(request, "admin/statements/previews.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        statement = context.get("original")
        context["may_preview"] = statement is not None and may_take_step(
            request.user, statement, PERMISSION
        )
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]


def links_of(statement: Statement) -> list[dict[str, Any]]:
    """Each link with its address, its state in a word, and when it was opened."""
    newest = PreviewVisit.objects.order_by("-pk")[:VISITS_SHOWN]
    links = (
        statement.previews.select_related("created_by", "revoked_by")
        .annotate(opened=Count("visits"), last=Max("visits__at"))
        .prefetch_related(Prefetch("visits", newest, to_attr="newest_visits"))
        .order_by("-pk")
    )
    now = {previews.mark(words) for words in previews.words_of(statement)}
    return [
        {
            "link": link,
            "address": absolute(previews.path_of(link)),
            "state": _state(link),
            "visits": [(visit, visit.sha256 in now) for visit in link.newest_visits],
        }
        for link in links
    ]


def _state(link: PreviewLink) -> str:
    if link.revoked_at:
        return "revoked"
    return "expired" if link.expires_at <= timezone.now() else "works"


def _done(request: HttpRequest, statement: Statement, form: PreviewForm) -> bool:
    """Whether the page has to be read anew; what happened, or did not, is told in a message."""
    try:
        if key := request.POST.get("revoke"):
            return _revoke(request, _one(statement, key))
        if key := request.POST.get("send_again"):
            return _send(request, _one(statement, key))
        return form.is_valid() and _give(request, statement, form)
    except previews.PreviewError as error:
        messages.error(request, str(error))
        return False


def _one(statement: Statement, key: str) -> PreviewLink:
    return get_object_or_404(statement.previews, pk=key if key.isdecimal() else 0)


def _revoke(request: HttpRequest, link: PreviewLink) -> bool:
    previews.revoke(link, by=staff(request))
    told = gettext("The link of %(name)s is revoked: it shows nothing any more.")
    messages.success(request, told % {"name": link.name})
    return True


def _send(request: HttpRequest, link: PreviewLink) -> bool:
    if _state(link) != "works":
        raise previews.PreviewError(gettext("This link does not work any more. Make a new one."))
    previews.send(link)
    told = gettext("A mail with the link is on its way to %(email)s.")
    messages.success(request, told % {"email": link.email})
    return True


def _give(request: HttpRequest, statement: Statement, form: PreviewForm) -> bool:
    typed: dict[str, Any] = form.cleaned_data
    send = typed.pop("send")
    link, _path = previews.give(statement, by=staff(request), **typed)
    told = gettext("The link for %(name)s is made. Its address stands below.")
    messages.success(request, told % {"name": link.name})
    return _send(request, link) if send and link.email else True

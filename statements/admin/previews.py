"""The screen of a statement's preview links: list, visits, and a form for a new one."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts.models import staff
from casa.lib.addresses import mailboxes
from casa.lib.admin import page_context
from casa.lib.http import absolute
from casa.lib.keys import primary_key
from casa.lib.moments.fields import MomentField
from statements import previews
from statements.admin import screen
from statements.admin.times import time_zone_sentence
from statements.models import PreviewLink, PreviewVisit, Statement
from statements.permissions import may_take_action

PERMISSION = "preview_statement"
VISITS_SHOWN = 20


class PreviewForm(forms.ModelForm):
    expires_at = MomentField(
        label=_("Works until"),
        asks=False,
        error_messages={"required": _("Say until when the link works.")},
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
                "The page then offers to sign among the lead signatories, at once and with this"
                " mailbox: give the link to nobody else."
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


def may_preview(model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement) -> bool:
    return may_take_action(request.user, statement, PERMISSION)


def show_previews(
    model_admin: admin.ModelAdmin, request: HttpRequest, statement: Statement
) -> HttpResponse:
    """List the links (GET), or make, send or revoke one (POST)."""
    form = PreviewForm()
    if request.method == "POST":
        if not {"revoke", "send_again"} & request.POST.keys():
            form = PreviewForm(request.POST)
        if _act(request, statement, form):
            return redirect(request.get_full_path())
    context = page_context(
        model_admin,
        request,
        title=_("Preview links"),
        statement=statement,
        links=links_of(statement),
        obstacle=previews.obstacle_to_giving(statement),
        form=form,
        back=screen.back_url(request, statement),
    )
    return render(request, "admin/statements/previews.html", context)


def links_of(statement: Statement) -> list[dict[str, Any]]:
    """The links with their URLs, states and newest visits."""
    newest = PreviewVisit.objects.order_by("-pk")[:VISITS_SHOWN]
    links = (
        statement.previews.filter(in_round=False)
        .select_related("created_by", "revoked_by")
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


def _act(request: HttpRequest, statement: Statement, form: PreviewForm) -> bool:
    """Make, send or revoke a link, and add a message; False if the form is to be shown again."""
    try:
        if key := request.POST.get("revoke"):
            return _revoke(request, _get_link(statement, key))
        if key := request.POST.get("send_again"):
            return _send(request, _get_link(statement, key))
        return form.is_valid() and _give(request, statement, form)
    except previews.PreviewError as error:
        messages.error(request, str(error))
        return False


def _get_link(statement: Statement, key: str) -> PreviewLink:
    return get_object_or_404(statement.previews.filter(in_round=False), pk=primary_key(key))


def _revoke(request: HttpRequest, link: PreviewLink) -> bool:
    previews.revoke(link, by=staff(request))
    message = gettext("The link of %(name)s is revoked: it shows nothing any more.")
    messages.success(request, message % {"name": link.name})
    return True


def _send(request: HttpRequest, link: PreviewLink) -> bool:
    if _state(link) != "works":
        raise previews.PreviewError(gettext("This link does not work any more. Make a new one."))
    previews.send(link)
    message = gettext("A mail with the link is on its way to %(email)s.")
    messages.success(request, message % {"email": mailboxes.shown(link.email)})
    return True


def _give(request: HttpRequest, statement: Statement, form: PreviewForm) -> bool:
    data: dict[str, Any] = form.cleaned_data
    send = data.pop("send")
    link, _path = previews.give(statement, by=staff(request), **data)
    message = gettext("The link for %(name)s is made. Its address stands below.")
    messages.success(request, message % {"name": link.name})
    return _send(request, link) if send and link.email else True

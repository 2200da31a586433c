"""Having the site tell an addressee how many signed: the mail first, then the switch, and a log."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from casa.accounts.models import staff
from casa.lib.addresses import mailboxes
from casa.lib.admin import Screen, page_context
from casa.mail import composing
from casa.mail.samples import as_mail_html, html_of, shown, with_mail_frames
from signatories.admin.screens import ScreensAdmin
from signatories.core import tally
from signatories.mailings import addressee_mails, addressees
from signatories.models import FEWEST, AddresseeMailing
from statements.models import Statement, Target
from statements.permissions import is_visible_to, visible_to

PERMISSION = "signatories.send_update"
NOTICES_SHOWN = 100
WEEKLY, COUNTED = "weekly", "counted"
USUAL = 100
State = AddresseeMailing.State


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(
        label=_("When"),
        choices=[
            (WEEKLY, _("Once a week, while more sign")),
            (COUNTED, _("At every so many signatures, at most once a day")),
        ],
        initial=WEEKLY,
        error_messages={"required": _("Choose when.")},
    )
    every = forms.IntegerField(
        label=_("How many signatures"),
        min_value=FEWEST,
        max_value=1_000_000,
        required=False,
        initial=USUAL,
        help_text=_("Organizations and people together, 25 at least."),
        error_messages={"min_value": _("Write at 25 signatures or more.")},
    )

    def clean_every(self) -> int | None:
        every: int | None = self.cleaned_data["every"]
        if self.cleaned_data.get("rhythm") == COUNTED and every is None:
            raise ValidationError(_("Say at how many signatures."))
        return every

    @property
    def chosen(self) -> int | None:
        """What `addressees.switch_on` takes."""
        counted = self.cleaned_data["rhythm"] == COUNTED
        return self.cleaned_data["every"] if counted else None


def may_send(model_admin: admin.ModelAdmin, request: HttpRequest, *captured: Any) -> bool:
    return request.user.has_perm(PERMISSION)


def may_see(model_admin: admin.ModelAdmin, request: HttpRequest, target: Target) -> bool:
    return may_send(model_admin, request) and is_visible_to(request.user, target.statement)


def url_of(target_id: int) -> str:
    return reverse("admin:signatories_addresseemailing_show", args=[target_id])


def show(model_admin: admin.ModelAdmin, request: HttpRequest, target: Target) -> HttpResponse:
    """How it stands, the mail, and what left (GET); switches it on or off (POST)."""
    form = RhythmForm()
    if request.method == "POST":
        form = RhythmForm(request.POST)
        if _act(request, target, form):
            return redirect(url_of(target.pk))
    return _page(request, model_admin, target, form)


def _act(request: HttpRequest, target: Target, form: RhythmForm) -> bool:
    """Do what was pressed; False if the form is to be shown again."""
    if "stop" in request.POST:
        stopped = AddresseeMailing.objects.filter(target=target)
        if addressees.switch_off(stopped, by=staff(request)):
            messages.success(request, gettext("Stopped. No mail leaves any more."))
        return True
    if not form.is_valid():
        return False
    try:
        addressees.switch_on(target, every=form.chosen, by=staff(request))
    except addressees.AddresseeError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, gettext("Switched on. The first mail leaves when it is due."))
    return True


@with_mail_frames
def _page(
    request: HttpRequest, model_admin: admin.ModelAdmin, target: Target, form: RhythmForm
) -> HttpResponse:
    mailing = AddresseeMailing.objects.select_related("changed_by").filter(target=target).first()
    context = page_context(
        model_admin,
        request,
        title=_("Mail to an addressee"),
        target=target,
        statement=target.statement,
        mailing=mailing,
        stop=addressees.stop_of(target),
        obstacle=addressees.obstacle(target),
        notices=mailing.notices.all()[:NOTICES_SHOWN] if mailing else [],
        mails=[_mail(target)] if target.statement.is_public() else [],
        form=form,
    )
    status = 422 if form.is_bound else 200
    return render(request, "admin/signatories/addresseemailing/show.html", context, status=status)


def _mail(target: Target) -> dict[str, Any]:
    address = reverse("admin:signatories_addresseemailing_html", args=[target.pk])
    return shown(_written(target), target.statement.language, address)


def _written(target: Target) -> Any:
    """As it would be now."""
    with translation.override(target.statement.language):
        signed = tally.signed(target.statement)
        message = addressee_mails.message(target, _every(target), signed)
        to = target.email or "council@example.org"
        return composing.to_email(message, to=to, number="<sample@example.org>")


def _every(target: Target) -> int | None:
    return AddresseeMailing.objects.filter(target=target).values_list("every", flat=True).first()


def show_html(model_admin: admin.ModelAdmin, request: HttpRequest, target: Target) -> HttpResponse:
    if not target.statement.is_public():
        return HttpResponse(status=404)
    return _html(request, target)


@as_mail_html
@xframe_options_sameorigin
def _html(request: HttpRequest, target: Target) -> HttpResponse:
    return HttpResponse(html_of(_written(target)))


def stop_all(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Asks (GET), and stops the mails to all addressees of statements that they see (POST)."""
    seen = visible_to(request.user, Statement.objects.all()).values("pk")
    on = AddresseeMailing.objects.filter(state=State.ON, target__statement__in=seen)
    back = reverse("admin:signatories_addresseemailing_changelist")
    if request.method == "POST":
        number = addressees.switch_off(on, by=staff(request))
        told = ngettext(
            "%(n)d addressee is told no more.", "%(n)d addressees are told no more.", number
        )
        messages.success(request, told % {"n": number})
        return redirect(back)
    context = page_context(
        model_admin, request, title=_("Stop the mails to all addressees?"), total=on.count(),
        back=back,
    )  # fmt: skip
    return render(request, "admin/signatories/addresseemailing/stop_all.html", context)


SCREENS = (
    Screen("stop_all", "stop-all/", stop_all, may_send),
    Screen("show", "to/<int:target>/", show, may_see, of=Target, key="target"),
    Screen("html", "to/<int:target>/mail/", show_html, may_see, of=Target, key="target"),
)


@admin.register(AddresseeMailing)
class AddresseeMailingAdmin(ScreensAdmin):
    """Which addressees are told how many signed."""

    permission = PERMISSION
    screens = SCREENS
    lookups = frozenset({"state__exact"})
    first_step = _(
        "No addressee is told yet. Switch it on at an addressee, on the screen of a statement."
    )
    change_list_template = "admin/signatories/addresseemailing/change_list.html"
    list_display = ("addressee", "of", "rhythm", "state", "last")
    list_filter = ("state",)
    list_select_related = ("target__statement",)
    fields: ClassVar[Any] = ("state", "changed_by", "changed_at")

    def url_of(self, row: AddresseeMailing) -> str:
        return url_of(row.target_id)

    def get_queryset(self, request: HttpRequest) -> Any:
        seen = visible_to(request.user, Statement.objects.all()).values("pk")
        found = super().get_queryset(request).filter(target__statement__in=seen)
        return found.prefetch_related("target__statement__texts")

    @admin.display(description=_("addressee"))
    def addressee(self, mailing: AddresseeMailing) -> str:
        email = mailing.target.email
        return f"{mailing.target}, {mailboxes.shown(email)}" if email else str(mailing.target)

    @admin.display(description=_("statement"))
    def of(self, mailing: AddresseeMailing) -> str:
        return str(mailing.target.statement)

    @admin.display(description=_("When"))
    def rhythm(self, mailing: AddresseeMailing) -> str:
        if mailing.every is None:
            return gettext("once a week")
        told = ngettext("at every %(n)d signature", "at every %(n)d signatures", mailing.every)
        return told % {"n": mailing.every}

    @admin.display(description=_("last mail, or begun"), ordering="last_at")
    def last(self, mailing: AddresseeMailing) -> Any:
        return localtime(mailing.last_at)

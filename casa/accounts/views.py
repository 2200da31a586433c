"""A member of staff's own second factor: set it up, get new recovery codes, turn it off."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casa.accounts import second_factor
from casa.accounts.models import User, staff
from casa.accounts.sign_in import WRONG_CODE, wait_sentence


class ConfirmForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        error_messages={"required": _("Type the code that your app shows now.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )


def second_factor_page(request: HttpRequest) -> HttpResponse:
    """Sets it up, and once it is, changes it. Every change asks for a code."""
    user = staff(request)
    if second_factor.is_set_up(user):
        return _change(request, user)
    return _set_up(request, user)


def _set_up(request: HttpRequest, user: User) -> HttpResponse:
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        codes = second_factor.confirm(request, user, form.cleaned_data["code"])
        if codes:
            messages.success(request, gettext("The second factor is on."))
            return _show_codes(request, codes)
        form.add_error("code", str(WRONG_CODE))
    device = second_factor.begin(user)
    context = {
        "form": form,
        "picture": second_factor.picture(device),
        "secret": second_factor.secret(device),
        "is_required": settings.SECOND_FACTOR_REQUIRED,
    }
    return _page(request, "accounts/second_factor_set_up.html", context)


def _change(request: HttpRequest, user: User) -> HttpResponse:
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        seconds = second_factor.seconds_to_wait(user, code)
        if not seconds and second_factor.accept(user, code):
            return _do(request, user)
        form.add_error("code", wait_sentence(seconds) if seconds else str(WRONG_CODE))
    context = {
        "form": form,
        "codes_left": second_factor.recovery_codes_left(user),
        "is_required": settings.SECOND_FACTOR_REQUIRED,
    }
    return _page(request, "accounts/second_factor.html", context)


def _do(request: HttpRequest, user: User) -> HttpResponse:
    if "remove" in request.POST:
        second_factor.remove(request, user)
        messages.success(request, gettext("The second factor is off."))
        return redirect("admin:second_factor")
    return _show_codes(request, second_factor.renew_recovery_codes(user))


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return _page(request, "accounts/recovery_codes.html", {"codes": codes})


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    base = {**admin.site.each_context(request), "title": gettext("Second factor")}
    return render(request, template, {**base, **context})

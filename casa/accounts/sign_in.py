"""Signing in: the password, then the code where a second factor is set up.

Between the two steps the session holds who gave the password, and that opens nothing.
"""

import time
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casa.accounts import known_browsers, lockout, second_factor, sign_in_log, tries
from casa.accounts.account_keys import account_key
from casa.accounts.models import User

BACKEND = "casa.accounts.backends.StaffBackend"
PENDING = "sign_in_pending"
PENDING_SECONDS = 600


def _keep_pending(request: HttpRequest, user: User) -> None:
    request.session[PENDING] = {
        "user": user.pk, "until": time.time() + PENDING_SECONDS,
        "hash": user.get_session_auth_hash(),
    }  # fmt: skip


def pending_user(request: HttpRequest) -> User | None:
    """Who gave the right password a short while ago, unless it has changed since."""
    pending = request.session.get(PENDING)
    if not pending or pending["until"] < time.time():
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True, is_staff=True).first()
    if user and constant_time_compare(pending["hash"], user.get_session_auth_hash()):
        return user
    return None


WRONG_CODE = _("This code is wrong, or was used before. Wait for the next one and try again.")


def wait_sentence(seconds: int) -> str:
    return ngettext(
        "After wrong codes there is a pause. Try again in %(seconds)d second.",
        "After wrong codes there is a pause. Try again in %(seconds)d seconds.",
        seconds,
    ) % {"seconds": seconds}


class SignInForm(AdminAuthenticationForm):
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("Address and password do not match. Mind capital letters."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(type="email", autocomplete="username")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six digits from the app on your phone, or one of your recovery codes."),
        error_messages={"required": _("Type the code that your app shows now.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        pending = pending_user(self.request)
        if pending and (seconds := second_factor.seconds_to_wait(pending, code)):
            raise forms.ValidationError(wait_sentence(seconds))  # and count it as no failed try
        found = pending and authenticate(self.request, username=pending.email, code=code)
        if not isinstance(found, User):
            raise forms.ValidationError(WRONG_CODE)
        self.user = found
        return code

    def get_user(self) -> User:
        assert self.user is not None  # noqa: S101 - for the type checker
        self.user.backend = BACKEND
        return self.user


class AdminLoginView(LoginView):
    """A step of signing in, in the look of the admin."""

    title: Any = _("Sign in")
    tried = tries.Tried()

    def account(self) -> str:
        """The key of the account that is tried."""
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.tried = tries.count(request, self.account())
        if until := self.tried.closed_until:
            sign_in_log.log_slowed(self.account())
            return lockout.refuse_for_now(request, until)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        self.tried.give_back()
        response = super().form_valid(form)
        known_browsers.remember(self.request, response, form.get_user().address_key)
        return response

    def get_default_redirect_url(self) -> str:
        return reverse("admin:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{**admin.site.each_context(self.request), "title": self.title, **kwargs}
        )


class PasswordView(AdminLoginView):
    authentication_form = SignInForm
    template_name = "admin/login.html"

    def account(self) -> str:
        return account_key(self.request.POST.get("username", ""))

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if not second_factor.is_set_up(user):
            return super().form_valid(form)
        self.tried.give_back()
        _keep_pending(self.request, user)
        target = urlencode({self.redirect_field_name: self.get_success_url()})
        return redirect(f"{reverse('admin:login_code')}?{target}")


class CodeView(AdminLoginView):
    authentication_form = CodeForm  # type: ignore[assignment]
    template_name = "accounts/code.html"
    title = _("Your code")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.pending = pending_user(request)
        if self.pending is None:
            return redirect("admin:login")
        return super().dispatch(request, *args, **kwargs)

    def account(self) -> str:
        assert self.pending is not None  # noqa: S101 - for the type checker
        return self.pending.address_key

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.session.pop(PENDING, None)
        return super().form_valid(form)

"""A new password by mail, for staff who forgot theirs. The answer never says who has an account."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casa.accounts import known_browsers, lockout
from casa.accounts.models import User
from casa.appearance import reading
from casa.lib.addresses.forms import EmailAddressField
from casa.lib.http import absolute
from casa.mail import outbox
from casa.mail.kinds import Message
from casa.mail.models import OutgoingMail

KIND = "accounts.password_reset"
PAUSE = timedelta(minutes=20)  # between two mails to one account


@transaction.atomic
def send_link(email: str) -> bool:
    """Queue a mail to whoever has the account of this address; False if nobody gets one."""
    now = timezone.now()
    rested = Q(reset_mailed_at__isnull=True) | Q(reset_mailed_at__lte=now - PAUSE)
    user = User.objects.with_address(email).first()
    if user is None or not _may_reset(user):
        return False
    if not User.objects.filter(rested, pk=user.pk).update(reset_mailed_at=now):
        return False
    language = get_language() or settings.LANGUAGE_CODE
    outbox.queue(KIND, to=user.email, language=language, params={"user": user.pk})
    return True


def build(mail: OutgoingMail) -> Message | None:
    """The link, made when the mail is sent: a copy of the database holds none."""
    user = User.objects.filter(pk=mail.params["user"], email=mail.to).first()
    if user is None or not _may_reset(user):
        return None
    token = default_token_generator.make_token(user)
    return _message(user, urlsafe_base64_encode(force_bytes(user.pk)), token)


def sample() -> Message:
    return _message(User(name="Edda Editor", email="edda@example.org"), "MQ", "sample")


def _message(user: User, uid: str, token: str) -> Message:
    return Message(
        subject=_("A new password for %(site)s") % {"site": reading.words().name},
        template="password_reset",
        context={
            "user": user,
            "button_url": absolute(reverse("admin:password_reset_confirm", args=[uid, token])),
            "button_label": _("Choose a new password"),
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        },
    )


def _may_reset(user: User) -> bool:
    # The demo's password is printed on its start; it is not a visitor's to change.
    return user.is_active and user.is_staff and not user.is_demo


class AskForm(forms.Form):
    email = EmailAddressField(
        label=gettext_lazy("Your e-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def save(self, **kwargs: Any) -> None:
        send_link(self.cleaned_data["email"])


class AdminLook:
    """Django's views in the look of the admin."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        site = admin.site.each_context(self.request)  # type: ignore[attr-defined]
        title = self.title  # type: ignore[attr-defined]
        return super().get_context_data(  # type: ignore[misc]
            **{**site, "title": title, **kwargs}
        )


class AskView(AdminLook, views.PasswordResetView):
    form_class = AskForm  # type: ignore[assignment]
    success_url = reverse_lazy("admin:password_reset_done")


class AskedView(AdminLook, views.PasswordResetDoneView):
    pass


class ChooseView(AdminLook, views.PasswordResetConfirmView):
    success_url = reverse_lazy("admin:password_reset_complete")

    def form_valid(self, form: Any) -> HttpResponse:
        """Whoever reads the mailbox need not wait for the end of a lockout."""
        lockout.unlock([form.user])
        response = super().form_valid(form)
        known_browsers.remember(self.request, response, form.user.address_key)
        return response


class ChosenView(AdminLook, views.PasswordResetCompleteView):
    pass

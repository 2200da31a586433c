"""Who may sign in to the admin, and with what."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.http import HttpRequest

from casa.accounts import second_factor
from casa.accounts.models import User


class StaffBackend(ModelBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        """The demo account is refused where DEBUG is off: everybody knows its password.

        Asked at sign-in and again at every request, so an old session ends with the demo.
        """
        return super().user_can_authenticate(user) and (settings.DEBUG or not user.is_demo)


class CodeBackend(BaseBackend):
    """The second step. Whoever asks has seen the password pass (casa/accounts/sign_in.py).

    A backend, so that wrong codes count towards the lockout as wrong passwords do. It opens no
    session of its own: `get_user` finds nobody.
    """

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, username: str | None = None, code: str | None = None
    ) -> User | None:
        user = User.objects.with_address(username or "").filter(is_active=True).first()
        device = second_factor.accept(user, code or "") if user else None
        if user is None or device is None:
            return None
        # Signing in stores it in the session (django_otp listens).
        user.otp_device = device  # type: ignore[attr-defined]
        return user

"""Who may sign in to the admin."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class StaffBackend(ModelBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        """Not the demo account where DEBUG is off: everybody knows its password.

        Asked at sign-in and again at every request, so an old session ends with the demo.
        """
        return super().user_can_authenticate(user) and (settings.DEBUG or not user.is_demo)

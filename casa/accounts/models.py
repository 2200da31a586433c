"""Staff. Supporters and visitors have no account."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of an e-mail address, however it is capitalised."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A member of staff, who signs in with an e-mail address."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this address.")},
    )
    name = models.CharField(
        _("name"), max_length=150, help_text=_("Shown to colleagues, never to visitors.")
    )
    is_demo = models.BooleanField(
        default=False,
        editable=False,
        help_text="The account whose password is printed; it cannot sign in when DEBUG is off.",
    )

    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counting it up ends every open session."
    )
    reset_mailed_at = models.DateTimeField(
        null=True, editable=False, help_text="When a link to a new password was last asked for."
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_ignoring_case",
                violation_error_message=_("There is already an account with this address."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.session_epoch}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for value in super().get_session_auth_fallback_hash():
            yield f"{value}.{self.session_epoch}"

    def end_sessions(self) -> None:
        """Sign this person out everywhere; a password change does so by itself."""
        self.session_epoch += 1
        self.save(update_fields=["session_epoch"])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.partition(" ")[0] or self.email


def staff(request: HttpRequest) -> User:
    """The member of staff behind a request to the admin, which lets in nobody else."""
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker
    return request.user

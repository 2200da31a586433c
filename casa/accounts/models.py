"""Staff. Supporters and visitors have no account."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, BaseUserManager, Group, Permission
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from casa.accounts.account_keys import account_key
from casa.appearance import reading
from casa.lib import languages, sealing
from casa.lib.addresses import mailboxes
from casa.lib.addresses.sealed import MailboxKeyField, SealedAddressField
from casa.lib.db.fields import DynamicCharField
from casa.lib.db.history import Records

# What signing in writes. It stays out of the history: hashes to keep them nowhere else, the rest
# because it is no edit.
NOT_KEPT = frozenset({"password", "last_login", "session_epoch", "reset_mailed_at"})


SECRET_BYTES = 20  # as RFC 4226 asks for


class Fact(models.TextChoices):
    """What happens to an account without a field that could be shown before and after."""

    PASSWORD = "password", _("Password changed")
    SECOND_FACTOR_ON = "second_factor_on", _("Second factor turned on")
    SECOND_FACTOR_OFF = "second_factor_off", _("Second factor turned off")
    SECOND_FACTOR_RESET = "second_factor_reset", _("Second factor reset, signed out everywhere")
    UNLOCKED = "unlocked", _("Unlocked after failed tries to sign in")


class AccountRecords(Records):
    """The history of an account; the reason of a row is a `Fact`, or none at an edit."""

    def get_change_reason_for_object(self, instance: Any, history_type: str, using: Any) -> Any:
        if history_type == "~" and instance.has_new_password:
            return Fact.PASSWORD
        return super().get_change_reason_for_object(instance, history_type, using)


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.with_address(username or "").get()

    def with_address(self, typed: str) -> models.QuerySet["User"]:
        """The account of an e-mail address, however it is spelled; none if there is none."""
        return self.filter(address_key=account_key(typed))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=mailboxes.in_ascii(email), **fields)
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
    email = SealedAddressField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("There is already an account with this address.")},
    )
    address_key = MailboxKeyField(
        max_length=mailboxes.LONGEST,
        unique=True,
        editable=False,
        help_text="A keyed hash of the address, by which the account is found.",
    )
    name = models.CharField(
        _("name"), max_length=150, help_text=_("Shown to colleagues, never to visitors.")
    )
    is_demo = models.BooleanField(
        default=False,
        editable=False,
        help_text="The account whose password is printed; it cannot sign in when DEBUG is off.",
    )

    hears_of_reviews = models.BooleanField(
        _("a draft waits for review"),
        default=True,
        help_text=_("When a colleague submits one, to those who may publish it."),
    )
    hears_of_returns = models.BooleanField(
        _("a draft of mine came back"),
        default=True,
        help_text=_("When an editor sends one back, to its author, with the note."),
    )
    hears_of_names = models.BooleanField(
        _("names wait for a decision"),
        default=True,
        help_text=_(
            "One mail with their number, to those who decide: again after an hour at the"
            " earliest, and once a day while they wait."
        ),
    )
    gets_digest = models.BooleanField(
        _("the week in numbers"),
        default=True,
        help_text=_("On Monday morning: who signed what, what waits, which mails came back."),
    )
    hears_of_alarms = models.BooleanField(
        _("something is wrong with the site"),
        default=True,
        help_text=_(
            "When the worker is silent, mail is stuck, the disk is nearly full and the like: once"
            " when it begins, and once when it is over."
        ),
    )

    mail_language = DynamicCharField(
        _("language of my mails"), max_length=12, blank=True, choices=languages.of_office
    )

    session_epoch = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counting it up ends every open session."
    )
    reset_mailed_at = models.DateTimeField(
        null=True, editable=False, help_text="When a link to a new password was last asked for."
    )

    history = AccountRecords(
        excluded_fields=sorted(NOT_KEPT | {"address_key"}),
        m2m_fields=["groups", "user_permissions"],
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff members")

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_new_password(self) -> bool:
        """Whether somebody chose a password that is not saved yet. A hash that is made anew at
        signing in, since the rules for hashes changed, is not one."""
        return getattr(self, "_password", None) is not None  # as Django keeps it until `save`

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save to the history too, unless only what signing in writes has changed."""
        self.address_key = account_key(self.email)
        fields = kwargs.get("update_fields")
        if fields is not None and "email" in fields:
            kwargs["update_fields"] = {*fields, "address_key"}
        is_no_edit = fields is not None and NOT_KEPT.issuperset(fields)
        if is_no_edit and not (self.has_new_password or hasattr(self, "skip_history_when_saving")):
            # It comes back here.
            self.save_without_historical_record(*args, **kwargs)  # type: ignore[attr-defined]
        else:
            super().save(*args, **kwargs)

    def keep(self, fact: Fact) -> None:
        """Put `fact` into the history, as done by whoever is signed in."""
        self._change_reason = fact
        self.save(update_fields=["date_joined"])  # which never changes
        del self._change_reason

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


class Phone(TOTPDevice):
    """An app on a phone. Its secret is sealed, so that a copy of the database makes no codes."""

    class Meta:
        proxy = True
        default_permissions = ()

    @classmethod
    def of(cls, user: User, *, confirmed: bool) -> Self:
        secret = secrets.token_bytes(SECRET_BYTES)
        key = sealing.seal(secret, purpose=cls.PURPOSE, owner=user.pk)
        return cls.objects.create(user=user, name="app", confirmed=confirmed, key=key)

    PURPOSE: ClassVar[str] = "second-factor.phone"

    def _read_str_from_settings(self, key: str) -> str | None:
        """The app shows the site's name beside its codes, as staff have it now."""
        if key == "OTP_TOTP_ISSUER":
            return str(reading.words().name)
        found: str | None = super()._read_str_from_settings(key)
        return found

    @property
    def bin_key(self) -> bytes:
        """Raises BrokenSealError."""
        return sealing.unseal(self.key, purpose=self.PURPOSE, owner=self.user_id)

    @property
    def is_readable(self) -> bool:
        with suppress(sealing.BrokenSealError):
            return bool(self.bin_key)
        return False

    def seal_anew(self) -> None:
        """Seal with the key of now. Raises BrokenSealError."""
        self.key = sealing.seal(self.bin_key, purpose=self.PURPOSE, owner=self.user_id)
        self.save(update_fields=["key"])

    def verify_token(self, token: str) -> bool:
        return self.is_readable and super().verify_token(token)


class RecoveryCodes(StaticDevice):
    """Ten codes, of which keyed hashes are kept."""

    class Meta:
        proxy = True
        default_permissions = ()

    PURPOSE: ClassVar[str] = "second-factor.recovery-code"

    def keep(self, codes: Iterable[str]) -> None:
        StaticToken.objects.bulk_create(
            StaticToken(device=self, token=self._hashes(code)[0]) for code in codes
        )

    def verify_token(self, token: str) -> bool:
        hashes = self._hashes(token)
        kept = self.token_set.filter(token__in=hashes).first()
        return super().verify_token(kept.token if kept else hashes[0])

    def _hashes(self, code: str) -> list[str]:
        return sealing.hashes_of(code, purpose=self.PURPOSE, owner=self.user_id)


class TryBudget(models.Model):
    """How much is left of the tries on one account, from one source or in one browser."""

    key = models.CharField(max_length=32, primary_key=True, help_text="A keyed hash of it.")
    clear_at = models.FloatField(db_index=True, help_text="Seconds since 1970.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key


class RoleGrant(models.Model):
    """A permission that the table in `casa/office/roles.py` gave a group, at some `migrate`.

    The next one compares the table with these rows, so it leaves alone what was changed by hand.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    permission = models.ForeignKey(
        Permission, on_delete=models.CASCADE, related_name="+", db_index=False
    )

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint("permission", "group", name="role_grant_once")]

    def __str__(self) -> str:
        return f"{self.group_id}/{self.permission_id}"


def staff(request: HttpRequest) -> User:
    """The member of staff behind a request to the admin, which lets in nobody else."""
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker
    return request.user

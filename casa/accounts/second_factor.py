"""The second factor: a code from an app on the phone, or one of ten recovery codes."""

from base64 import b32encode
from collections.abc import Iterable
from math import ceil
from typing import Any

import segno
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django_otp import login as verify_session
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticToken

from casa.accounts.models import Fact, Phone, RecoveryCodes, User

RECOVERY_CODES = 10


def is_set_up(user: User) -> bool:
    return Phone.objects.filter(user=user, confirmed=True).exists()


def with_second_factor(users: QuerySet[User]) -> QuerySet[User]:
    """`users`, each knowing as `has_second_factor` whether it has one."""
    devices = Phone.objects.filter(user=OuterRef("pk"), confirmed=True)
    return users.annotate(has_second_factor=Exists(devices))


def begin(user: User) -> Phone:
    """The secret to be put into an app; the same one until its first code has been typed."""
    device = Phone.objects.filter(user=user, confirmed=False).order_by("pk").last()
    return device if device and device.is_readable else Phone.of(user, confirmed=False)


@transaction.atomic
def confirm(request: HttpRequest, user: User, code: str) -> list[str]:
    """Turn the second factor on if `code` is the app's; the recovery codes, else nothing.

    Ends the person's other sessions, which began with a password alone.
    """
    device = Phone.objects.select_for_update().filter(user=user, confirmed=False).last()
    if device is None or is_set_up(user) or not device.verify_token(_tidy(code)):
        return []
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    user.keep(Fact.SECOND_FACTOR_ON)
    _end_other_sessions(request, user)
    verify_session(request, device)
    return renew_recovery_codes(user)


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Ten new codes; those of before no longer work."""
    RecoveryCodes.objects.filter(user=user).delete()
    device = RecoveryCodes.objects.create(user=user, name="recovery codes")
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    device.keep(codes)
    return [f"{code[:4]}-{code[4:]}" for code in codes]


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def accept(user: User, code: str) -> Device | None:
    """The device that `code` belongs to; it works once. Wrong ones make the next try wait."""
    device = _devices(user, code).select_for_update().first()
    return device if device is not None and device.verify_token(_tidy(code)) else None


def seconds_to_wait(user: User, code: str) -> int:
    """How long no code of this kind is looked at, right or wrong, after wrong ones."""
    device = _devices(user, code).first()
    allowed, why = device.verify_is_allowed() if device else (True, None)
    if allowed or not why:
        return 0
    return max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))


@transaction.atomic
def remove(request: HttpRequest, user: User) -> None:
    """Turn one's own second factor off."""
    _forget([user])
    user.keep(Fact.SECOND_FACTOR_OFF)
    _end_other_sessions(request, user)


@transaction.atomic
def reset(users: Iterable[User]) -> None:
    """Sign out whoever lost phone and codes; they sign in by password and set it up anew."""
    users = list(users)
    _forget(users)
    for user in users:
        user.end_sessions()
        user.keep(Fact.SECOND_FACTOR_RESET)


def seal_anew() -> tuple[int, int]:
    """Seal the secrets with the key of now; how many, and of how many the key is lost."""
    phones = list(Phone.objects.all())
    readable = [phone for phone in phones if phone.is_readable]
    for phone in readable:
        phone.seal_anew()
    return len(readable), len(phones) - len(readable)


def secret(device: Phone) -> str:
    """The secret as it is typed into an app: in groups of four letters."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def picture(device: Phone) -> str:
    """The QR code as a data address of an SVG, dark on light in either colour scheme."""
    return segno.make(device.config_url, error="m").svg_data_uri(scale=4, light="#fff")


def _forget(users: list[User]) -> None:
    for model in (Phone, RecoveryCodes):
        model.objects.filter(user__in=users).delete()


def _end_other_sessions(request: HttpRequest, user: User) -> None:
    user.end_sessions()
    update_session_auth_hash(request, user)


def _devices(user: User, code: str) -> Any:
    model: Any = Phone if _tidy(code).isdecimal() else RecoveryCodes
    return model.objects.filter(user=user, confirmed=True)


def _tidy(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()

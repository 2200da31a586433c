"""Staff who sign in, for tests: accounts, their phones, and the login page."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django_otp.oath import totp

from casa.accounts.models import Phone, User

PASSWORD = "a-long-password-1"  # noqa: S105


def make_staff(email: str = "edda@example.org", **fields: Any) -> User:
    return User.objects.create_user(email, PASSWORD, **{"name": "Edda", "is_staff": True, **fields})


def give_phone(user: User) -> Phone:
    return Phone.of(user, confirmed=True)


def code_of(device: Phone) -> str:
    """What the app on the phone shows now."""
    return f"{totp(device.bin_key):06d}"


def sign_in(client: Client, email: str = "edda@example.org", password: str = PASSWORD) -> Any:
    return client.post(reverse("admin:login"), {"username": email, "password": password})

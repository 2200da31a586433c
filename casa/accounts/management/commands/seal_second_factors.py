"""manage.py seal_second_factors: where they are older than the keys of encrypted data."""

from typing import Any

from django.core.management.base import BaseCommand

from casa.accounts import second_factor


class Command(BaseCommand):
    help = "Encrypt the secrets of second factors with the key of now."

    def handle(self, *args: Any, **options: Any) -> None:
        sealed, lost = second_factor.seal_anew()
        self.stdout.write(f"Encrypted anew: {sealed}.")
        if lost:
            self.stdout.write(
                f"Of {lost} the key is not known: put it into DATA_KEYS or SECRET_KEY_FALLBACKS and"
                " start again, or reset the second factor of whoever cannot sign in."
            )

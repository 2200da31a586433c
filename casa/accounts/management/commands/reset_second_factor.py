"""manage.py reset_second_factor: for the only administrator, who lost phone and codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casa.accounts import lockout, second_factor
from casa.accounts.models import User


class Command(BaseCommand):
    help = "Forget a member of staff's second factor and failed tries; they sign in by password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="The address they sign in with.")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.with_address(options["email"]).first()
        if user is None:
            raise CommandError("There is no account with this address.")
        second_factor.reset([user])
        lockout.unlock([user])
        self.stdout.write("Done. They sign in by password alone now, and are signed out elsewhere.")

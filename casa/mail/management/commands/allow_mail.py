"""Let mail reach an address again whose owner stopped it, when they ask for it otherwise."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from casa.mail import stops


class Command(BaseCommand):
    help = "Lift the stops of an address, which its owner set by a link in a mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        lifted = stops.lift_every(options["address"])
        if not lifted:
            self.stdout.write("No mail was stopped.")
        for about in lifted:
            self.stdout.write(f"Mail is allowed again: {about or 'all'}")

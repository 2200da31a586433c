from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.lib.addresses import mailboxes
from casa.mail import outbox, trial


class Command(BaseCommand):
    help = "Queue a test message, to check the mail settings and the worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("addresses", nargs="+", metavar="ADDRESS")
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, choices=settings.LANGUAGE_CODES
        )

    def handle(self, *args: Any, addresses: list[str], language: str, **options: Any) -> None:
        recipients = [_read(address) for address in addresses]
        with transaction.atomic():
            for recipient in recipients:
                outbox.queue(trial.KIND, to=recipient, language=language)
        self.stdout.write(
            ngettext(
                "%(count)d test message is queued. The worker delivers it; what became of it"
                " stands in the admin under “Mail”.",
                "%(count)d test messages are queued. The worker delivers them; what became of"
                " them stands in the admin under “Mail”.",
                len(addresses),
            )
            % {"count": len(addresses)}
        )


def _read(typed: str) -> str:
    try:
        return mailboxes.read(typed)
    except mailboxes.RefusedAddressError as refusal:
        words = _("“%(address)s” is not an e-mail address.") % {"address": typed}
        raise CommandError(f"{words} {refusal.sentence}") from refusal

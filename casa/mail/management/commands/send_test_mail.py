import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from casa.lib.addresses import mailboxes
from casa.mail import outbox, trial
from casa.mail.models import OutgoingMail

State = OutgoingMail.State
STEP = 0.3  # seconds


class Command(BaseCommand):
    help = (
        "Send a test message the way every mail goes, by the worker, and say what became of it."
        " Fails unless the mail server took all of them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("addresses", nargs="+", metavar="ADDRESS")
        parser.add_argument(
            "--language", default=settings.LANGUAGE_CODE, choices=settings.LANGUAGE_CODES
        )
        parser.add_argument(
            "--wait", type=int, default=90, metavar="SECONDS",
            help="How long to wait for the worker; 0 to queue and go.",
        )  # fmt: skip

    def handle(
        self, *args: Any, addresses: list[str], language: str, wait: int, **options: Any
    ) -> None:
        recipients = [_read(address) for address in addresses]
        with transaction.atomic():
            mails = [
                outbox.queue(trial.KIND, to=recipient, language=language)
                for recipient in recipients
            ]
        if not wait:
            self.stdout.write(_("Queued. What became of it stands under “Outgoing mail”."))
            return
        done = _await(mails, wait)
        for mail in done:
            self.stdout.write(f"{mail.to}: {_outcome(mail)}")
        if any(mail.state != State.SENT for mail in done):
            raise CommandError(_("Not every message went out."))


def _await(mails: list[OutgoingMail], seconds: int) -> list[OutgoingMail]:
    """The rows once a worker has tried each, or when the time is up."""
    deadline = time.monotonic() + seconds
    while True:
        found = list(OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]).order_by("pk"))
        is_done = all(
            mail.state not in OutgoingMail.OPEN_STATES or mail.last_error for mail in found
        )
        if is_done or time.monotonic() >= deadline:
            return found
        time.sleep(STEP)


def _outcome(mail: OutgoingMail) -> str:
    if mail.state == State.SENT:
        return _("The mail server took it.")
    if mail.last_error:
        return _("It did not go out (%(error)s).") % {"error": mail.last_error}
    if mail.state == State.QUEUED and not mail.attempts:
        return _("No worker has taken it. Does one run? manage.py doctor says more.")
    return _("It is still being sent: the mail server is slow.")


def _read(typed: str) -> str:
    try:
        return mailboxes.read(typed)
    except mailboxes.RefusedAddressError as refusal:
        words = _("“%(address)s” is not an e-mail address.") % {"address": typed}
        raise CommandError(f"{words} {refusal.sentence}") from refusal

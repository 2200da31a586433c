"""manage.py report_same_mailboxes: find who signed twice from one mailbox, and change nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.urls import reverse
from django.utils.timezone import localtime

from casa.lib.http import absolute
from signatories.models import Signature
from signatories.signing import same_mailboxes


class Command(BaseCommand):
    help = (
        "List signatures of one statement that are of one mailbox by the rules of mail providers"
        " known today, and were stored before. Nothing is merged; staff decide in the back office."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        mailboxes = rows = 0
        for group in same_mailboxes.groups():
            mailboxes, rows = mailboxes + 1, rows + len(group)
            self.stdout.write(f"{group[0].statement.slug}: {len(group)} of one mailbox")
            for signature in group:
                self.stdout.write(f"  {_line(signature)}")
        if not mailboxes:
            self.stdout.write("No mailbox signed a statement more than once.")
            return
        self.stdout.write(
            f"Mailboxes that signed more than once: {mailboxes}, with {rows} signatures. Look at"
            " each, and mark as invalid what should not count."
        )


def _line(signature: Signature) -> str:
    """Without name and address: the output of commands ends up in logs."""
    day = localtime(signature.created_at).date()
    page = absolute(reverse("admin:signatories_signature_change", args=[signature.pk]))
    return f"{signature.state}, signed on {day}: {page}"

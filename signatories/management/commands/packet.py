"""Makes a packet of a statement, for the decision-maker: `manage.py packet SLUG`."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casa.accounts.models import User
from signatories.models import LETTER_LENGTH, Packet
from signatories.packets import making, worker
from signatories.packets.freezing import PacketError
from statements.models import Statement, Target


class Command(BaseCommand):
    help = "Freeze a statement with who signed it, and write the files to hand over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the statement’s address")
        parser.add_argument(
            "--to", metavar="NAME", help="whom it is for: a target of the statement"
        )
        parser.add_argument("--language", help="the edition’s; without it, that of the original")
        parser.add_argument("--order", choices=Packet.Order.values, default=Packet.Order.ALPHABET)
        parser.add_argument("--paper", choices=Packet.Paper.values, default=Packet.Paper.A4)
        parser.add_argument("--letter", type=Path, metavar="FILE", help="the covering letter")
        parser.add_argument(
            "--by", metavar="ADDRESS", help="the member of staff who answers for it"
        )
        parser.add_argument("--output", type=Path, metavar="FILE", help="the ZIP archive to write")

    def handle(self, *args: Any, **options: Any) -> None:
        statement = Statement.objects.filter(slug=options["slug"]).first()
        if statement is None:
            raise CommandError(f"There is no statement at the address “{options['slug']}”.")
        by = _staff(options["by"])
        try:
            packet = making.order(
                statement, by=by, target=_target(statement, options["to"]),
                language=options["language"] or statement.language, order=options["order"],
                paper=options["paper"], letter=_letter(options["letter"]),
            )  # fmt: skip
            self._make(packet)
            path = options["output"] or Path(packet.file_name)
            with making.archive(packet, by=by) as archive, path.open("wb") as file:
                shutil.copyfileobj(archive, file)
        except (PacketError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{path}: {packet.names} names, {packet.size} bytes")
        self.stdout.write(f"SHA-256 {packet.sha256}")

    def _make(self, packet: Packet) -> None:
        """Do all steps here; a worker that is faster does no harm."""
        while worker.do_step(packet.pk):
            packet.refresh_from_db()
            self.stderr.write(f"{packet.files_made} of {packet.files} files", ending="\r")
        packet.refresh_from_db()
        if packet.state != Packet.State.DONE:
            raise CommandError(f"Packet {packet.pk} is not ready. The log says why.")


def _staff(address: str | None) -> User | None:
    if not address:
        return None
    found = User.objects.with_address(address).filter(is_active=True, is_staff=True).first()
    if found is None or not found.has_perm("signatories.make_packet"):
        raise CommandError("There is no member of staff with this address who may make packets.")
    return found


def _target(statement: Statement, name: str | None) -> Target | None:
    if not name:
        return None
    found = statement.targets.filter(name=name).first()
    if found is None:
        names = ", ".join(f"“{one}”" for one in statement.targets.all()) or "nobody"
        raise CommandError(f"The statement is addressed to {names}.")
    return found


def _letter(path: Path | None) -> str:
    text = path.read_text("utf-8").strip() if path else ""
    if len(text) > LETTER_LENGTH:
        raise CommandError(f"The letter is longer than {LETTER_LENGTH} characters.")
    return text

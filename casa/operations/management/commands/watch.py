"""manage.py watch: notice what is wrong, a silent worker too, and mail it to administrators."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections

from casa.mail import delivery
from casa.operations import alarms, database_away
from casa.operations.conditions import label_of


class Command(BaseCommand):
    help = (
        "Look whether the worker is silent, mail is stuck, the disk is nearly full and the like;"
        " mail administrators once when it begins and once when it is over. casa-watch.timer runs"
        " it every minute."
    )
    requires_system_checks = ()  # it runs every minute, and the web server has made them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", default=0,
            help="Go on, and look so often: where there is no timer, as in a container.",
        )  # fmt: skip

    def handle(self, *args: Any, every: int, **options: Any) -> None:
        self._look()
        while every > 0:
            time.sleep(every)
            close_old_connections()
            self._look()

    def _look(self) -> None:
        try:
            alarms.look()
            # The worker, which sends the others, may be what is silent. Among a million that wait
            # these would be looked for each minute.
            if alarms.may_have_mails():
                delivery.deliver_due(kinds=(alarms.BEGINS, alarms.ENDS))
        except (OperationalError, InterfaceError) as error:
            self.stderr.write(f"The database is away ({type(error).__name__}).")
            database_away.found()
            return
        database_away.over()
        for alarm in alarms.on():
            self.stdout.write(f"{label_of(alarm.name)} ({alarm.began_at:%Y-%m-%d %H:%M} UTC)")

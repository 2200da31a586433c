"""manage.py serve: the web server in production, as the settings have it."""

import os
from argparse import ArgumentParser
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand

from casa.operations import data_keys, web_server
from casa.operations.metrics import files


class Command(BaseCommand):
    help = "Become the web server: granian, with the processes and threads of the settings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--application", default=web_server.APPLICATION, metavar="MODULE:NAME",
            help="What is served, if not the site itself: one that tools wrap around it.",
        )  # fmt: skip

    def handle(self, *args: Any, application: str, **options: Any) -> NoReturn:
        data_keys.verify_at_start()
        command = web_server.command(application)
        files.forget_ended()
        os.chdir(settings.BASE_DIR)
        os.execv(command[0], command)  # noqa: S606 - no shell; signals of systemd reach it directly

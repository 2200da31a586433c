"""manage.py serve: the web server in production, as the settings have it."""

import os
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand

from casa.operations import web_server
from casa.operations.metrics import files


class Command(BaseCommand):
    help = "Become the web server: granian, with the processes and threads of the settings."

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        command = web_server.command()
        files.forget_ended()
        os.chdir(settings.BASE_DIR)
        os.execv(command[0], command)  # noqa: S606 - no shell; signals of systemd reach it directly

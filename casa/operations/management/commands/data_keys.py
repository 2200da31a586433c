"""manage.py data_keys: the keys of encrypted data, their exchange, and what to do without one."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casa.lib.data_keys import DataKeyError, new_key, new_name
from casa.lib.data_keys import ring as keys_of_site
from casa.operations import data_keys, resealing
from casa.operations.models import Resealing

State = Resealing.State


class Command(BaseCommand):
    help = "The keys that data is encrypted with: show, new, add, begin, stop, go-on, retire, lost."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb")
        verbs.add_parser("show", help="Which keys there are, and how far encrypting anew has come.")
        verbs.add_parser("new", help="Print a new key, for DATA_KEYS; nothing is changed.")
        verbs.add_parser("add", help="Put a new key into the file, and encrypt everything with it.")
        verbs.add_parser("begin", help="Encrypt everything with the first key of DATA_KEYS.")
        verbs.add_parser("stop", help="Let the worker rest.")
        verbs.add_parser("go-on", help="Let it go on.")
        retire = verbs.add_parser("retire", help="Throw away an earlier key that nothing needs.")
        retire.add_argument("name")
        lost = verbs.add_parser("lost", help="Start without a key that nobody has any more.")
        lost.add_argument("name", nargs="?", default="")
        lost.add_argument("--all", action="store_true", help="All are lost: go on with new ones.")

    def handle(self, *args: Any, verb: str | None, **options: Any) -> None:
        verbs: dict[str, Callable[..., None]] = {
            "show": self._show, "new": self._new, "add": self._add, "begin": self._begin,
            "stop": self._stop, "go-on": self._go_on, "retire": self._retire, "lost": self._lost,
        }  # fmt: skip
        try:
            verbs[verb or "show"](**options)
        except (DataKeyError, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error

    def _show(self, **options: Any) -> None:
        data_keys.verify()
        first, *earlier = keys_of_site().keys
        self.stdout.write(f"Encrypts: {first}")
        self.stdout.write(f"Reads what it encrypted earlier: {', '.join(earlier) or 'none'}")
        if again := data_keys.find_again():
            self.stdout.write(f"There again: {', '.join(again)}")
        self.stdout.write(f"Lost: {', '.join(data_keys.lost()) or 'none'}")
        self._tell_progress()

    def _tell_progress(self) -> None:
        run = resealing.under_way()
        if run is None:
            return
        ended = f", {timezone.localtime(run.ended_at):%Y-%m-%d %H:%M}" if run.ended_at else ""
        words = {State.RUNNING: "under way", State.STOPPED: "stopped", State.DONE: "done"}
        at = f", at {run.table}" if run.state != State.DONE and run.table else ""
        self.stdout.write(
            f"Anew with {run.key}: {words[State(run.state)]}{ended}{at}, {run.done} rows so far."
        )

    def _new(self, **options: Any) -> None:
        self.stdout.write(f"{new_name(())}:{new_key()}")

    def _add(self, **options: Any) -> None:
        name = data_keys.add()
        self.stdout.write(
            f"{name} encrypts from now on. Start the site anew, keep a copy of the file where the"
            " keys are kept, and look at `manage.py data_keys` for how far the worker has come."
        )

    def _begin(self, **options: Any) -> None:
        data_keys.begin()
        self.stdout.write("The worker begins within a minute.")

    def _stop(self, **options: Any) -> None:
        self.stdout.write("Stopped." if resealing.stop() else "Nothing is under way.")

    def _go_on(self, **options: Any) -> None:
        self.stdout.write("Goes on." if resealing.go_on() else "Nothing was stopped.")

    def _retire(self, name: str, **options: Any) -> None:
        left = data_keys.retire(name)
        self.stdout.write(
            f"{name} is not needed any more ({left} rows were encrypted anew just now). Take it out"
            " of DATA_KEYS if it stands there. Earlier backups still need it: keep it for them."
        )

    def _lost(self, name: str, *, all: bool, **options: Any) -> None:  # noqa: A002 - of the command
        if all:
            name = data_keys.lose_all()
            self.stdout.write(f"The site goes on with the new key {name}. Set second factors anew.")
            return
        data_keys.lose(name)
        self.stdout.write("Written down. What it encrypted is unreadable, and stays as it is.")

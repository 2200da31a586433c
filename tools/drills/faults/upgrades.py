"""The site is brought to a next version while people sign; and back, where that fails."""

import subprocess
import time
from functools import partial

import psutil

from benchmarks.servers import ROOT
from tools import next_version
from tools.drills import stores
from tools.drills.drill import Drill, Fault
from tools.drills.faults.servers import answering
from tools.drills.versions import NEXT, Versions

TABLE = "SELECT count(*) FROM pg_tables WHERE tablename = '{}'"


class Upgraded(Fault):
    """`deploy/upgrade`, with a migration that takes three seconds."""

    table = "upgraded"

    def changes(self) -> dict[str, str]:
        """Files of the next version."""
        return dict(next_version.with_table(self.table))

    def prepare(self) -> None:
        self._versions = Versions(self.scene, self.scene.home / self.table)
        self._versions.install(self.changes())
        self._before = self._versions.installed
        self._said = ""

    def begin(self) -> None:
        self._began = time.monotonic()
        self._running = self._versions.upgrade()

    def observe(self) -> str:
        if not self._said and self._running.poll() is not None:
            self._output = self._running.stdout.read() if self._running.stdout else ""
            took = time.monotonic() - self._began
            if problem := self.problem(self._running.returncode, self._output):
                raise RuntimeError(f"{problem}\n{self._output[-3000:]}")
            self._said = f"{self.outcome()} after {took:.0f} s"
        return self._said

    def problem(self, code: int, _output: str) -> str:
        """What is not as the drill wants it, once the script has ended; "" if all is."""
        if code or self._versions.installed.name != NEXT:
            return f"The upgrade failed ({code})."
        return self._of_processes() or ("" if self._has_table() else "The tables are not changed.")

    def outcome(self) -> str:
        return f"{NEXT} answers from {self._versions.installed.name}, with its table"

    def end(self) -> None:
        """Whatever becomes of the drill, nothing of it goes on."""
        try:
            self._running.wait(0 if self._said else 300)
        except subprocess.TimeoutExpired:
            self._running.kill()
        self._versions.close()

    def _of_processes(self) -> str:
        """Whether all that answer run the code that the link leads to."""
        folders = {process.cwd() for process in answering(self.scene.web)}
        folders |= {psutil.Process(self.scene.worker.pid).cwd()}
        expected = {str(self._versions.installed)}
        return "" if folders == expected else f"Processes run {folders}, not {expected}."

    def _has_table(self) -> bool:
        ((number,),) = stores.ask(self.scene.database_url, TABLE.format(self.table))
        return bool(number)


class UpgradeFails(Upgraded):
    """Of two migrations the second fails, when the first is done."""

    table = "upgrade_fails"

    def changes(self) -> dict[str, str]:
        return dict(next_version.with_table(self.table, fails=True))

    def problem(self, code: int, output: str) -> str:
        if not code or "Going back" not in output:
            return f"The upgrade should have failed ({code})."
        if self._versions.installed != self._before:
            return "The link leads to the next version."
        return self._of_processes() or ("The table is still there." if self._has_table() else "")

    def outcome(self) -> str:
        return f"{NEXT} failed, and the version before answers, without its table"


class UpgradeTakenBack(UpgradeFails):
    """All of the next version works but its worker, which is seen when it is in its place."""

    table = "upgrade_taken_back"

    def changes(self) -> dict[str, str]:
        path = "casa/operations/signs_of_life.py"
        text = (ROOT / path).read_text("utf-8")
        broken = text.replace("def give() -> None:\n", "def give() -> None:\n    return\n")
        return Upgraded.changes(self) | {path: broken}


unseen = partial(Drill, pace=0.5, within=90.0, is_unseen=True)

DRILLS = [
    unseen("upgraded", "deploy/upgrade to a next version while people sign", Upgraded, longest=420),
    unseen("upgrade-fails", "an upgrade whose second migration fails", UpgradeFails, longest=420),
    unseen("upgrade-taken-back", "an upgrade whose worker does nothing", UpgradeTakenBack,
           longest=720),
]  # fmt: skip

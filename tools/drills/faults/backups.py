"""The machine burns down amid a campaign, and the site comes back from its backup elsewhere."""

import subprocess
import sys
import time

from benchmarks.servers import ROOT
from tools.drills.drill import Drill, Fault
from tools.drills.mailbox import is_taking


class RestoredElsewhere(Fault):
    """A backup is made while people sign. A moment later all is gone but that file.

    What was acknowledged after the backup had begun cannot be known to the restored site, so the
    promises are about the time before it and after the restore.
    """

    def prepare(self) -> None:
        self._said = ""
        self._backup_began = self._came_back = 0.0

    def begin(self) -> None:
        scene = self.scene
        folder = scene.home / "backups"
        folder.mkdir(exist_ok=True)
        self._backup_began = time.monotonic()
        self._run(scene.environment, "backup", str(folder))
        time.sleep(1)  # somebody signs what no backup has
        scene.web.stop()
        scene.worker.stop()
        self._file = next(iter(folder.glob("casa-*.tar")))

    def observe(self) -> str:
        if not self._said and not is_taking(self.scene.upstream):
            self._said = self._restore()
        return self._said

    def _restore(self) -> str:
        """Into an empty database and empty folders; what `restore` said."""
        scene = self.scene
        var = scene.home / "restored"
        var.mkdir()
        url = scene.databases.empty()
        environment = scene.environment | {"VAR_DIR": str(var), "DATABASE_URL": url}
        said = self._run(environment, "restore", str(self._file))
        scene.move(environment, url)
        return f"{self._file.name} was restored: {said.strip().splitlines()[-1]}"

    def end(self) -> None:
        self._came_back = time.monotonic()
        self.scene.web.start()
        self.scene.worker.start()

    def is_kept(self, at: float) -> bool:
        return at < self._backup_began or at >= self._came_back

    def _run(self, environment: dict[str, str], *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{arguments[0]} failed: {done.stderr.strip()[-500:]}")
        return done.stdout


DRILLS = [
    Drill("restored", "the site is restored elsewhere from a backup made while people sign",
          RestoredElsewhere, within=90, repeats_allowed=1000),
]  # fmt: skip

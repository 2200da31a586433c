"""Services of `deploy/`, kept running as systemd keeps them."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import nullcontext, suppress
from pathlib import Path

import psutil

from benchmarks.servers import ROOT


class Unit:
    """A unit file of `deploy/` as a running service: started again whenever it ends.

    Its command, how long until it is started again, how it is reloaded and whom a stop tells are
    read from the file. Whatever its processes print goes through a pipe into `log`, so that a full
    disk that a drill makes for them is none for the log.
    """

    def __init__(
        self, file: str, environment: dict[str, str], log: Path, folder: Path = ROOT
    ) -> None:
        """`folder` has the code that runs, and may be a link that leads elsewhere at each start."""
        text = self.text_of(file)
        self.folder = folder
        self.name = file.removesuffix(".service")
        self.environment, self.starts = environment, 0
        self._command = [sys.executable, "manage.py", *_value(text, "ExecStart").split()[2:]]
        self._pause = float(_value(text, "RestartSec"))
        self._patience = float(_value(text, "TimeoutStopSec"))
        self._tells_all = _value(text, "KillMode", "control-group") == "control-group"
        self._log = log
        self._running: subprocess.Popen[bytes] | None = None
        self._is_wanted = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    @staticmethod
    def text_of(file: str) -> str:
        return (ROOT / "deploy" / file).read_text("utf-8")

    def start(self) -> None:
        self._is_wanted.set()
        self._begin()
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def stop(self) -> None:
        """`systemctl stop`: SIGTERM, and SIGKILL to what is left in the end."""
        self._is_wanted.clear()
        if self._keeper.is_alive():
            self._keeper.join()
        self._end()

    def kill(self) -> None:
        """`kill -9` of all of it, and nobody starts it again: its machine is gone."""
        self._is_wanted.clear()
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self.stop()

    def restart(self) -> None:
        self.stop()
        self.start()

    def reload(self) -> None:
        """`systemctl reload`, as ExecReload has it."""
        os.kill(self.pid, signal.SIGHUP)

    @property
    def pid(self) -> int:
        return self._running.pid if self._running else 0

    def processes(self) -> list[psutil.Process]:
        """The main process first, then all that it started."""
        try:
            main = psutil.Process(self.pid)
            return [main, *main.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def limit_files(self, size: int) -> None:
        """Let no process of the service write beyond `size` bytes of a file; -1 for no limit.

        The kernel then refuses as it does on a full disk, and only the number of the error is
        another one (EFBIG, ENOSPC). No right is needed, and nobody else has less room.
        """
        for process in self.processes():
            limit_files(process, size)

    def _begin(self) -> None:
        self.starts += 1
        self._running = subprocess.Popen(
            self._command, cwd=self.folder, env=self.environment, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        threading.Thread(target=_write, args=(self._running, self._log), daemon=True).start()

    def _keep(self) -> None:
        while self._is_wanted.is_set():
            with suppress(subprocess.TimeoutExpired):
                if self._running:
                    self._running.wait(0.1)
                self._end()  # what it left behind
                time.sleep(self._pause)
                if self._is_wanted.is_set():
                    self._begin()

    def _end(self) -> None:
        """End what runs; with `KillMode=mixed` the main process alone is asked to."""
        running = self._running
        if running is None:
            return
        if self._tells_all:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGTERM)
        else:
            running.terminate()
        end = time.monotonic() + self._patience
        with suppress(subprocess.TimeoutExpired):
            running.wait(self._patience)
        while self._tells_all and _is_there(running.pid) and time.monotonic() < end:
            time.sleep(0.05)
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def limit_files(process: psutil.Process, size: int) -> None:
    """By util-linux's prlimit, as the user whose process it is: then no right is needed."""
    with suppress(psutil.NoSuchProcess):
        value = "unlimited" if size < 0 else size
        command = ["prlimit", f"--pid={process.pid}", f"--fsize={value}:"]
        user, group = process.uids().real, process.gids().real
        subprocess.run(command, user=user, group=group, check=False, capture_output=True)


def _value(text: str, name: str, default: str | None = None) -> str:
    found = re.search(rf"^{name}=(.+)$", text, re.MULTILINE)
    if found is None and default is None:
        raise ValueError(f"A unit of deploy/ says no {name}.")
    return found[1] if found else str(default)


def _is_there(group: int) -> bool:
    """Whether a process of the group runs; what nobody has waited for does not."""
    return any(_runs_in(group, process) for process in psutil.process_iter())


def _runs_in(group: int, process: psutil.Process) -> bool:
    try:
        return os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE
    except (OSError, psutil.Error):
        return False


def _write(running: "subprocess.Popen[bytes]", log: Path) -> None:
    with log.open("ab", buffering=0) as file, running.stdout or nullcontext(()) as lines:
        for line in lines:
            file.write(line)

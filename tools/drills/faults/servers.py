"""Web server and worker are killed, restarted and doubled."""

import os
import signal
import threading
import time

import psutil

from tools.drills import stores
from tools.drills.drill import Drill, Fault, wait_for
from tools.drills.mailbox import Mailbox, is_taking
from tools.drills.units import Unit

FULL_QUEUE = 20  # mails


class WebServerKilled(Fault):
    """All of its processes at once, with what they were answering."""

    def begin(self) -> None:
        web = self.scene.web
        self._starts, self._seen = web.starts, ""
        for process in web.processes():
            process.kill()
        if wait_for(lambda: not is_taking(self.scene.upstream), 5):
            self._seen = f"nobody listened on the web server's port (process {web.pid} is gone)"

    def observe(self) -> str:
        return self._seen

    def is_over(self) -> bool:
        return self.scene.web.starts > self._starts and is_taking(self.scene.upstream)


class WebProcessKilled(Fault):
    """One of the processes that answer; the server itself is not touched."""

    def begin(self) -> None:
        web = self.scene.web
        self._before = answering(web)
        self._main = web.pid
        self._killed = self._before[0]
        self._killed.kill()

    def observe(self) -> str:
        if self._killed.is_running() and self._killed.status() != psutil.STATUS_ZOMBIE:
            return ""
        return f"process {self._killed.pid}, one of {len(self._before)}, is gone"

    def is_over(self) -> bool:
        now = answering(self.scene.web)
        return len(now) == len(self._before) and self._killed.pid not in {one.pid for one in now}


def answering(web: Unit) -> list[psutil.Process]:
    """The processes of the web server that answer requests."""
    main, *others = web.processes() or [None]
    return [one for one in others if one.is_running() and _is_large(one)] if main else []


def _is_large(process: psutil.Process) -> bool:
    """Whether it has loaded the application, or is about to; helpers of Python are small."""
    try:
        return int(process.memory_info().rss) > 30 * 1024**2
    except psutil.NoSuchProcess:
        return False


class WebServerRestarted(Fault):
    """`systemctl restart casa-web`: for a moment nobody answers but nginx."""

    def begin(self) -> None:
        self._starts = self.scene.web.starts
        self._seen = ""
        threading.Thread(target=self.scene.web.restart, daemon=True).start()
        if wait_for(lambda: not is_taking(self.scene.upstream), 30):
            self._seen = "nobody listened on the web server's port"

    def observe(self) -> str:
        return self._seen

    def is_over(self) -> bool:
        return self.scene.web.starts > self._starts and is_taking(self.scene.upstream)


class WebServerReloaded(Fault):
    """`systemctl reload casa-web`: its processes are replaced in turn, and nobody sees anything."""

    def begin(self) -> None:
        self._before = {one.pid for one in answering(self.scene.web)}
        self.scene.web.reload()

    def observe(self) -> str:
        now = {one.pid for one in answering(self.scene.web)}
        if len(now) != len(self._before) or now & self._before:
            return ""
        return f"processes {sorted(self._before)} are replaced by {sorted(now)}"


class WorkerKilled(Fault):
    """All of its processes, while they send."""

    def begin(self) -> None:
        worker = self.scene.worker
        self._pid, self._starts = worker.pid, worker.starts
        os.killpg(self._pid, signal.SIGKILL)
        self._is_gone = wait_for(lambda: not _runs(self._pid), 5)

    def observe(self) -> str:
        return f"process {self._pid} of the worker is gone" if self._is_gone else ""

    def is_over(self) -> bool:
        return self.scene.worker.starts > self._starts


class WorkerRestarted(Fault):
    """`systemctl restart casa-worker`, while it sends: the mail in hand is finished."""

    def begin(self) -> None:
        self._pid, self._starts = self.scene.worker.pid, self.scene.worker.starts
        threading.Thread(target=self.scene.worker.restart, daemon=True).start()

    def observe(self) -> str:
        is_new = self.scene.worker.starts > self._starts and not _runs(self._pid)
        return f"process {self._pid} of the worker has ended" if is_new else ""


def _runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


class TwoWorkers(Fault):
    """Two workers begin with the same full queue; each has a mail server of its own."""

    def prepare(self) -> None:
        self._others = Mailbox()
        self._others.listeners = self.scene.mailbox.listeners
        url = f"smtp://127.0.0.1:{self._others.port}"
        self._second = self.scene.unit("casa-worker", EMAIL_URL=url)
        self._have_begun = False

    def begin(self) -> None:
        self._others.start()
        self.scene.worker.stop()

    def observe(self) -> str:
        ((waiting,),) = stores.ask(self.scene.database_url, stores.WAITING)
        if not self._have_begun and waiting >= min(FULL_QUEUE, self.people.arrived // 3):
            self._have_begun, self._first = True, len(self.scene.mailbox.messages)
            self.scene.worker.start()
            self._second.start()
        first = len(self.scene.mailbox.messages) - self._first if self._have_begun else 0
        second = len(self._others.messages)
        return f"one has sent {first} mails, the other {second}" if first and second else ""

    def end(self) -> None:
        if not self._have_begun:
            self.scene.worker.start()

    def is_over(self) -> bool:
        if self._second.starts:
            self._second.stop()
            self._second.starts = 0
            time.sleep(0.2)
            self._others.stop()
        return True


DRILLS = [
    Drill("web-killed", "kill -9 of the web server", WebServerKilled),
    Drill("web-process-killed", "kill -9 of one process of the web server", WebProcessKilled),
    Drill("web-restarted", "restart of the web server under load", WebServerRestarted),
    Drill(
        "web-reloaded",
        "rolling restart of the web server under load",
        WebServerReloaded,
        is_unseen=True,
    ),
    Drill("worker-killed", "kill -9 of the worker", WorkerKilled, within=90, repeats_allowed=1),
    Drill("worker-restarted", "restart of the worker while it sends", WorkerRestarted, within=90),
    Drill("two-workers", "two workers begin with the same full queue", TwoWorkers),
]

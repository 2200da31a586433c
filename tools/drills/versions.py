"""A site of two versions: this one, and a next one that is made for a drill, with `deploy/upgrade`.

What the script asks of the machine is given by stand-ins: `systemctl` moves the services of the
scene, `runuser` runs a command as whoever we are, and `python3 -m venv` lends the packages of ours.
"""

import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from benchmarks.servers import ROOT
from casa.lib.testing import free_port
from tools import next_version
from tools.drills.scene import Scene
from tools.drills.units import Unit
from tools.next_version import git

NEXT = "v99.0.0"
PATIENCE = 120  # seconds; a worker gives a sign of life each minute

SYSTEMCTL = """#!{python}
import socket, sys
asked = socket.socket(socket.AF_UNIX)
asked.connect({address!r})
asked.sendall(" ".join(sys.argv[1:]).encode())
asked.shutdown(socket.SHUT_WR)
said = asked.makefile().read()
print(said)
sys.exit(said == "unknown")
"""
RUNUSER = '#!/bin/sh\nshift 3\nexec "$@"\n'
PYTHON3 = """#!/bin/sh
mkdir -p "$3/bin"
printf '#!/bin/sh\\nexec {python} "$@"\\n' > "$3/bin/python"
printf '#!/bin/sh\\n' > "$3/bin/pip"
chmod +x "$3/bin/python" "$3/bin/pip"
"""


class Versions:
    """The folders of a site that can be upgraded: `base` has what /srv/casa has on a server."""

    def __init__(self, scene: Scene, base: Path) -> None:
        self.scene, self.base = scene, base
        self._source, self._programs = base / "source", base / "programs"
        self._socket = base / "systemctl"
        next_web = Unit("casa-web.service", scene.environment, base / "next.log", base / "next")
        self._units = {
            "casa-web": scene.web,
            "casa-worker": scene.worker,
            "casa-web-next": next_web,
        }

    def install(self, changes: dict[str, str]) -> None:
        """Let the scene run this version from a folder of its own, and tag a next one.

        `changes` are files of the next version, by their paths.
        """
        for folder in ("releases", "programs", "etc/systemd/system", "backups", "var"):
            (self.base / folder).mkdir(parents=True)
        (self.base / ".env").touch()
        first = self.base / "releases" / "first"
        git(ROOT, "clone", "--quiet", str(ROOT), str(self._source))
        git(ROOT, "clone", "--quiet", str(self._source), str(first))
        (self.base / "app").symlink_to(first)
        next_version.tag(self._source, NEXT, changes)
        self._write_programs(first)
        threading.Thread(target=self._answer, daemon=True).start()
        for unit in (self.scene.web, self.scene.worker):
            unit.folder = self.base / "app"
            unit.restart()

    @property
    def installed(self) -> Path:
        return (self.base / "app").resolve()

    def upgrade(self) -> "subprocess.Popen[str]":
        """deploy/upgrade, which goes on by itself."""
        own = {
            "PATH": f"{self._programs}{os.pathsep}{self.scene.environment['PATH']}",
            "CASA_BASE": str(self.base), "CASA_BACKUPS": str(self.base / "backups"),
            "CASA_ETC": str(self.base / "etc"), "CASA_UNITS": str(self.base / "units"),
            "UPGRADE_PORT": str(free_port()), "UPGRADE_PATIENCE": str(PATIENCE),
        }  # fmt: skip
        return subprocess.Popen(
            [self.base / "app" / "deploy" / "upgrade"], env=self.scene.environment | own,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip

    def close(self) -> None:
        self._units["casa-web-next"].stop()
        with suppress(OSError):
            self._listening.close()

    def _write_programs(self, first: Path) -> None:
        texts = {
            "systemctl": SYSTEMCTL.format(python=sys.executable, address=str(self._socket)),
            "runuser": RUNUSER,
            "python3": PYTHON3.format(python=sys.executable),
        }
        for name, text in texts.items():
            (self._programs / name).write_text(text)
            (self._programs / name).chmod(0o755)
        subprocess.run([self._programs / "python3", "-m", "venv", first / ".venv"], check=True)

    def _answer(self) -> None:
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self._socket))
        self._listening.listen()
        with suppress(OSError):  # it was closed
            while True:
                asking, _address = self._listening.accept()
                with asking:
                    asked = asking.makefile().read().split()
                    asking.sendall(self._carried_out(asked).encode())

    def _carried_out(self, asked: list[str]) -> str:
        verb, *rest = asked
        unit = self._units.get(rest[-1]) if rest else None
        if verb == "show" and unit:
            return str(unit.pid)
        if verb in ("start", "stop", "restart") and unit:
            getattr(unit, verb)()
            return ""
        return "" if verb == "daemon-reload" else "unknown"

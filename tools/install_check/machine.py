"""An empty Debian 12 that boots here: processes, files and network of its own."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from benchmarks import servers
from tools.install_check import doors

RELEASE = "bookworm"
MIRROR = "http://deb.debian.org/debian"
BOOT_SECONDS = 120
PROGRAMS = {
    "mmdebstrap": "mmdebstrap",
    "systemd-nspawn": "systemd-container",
    "nsenter": "util-linux",
}
PROXY_PORT, MAIL_PORT = 3128, 2525
CERTIFICATES = Path("/usr/local/share/ca-certificates")
WAIT = f"""for second in $(seq {BOOT_SECONDS}); do
  systemctl is-active --quiet multi-user.target 2>/dev/null && exit 0; sleep 1
done; exit 1"""
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def missing() -> str:
    """What this machine lacks for it, in a sentence; "" if nothing."""
    if os.geteuid() != 0:
        return "It makes a machine of its own, so it has to be run as root."
    lacking = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    return f"Something is missing: apt-get install {' '.join(lacking)}" if lacking else ""


def make_root(home: Path) -> Path:
    """A folder with Debian as its installer leaves it, from packages; kept for the next time."""
    packed, root = home / f"debian-{RELEASE}.tar", home / "root"
    if not packed.is_file():
        unfinished = packed.with_suffix(".unfinished.tar")
        command = ["mmdebstrap", "--quiet", "--variant=important", "--include=ca-certificates",
                   RELEASE, str(unfinished), MIRROR]  # fmt: skip
        subprocess.run(command, check=True)
        unfinished.rename(packed)
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    subprocess.run(["tar", "-C", root, "-xf", packed], check=True)
    return root


class Machine:
    """One that runs. What it downloads goes through our own door; it has no other network."""

    def __init__(self, leader: int) -> None:
        self.leader = leader

    def run(self, script: str) -> int:
        """Run a script as root, as in a shell after signing in; its exit code."""
        environment = {
            "PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive",
            **(doors.settings(PROXY_PORT)),
        }  # fmt: skip
        given = [f"{name}={value}" for name, value in environment.items()]
        command = ["nsenter", "--target", str(self.leader), "--all", "env", "-i", *given,
                   "bash", "-c", f"cd /root\n{script}"]  # fmt: skip
        return subprocess.run(command, check=False).returncode


@contextmanager
def booted(root: Path, source: Path, cache: Path) -> Iterator[Machine]:
    """The machine of `root`, with `source` to clone from at /usr/src/casa.git."""
    _prepare(root)
    command = [
        "systemd-nspawn", "--quiet", "--directory", str(root), "--boot", "--private-network",
        "--register=no", "--keep-unit", "--hostname=letters", "--console=passive",
        "--resolv-conf=off", f"--bind-ro={source}:/usr/src/casa.git",
        f"--bind={cache}:/root/.cache/pip",
    ]  # fmt: skip
    log = root.with_name("boot.log")
    with ExitStack() as stack:
        started = stack.enter_context(servers.process(command, dict(os.environ), log))
        leader = _leader(started.pid)
        stack.enter_context(doors.opened(leader, PROXY_PORT, MAIL_PORT, root.with_name("mail.log")))
        stack.callback(_end, started, leader)
        machine = Machine(leader)
        if machine.run(WAIT):
            raise SystemExit(f"The machine did not start; {log} tells more.")
        yield machine


def _end(nspawn: subprocess.Popen[bytes], leader: int) -> None:
    """Let the machine shut down; with its first process all others end."""
    nspawn.terminate()
    with suppress(subprocess.TimeoutExpired):
        nspawn.wait(BOOT_SECONDS)
    with suppress(ProcessLookupError):
        os.kill(leader, signal.SIGKILL)


def _prepare(root: Path) -> None:
    """What a rented server brings along: its name, and here the way to packages."""
    apt = root / "etc" / "apt"
    (apt / "apt.conf.d" / "99way").write_text(
        f'Acquire::http::Proxy "http://127.0.0.1:{PROXY_PORT}";\n'
        # A mirror of an earlier day serves as well.
        'Acquire::Check-Valid-Until "false";\n'
    )
    (root / "etc" / "hosts").write_text(
        "127.0.0.1 localhost letters letters.example.org\n::1 localhost\n"
    )
    if CERTIFICATES.is_dir():  # whom this machine trusts, that one trusts
        shutil.copytree(CERTIFICATES, root / CERTIFICATES.relative_to("/"), dirs_exist_ok=True)
        subprocess.run(["chroot", root, "update-ca-certificates"], check=True, capture_output=True)


def _leader(nspawn: int) -> int:
    """The machine's first process."""
    children = Path(f"/proc/{nspawn}/task/{nspawn}/children")
    deadline = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError):
            for child in children.read_text().split():
                if Path(f"/proc/{child}/comm").read_text().strip() in ("systemd", "init"):
                    return int(child)
        time.sleep(0.2)
    raise SystemExit("The machine did not start: systemd-nspawn has no child.")

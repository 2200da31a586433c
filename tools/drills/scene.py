"""What a drill breaks: a whole site, started as `deploy/` says, in folders of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import servers
from benchmarks.load import HOST
from casa.lib.testing import free_port, wait_for_answer
from tools import with_postgres
from tools.drills.clock import Clock
from tools.drills.mailbox import Mailbox
from tools.drills.missing import MissingError
from tools.drills.redis import Redis, program
from tools.drills.stores import Databases
from tools.drills.units import Unit

START_SECONDS = 120
LEASE_SECONDS = 10
"""A worker's hold on mails, shorter than by default, so that a drill need not wait two minutes."""


@dataclass(frozen=True)
class Setup:
    """What has to be there beside nginx, web server, worker and mail server."""

    engine: str = "postgresql"
    has_redis: bool = False
    has_clock: bool = False
    """Whether the application's clock can be moved."""


@dataclass
class Scene:
    """A running site; drills with the same setup share one."""

    home: Path
    database_url: str
    environment: dict[str, str]
    facts: dict[str, Any]
    port: int
    upstream: int
    databases: Databases
    mailbox: Mailbox
    clock: Clock
    redis: Redis | None
    postgres: with_postgres.Server | None
    web: Unit = field(init=False)
    worker: Unit = field(init=False)

    def __post_init__(self) -> None:
        self.web = self.unit("casa-web")
        self.worker = self.unit("casa-worker")

    def unit(self, name: str, **environment: str) -> Unit:
        return Unit(f"{name}.service", self.environment | environment, self.home / f"{name}.log")

    def move(self, environment: dict[str, str], database_url: str) -> None:
        """Let the services start with these from now on."""
        self.environment, self.database_url = environment, database_url
        self.web.environment = self.worker.environment = environment

    def log(self, name: str) -> str:
        """What a service has printed."""
        file = self.home / f"{name}.log"
        return file.read_text("utf-8", "replace") if file.exists() else ""


class Machine:
    """Where scenes are put up one after the other. What takes long is made once for all."""

    def __init__(
        self, home: Path, stack: ExitStack, configuration: str = with_postgres.CONFIGURATION
    ) -> None:
        """`stack` ends what is started once; `configuration` is PostgreSQL's."""
        self.home, self._stack, self._configuration = home, stack, configuration
        self.port, self.upstream = free_port(), free_port()
        self._postgres: with_postgres.Server | None = None
        self._databases: dict[str, Databases] = {}
        self._scenes = 0

    @contextmanager
    def scene(self, setup: Setup) -> Iterator[Scene]:
        """Raises MissingError."""
        databases = self._filled(setup.engine)
        self._scenes += 1
        home = self.home / f"scene{self._scenes}"
        (home / "var").mkdir(parents=True)
        with ExitStack() as stack:
            scene = self._scene(setup, home, databases)
            scene.mailbox.start()
            stack.callback(scene.mailbox.stop)
            if scene.redis:
                scene.redis.start()
                stack.callback(scene.redis.stop)
            for unit in (scene.web, scene.worker):
                stack.callback(unit.stop)
                unit.start()
            wait_for_answer(f"http://{HOST}:{self.upstream}/bench/bare/", START_SECONDS)
            stack.enter_context(servers.nginx(home / "nginx", self.port, self.upstream))
            yield scene

    def _scene(self, setup: Setup, home: Path, databases: Databases) -> Scene:
        mailbox, clock, redis, url = Mailbox(), Clock(home), None, databases.copy()
        environment = self._environment(home / "var", url) | {
            "EMAIL_URL": f"smtp://{HOST}:{mailbox.port}"
        }
        if setup.has_clock:
            environment |= clock.environment
        if setup.has_redis:
            if program() is None:
                raise MissingError("Redis is missing. On Debian: apt install redis-server")
            redis = Redis(home)
            environment["CACHE_URL"] = redis.url
        return Scene(
            home=home, database_url=url, environment=environment, facts=databases.facts,
            port=self.port, upstream=self.upstream, databases=databases, mailbox=mailbox,
            clock=clock, redis=redis,
            postgres=self._postgres if setup.engine == "postgresql" else None,
        )  # fmt: skip

    def _filled(self, engine: str) -> Databases:
        if engine not in self._databases:
            server = self._server().url if engine == "postgresql" else ""
            folder = self.home / "databases"
            folder.mkdir(exist_ok=True)
            databases = Databases(server, folder)
            databases.fill(lambda url: servers.seed(self._environment(folder, url), 0, 1))
            self._databases[engine] = databases
        return self._databases[engine]

    def _server(self) -> with_postgres.Server:
        if self._postgres is None:
            try:
                running = with_postgres.server(self._configuration)
                self._postgres = self._stack.enter_context(running)
            except with_postgres.PostgresUnavailableError as error:
                raise MissingError(str(error)) from error
        return self._postgres

    def _environment(self, var: Path, url: str) -> dict[str, str]:
        own = {
            "DJANGO_SETTINGS_MODULE": "tools.drills.settings",
            "HOST": HOST, "PORT": str(self.upstream), "SITE_URL": f"http://{HOST}:{self.port}",
            "WEB_PROCESSES": "2", "WORKERS": "1", "BEHIND_PROXY": "1", "KEPT_PAGES_MB": "16",
            "MAIL_LEASE_SECONDS": str(LEASE_SECONDS), "PATH": with_postgres.programs(),
        }  # fmt: skip
        return servers.production(var, url, self.port) | own

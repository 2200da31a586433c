"""The machines of a cluster, all of them on this one."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, fields
from pathlib import Path

from benchmarks import servers
from benchmarks.load import HOST
from casa.lib.testing import free_port, wait_for_answer
from tools import pgbouncer
from tools.cluster import databases
from tools.cluster.databases import Pool, Replica
from tools.drills import redis
from tools.drills.missing import MissingError
from tools.drills.scene import START_SECONDS, Machine, Scene, Setup
from tools.drills.units import Unit
from tools.with_postgres import Server


@dataclass(kw_only=True)
class Cluster(Scene):
    """A site on many machines. `web` and `worker` are the first of two.

    `database_url` leads to the primary itself, past the pool, and to the promoted one afterwards.
    """

    stack: ExitStack
    """Ends what a fault starts in place of what it killed."""
    primary: Server
    replica: Replica
    pool: Pool
    others: dict[str, str]
    """What is different in the environment of the second host with the application."""
    other_web: Unit = field(init=False)
    other_worker: Unit = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.other_web = self._on_second_host("casa-web")
        self.other_worker = self._on_second_host("casa-worker")

    def _on_second_host(self, name: str) -> Unit:
        log = self.home / f"{name}-2.log"
        return Unit(f"{name}.service", self.environment | self.others, log)

    @property
    def upstreams(self) -> list[int]:
        """The ports of both web servers."""
        return [self.upstream, int(self.others["PORT"])]

    def take_over(self) -> None:
        """What somebody does when the primary is gone."""
        self.replica.promote()
        self.pool.point_to(self.replica)
        self.primary = self.replica
        self.database_url = databases.database_on(self.replica, self.database_url)

    def add_replica(self) -> None:
        """A new one, copied from whoever is the primary now."""
        self.replica = self.stack.enter_context(databases.replica_of(self.primary))
        databases.wait_for_it(self.primary)


class Machines(Machine):
    """Puts up clusters."""

    @contextmanager
    def cluster(self) -> Iterator[Cluster]:
        """Raises MissingError."""
        refuse_missing()
        home = self.home / "cluster"
        (home / "var").mkdir(parents=True)
        with ExitStack() as stack:
            base = self._scene(Setup(has_redis=True), home, self._filled("postgresql"))
            scene = self._put_up(base, stack)
            self._start(scene)
            yield scene

    def _put_up(self, base: Scene, stack: ExitStack) -> Cluster:
        home, primary, pool = base.home, self._server(), Pool(base.home / "pool")
        replica = stack.enter_context(databases.replica_of(primary))
        databases.wait_for_it(primary)
        given = {one.name: getattr(base, one.name) for one in fields(base) if one.init}
        given["environment"] |= {
            "DATABASE_URL": pool.url(base.database_url),
            "DATABASE_POOLED": "1",
            "DATABASE_REPLICA_URL": databases.database_on(replica, base.database_url),
            "WEB_PROCESSES": "1",
        }
        others = {"PORT": str(free_port()), "VAR_DIR": str(second_folder(home))}
        return Cluster(
            **given, stack=stack, primary=primary, replica=replica, pool=pool, others=others
        )

    def _start(self, scene: Cluster) -> None:
        stack = scene.stack
        scene.pool.start(scene.primary)
        stack.callback(scene.pool.stop)
        scene.mailbox.start()
        stack.callback(scene.mailbox.stop)
        if scene.redis:
            scene.redis.start()
            stack.callback(scene.redis.stop)
        for unit in (scene.web, scene.other_web, scene.worker, scene.other_worker):
            stack.callback(unit.kill)  # all is told by then
            unit.start()
        for port in scene.upstreams:
            wait_for_answer(f"http://{HOST}:{port}/bench/bare/", START_SECONDS)
        stack.enter_context(servers.nginx(scene.home / "nginx", scene.port, *scene.upstreams))


def refuse_missing() -> None:
    """Raise MissingError that names all that this machine lacks; nginx comes with the tests."""
    lacking = {
        "PgBouncer (Debian: apt-get install pgbouncer)": pgbouncer.program(),
        "Redis (Debian: apt-get install redis-server)": redis.program(),
    }
    if missing := [name for name, found in lacking.items() if found is None]:
        raise MissingError(f"Missing: {', '.join(missing)}")


def second_folder(home: Path) -> Path:
    """The second host's VAR_DIR. Uploads are in the first one's, as on a disk that both mount."""
    folder, shared = home / "var2", home / "var" / "media"
    folder.mkdir()
    shared.mkdir()
    (folder / "media").symlink_to(shared)
    return folder

"""The database dies, or is away."""

import psycopg2  # type: ignore[import-untyped]

from tools.drills.drill import Drill, Fault
from tools.drills.scene import Scene
from tools.with_postgres import Server


class DatabaseKilled(Fault):
    """All processes of PostgreSQL at once; it is started again when the fault ends."""

    def begin(self) -> None:
        postgres(self.scene).kill()

    def observe(self) -> str:
        return refusal(self.scene)

    def end(self) -> None:
        postgres(self.scene).start_again()


def postgres(scene: Scene) -> Server:
    if scene.postgres is None:
        raise ValueError("This scene has no PostgreSQL.")
    return scene.postgres


def refusal(scene: Scene) -> str:
    """Why nobody can connect to the database; "" where one can."""
    try:
        psycopg2.connect(scene.database_url).close()
    except psycopg2.OperationalError as error:
        first = str(error).strip().splitlines()[0]
        return f"nobody can connect: {first.rpartition('failed: ')[2]}"
    return ""


DRILLS = [
    Drill("database-killed", "kill -9 of PostgreSQL", DatabaseKilled, seconds=1, quick_seconds=1,
          repeats_allowed=1),
    Drill("database-away", "PostgreSQL away for a minute", DatabaseKilled,
          seconds=60, quick_seconds=8, repeats_allowed=1),
]  # fmt: skip

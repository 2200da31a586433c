"""Seconds of a processor that servers take: steadier than requests a second on a shared machine."""

from dataclasses import dataclass

import psutil
import psycopg2


@dataclass(frozen=True)
class Servers:
    """The process of the application, and that of the database where it has one."""

    application: int
    database: int | None = None

    def seconds(self) -> tuple[float, float]:
        """What application and database have taken so far, with all that they started."""
        return _seconds(self.application), _seconds(self.database) if self.database else 0.0


def _seconds(pid: int) -> float:
    root = psutil.Process(pid)
    return sum(_own(process) for process in (root, *root.children(recursive=True)))


def _own(process: psutil.Process) -> float:
    """With what its ended children took; none of a process that has ended itself."""
    try:
        return sum(process.cpu_times()[:4])
    except psutil.NoSuchProcess:
        return 0.0


def server_of(database_url: str) -> int | None:
    """The process that PostgreSQL's others are children of; None for SQLite."""
    if database_url.startswith("sqlite"):
        return None
    connection = psycopg2.connect(database_url)
    try:
        parent = psutil.Process(connection.info.backend_pid).parent()
    finally:
        connection.close()
    return parent.pid if parent else None

"""What is killed in a cluster, one after the other; the primary is the last."""

import time

from tools.cluster import databases
from tools.cluster.site import Cluster
from tools.drills import stores
from tools.drills.drill import Drill, Fault
from tools.drills.faults.caches import RedisKilled
from tools.drills.faults.databases import refusal
from tools.drills.mailbox import is_taking

NOTICED_AFTER = 3.0
"""Seconds until somebody, here a script, does what docs/scaling.md says. People need minutes."""


class ClusterFault(Fault):
    scene: Cluster


class Nothing(ClusterFault):
    """An evening on which all goes well, to compare the others with."""

    def begin(self) -> None:
        """Breaks nothing."""

    def observe(self) -> str:
        url = databases.database_on(self.scene.replica, self.scene.database_url)
        ((scans,),) = stores.ask(url, READ_FROM_REPLICA)
        return f"nothing was killed; the replica was asked for statements {scans} times" * (
            scans > 0
        )


class HostKilled(ClusterFault):
    """One of two hosts with the application: its web server is gone, with what it was answering."""

    def begin(self) -> None:
        self.scene.other_web.kill()

    def observe(self) -> str:
        killed, left = is_taking(self.scene.upstreams[1]), is_taking(self.scene.upstreams[0])
        if killed or not left:
            return ""
        return "nobody listened on the host's port, and the other one went on"

    def end(self) -> None:
        self.scene.other_web.start()

    def is_over(self) -> bool:
        return is_taking(self.scene.upstreams[1])


class WorkerKilled(ClusterFault):
    """One of two workers, while both send."""

    def begin(self) -> None:
        self._pid = self.scene.other_worker.pid
        self.scene.other_worker.kill()
        self._sent = len(self.scene.mailbox.messages)

    def observe(self) -> str:
        sent = len(self.scene.mailbox.messages) - self._sent
        if self.scene.other_worker.processes() or not sent:
            return ""
        return f"process {self._pid} of the worker was gone; the other one sent {sent} mails"

    def end(self) -> None:
        self.scene.other_worker.start()

    def is_over(self) -> bool:
        return bool(self.scene.other_worker.processes())


class ReplicaKilled(ClusterFault):
    """Commits wait for it, so nobody can sign until the primary is told to go on alone."""

    def begin(self) -> None:
        self.scene.replica.kill()
        self._killed_at = time.monotonic()

    def observe(self) -> str:
        ((waiting,),) = stores.ask(self.scene.primary.url, WAITING_FOR_REPLICA)
        is_noticed = time.monotonic() - self._killed_at >= NOTICED_AFTER
        if not (waiting and is_noticed) or self.scene.replica.answers():
            return ""
        databases.go_on_alone(self.scene.primary)
        return f"{waiting} commits waited for it"

    def end(self) -> None:
        self.scene.replica.start_again()
        databases.wait_for_it(self.scene.primary)


READ_FROM_REPLICA = """SELECT coalesce(sum(seq_scan + idx_scan), 0) FROM pg_stat_user_tables
    WHERE relname = 'statements_statement'"""
WAITING_FOR_REPLICA = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"


class PrimaryKilled(ClusterFault):
    """All of its processes; the replica takes its place, and gets a replica of its own."""

    def begin(self) -> None:
        self.scene.primary.kill()
        self._killed_at = time.monotonic()

    def observe(self) -> str:
        away = refusal(self.scene)
        if not away or time.monotonic() - self._killed_at < NOTICED_AFTER:
            return ""
        self.scene.take_over()
        ((is_replica,),) = stores.ask(self.scene.database_url, "SELECT pg_is_in_recovery()")
        return "" if is_replica else f"{away}; the replica was promoted"

    def end(self) -> None:
        self.scene.add_replica()


DRILLS = [
    Drill("nothing", "nothing is killed", Nothing),
    Drill("application", "kill -9 of one of two hosts with the application", HostKilled),
    Drill("worker", "kill -9 of one of two workers", WorkerKilled, repeats_allowed=1),
    Drill("redis", "kill -9 of Redis", RedisKilled),
    Drill("replica", "kill -9 of the replica that commits wait for", ReplicaKilled,
          repeats_allowed=1),
    Drill("primary", "kill -9 of the primary; the replica is promoted", PrimaryKilled,
          repeats_allowed=1),
]  # fmt: skip

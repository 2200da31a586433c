"""Break the site in every way there is a drill for, and print one table: `make drill`.

    make drill                              # all of them
    make drill -- --list
    make drill -- --only database-killed --only mail-hangs
    make drill -- --quick                   # shorter faults, fewer people: some six minutes

Fails where a promise broke, where a drill proved nothing, and where one could not be run.

    make drill -- --without-durability      # must find losses

lets commits wait for no disk, kills PostgreSQL, and fails if nothing was lost: then the drills
would prove nothing on such a machine.
"""

import argparse
import signal
import sys
import tempfile
import time
import traceback
from contextlib import ExitStack
from pathlib import Path

from benchmarks import machine
from benchmarks.bench import say, stop
from tools.drills import report
from tools.drills.drill import Drill, Going
from tools.drills.faults import (
    backups,
    caches,
    clocks,
    databases,
    disks,
    mail,
    servers,
    upgrades,
)  # fmt: skip
from tools.drills.missing import MissingError
from tools.drills.report import Result
from tools.drills.scene import Machine, Scene, Setup
from tools.with_postgres import CONFIGURATION

MODULES = (servers, databases, disks, mail, clocks, caches, backups, upgrades)
DRILLS: list[Drill] = [drill for module in MODULES for drill in module.DRILLS]
PEOPLE, QUICK_PEOPLE = 300, 60

# Commits that wait for no disk. PostgreSQL then writes every so often; more seldom than by
# default here, so that a short drill, too, meets a commit that is not written yet.
NOT_DURABLE = """
synchronous_commit = off
wal_writer_delay = 1000ms
wal_writer_flush_after = 64MB
max_connections = 300
"""
LOSING = "database-killed"
"""The drill that has to lose something then."""


def main() -> int:
    options = arguments()
    if options.list:
        print("\n".join(f"{one.name:20} {one.says}" for one in DRILLS))
        return 0
    signal.signal(signal.SIGTERM, stop)
    only = [LOSING] if options.without_durability else options.only
    chosen = [one for one in DRILLS if not only or one.name in only]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="casa-drill-", dir="/tmp") as folder:
        header = machine.described(Path(folder))
        results = carry_out_all(chosen, Path(folder), options)
    print(f"\n{header}\n{len(chosen)} drills in {time.monotonic() - begun:.0f} s\n")
    print(report.table(results))
    return verdict(results, has_to_lose=options.without_durability)


def verdict(results: list[Result], *, has_to_lose: bool) -> int:
    """Say what all of it came to; the exit code."""
    if has_to_lose:
        lost = sum(report.lost(one.account) for one in results if one.account)
        print(f"\nWithout durability {lost} acknowledged acts were lost.")
        return int(not lost)
    failed = [one.name for one in results if one.verdict != "kept"]
    print(f"\nNot kept: {', '.join(failed)}" if failed else "\nEvery promise was kept.")
    return int(bool(failed))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="make drill --")
    parser.add_argument("--list", action="store_true", help="the names of all drills")
    names = [one.name for one in DRILLS]
    parser.add_argument("--only", action="append", choices=names, metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="shorter faults, fewer people")
    parser.add_argument("--people", type=int, help=f"who sign in each; {PEOPLE}")
    parser.add_argument("--without-durability", action="store_true", help="must find losses")
    parser.add_argument("--connections", type=int, default=8)
    options = parser.parse_args()
    options.people = options.people or (QUICK_PEOPLE if options.quick else PEOPLE)
    return options


def carry_out_all(drills: list[Drill], home: Path, options: argparse.Namespace) -> list[Result]:
    """Those with the same setup one after the other, on one scene as long as it holds."""
    results: dict[str, Result] = {}
    with ExitStack() as stack:
        configuration = NOT_DURABLE if options.without_durability else CONFIGURATION
        site = Machine(home, stack, configuration)
        for setup in dict.fromkeys(one.setup for one in drills):
            waiting = [one for one in drills if one.setup == setup]
            while waiting:
                done = carry_out_on_one_scene(site, setup, waiting, options)
                results |= {one.name: one for one in done}
                waiting = [one for one in waiting if one.name not in results]
    return [results[one.name] for one in drills]


def carry_out_on_one_scene(
    site: Machine, setup: Setup, drills: list[Drill], options: argparse.Namespace
) -> list[Result]:
    """Until all are done, or one left the scene in an unknown state."""
    results: list[Result] = []
    try:
        with site.scene(setup) as scene:
            for drill in drills:
                say(f"{drill.name}: {drill.says}")
                results.append(carry_out(drill, scene, options))
                print(report.described(results[-1]), flush=True)
                if results[-1].verdict != "kept":
                    break
    except MissingError as error:
        return [Result(one.name, missing=str(error)) for one in drills]
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the others are drills, too
        say(traceback.format_exc())
        reason = f"{type(error).__name__}: {error}"
        results += [Result(one.name, missing=reason) for one in drills[len(results) :][:1]]
    return results


def carry_out(drill: Drill, scene: Scene, options: argparse.Namespace) -> Result:
    going = Going(drill, scene, options.people, is_quick=options.quick)
    try:
        return Result(drill.name, going.carry_out(options.connections))
    except MissingError as error:
        return Result(drill.name, missing=str(error))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted; everything that was started is stopped.")

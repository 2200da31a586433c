"""A national evening on many machines, which are killed in turn: `make cluster`.

    make cluster
    make cluster -- --quick                          # some three minutes
    make cluster -- --signings 100 --reads 10000     # where the machine allows

Fails where something that was acknowledged is lost, a page was not served or a promise of
`make drill` broke, and where an evening proved nothing.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
import traceback
from contextlib import ExitStack
from pathlib import Path

from benchmarks import machine
from benchmarks.bench import say, stop
from tools.cluster import evening
from tools.cluster.evening import Evening, Load, Told
from tools.cluster.kills import DRILLS
from tools.cluster.readers import Readers
from tools.cluster.site import Cluster, Machines
from tools.drills.drill import Drill
from tools.drills.missing import MissingError

NATIONAL = Load(signing=100, reading=10_000, seconds=0)
"""What a national campaign asks for on its first evening, each second."""

SIGNINGS_A_CORE, READS_A_CORE = 2, 100
"""What is asked of each core: all machines are on it, and those who sign and read, too."""

SECONDS, QUICK_SECONDS = 30, 10


def main() -> int:
    options = arguments()
    signal.signal(signal.SIGTERM, stop)
    load = Load(options.signings, options.reads, QUICK_SECONDS if options.quick else SECONDS)
    chosen = [one for one in DRILLS if not options.only or one.name in options.only]
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="casa-cluster-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)  # PgBouncer and PostgreSQL are other users, if we are root
        header = machine.described(Path(folder))
        told = carry_out_all(chosen, Path(folder), load, options.connections)
    print(f"\n{header}\n{scaled(load)}\n{len(told)} evenings in {time.monotonic() - begun:.0f} s\n")
    print(evening.table(told))
    failed = [one.name for one in told if one.verdict != "kept"]
    print(f"\nNot kept: {', '.join(failed)}" if failed else "\nEvery promise was kept.")
    return int(bool(failed))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="make cluster --")
    names = [one.name for one in DRILLS]
    cores = os.cpu_count() or 1
    parser.add_argument("--only", action="append", choices=names, metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="shorter evenings")
    parser.add_argument("--connections", type=int, default=16, help="of those who sign")
    for name, of_core, most in (
        ("--signings", SIGNINGS_A_CORE, NATIONAL.signing),
        ("--reads", READS_A_CORE, NATIONAL.reading),
    ):
        default = min(most, of_core * cores)
        parser.add_argument(name, type=float, default=default, help=f"a second; here {default:g}")
    return parser.parse_args()


def scaled(load: Load) -> str:
    """What was asked for, and which part of a national evening that is."""
    asked = f"{load.signing:g} signings and {load.reading:,.0f} reads a second"
    if load.signing >= NATIONAL.signing and load.reading >= NATIONAL.reading:
        return f"{asked}: a national evening"
    signing, reading = NATIONAL.signing / load.signing, NATIONAL.reading / load.reading
    return (
        f"{asked}, each signing with its mail and its confirmation: of the signings of a national"
        f" evening (100) 1 in {signing:.0f}, of its reads (10,000) 1 in {reading:.0f}, since all"
        f" machines are on this one"
    )


def carry_out_all(drills: list[Drill], home: Path, load: Load, connections: int) -> list[Told]:
    """In turn, on one cluster, until one leaves it in an unknown state."""
    told: list[Told] = []
    try:
        with ExitStack() as stack:
            scene = stack.enter_context(Machines(home, stack).cluster())
            readers = Readers(home / "answers")
            pages = scene.facts["pages"]
            paths = [*[pages["page"]] * 3, pages["first"]]  # one in four looks who signed
            stack.enter_context(readers.at_work(scene.port, load.reading, paths))
            for drill in drills:
                say(f"{drill.name}: {drill.says}")
                told.append(carry_out(drill, scene, load, readers, connections))
                print(evening.described(told[-1]), flush=True)
    except MissingError as error:
        return [Told(one.name, missing=str(error)) for one in drills]
    except (Exception, SystemExit) as error:  # noqa: BLE001 - what was told before is of use
        say(traceback.format_exc())
        told.append(Told(drills[len(told)].name, missing=f"{type(error).__name__}: {error}"))
    return told


def carry_out(drill: Drill, scene: Cluster, load: Load, readers: Readers, connections: int) -> Told:
    going = Evening(drill, scene, load, readers)
    return going.result(going.carry_out(connections))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Interrupted; everything that was started is stopped.")

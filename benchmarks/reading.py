"""Measure how fast lists of names are read, and in how much memory; `python benchmarks/reading.py`.

The lines are invented: names, roles, organizations and towns in several languages, each once.
"""

import argparse
import random
import resource
import sys
import time
from pathlib import Path

# Run as a file, Python looks for modules beside it.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from signatories.parser import Block, read_block, read_rows  # noqa: E402

GIVEN = [
    "Ana", "Ben", "Clara", "Doru", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jon", "Karim",
    "Lena", "Milo", "Nora", "Omar", "Petra",
]  # fmt: skip
START = [
    "Al", "Bran", "Cor", "Dun", "Ek", "Fal", "Gro", "Hol", "Iv", "Jan", "Kal", "Lun", "Mor",
    "Nash", "Oak", "Pel", "Quin", "Ros", "Sel", "Tor",
]  # fmt: skip
END = [
    "dale", "ström", "berg", "mann", "ova", "ier", "escu", "idze", "yan", "well", "son",
    "sen", "ak", "ini", "ez", "man", "low", "ford", "by", "nen",
]  # fmt: skip
ROLES = [
    "Chair", "Teacher", "Director", "professor", "Vorsitzende", "présidente", "portavoz",
    "sədr", "başkan",
]  # fmt: skip
ORGANIZATIONS = ["River Trust", "Mill Museum", "Open Shelves", "Bündnis Leseecke", "Réseau Lecture"]
TOWNS = ["Leeds, UK", "Lyon, France", "Köln", "Reno, NV", "York", "Boston, MA", "Bakı", "İzmir"]


def cells(chance: random.Random) -> list[str]:
    surname = "-".join(chance.choice(START) + chance.choice(END) for _ in range(2))
    organization = f"{chance.choice(START)}{chance.choice(END)} {chance.choice(ORGANIZATIONS)}"
    name = f"{chance.choice(GIVEN)} {surname}"
    return [name, chance.choice(ROLES), organization, chance.choice(TOWNS)]


def measure(what: str, rows: list[list[str]]) -> None:
    begun = time.process_time()
    block = read(what, rows)
    seconds = time.process_time() - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:<8} {len(block.lines):>7,} lines {seconds:6.1f} s CPU {megabytes:6.0f} MB")


def read(what: str, rows: list[list[str]]) -> Block:
    if what == "table":
        header = ["Name", "Role", "Organization", "Place"]
        return read_rows(enumerate([header, *rows], start=1))
    return read_block(enumerate(map(", ".join, rows), start=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, nargs="*", default=[1_000, 10_000])
    chance = random.Random(7)
    for count in parser.parse_args().lines:
        rows = [cells(chance) for _ in range(count)]
        for what in ("list", "table"):
            measure(what, rows)


if __name__ == "__main__":
    main()

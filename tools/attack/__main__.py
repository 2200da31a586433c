"""Attack a site in production as strangers would, and print one table: `make attack`.

    python -m tools.attack                  # all of it, on PostgreSQL
    python -m tools.attack --short          # what `make test` tries
    python -m tools.attack pictures logs    # attacks whose names hold a word

Fails where the site gave way: an error of the server, a leak, or an answer that took longer than
a second (but that of a long list as PDF, and of those who attack twenty at a time).
"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.attack import floods, pictures, secrets, texts  # noqa: F401 - they add their attacks
from tools.attack.attacks import ATTACKS, Attack, Effort
from tools.attack.content import PREPARE
from tools.attack.site import Site, running
from tools.with_postgres import postgres

LONGEST_ANSWER = 1.0  # seconds
SHOWN = 10


@dataclass(frozen=True)
class Result:
    attack: Attack
    requests: int
    slowest: float
    seconds: float
    failures: list[str]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="attack") as folder, postgres() as url:
        results = attack_all(Path(folder), url, Effort(not options.short), options.words)
    print(table(results))
    return 1 if any(result.failures for result in results) else 0


def attack_all(home: Path, url: str, effort: Effort, words: list[str]) -> list[Result]:
    with running(home, url) as site:
        site.run(PREPARE)
        chosen = [one for one in ATTACKS if effort.is_full or not one.takes_long]
        chosen = [one for one in chosen if not words or any(word in one.name for word in words)]
        return [attack_one(site, one, effort) for one in sorted(chosen, key=place)]


def place(attack: Attack) -> int:
    """A flood makes the site careful with everybody; logs are read when all have been there."""
    return 2 if "afterwards" in attack.name else "flood" in attack.name


def attack_one(site: Site, attack: Attack, effort: Effort) -> Result:
    site.answers.clear()
    begun = time.monotonic()
    failures = list(attack.run(site, effort))
    failures += [str(one) for one in site.answers if one.status >= 500]
    slowest = max((one.seconds for one in site.answers), default=0.0)
    if effort.is_full and not attack.may_be_slow:
        failures += [str(one) for one in site.answers if one.seconds > LONGEST_ANSWER]
    taken = time.monotonic() - begun
    print(f"{attack.name}: {len(failures)} failures in {taken:.0f} s", file=sys.stderr)
    return Result(attack, len(site.answers), slowest, taken, list(dict.fromkeys(failures)))


def table(results: list[Result]) -> str:
    lines = [
        "| attack | requests | slowest answer (s) | took (s) | gave way |",
        "|---|---:|---:|---:|---|",
        *(
            f"| {one.attack.name} | {one.requests} | {one.slowest:.2f} | {one.seconds:.0f} |"
            f" {'no' if not one.failures else f'**{len(one.failures)} times**'} |"
            for one in results
        ),
    ]
    for one in results:
        lines += [f"\n{one.attack.name}:" for _ in one.failures[:1]]
        lines += [f"- {failure}" for failure in one.failures[:SHOWN]]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())

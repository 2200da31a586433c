"""The commands of docs/install.md, read from the page, and what stands in for a few of them."""

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "install.md"


@dataclass(frozen=True)
class Step:
    """A fenced block of the page; `place` is the heading that it stands under."""

    place: str
    commands: tuple[str, ...]


@dataclass(frozen=True)
class StandIn:
    """What is run in place of commands that begin with `start`, and why, for the report."""

    start: str
    why: str
    command: str


def steps(text: str, section: str) -> list[Step]:
    """The blocks of shell commands in the part of the page that begins with `## section`."""
    found, place, inside = [], "", False
    commands: list[str] | None = None
    for line in text.splitlines():
        if commands is None and (heading := re.match(r"(##+) (.+)", line)):
            place = heading[2]
            inside = place == section if heading[1] == "##" else inside
        elif line.strip() == "```sh":
            commands = []
        elif commands is not None and line.strip() == "```":
            if inside:
                found.append(Step(place, tuple(commands)))
            commands = None
        elif commands is not None and line.strip():
            commands.append(line.strip())
    if not found:
        raise SystemExit(f"docs/install.md has no commands under “{section}”.")
    return found


def script(chosen: Iterable[Step], stand_ins: Iterable[StandIn]) -> str:
    """One script of all blocks: it says each command before it, and ends at the first that fails.

    Raises SystemExit for a stand-in whose command the page no longer has.
    """
    lines, used = [HEAD], set()
    for step in chosen:
        lines.append(f"say {shlex.quote(f'## {step.place}')}")
        for command in step.commands:
            stand_in = next((one for one in stand_ins if command.startswith(one.start)), None)
            lines.append(f"say {shlex.quote(f'$ {command}')}")
            if stand_in:
                used.add(stand_in)
                lines.append(f"say {shlex.quote(f'  in its place: {stand_in.why}')}")
            lines.append(stand_in.command if stand_in else command)
    if unused := [one.start for one in stand_ins if one not in used]:
        raise SystemExit(f"docs/install.md no longer says: {'; '.join(unused)}")
    return "\n".join(lines) + "\n"


HEAD = """set -Eeuo pipefail
exec 2>&1
say() { printf '\\n%s\\n' "$1"; }
trap 'printf "\\nThe page is wrong here: %s\\n" "$BASH_COMMAND"' ERR"""


def words(chosen: Iterable[Step]) -> Iterator[list[str]]:
    """The words of each command, as a shell would split them."""
    for step in chosen:
        for command in step.commands:
            yield shlex.split(command)

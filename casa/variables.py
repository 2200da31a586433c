"""Variables of the environment, and of the file `.env`, as they are written there."""

import difflib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

# Nothing, a comment, or a name and its value: bare, or in quotes that end the line.
LINE = re.compile(r"""\s*(#.*)?|(export )?\w+=('.*'|".*"|[^'"].*)?""")

NOT_OURS = frozenset({"LANGUAGE"})
"""Names that systems set, and that look like one of ours."""

LIKENESS = 0.85
"""Of two names from which one is a typing error of the other; 1 is the same."""


def refuse(variable: str, problem: str, remedy: str) -> ImproperlyConfigured:
    """The error for a bad setting: which variable, what is wrong, what to do."""
    return ImproperlyConfigured(f"{variable} {problem}. {remedy}")


SWITCHES = {"1": True, "true": True, "yes": True, "on": True}
SWITCHES |= {"0": False, "false": False, "no": False, "off": False, "": False}


class Variables(environ.Env):
    """Remembers which names are asked for, and takes every value as it is written.

    Its base reads a value that begins with `$` as the name of another variable: one in fifty
    secret keys begins so.
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get_value(
        self, var: str, cast: Any = None, default: Any = environ.Env.NOTSET, **kwargs: Any
    ) -> Any:
        self.asked.add(var)
        value = self.ENVIRON.get(var, "")
        if value.startswith("$"):
            return self.parse_value(value, cast) if cast else value
        return super().get_value(var, cast=cast, default=default, **kwargs)

    def switch(self, name: str, *, default: bool) -> bool:
        """Yes or no. Anything else is refused: a typing error must not switch something off."""
        value = self.str(name, default="1" if default else "0").strip().lower()
        if value not in SWITCHES:
            raise refuse(name, "is neither yes nor no", f"Write {name}=1 or {name}=0")
        return SWITCHES[value]

    def number(self, name: str, *, default: int, allowed: range) -> int:
        value = self.str(name, default=str(default))
        remedy = f"Give a number from {allowed.start} to {allowed.stop - 1}"
        try:
            found = int(value)
        except ValueError as error:
            raise refuse(name, "cannot be read", remedy) from error
        if found not in allowed:
            raise refuse(name, "is out of range", remedy)
        return found


def read_file(env: environ.Env, path: Path, *, is_named: bool) -> None:
    """Read variables from a file; one that was named has to be there, `.env` need not be."""
    if is_named and not path.is_file():
        raise refuse("ENV_FILE", "names a file that is not there", "Name another, or none")
    if path.is_file():
        _refuse_lines(path)
        env.read_env(path)


def _refuse_lines(path: Path) -> None:
    """What the reader of the file would pass over in silence."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        remedy = "Save it in UTF-8, and start the site as the user who may read it"
        raise refuse(path.name, "cannot be read", remedy) from error
    for number, line in enumerate(lines, start=1):
        if not LINE.fullmatch(line):
            remedy = "Write NAME=value without blanks around =, and comments on lines of their own"
            raise refuse(f"{path.name}, line {number}", "is no setting", remedy)


def refuse_misspelt(known: set[str], given: Iterable[str]) -> None:
    """A typing error in a name would leave its setting at the default, and nobody would know."""
    for name in sorted(set(given) - known - NOT_OURS):
        if meant := difflib.get_close_matches(name, sorted(known), n=1, cutoff=LIKENESS):
            remedy = f"Did you mean {meant[0]}? If not, give it another name"
            raise refuse(name, "is no setting of this site", remedy)

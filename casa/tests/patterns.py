"""Every regular expression of the project, and the texts that would make it slow."""

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, TypeGuard

import casa
import signatories
import statements
from casa.lib.testing import PUMPS

SEARCHES = {"search", "sub", "subn", "split", "findall", "finditer"}
METHODS = SEARCHES | {"match", "fullmatch"}
LOOPS = {"pattern", "mark"}
"""What a loop over a tuple of patterns calls each."""

ROOT = Path(casa.__path__[0]).parent

LEFT_OUT = (
    ".tests", ".migrations", ".testing", "casa.settings", "casa.wsgi",
    ".metrics.",  # makes files where it is imported
)  # fmt: skip


def modules() -> Iterator[ModuleType]:
    for package in (casa, statements, signatories):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not is_left_out(found.name):
                yield importlib.import_module(found.name)


def is_left_out(module: str) -> bool:
    return any(part in module for part in LEFT_OUT)


def module_names() -> list[str]:
    """The modules that may hold a pattern, told by their text alone: nothing is imported."""
    names = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for package in (casa, statements, signatories)
        for file in Path(package.__path__[0]).rglob("*.py")
    }
    return sorted(
        name
        for name, file in names.items()
        if not is_left_out(name)
        and re.search(r"^(?:import|from) re\b", file.read_text(encoding="utf-8"), re.MULTILINE)
    )


def module_of(place: str) -> str:
    """The name of the module in "module:12" and "module.NAME"."""
    return place.partition(":")[0] if ":" in place else place.rpartition(".")[0]


def uses() -> dict[re.Pattern[str], tuple[str, set[str]]]:
    """Each pattern: where it stands, and by which methods texts are given to it."""
    where: dict[re.Pattern[str], str] = {}
    methods: dict[re.Pattern[str], set[str]] = defaultdict(set)
    for module in modules():
        source = Path(str(module.__file__)).read_text(encoding="utf-8")
        nodes = list(ast.walk(ast.parse(source)))
        for line, method, pattern in _written(nodes, module):
            where.setdefault(pattern, f"{module.__name__}:{line}")
            methods[pattern] |= {method} & METHODS
        called = set(_called(nodes))
        for name, value in vars(module).items():
            for pattern in _held(value):
                where.setdefault(pattern, f"{module.__name__}.{name}")
                methods[pattern] |= {method for caller, method in called if caller == name}
        in_loops = {method for caller, method in called if caller in LOOPS} or {"search"}
        for pattern in where.keys() - methods.keys():
            methods[pattern] = in_loops
    return {pattern: (place, methods[pattern]) for pattern, place in where.items()}


def _written(
    nodes: list[ast.AST], module: ModuleType
) -> Iterator[tuple[int, str, re.Pattern[str]]]:
    """(line, method, pattern) of each `re.method("pattern", …)`."""
    for call in nodes:
        if not (isinstance(call, ast.Call) and call.args and _is_of_re(call.func)):
            continue
        given = [
            _value(node, module) for node in (*call.args, *(key.value for key in call.keywords))
        ]
        flags = sum(value for value in given[1:] if isinstance(value, re.RegexFlag))
        if isinstance(given[0], str):
            yield call.lineno, call.func.attr, re.compile(given[0], flags)


def _is_of_re(function: ast.expr) -> TypeGuard[ast.Attribute]:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
    )


def _value(node: ast.expr, module: ModuleType) -> object:
    """What an expression stands for; None where it needs names of a function."""
    code = compile(ast.Expression(node), "pattern", "eval")
    try:
        return eval(code, dict(vars(module)))
    except NameError:
        return None


def _called(nodes: list[ast.AST]) -> Iterator[tuple[str, str]]:
    """("_NAME", "search") of each `_NAME.search`."""
    for node in nodes:
        if isinstance(node, ast.Attribute) and node.attr in METHODS:
            if isinstance(node.value, ast.Name):
                yield node.value.id, node.attr
            elif isinstance(node.value, ast.Attribute):
                yield node.value.attr, node.attr


def _held(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns that a name of a module holds, in tuples too."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | frozenset | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _held(one)


# --- Texts ---

MANY = 20
"""A repetition that may go on so often can be made to."""

CHARACTERS = "aA1 \t\n.,-_@()/:;<\"'’–ə*#[|=q\u0300"
ENDS = ("", "\0", " a", "!A")


class _Sampler:
    """Goes through a pattern: a text that fits it, what it repeats, and what leads there."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.repeated = set(PUMPS)
        self.leading = {""}
        whole = self._sample(parser.parse(pattern.pattern, pattern.flags), "")
        self.repeated |= {text for text in (whole, whole[:-1], *self.leading) if 0 < len(text) < 60}

    def _sample(self, nodes: Any, before: str) -> str:
        text = ""
        for code, value in nodes:
            text += self._of(code, value, before + text)
        return text

    def _of(self, code: Any, value: Any, before: str) -> str:
        nested = {
            codes.SUBPATTERN: lambda: self._sample(value[3], before),
            codes.ATOMIC_GROUP: lambda: self._sample(value, before),
            codes.BRANCH: lambda: min([self._sample(one, before) for one in value[1]], key=len),
            codes.ASSERT: lambda: self._sample(value[1], before)[:0],
            codes.ASSERT_NOT: lambda: self._sample(value[1], before)[:0],
            codes.MAX_REPEAT: lambda: self._repeat(*value, before),
            codes.MIN_REPEAT: lambda: self._repeat(*value, before),
            codes.POSSESSIVE_REPEAT: lambda: self._repeat(*value, before),
            codes.LITERAL: lambda: chr(value),
            codes.NOT_LITERAL: lambda: "b" if value == ord("a") else "a",
            codes.ANY: lambda: "a",
            codes.IN: lambda: _members(value)[0],
        }
        return nested[code]() if code in nested else ""

    def _repeat(self, least: int, most: Any, nodes: Any, before: str) -> str:
        once = self._sample(nodes, before)
        if most is codes.MAXREPEAT or most >= MANY:
            self.leading.add(before)
            self.repeated |= {once} - {""}
            for code, value in nodes:
                if code is codes.IN:
                    self.repeated |= set(_members(value))
                elif code is codes.ANY:
                    self.repeated |= set("a ,.")
        return once * max(least, 1)


def _members(items: Any) -> list[str]:
    """Some characters of a set, at least one."""
    found = [char for char in CHARACTERS if _has(items, char)]
    return found or [chr(value if code is codes.LITERAL else value[0]) for code, value in items][:1]


def _has(items: Any, char: str) -> bool:
    is_negated = items[0][0] is codes.NEGATE
    inside = any(_fits(code, value, char) for code, value in items[is_negated:])
    return inside != is_negated


def _fits(code: Any, value: Any, char: str) -> bool:
    if code is codes.LITERAL:
        return ord(char) == value
    if code is codes.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    return bool(re.fullmatch(CATEGORIES[str(value)], char))


CATEGORIES = {
    "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
}  # fmt: skip


def hostile(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """(beginning, what is repeated after it, end) of texts that a pattern may go through often."""
    sampler = _Sampler(pattern)
    for before in sorted(sampler.leading):
        for repeated in sorted(sampler.repeated):
            for end in ENDS:
                yield before, repeated, end

"""casa → signatories → statements → casa.mail, casa.accounts → casa.lib (see CONTRIBUTING.md)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Room → the rooms it may import. `casa` itself composes, and may import everything.
MAY_IMPORT = {
    "casa.lib": set(),
    "casa.accounts": {"casa.lib"},
    "casa.mail": {"casa.lib"},
    "casa.pages": {"casa.lib"},
    "statements": {"casa.lib", "casa.accounts", "casa.mail"},
    "signatories": {"casa.lib", "casa.accounts", "casa.mail", "statements"},
}


def room_of(module: str) -> str | None:
    for room in MAY_IMPORT:
        if module == room or module.startswith(f"{room}."):
            return room
    return "casa" if module == "casa" or module.startswith("casa.") else None


def imported_modules(file: Path):
    package = ".".join(file.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            module = ".".join(part for part in (base, node.module or "") if part)
            # `from casa import checks` imports casa.checks, whichever room that is in.
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room):
    wrong = []
    for file in sorted((ROOT / room.replace(".", "/")).rglob("*.py")):
        if "tests" in file.parts:
            continue
        for line, module in imported_modules(file):
            other = room_of(module)
            if other not in {None, room, *MAY_IMPORT[room]}:
                wrong.append(f"{file.relative_to(ROOT)}:{line} imports {module}")
    assert not wrong


def test_the_check_sees_a_wrong_import(tmp_path, monkeypatch):
    file = tmp_path / "statements" / "x.py"
    file.parent.mkdir()
    file.write_text("from signatories.models import Signature\nfrom casa import demo\n")
    monkeypatch.setitem(globals(), "ROOT", tmp_path)
    rooms = [room_of(module) for _line, module in imported_modules(file)]
    assert rooms == ["signatories", "casa"]

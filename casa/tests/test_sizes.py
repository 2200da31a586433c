"""Modules and functions of the product stay short enough to be read at once."""

import ast

import pytest
from django.conf import settings

MODULE, FUNCTION = 400, 40  # lines
ROOMS = ("casa", "statements", "signatories")
LEFT_OUT = {"tests", "migrations"}


def modules():
    for room in ROOMS:
        for path in sorted((settings.BASE_DIR / room).rglob("*.py")):
            if not LEFT_OUT.intersection(path.relative_to(settings.BASE_DIR).parts):
                yield path.relative_to(settings.BASE_DIR), path.read_text("utf-8")


@pytest.mark.medium
def test_modules_are_short():
    long = [f"{path} has {n} lines" for path, text in modules() if (n := text.count("\n")) > MODULE]
    assert not long, f"Split by what each part holds: {long}"


@pytest.mark.slow
def test_functions_are_short():
    long = [
        f"{path}: {node.name} has {length} lines"
        for path, text in modules()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION
    ]
    assert not long, f"Give a part of it a name of its own: {long}"

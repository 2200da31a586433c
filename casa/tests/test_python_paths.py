"""Where code stands is not data: no name of a module, class or function is stored or signed.

Else a renamed module would mail twice, break links in mails, or leave schedules that fail.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("casa", "statements", "signatories")
NAMES = {"__name__", "__module__", "__qualname__"}
EXPRESSIONS = {
    "logging.getLogger(__name__)",
    "__name__ == '__main__'",
    "type(error).__name__",  # for people who read logs and the outbox
}
# Where Django reads paths anew at each start.
CONFIGURATION = ("settings.py", "environment.py", "engines.py", "urls.py", "apps.py", "wsgi.py")
PATHS = {
    "casa.lib.tasks.run",  # each `migrate` renews it
    "casa.accounts.backends.StaffBackend",  # sessions hold it: after a move, staff sign in again
    "casa.wsgi:application",  # what the demo serves
    # Parts of the settings, in files of their own.
    "casa.lib.logs.LineFormatter",
    "casa.lib.logs.JsonFormatter",
    "casa.lib.outages.OutageFilter",
    "casa.lib.media.rewriter",  # the program that reads pictures, started for each
    "casa.lib.documents.reader",  # the program that reads documents, started for each
}


def production_files():
    for app in OURS:
        for file in sorted((ROOT / app).rglob("*.py")):
            if not {"tests", "migrations"} & set(file.parts):
                yield file


@cache
def tree_of(file):
    return ast.parse(file.read_bytes())


def names_in(tree):
    """Line and text of each use of a name of code, but those that are for people alone."""
    found = [node for node in ast.walk(tree) if _is_name(node)]
    if not found:  # of most files; the rest takes long
        return
    fine = [node for node in ast.walk(tree) if ast.unparse(node) in EXPRESSIONS]
    inside = {id(part) for node in fine for part in ast.walk(node)}
    for node in found:
        if id(node) not in inside:
            yield node.lineno, ast.unparse(node)


def _is_name(node):
    return getattr(node, "id", getattr(node, "attr", "")) in NAMES


def paths_in(tree):
    """Line and text of each string that leads to a module of ours."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = re.match(rf"({'|'.join(OURS)})\.\w+", node.value)
            if found and " " not in node.value and node.value not in PATHS and _is_code(found[0]):
                yield node.lineno, node.value


def _is_code(path):
    file = ROOT / path.replace(".", "/")
    return file.is_dir() or file.with_suffix(".py").is_file()


@pytest.mark.slow
def test_names_of_code_are_for_people_alone():
    used = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in production_files()
        for line, text in names_in(tree_of(file))
    ]
    assert not used


@pytest.mark.slow
def test_paths_stand_in_configuration_alone():
    used = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in production_files()
        if file.name not in CONFIGURATION
        for line, text in paths_in(tree_of(file))
    ]
    assert not used


@pytest.mark.parametrize(
    "source",
    ["salted_hmac(__name__, key)", "f'{function.__module__}.{x}'", "key = type(row).__qualname__"],
)
def test_the_check_sees_a_name(source):
    assert [*names_in(ast.parse(source))]


@pytest.mark.parametrize("source", ["logger = logging.getLogger(__name__)", "type(error).__name__"])
def test_it_lets_people_read_names(source):
    assert not [*names_in(ast.parse(source))]


@pytest.mark.parametrize(
    "source",
    ["async_task('casa.mail.delivery.deliver_due')", "Signer(salt='statements.previews')",
     "f'casa.lib.network:{day}'"],
)  # fmt: skip
def test_the_check_sees_a_path(source):
    assert [*paths_in(ast.parse(source))]


def test_it_lets_labels_of_apps_be():
    assert not [*paths_in(ast.parse("KIND = 'signatories.correction'; 'statements.Statement'"))]

"""docs/security.md and docs/asvs.md name what is there, and leave no requirement out."""

import re
import tomllib
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
PAGES = ("security.md", "asvs.md")

# Requirements of levels 1 and 2 in each section of OWASP ASVS 5.0.0, by chapter. Within a section
# they come before those of level 3, so the first n of them are meant.
CHAPTERS = {
    1: (2, 9, 11, 3, 2), 2: (3, 3, 4, 1), 3: (0, 2, 4, 6, 5, 0, 2), 4: (3, 1, 2, 4),
    5: (1, 3, 2, 3), 6: (3, 12, 4, 4, 5, 3, 0, 4), 7: (3, 4, 2, 5, 2, 2), 8: (2, 3, 1, 1),
    9: (3, 4), 10: (2, 2, 4, 11, 5, 2, 3), 11: (2, 3, 3, 4, 1, 1), 12: (3, 2, 4),
    13: (1, 5, 2, 5), 14: (2, 4, 3), 15: (3, 3, 7), 16: (1, 5, 4, 3, 3), 17: (1, 4, 2),
}  # fmt: skip
REQUIREMENTS = [
    f"{chapter}.{section}.{number + 1}"
    for chapter, sections in CHAPTERS.items()
    for section, count in enumerate(sections, 1)
    for number in range(count)
]
VERDICTS = ("met", "not met", "not applicable")
# A whole section or chapter stands in one line where none of it applies.
ROW = re.compile(r"^\| (\d+(?:\.\d+){0,2}) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)

QUOTED = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:md|py|toml|txt|conf|yml)")
TEST = re.compile(r"^def (test_\w+)\(", re.MULTILINE)


def text_of(name):
    return (ROOT / "docs" / name).read_text("utf-8")


def rows():
    return ROW.findall(text_of("asvs.md"))


def covered(number):
    """What a line is about: one requirement, or all of a section or chapter."""
    return [one for one in REQUIREMENTS if f"{one}.".startswith(f"{number}.")]


def test_there_are_as_many_as_the_standard_has():
    assert len(REQUIREMENTS) == 253  # 70 of level 1 and 183 of level 2


def test_every_requirement_has_one_verdict():
    found = Counter(one for number, *_rest in rows() for one in covered(number))
    assert sorted(set(REQUIREMENTS) - set(found)) == []
    assert [one for one, times in found.items() if times > 1] == []
    assert [number for number, *_rest in rows() if not covered(number)] == []
    assert {verdict for _number, _words, verdict, _by in rows()} == set(VERDICTS)
    whole = {verdict for number, _words, verdict, _by in rows() if number.count(".") < 2}
    assert whole == {"not applicable"}


def test_the_numbers_at_the_top_are_those_of_the_table():
    counts = Counter()
    for number, _words, verdict, _by in rows():
        counts[verdict] += len(covered(number))
    said = f"{counts['met']} met, {counts['not met']} not met, {counts['not applicable']} not"
    assert said in " ".join(text_of("asvs.md").split())


@pytest.mark.parametrize("name", PAGES)
def test_what_is_named_is_there(name):
    unknown = [quoted for quoted in QUOTED.findall(text_of(name)) if not is_known(quoted)]
    assert unknown == []


def is_known(quoted):
    """Whether a file, test, command or setting is there; other words are not judged."""
    first, *rest = quoted.split()
    if first == "pytest":
        return bool(rest) and all(is_test(one) for one in rest)
    if first == "make":
        makefile = (ROOT / "Makefile").read_text("utf-8")
        return re.search(rf"^{re.escape(rest[0])}:", makefile, re.MULTILINE) is not None
    if first == "manage.py":
        return rest[0] in get_commands()
    if re.fullmatch(r"[A-Z]+(_[A-Z]+)+(=\S+)?", quoted):
        return is_setting(quoted.partition("=")[0])
    if FILE.fullmatch(first) and not rest:
        return any(ROOT.glob(first.rstrip("/")))
    return True


def is_test(path):
    file, _colons, test = path.partition("::")
    if not (ROOT / file).exists():
        return False
    return not test or test in TEST.findall((ROOT / file).read_text("utf-8"))


def is_setting(name):
    documented = (ROOT / "docs" / "settings.md").read_text("utf-8")
    return hasattr(settings, name) or f"`{name}`" in documented


def test_a_name_of_nothing_is_found():
    for quoted in (
        "pytest casa/tests/test_docs.py::test_nothing", "pytest casa/tests/nothing.py",
        "make nothing", "manage.py nothing", "casa/nothing.py", "NOTHING_OF_THE_KIND=1",
    ):  # fmt: skip
        assert not is_known(quoted), quoted
    assert is_known("pytest casa/tests/test_security_docs.py::test_a_name_of_nothing_is_found")


KEEPS_SEALED_COPIES = "admin-unsaved.js"
"""What it keeps is encrypted and removed at sign-out: casa/unsaved/tests/test_in_browser.py."""


KEEPS_A_CHOICE = "admin-keys.js"
"""Whether its reader wants keys; nothing else."""


def test_our_scripts_write_no_html_and_keep_nothing_in_the_browser():
    """Both pages say so of static/casa, but for what is typed, encrypted."""
    said = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
        r"|localStorage|sessionStorage|indexedDB|document\.cookie|__proto__"
    )
    scripts = sorted((ROOT / "static" / "casa").rglob("*.js"))
    assert len(scripts) > 3
    found = {one.name: set(said.findall(one.read_text("utf-8"))) for one in scripts}
    assert found.pop(KEEPS_SEALED_COPIES) == {"localStorage"}
    assert found.pop(KEEPS_A_CHOICE) == {"localStorage"}
    choice = (ROOT / "static" / "casa" / KEEPS_A_CHOICE).read_text("utf-8")
    assert re.findall(r"setItem\(.*?\)", choice) == ['setItem(OFF, "yes")']
    assert {name: words for name, words in found.items() if words} == {}


def test_the_checks_of_dangerous_calls_are_on():
    """docs/asvs.md leans on ruff's rules named S (no eval, no shell, no unsafe parser)."""
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "S" in configured["tool"]["ruff"]["lint"]["select"]

"""The documents name what is there: links, headings, files, and all decisions."""

import pkgutil
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
PATH = re.compile(
    r"`((?:casa|statements|signatories|templates|static|tools|benchmarks|docs)/[^`\s<]*)`"
)
ON_GITHUB = "../../"  # a page of the repository's, from the file's own place in it


OWNER = re.compile(r"`((?:casa|statements|signatories)\.[\w.]+)`")


def files(pattern):
    command = ["git", "ls-files", "-z", "--", pattern]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return sorted(Path(name) for name in listed.split("\0") if name)


def documents():
    return files("*.md")


def anchors(document):
    headings = HEADING.findall(document.read_text("utf-8"))
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", one).strip().lower()) for one in headings}


@pytest.mark.parametrize("name", documents(), ids=str)
def test_links_and_paths_lead_somewhere(name):
    text = (ROOT / name).read_text("utf-8")
    missing = []
    for target in LINK.findall(text):
        path, _hash, anchor = target.partition("#")
        if "://" in target:
            continue
        file = ROOT / name.parent / path if path else ROOT / name
        if not file.exists() or (anchor and anchor not in anchors(file)):
            missing.append(target)
    assert missing + missing_paths(text) == []


def missing_paths(text):
    return [path for path in PATH.findall(text) if not any(ROOT.glob(path.rstrip("/")))]


def test_paths_in_docstrings_and_comments_lead_somewhere():
    texts = {name: (ROOT / name).read_text("utf-8") for name in files("*.py")}
    missing = {str(name): found for name, text in texts.items() if (found := missing_paths(text))}
    assert missing == {}


def test_the_glossary_names_what_is_there():
    owners = OWNER.findall((ROOT / "docs" / "glossary.md").read_text("utf-8"))
    assert len(owners) > 15
    assert [owner for owner in owners if not _is_there(owner)] == []


def _is_there(owner):
    try:
        pkgutil.resolve_name(owner)
    except (ImportError, AttributeError):
        return False
    return True


def test_every_decision_is_in_the_index_under_its_title():
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    for file in sorted(folder.glob("[0-9]*.md")):
        number, title = HEADING.search(file.read_text("utf-8"))[1].split(". ", 1)
        assert int(number) == int(file.name[:4]), file.name
        assert f"| {number} | [{title}]({file.name}) |" in index

"""A version after this one, made up to try an upgrade: a commit with a tag, in a clone of ours."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "casa/pages/migrations"
MIGRATION = """from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("pages", "{before}")]
    operations = [migrations.RunSQL("{there}", "{back}")]
"""


def tag(clone: Path, name: str, files: dict[str, str]) -> None:
    """Let `v1.2.3` be the name of what is checked out in the clone, with this version and these
    files, by their paths."""
    project = clone / "pyproject.toml"
    lines = project.read_text("utf-8").splitlines()
    said = f'version = "{name[1:]}"'
    new = [said if line.startswith("version = ") else line for line in lines]
    project.write_text("\n".join(new) + "\n", "utf-8")
    for path, text in files.items():
        (clone / path).write_text(text, "utf-8")
    who = ("-c", "user.name=Casa", "-c", "user.email=casa@example.org")
    git(clone, "add", "--all")
    git(clone, *who, "commit", "--quiet", "--message", f"Version {name}")
    git(clone, "tag", name)


def with_table(table: str, *, after: str = "", fails: bool = False) -> Iterator[tuple[str, str]]:
    """A migration that makes a table and takes three seconds; one after it that fails, if wanted.

    They come after our own, or after that of the table `after`. Pairs of path and text.
    """
    ours = max(file.stem for file in (ROOT / FOLDER).glob("0*.py"))
    last = f"9001_{after}" if after else ours
    first = f"9001_{table}"
    there = f"CREATE TABLE {table} (number integer); SELECT pg_sleep(3)"
    yield (
        f"{FOLDER}/{first}.py",
        MIGRATION.format(before=last, there=there, back=f"DROP TABLE {table}"),
    )
    if fails:
        yield (
            f"{FOLDER}/9002_{table}_fails.py",
            MIGRATION.format(before=first, there="SELECT 1 / (SELECT 0)", back="SELECT 1"),
        )


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True)

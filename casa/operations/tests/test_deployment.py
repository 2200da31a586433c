"""What deploy/ tells systemd to run is there, and systemd can read it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from casa.operations import web_server

DEPLOY = Path(settings.BASE_DIR, "deploy")
GUIDE = Path(settings.BASE_DIR, "docs", "install.md").read_text("utf-8")
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_runs_a_command_of_the_site_with_options_it_takes(unit):
    written = re.search(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE)[1]
    program, script, command, *options = written.split()
    assert (program, script) == ("/srv/casa/app/.venv/bin/python", "manage.py")
    parser = load_command_class(get_commands()[command], command).create_parser(
        "manage.py", command
    )
    parser.parse_args(options)


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_has_few_rights(unit):
    lines = unit.read_text().splitlines()
    for line in ("User=casa", "ProtectSystem=strict", "NoNewPrivileges=true", "PrivateTmp=true",
                 "CapabilityBoundingSet="):  # fmt: skip
        assert line in lines


def test_the_guide_installs_every_unit():
    for unit in UNITS:
        assert unit.stem in GUIDE


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_can_read_it(unit):
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("no systemd on this machine")
    done = subprocess.run([program, "verify", unit], capture_output=True, text=True, check=False)
    # What it runs stands in /srv/casa only where the site is installed.
    said = [line for line in done.stderr.splitlines() if f"{unit.name}:" in line]
    assert not [line for line in said if "is not executable" not in line]


@pytest.mark.medium
def test_one_place_says_how_the_web_server_is_started():
    """The demo, units, containers, measurements and tools go through `manage.py serve` or it."""
    named = re.compile(r"""with_name\("granian"\)|\[\s*"granian\"""")
    root = Path(settings.BASE_DIR)
    sources = [
        file
        for folder in ("casa", "statements", "signatories", "benchmarks", "tools")
        for file in (root / folder).rglob("*.py")
        if "tests" not in file.parts
    ]
    saying = [str(file.relative_to(root)) for file in sources if named.search(file.read_text())]
    assert saying == ["casa/operations/web_server.py"]


def test_the_web_server_keeps_no_log_of_requests():
    """Their paths may be private links."""
    assert not [option for option in web_server.command() if "access" in option]

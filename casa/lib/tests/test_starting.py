"""A start loads what nearly every process needs, and looks for no garbage meanwhile."""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from casa.lib import starting

ROOT = Path(__file__).resolve().parents[3]
LATER = {"signatories.parser.lines", "signatories.parser.reading", "requests", "xlsxwriter"}
"""What a process loads once it reads a list, talks to a provider of mail, writes a spreadsheet."""


@pytest.fixture(autouse=True)
def _thawed():
    yield
    gc.unfreeze()


@pytest.mark.medium
def test_collecting_rests_while_modules_load_and_goes_on_afterwards():
    with starting.without_collecting():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_collecting_goes_on_after_a_start_that_failed():
    with pytest.raises(ValueError, match="setting"), starting.without_collecting():
        raise ValueError("a setting")
    assert gc.isenabled()


@pytest.mark.page
@pytest.mark.slow
def test_the_web_server_starts_without_what_few_processes_need(tmp_path):
    code = "import json, sys, casa.wsgi; print(json.dumps(list(sys.modules)))"
    environment = os.environ | {"ENV_FILE": "", "VAR_DIR": str(tmp_path), "DEBUG": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True
    )
    loaded = set(json.loads(done.stdout))
    assert "signatories.signing.views" in loaded  # nobody waits for it
    assert not LATER & loaded

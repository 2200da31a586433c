"""What ended processes of the web server counted stays until it starts anew."""

import os
import subprocess
import sys

from casa.operations.metrics import files


def test_only_files_of_ended_processes_are_deleted(settings, tmp_path):
    settings.METRICS_DIR = tmp_path
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    kept, gone = tmp_path / f"counter_{os.getpid()}.db", tmp_path / f"histogram_{ended.pid}.db"
    for file in (kept, gone, tmp_path / "other.db"):
        file.touch()
    files.forget_ended()
    assert {file.name for file in tmp_path.iterdir()} == {kept.name, "other.db"}
    settings.METRICS_DIR = tmp_path / "nowhere"
    files.forget_ended()

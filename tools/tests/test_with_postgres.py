"""Commands that run one after the other on one server."""

import sys

from tools.with_postgres import between, run_in_turn

WRITE = "import os, sys; print(os.environ['DATABASE_URL'], file=open(sys.argv[1], 'a'))"


def test_then_stands_between_commands():
    assert between(["pytest", "-n", "2"]) == [["pytest", "-n", "2"]]
    assert between(["a", "b", "--then", "c"]) == [["a", "b"], ["c"]]
    assert between(["a", "--then"]) == [["a"], []]  # refused, as nothing at all is


def test_the_next_runs_on_the_same_server_where_the_one_before_ended_well(tmp_path, monkeypatch):
    monkeypatch.setattr("signal.signal", lambda *_: None)  # those of the tests stay theirs
    write = [sys.executable, "-c", WRITE, str(tmp_path / "seen")]
    assert run_in_turn([write, write], "postgres://here") == 0
    assert (tmp_path / "seen").read_text() == "postgres://here\n" * 2
    fail = [sys.executable, "-c", "raise SystemExit(3)"]
    assert run_in_turn([fail, write], "postgres://here") == 3
    assert (tmp_path / "seen").read_text().count("\n") == 2

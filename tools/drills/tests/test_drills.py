"""One drill is carried out for real; and one whose fault never happens proves nothing."""

from contextlib import ExitStack
from dataclasses import replace

import pytest

from tools.drills import judge
from tools.drills.__main__ import DRILLS
from tools.drills.drill import Drill, Fault, Going
from tools.drills.scene import Machine, Setup

pytestmark = [pytest.mark.slow, pytest.mark.page]

ON_SQLITE = Setup(engine="sqlite")
PEOPLE, CONNECTIONS = 20, 4


class Nothing(Fault):
    def begin(self) -> None:
        """Breaks nothing."""

    def observe(self) -> str:
        return ""


def test_a_killed_process_is_survived_and_a_fault_that_never_was_proves_nothing(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("tools.drills.drill.SEEN_WITHIN", 1)
    killing = next(one for one in DRILLS if one.name == "web-process-killed")
    with ExitStack() as stack, Machine(tmp_path, stack).scene(ON_SQLITE) as scene:
        killed = carry_out(replace(killing, setup=ON_SQLITE), scene)
        assert judge.silent(killed) == []
        assert judge.broken(killed) == []
        assert "is gone" in killed.fault
        assert len(killed.told_confirmed) == killed.stored.counted == PEOPLE

        idle = carry_out(Drill("idle", "nothing is broken", Nothing, seconds=0.1), scene)
        assert judge.silent(idle) == ["The fault was never seen to be in effect."]


def carry_out(drill, scene):
    return Going(drill, scene, PEOPLE, is_quick=True).carry_out(CONNECTIONS)


def test_every_drill_has_a_name_of_its_own_and_says_what_it_does():
    assert len({one.name for one in DRILLS}) == len(DRILLS)
    assert all(one.says for one in DRILLS)

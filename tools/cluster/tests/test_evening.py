"""What an evening is judged by, beside what a drill is."""

from collections import Counter
from dataclasses import replace

import pytest

from tools.cluster import evening
from tools.cluster.__main__ import scaled
from tools.cluster.evening import Load, Told, longest_gap
from tools.cluster.kills import DRILLS
from tools.cluster.readers import Pages, Readers
from tools.drills.tests.test_judge import KEPT

LOAD = Load(signing=4, reading=100, seconds=10)
PAGES = Pages(seconds=10, statuses=Counter({200: 990}), slowest=0.2)
TOLD = Told("primary", KEPT, LOAD, PAGES, paused=6.0, usual=0.02)


def test_an_evening_on_which_all_was_kept_has_no_complaint():
    assert (TOLD.verdict, TOLD.complaints) == ("kept", [])


@pytest.mark.parametrize(
    ("change", "verdict", "complaint"),
    [
        ({"pages": replace(PAGES, statuses=Counter({200: 989, 502: 1}))}, "BROKEN",
         "1 readers got no page."),
        ({"pages": replace(PAGES, statuses=Counter({200: 400}))}, "proved nothing",
         "Only 40 pages a second were asked for."),
        ({"account": replace(KEPT, fault="")}, "proved nothing",
         "The fault was never seen to be in effect."),
        ({"account": None, "missing": "Missing: PgBouncer"}, "not run", "Missing: PgBouncer"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(change, verdict, complaint):
    told = replace(TOLD, **change)
    assert (told.verdict, told.complaints) == (verdict, [complaint])
    assert complaint in evening.described(told)


def test_a_pause_is_counted_until_somebody_is_answered_again():
    assert longest_gap([1.0, 9.0, 9.5, 12.0, 12.5], since=10.0) == 2.5
    assert longest_gap([1.0], since=0.0) == 0.0


def test_the_table_has_a_row_for_each():
    rows = evening.table([TOLD, Told("redis", missing="Missing: Redis")]).splitlines()
    assert len({row.count("|") for row in rows}) == 1
    assert rows[2].startswith("| `primary` | kept | 2 + 2 | 2 | 2 | 0 | 2 | 0 | 0 | 990 | 0 | 99 |")


def test_what_a_national_evening_is_scaled_to_is_said():
    assert "1 in 25, of its reads (10,000) 1 in 100" in scaled(LOAD)
    assert scaled(Load(100, 10_000, 30)).endswith("a national evening")


def test_answers_are_told_by_their_moment(tmp_path):
    answers = tmp_path / "answers"
    answers.write_text("1.0 0.010 200\n2.0 0.500 200\n2.5 0.100 502\n3.0 0.020 200\n")
    pages = Readers(answers).got(2.0, 3.0)
    assert (pages.served, pages.refused, pages.slowest) == (1, 1, 0.5)


def test_the_primary_is_killed_last_and_each_has_a_name_of_its_own():
    names = [one.name for one in DRILLS]
    assert names[-1] == "primary"
    assert len(set(names)) == len(names)

"""The judge finds what broke, and drills that proved nothing."""

from collections import Counter
from dataclasses import replace

import pytest

from tools.drills import judge, report
from tools.drills.judge import Account, Stored

NORA, EMIL = "nora@drill.example.org", "emil@drill.example.org"
BOTH = frozenset({NORA, EMIL})
STORED = Stored(
    rows=Counter({NORA: 1, EMIL: 1}), queued=BOTH, confirmed=BOTH, counted=5, confirmed_rows=5
)
KEPT = Account(
    people=2,
    signed_before=1,
    confirmed_before=1,
    mailed_before=1,
    fault="process 7 is gone",
    during=Counter({"302": 1, "502": 3}),
    told_signed=BOTH,
    told_confirmed=BOTH,
    told_after=1,
    stored=STORED,
    mails=Counter({(NORA, "<1>"): 1, (EMIL, "<2>"): 1}),
    served=BOTH,
    recovered=4.0,
    within=60.0,
)


def test_a_drill_in_which_all_was_kept_has_no_complaint():
    assert judge.broken(KEPT) == judge.silent(KEPT) == []
    assert report.Result("web-killed", KEPT).verdict == "kept"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"rows": Counter({NORA: 1})}, "1 who were told to check their mail are not stored."),
        ({"rows": Counter({NORA: 2, EMIL: 1})}, "1 signatures are stored twice."),
        ({"queued": frozenset({NORA})}, "1 were stored without their mail."),
        ({"confirmed": frozenset({EMIL})}, "1 who were thanked are not confirmed."),
        ({"counted": 6}, "The tally says 6, and 5 are confirmed."),
    ],
)
def test_what_is_stored_is_compared_with_what_people_were_told(change, complaint):
    account = replace(KEPT, stored=replace(STORED, **change))
    assert complaint in judge.broken(account)
    assert report.Result("web-killed", account).verdict == "BROKEN"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"mails": Counter({(NORA, "<1>"): 2})}, "1 mails came twice; 0 may."),
        ({"people": 3}, "1 had not signed and confirmed in the end."),
        ({"recovered": None}, "The site did not recover; it should have within 60 s."),
        ({"recovered": 61.0}, "The site took 61 s; it should have within 60 s."),
        (
            {"seen_after": Counter({"502 without a page": 2})},
            "2 answers were errors without a page.",
        ),
        ({"during": Counter({"500": 4})}, "4 answers were 500, which is for mistakes of ours."),
    ],
)
def test_what_people_went_through_is_judged(change, complaint):
    assert judge.broken(replace(KEPT, **change)) == [complaint]


def test_a_drill_that_nobody_may_notice_counts_every_failure():
    unseen = replace(KEPT, is_unseen=True)
    assert judge.broken(unseen) == ["3 requests failed, and none should have."]
    assert judge.broken(replace(unseen, during=Counter({"302": 1, "read 200": 4}))) == []


def test_a_mail_in_flight_may_come_twice_where_the_worker_was_killed():
    twice = replace(KEPT, mails=Counter({(NORA, "<1>"): 2}), repeats_allowed=1)
    assert judge.broken(twice) == []


def test_who_signed_after_a_backup_is_excused():
    ruth = frozenset({"ruth@drill.example.org"})
    assert judge.broken(replace(KEPT, people=3, excused=ruth)) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"fault": ""}, "The fault was never seen to be in effect."),
        ({"signed_before": 0}, "Nobody had signed before the fault."),
        ({"confirmed_before": 0}, "Nobody had confirmed before the fault."),
        ({"mailed_before": 0}, "The worker had sent nothing before the fault."),
        ({"during": Counter()}, "Nobody asked for anything during the fault."),
        ({"told_after": 0}, "Nobody signed or confirmed after the fault."),
    ],
)
def test_a_drill_that_did_nothing_proves_nothing(change, complaint):
    account = replace(KEPT, **change)
    assert judge.silent(account) == [complaint]
    assert report.Result("web-killed", account).verdict == "proved nothing"


def test_a_drill_that_cannot_be_run_is_not_kept():
    missing = report.Result("redis-killed", missing="Redis is missing.")
    assert missing.verdict == "not run"
    assert missing.complaints == ["Redis is missing."]


def test_the_report_says_what_people_saw():
    said = report.described(report.Result("web-killed", KEPT))
    assert "1 × 302, 3 × 502 during it" in said
    row = report.table([report.Result("web-killed", KEPT)]).splitlines()[-1]
    assert row.startswith("| web-killed | kept | 2 + 2 | 2 | 2 | 2 | 0 | 0 |")

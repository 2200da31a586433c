"""The script that anybody runs offline: it agrees with what is published, and with nothing else."""

import hashlib
import importlib.util
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from casa.lib import merkle
from signatories.audit import files, sealing
from signatories.core import receipts, states
from signatories.models import Seal, Signature
from signatories.testing import make_signature
from statements.testing import make_edition

SCRIPT = settings.BASE_DIR / "static" / "casa" / "check_count.py"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def load():
    spec = importlib.util.spec_from_file_location("check_count", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check_count = load()


def made(days):
    """The file of all days, whose leaves are given as [[(change, kind, mark), …], …]."""
    parts, previous, counts = [], files.NOTHING_BEFORE, {"person": 0, "organization": 0}
    for number, leaves in enumerate(days, start=1):
        lines = [files.line(*leaf) for leaf in leaves]
        for change, kind, _mark in leaves:
            counts[kind] += 1 if change == "counted" else -1
        head = files.Head(
            "reading-room", number, (NOON + timedelta(days=number)).date(), NOON, previous,
            len(lines), merkle.root(line.encode() for line in lines).hex(),
            counts["organization"], counts["person"],
        ).text()  # fmt: skip
        previous = hashlib.sha256(head.encode()).hexdigest()
        parts.append(head + "\n" + "".join(f"{line}\n" for line in lines))
    return "\n".join(parts), previous


def mark(number):
    return hashlib.sha256(str(number).encode()).digest()


DAYS = [
    [("counted", "person", mark(number)) for number in range(day * 10, day * 10 + 10)]
    + [("withdrawn", "person", mark(day * 10 - 1))] * (day > 0)
    for day in range(4)
]
WHOLE, HEAD = made(DAYS)


def run(tmp_path, text, *arguments):
    path = tmp_path / "audit.txt"
    path.write_text(text)
    return check_count.main([str(path), *arguments])


def test_what_is_published_agrees(tmp_path, capsys):
    assert run(tmp_path, WHOLE, "--head", HEAD) == 0
    assert "0 organizations, 37 people" in capsys.readouterr().out


def lines_of(text):
    return text.split("\n")


def without(text, line):
    return "\n".join(one for one in lines_of(text) if one != line)


LEAF = files.line(*DAYS[1][4])
OTHER = files.line("counted", "person", mark("nobody"))
CRUDE = {
    "a dropped leaf": without(WHOLE, LEAF),
    "an added leaf": WHOLE.replace(LEAF, f"{LEAF}\n{OTHER}"),
    "an altered leaf": WHOLE.replace(LEAF, OTHER),
    "two that changed places": WHOLE.replace(
        f"{LEAF}\n{files.line(*DAYS[1][5])}", f"{files.line(*DAYS[1][5])}\n{LEAF}"
    ),
    "another count": WHOLE.replace("people 19\n", "people 20\n"),
    "another day": WHOLE.replace("day 2026-06-03", "day 2026-06-04"),
    "a day that is missing": "\n\n".join(WHOLE.split("\n\n")[2:]),
    "the same day again": WHOLE + "\n" + WHOLE,
    "no file at all": "",
    "words": "something else",
    "words before the leaves": WHOLE.replace("people 10\n\n", "people 10\nmore\n"),
}


@pytest.mark.parametrize("what", CRUDE)
def test_a_change_is_caught(tmp_path, what):
    assert CRUDE[what] != WHOLE
    assert run(tmp_path, CRUDE[what]) == 1


def changed(day, leaves):
    return [leaves if number == day else one for number, one in enumerate(DAYS)]


REWRITTEN = {
    "a dropped leaf": changed(3, DAYS[3][1:]),
    "an added leaf": changed(3, [*DAYS[3], ("counted", "person", mark("nobody"))]),
    "an altered leaf": changed(3, [("counted", "person", mark("nobody")), *DAYS[3][1:]]),
    "an earlier day": changed(0, DAYS[0][1:]),
    "days that were taken away": DAYS[:2],
}


@pytest.mark.parametrize("what", REWRITTEN)
def test_who_makes_all_files_anew_is_caught_by_a_hash_noted_before(tmp_path, capsys, what):
    text, _head = made(REWRITTEN[what])
    assert run(tmp_path, text) == 0, "it agrees with itself"
    assert run(tmp_path, text, "--head", HEAD) == 1
    assert "rewritten" in capsys.readouterr().err


def test_a_rewritten_day_among_those_that_stay_is_caught(tmp_path):
    text, _head = made(REWRITTEN["an earlier day"])
    first = text.split("casa-count 1")[1]
    assert run(tmp_path, WHOLE.replace(WHOLE.split("casa-count 1")[1], first)) == 1


def test_nobody_is_counted_twice_or_taken_out_twice(tmp_path, capsys):
    for leaf in (DAYS[0][0], ("withdrawn", "person", mark(9)), ("erased", "person", mark("x"))):
        assert run(tmp_path, made([*DAYS[:3], [leaf]])[0]) == 1
        assert "counted twice, or taken out" in capsys.readouterr().err


def test_what_cannot_be_read_is_said(tmp_path, capsys):
    assert check_count.main([str(tmp_path / "nothing.txt")]) == 2
    (tmp_path / "audit.txt").write_bytes(b"\xff\xfe")
    assert check_count.main([str(tmp_path / "audit.txt")]) == 2
    assert run(tmp_path, WHOLE, "--receipt", "ABC") == 1
    assert "no receipt" in capsys.readouterr().err


@pytest.mark.medium
@pytest.mark.django_db
def test_a_signer_finds_their_own_signature(tmp_path, capsys):
    with time_machine.travel(NOON, tick=False) as clock:
        edition = make_edition()
        mine = make_signature(edition)
        sealing.gather_and_seal()
        clock.shift(timedelta(days=1))
        sealing.gather_and_seal()
        states.withdraw(mine)
        make_signature(edition)
        sealing.gather_and_seal()
        clock.shift(timedelta(days=1))
        sealing.gather_and_seal()
    seals = list(Seal.objects.order_by("number"))
    text, receipt = "".join(files.of_seals(seals)), receipts.grouped(receipts.code_of(mine))
    assert run(tmp_path, text, "--receipt", receipt.lower(), "--head", seals[0].sha256) == 0
    out = capsys.readouterr().out
    assert "0 organizations, 1 people" in out
    assert "counted, in the file of 2026-06-01" in out
    assert "withdrawn, in the file of 2026-06-02" in out
    other = receipts.code_of(Signature(nonce="somebody else"))
    assert run(tmp_path, text, "--receipt", other) == 1
    each = [tmp_path / f"{seal.number}.txt" for seal in seals]
    for path, seal in zip(each, seals, strict=True):
        path.write_text("".join(files.of_seal(seal)))
    assert check_count.main([str(path) for path in each]) == 0
    assert check_count.main([str(path) for path in reversed(each)]) == 1

"""The gate decides on a valid form: accept it, ask for proof of work, or refuse it."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from casa.lib import network
from casa.lib.text import fold
from signatories.signing.antispam import (
    access,
    counters,
    honeypot,
    proof_of_work,
    rate_limits,
    suspicions,
)
from signatories.signing.antispam.counters import Counter
from signatories.signing.submission import Submission

ODD_OF_A_CROWD = {"too_fast", "disposable"}
"""What is usual where many sign on few devices, and what staff allow by name."""


class Verdict(Enum):
    TAKE = auto()
    ASK_FOR_WORK = auto()
    REFUSE = auto()
    BLOCK = auto()  # by the list that staff keep


@dataclass(frozen=True)
class Judgement:
    verdict: Verdict
    submission: Submission
    """What was submission, with what is stored for staff: the network's mark and what looks odd."""


def judge(request: HttpRequest, statement: int, submission: Submission) -> Judgement:
    """Decide on one post by its content and the number of posts, never by who has signed.

    So the work done is the same for an address that has signed and one that has not.
    """
    found = {*honeypot.suspicions(request.POST), *suspicions.in_submission(submission)}
    listed = access.of_form(request, submission.email)
    verdict = Verdict.BLOCK if listed == access.Action.BLOCK else Verdict.TAKE
    if settings.SIGN_LIMITS and verdict is Verdict.TAKE:
        verdict = _verdict(request, statement, submission, found, listed)
    mark = counters.todays_mark(network.client_key(network.client_address(request)))
    return Judgement(verdict, _with_suspicions(submission, found, mark))


def _with_suspicions(submission: Submission, found: set[str], mark: str) -> Submission:
    return replace(
        submission, network=mark, suspicions=tuple(sorted(found)), held=suspicions.holds(found)
    )


def _verdict(
    request: HttpRequest, statement: int, submission: Submission, found: set[str], listed: str
) -> Verdict:
    """The answer by the counters; adds to what was found."""
    name = counters.todays_mark(f"{statement} {fold(submission.name)}")
    same_name = Counter(f"name {name}", timedelta(hours=1), timezone.now())
    pressure, counts = rate_limits.pressure(
        request, "sign", {same_name: 1, **rate_limits.sample_of(statement)}
    )
    if pressure > rate_limits.FAR_BEYOND:
        return Verdict.REFUSE
    if listed == access.Action.ALLOW:
        found -= ODD_OF_A_CROWD
        return Verdict.TAKE
    if pressure > 1:
        found.add("many_from_network")
    if counts[same_name] >= suspicions.SAME_NAME_FROM:
        found.add("same_name")
    asked = (
        listed == access.Action.SLOW
        or pressure > 1
        or suspicions.asks_for_work(found)
        or rate_limits.is_busy(statement)
    )
    if not asked or proof_of_work.is_solved(request):
        return Verdict.TAKE
    if not proof_of_work.without(request):
        return Verdict.ASK_FOR_WORK
    found.add("without_work")
    allowed = rate_limits.allow_without_work(request, statement)
    return Verdict.TAKE if allowed else Verdict.REFUSE

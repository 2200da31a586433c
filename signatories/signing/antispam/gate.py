"""What becomes of a form that was filled in rightly: taken, asked for work, or refused."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from casa.lib import network
from casa.lib.text import fold
from signatories.signing.antispam import counters, honeypot, proof_of_work, rate_limits, suspicions
from signatories.signing.antispam.counters import Counter
from signatories.signing.submission import Signing


class Answer(Enum):
    TAKE = auto()
    ASK_FOR_WORK = auto()
    REFUSE = auto()


@dataclass(frozen=True)
class Judgement:
    answer: Answer
    typed: Signing
    """What was typed, with what is stored for staff: the network's mark and what looks odd."""


def judge(request: HttpRequest, statement: int, typed: Signing) -> Judgement:
    """Decide on one post, from what it says and how many there were: never from who has signed.

    So the work done is the same for an address that has signed and one that has not.
    """
    found = {*honeypot.suspicions(request.POST), *suspicions.in_what_was_typed(typed)}
    answer = Answer.TAKE
    if settings.SIGN_LIMITS:
        answer = _counted(request, statement, typed, found)
    mark = counters.todays_mark(network.client_key(network.client_address(request)))
    return Judgement(answer, _noted(typed, found, mark))


def _noted(typed: Signing, found: set[str], mark: str) -> Signing:
    return replace(
        typed, network=mark, suspicions=tuple(sorted(found)), held=suspicions.holds(found)
    )


def _counted(request: HttpRequest, statement: int, typed: Signing, found: set[str]) -> Answer:
    """The answer by the counters; adds to what was found."""
    name = counters.todays_mark(f"{statement} {fold(typed.name)}")
    same_name = Counter(f"name {name}", timedelta(hours=1), timezone.now())
    pressure, counts = rate_limits.pressure(
        request, "sign", {same_name: 1, **rate_limits.sample_of(statement)}
    )
    if pressure > rate_limits.FAR_BEYOND:
        return Answer.REFUSE
    if pressure > 1:
        found.add("many_from_network")
    if counts[same_name] >= suspicions.SAME_NAME_FROM:
        found.add("same_name")
    asked = pressure > 1 or suspicions.asks_for_work(found) or rate_limits.is_busy(statement)
    if not asked or proof_of_work.is_solved(request):
        return Answer.TAKE
    if not proof_of_work.without(request):
        return Answer.ASK_FOR_WORK
    found.add("without_work")
    allowed = rate_limits.allow_without_work(request, statement)
    return Answer.TAKE if allowed else Answer.REFUSE

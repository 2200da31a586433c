"""Rate limits: how often one client, one subnet and one statement may try something.

Every limit has a burst window and a sustained one. They are wide enough for an office or a school
behind one address; a flood costs the sender work (`challenge`) long before anybody is refused.
"""

import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from casa.lib import http, network
from signatories.signing.antispam import access, counters
from signatories.signing.antispam.counters import Counter

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BURST = timedelta(minutes=10)

NO_PROXY_SET = (
    "A limit was reached by all visitors together, who seem to come from one proxy."
    " Set TRUSTED_PROXIES, or BEHIND_PROXY=1 (docs/settings.md)."
)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """How often in a window: from one client (address, or IPv6 household) and from one subnet."""

    window: timedelta
    client: int
    subnet: int


LIMITS: dict[str, tuple[Limit, ...]] = {
    # Posts of any form by people who have not signed in, before anything of them is read
    # (`casa.site.limits`).
    "form": (Limit(BURST, 100, 600),),
    # Beyond these, work is asked for; FAR_BEYOND times these, the answer is no.
    "sign": (Limit(BURST, 10, 60), Limit(DAY, 60, 400)),
    # Signing without that work, as a browser without JavaScript must.
    "without_work": (Limit(HOUR, 3, 20), Limit(DAY, 10, 60)),
    # Pictures to be read, which costs more than all else: logos, and what staff upload.
    "logo": (Limit(BURST, 10, 60), Limit(DAY, 60, 400)),
    # Pictures to be kept while something else in the form is put right; these cost room alone.
    "kept_logo": (Limit(BURST, 20, 120), Limit(DAY, 100, 600)),
    "staff_picture": (Limit(BURST, 60, 300), Limit(DAY, 400, 2000)),
    # Telling that a form was begun, which stores nothing of whoever tells it.
    "begun": (Limit(BURST, 100, 1000), Limit(DAY, 500, 5000)),
    "confirm_code": (Limit(BURST, 20, 100), Limit(DAY, 100, 500)),
    "private_link": (Limit(BURST, 5, 30), Limit(DAY, 20, 150)),
    "resend": (Limit(BURST, 5, 30), Limit(DAY, 20, 150)),
    "follow": (Limit(BURST, 5, 30), Limit(DAY, 20, 150)),
    # Telling which server of Mastodon is theirs.
    "mastodon": (Limit(BURST, 20, 200), Limit(DAY, 100, 1000)),
    # What costs much to answer, by whoever reads (`casa.site.limits`).
    "document": (Limit(BURST, 20, 200), Limit(DAY, 200, 2000)),
    # Opened and answered by private links; each opening may be kept.
    "private_page": (Limit(BURST, 60, 600), Limit(DAY, 300, 3000)),
    "names_file": (Limit(BURST, 20, 200), Limit(DAY, 200, 2000)),
    "search": (Limit(MINUTE, 60, 600), Limit(HOUR, 1000, 10_000)),
    "suggest": (Limit(MINUTE, 120, 1200), Limit(HOUR, 2000, 20_000)),  # at every key pressed
    "share_image": (Limit(MINUTE, 60, 600), Limit(HOUR, 1000, 10_000)),
    "api": (Limit(MINUTE, 120, 600), Limit(HOUR, 3000, 15_000)),
}
FAR_BEYOND = 10

WITHOUT_WORK_PER_STATEMENT = 300
"""In an hour, from everywhere: a thousand machines that skip the work get no further than this."""

SAMPLE = 16
"""One post in so many counts so many times for its statement, so that no row is hot."""

USUAL_PER_MINUTE = 300
"""Posts under one statement that are never called unusual."""

UNUSUAL_TIMES = 8
"""More than so many times the median hour of the last day is unusual."""

BUSY_KEPT_FOR = 5  # seconds


def allow(request: HttpRequest, name: str) -> bool:
    """Count one try of `name`; whether its client and subnet are within the limits.

    Do not call it in a transaction that may be rolled back: the count would be lost.
    """
    if name not in LIMITS:
        raise KeyError(name)  # also where nothing is limited: a typing error must not wait
    return not settings.SIGN_LIMITS or pressure(request, name, {})[0] <= 1


def pressure(
    request: HttpRequest, name: str, also: dict[Counter, int]
) -> tuple[float, dict[Counter, int]]:
    """Count one try, and `also` in the same stroke.

    How full the fullest limit is, 1 being just full, and what all counters have come to.
    """
    now, address = timezone.now(), network.client_address(request)
    client = counters.todays_mark(network.client_key(address))
    subnet = counters.todays_mark(f"subnet {network.subnet_key(address)}")
    allowed, times = {}, access.raised(request)
    for limit in LIMITS[name]:
        allowed[Counter(f"{name} {client}", limit.window, now)] = limit.client * times
        allowed[Counter(f"{name} {subnet}", limit.window, now)] = limit.subnet * times
    counts = counters.add({**dict.fromkeys(allowed, 1), **also})
    fullest = max(counts[counter] / number for counter, number in allowed.items())
    if fullest > 1:
        _log_excess(request, name, subnet)
    return fullest, counts


def _log_excess(request: HttpRequest, name: str, subnet: str) -> None:
    """Logs once an hour for each network, so that a flood cannot fill the disk."""
    if cache.add(f"limit-told:{name}:{subnet}", 1, 3600):
        logger.warning("Limit “%s” was reached from network %s of today", name, subnet)
    if not network.knows_its_proxy(request) and cache.add("proxy-told", 1, 3600):
        logger.warning(NO_PROXY_SET)


def allow_without_work(request: HttpRequest, statement: int) -> bool:
    """Whether one more may sign `statement` without the work that is asked of others."""
    everywhere = Counter(f"without_work at {statement}", HOUR, timezone.now())
    within = allow(request, "without_work")
    return within and counters.add({everywhere: 1})[everywhere] <= WITHOUT_WORK_PER_STATEMENT


def sample_of(statement: int) -> dict[Counter, int]:
    """What one post adds to its statement's counters: mostly nothing, now and then SAMPLE."""
    if random.randrange(SAMPLE):  # noqa: S311 - a sample, no secret
        return {}
    now = timezone.now()
    return {_of_statement(statement, length, now): SAMPLE for length in (MINUTE, HOUR)}


def _of_statement(statement: int, length: timedelta, at: datetime) -> Counter:
    return Counter(f"statement {statement}", length, at)


def is_busy(statement: int) -> bool:
    """Whether a statement is being signed at an unusual rate; known for BUSY_KEPT_FOR seconds."""
    key = f"busy:{statement}"
    busy = cache.get(key)
    if busy is None:
        busy = _is_unusual(statement, timezone.now())
        cache.set(key, busy, BUSY_KEPT_FOR)
    return bool(busy)


def _is_unusual(statement: int, now: datetime) -> bool:
    minutes = [_of_statement(statement, MINUTE, now - MINUTE * ago) for ago in (0, 1)]
    rate = max(counters.read(minutes).values())
    if rate <= USUAL_PER_MINUTE:
        return False
    hours = [_of_statement(statement, HOUR, now - HOUR * ago) for ago in range(1, 25)]
    return rate > UNUSUAL_TIMES * median(counters.read(hours).values()) / 60


def refused(request: HttpRequest) -> HttpResponse:
    """The answer to whoever is beyond the limits; it does not say beyond which."""
    answer = render(request, "429.html", status=429)
    answer.headers["Cache-Control"] = http.PRIVATE
    answer.headers["Retry-After"] = str(int(BURST.total_seconds()))
    return answer

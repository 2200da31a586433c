"""Answers for those who watch the site: load balancers, containers, monitors.

`/health/` says that a process answers. `/health/ready/` says whether it should be sent visitors:
it fails without the database or with missing migrations. `/health/work/` says whether mail goes
out, and fails where the worker is silent or mail is stuck; visitors are served all the same.
"""

import time
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casa.lib import http
from casa.operations import findings, probe, signs_of_life
from casa.operations.checks.mail import VERY_LATE, waiting_since


@require_safe
@http.private
def health(request: HttpRequest) -> JsonResponse:
    """Asks nothing of any other part."""
    return JsonResponse(
        {"process": "ok", **(probe.answer(request) if probe.is_ours(request) else {})}
    )


@require_safe
@http.private
def ready(request: HttpRequest) -> JsonResponse:
    return _answer("ready", database=_database, migrations=_migrations)


@require_safe
@http.private
def work(request: HttpRequest) -> JsonResponse:
    return _answer("work", worker=_worker, mail=_mail)


KEPT_SECONDS = 2.0
"""However often it is asked, each process looks no more often than this."""

_kept: dict[str, tuple[float, dict[str, str]]] = {}


def _answer(name: str, **questions: Callable[[], str]) -> JsonResponse:
    """What each question gives, "ok" or a word for what is wrong; 503 if any is not "ok"."""
    looked_at, found = _kept.get(name, (-KEPT_SECONDS, {}))
    if time.monotonic() - looked_at >= KEPT_SECONDS:
        found = {key: _asked(ask) for key, ask in questions.items()}
        _kept[name] = time.monotonic(), found
    is_well = all(state == "ok" for state in found.values())
    answer = JsonResponse(found, status=200 if is_well else 503)
    answer._has_been_logged = True  # type: ignore[attr-defined] # a monitor asks every few seconds
    return answer


def _asked(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except DatabaseError:
        return "no database"


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    return "missing" if findings.missing_migrations() else "ok"


def _worker() -> str:
    return "silent" if signs_of_life.is_silent(signs_of_life.last()) else "ok"


def _mail() -> str:
    since = waiting_since()
    return "stuck" if since and timezone.now() - since > VERY_LATE else "ok"

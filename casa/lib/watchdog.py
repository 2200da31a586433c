"""Ends a process of the web server that does not answer any more; granian then starts another.

Two ways to be stuck are told apart. What holds the interpreter's lock, as a regular expression
does, lets nothing else run, so a timer outside of Python ends the process unless a heartbeat winds
it up again. What gives the lock away now and then only slows down all the rest, so the heartbeat
looks at the time of the processor that each request has used. Waiting costs none of it: neither a
slow client nor a slow database ends a process.
"""

import faulthandler
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

logger = logging.getLogger(__name__)

BEAT = 1.0  # seconds
CAN_LOOK = hasattr(time, "pthread_getcpuclockid")  # not on macOS

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def watched(application: Application, seconds: int) -> Application:
    """`application`, whose process ends if a request keeps it busy for longer; 0 for never."""
    if not seconds:
        return application
    clocks: dict[int, tuple[int, float]] = {}

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        thread = threading.get_ident()
        if CAN_LOOK:
            clocks[thread] = (time.pthread_getcpuclockid(thread), time.thread_time())
        try:
            return application(environ, start_response)
        finally:
            clocks.pop(thread, None)

    threading.Thread(target=_watch, args=(clocks, seconds), daemon=True).start()
    return answer


def _watch(clocks: dict[int, tuple[int, float]], seconds: int) -> None:
    while True:
        faulthandler.dump_traceback_later(seconds, exit=True)
        time.sleep(BEAT)
        if any(_used(*clock) > seconds for clock in list(clocks.values())):
            logger.error("A request kept a process busy for %d seconds; it is ended.", seconds)
            faulthandler.dump_traceback()  # where it is, and none of its data
            os._exit(1)


def _used(clock: int, before: float) -> float:
    try:
        return time.clock_gettime(clock) - before
    except OSError:  # its thread has ended
        return 0

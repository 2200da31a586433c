"""An application that hangs where it is asked to, for the test of the watchdog."""

import os
import re

from casa.lib import watchdog

NEVER_ENDS = re.compile(r"(?:a+)+b")


def hang(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/pattern":
        NEVER_ENDS.match("a" * 60)  # holds the interpreter's lock
    while path == "/loop":
        pass
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(os.getpid()).encode()]


application = watchdog.watched(hang, int(os.environ["WATCHDOG_SECONDS"]))

"""How the web server is started: by the demo, by systemd, in a container, for a measurement."""

import sys
from pathlib import Path

from django.conf import settings

APPLICATION = "casa.wsgi:application"

STOP_SECONDS = 10
"""What does not end by itself is killed, well before systemd would."""

START_SECONDS = 10
"""What a process takes at most until it answers. A reload ends the one before only then."""

HEADER_BYTES = 16_384
"""Of one request, together; nginx refuses what is longer, too."""

JSON_LOG = Path(__file__).with_name("granian_log.json")


def processes() -> int:
    return int(settings.WEB_PROCESSES)


def command(application: str = APPLICATION) -> list[str]:
    """The command line of granian for this site.

    Without a number of threads granian would answer 256 requests at once in each process, with a
    database connection for each. A process that the watchdog ended is started again. It keeps no
    log of requests, whose paths may be private links.
    """
    return [
        str(Path(sys.executable).with_name("granian")), application,
        "--interface", "wsgi",
        "--host", settings.HOST, "--port", str(settings.PORT),
        "--workers", str(processes()),
        "--blocking-threads", str(settings.WEB_THREADS),
        "--respawn-failed-workers",
        "--respawn-interval", str(START_SECONDS),
        "--workers-kill-timeout", str(STOP_SECONDS),
        "--http1-buffer-size", str(HEADER_BYTES),
        "--log-level", "warning" if settings.DEBUG else "info",
        *(["--log-config", str(JSON_LOG)] if settings.LOG_FORMAT == "json" else []),
    ]  # fmt: skip

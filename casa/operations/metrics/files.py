"""The files into which processes count. Those of ended ones are kept until the server starts anew:
without them its counts would fall.
"""

import os
from pathlib import Path

from django.conf import settings


def forget_ended() -> None:
    for file in Path(settings.METRICS_DIR).glob("*_*.db"):
        pid = file.stem.rpartition("_")[2]
        if pid.isdecimal() and not _runs(int(pid)):
            file.unlink(missing_ok=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True

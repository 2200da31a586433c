"""The settings of the benchmarks, by a clock that drills can move.

Static files, which no drill asks for, need not be collected.
"""

from tools.drills.clock import go_by_file

go_by_file()  # before anything keeps the true one

from benchmarks.settings import *  # noqa: E402, F403

STORAGES["staticfiles"] = {  # type: ignore[name-defined]  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}

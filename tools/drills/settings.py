"""The settings of the benchmarks; static files, which no drill asks for, need not be collected."""

from benchmarks.settings import *  # noqa: F403

STORAGES["staticfiles"] = {  # type: ignore[name-defined]  # noqa: F405
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}

"""The clock of the application, moved from outside by libfaketime while its processes run.

Only what is preloaded sees another time: web server and worker. Intervals (`time.monotonic`) stay
true, as they do when the clock of a machine is set. The database, nginx and the mail server keep
theirs.
"""

from importlib.util import find_spec
from pathlib import Path

from tools.drills.missing import MissingError

SYSTEM = ("/usr/lib", "/usr/local/lib", "/usr/lib64")
LIBRARY = "libfaketime.so.1"


def library() -> Path | None:
    """Where libfaketime is: the system's, else that of the package which tests bring along."""
    for folder in SYSTEM:
        if found := next(Path(folder).glob(f"**/faketime/{LIBRARY}"), None):
            return found
    package = find_spec("libfaketime")
    for folder in (package and package.submodule_search_locations) or []:
        if found := next(Path(folder).glob(f"**/{LIBRARY}"), None):
            return found
    return None


class Clock:
    """Starts true; `environment` is what a process needs to go by it."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self.offset = 0
        self.set(0)
        found = library()
        self.environment = {
            "LD_PRELOAD": str(found),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        } if found else {}  # fmt: skip

    @property
    def is_there(self) -> bool:
        return bool(self.environment)

    def require(self) -> None:
        """Raises MissingError."""
        if not self.is_there:
            raise MissingError("libfaketime is missing. On Debian: apt install libfaketime")

    def set(self, seconds: int) -> None:
        """Let the application's time be so many seconds after the true one, or before it."""
        self.offset = seconds
        new = self._file.with_suffix(".new")  # a process never reads half of it
        new.write_text(f"{seconds:+d}s")
        new.replace(self._file)

    def pass_by(self, seconds: int) -> None:
        self.set(self.offset + seconds)

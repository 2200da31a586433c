"""A full disk: for SQLite's file, for uploads, for PostgreSQL's own files.

The kernel is told that the processes in question may write no file beyond a size (RLIMIT_FSIZE).
That needs no right and no disk of its own, and fills none for others. It refuses a write as a full
disk does; the number of the error is EFBIG in place of ENOSPC.
"""

from functools import cache
from io import BytesIO
from typing import Any

import psycopg2  # type: ignore[import-untyped]
from PIL import Image
from urllib3 import encode_multipart_formdata

from tools.drills import stores
from tools.drills.drill import Drill, Fault
from tools.drills.faults.databases import postgres, refusal
from tools.drills.people import SIGNED, Act, People
from tools.drills.scene import Setup
from tools.drills.units import limit_files

NO_LIMIT = -1
NOTHING = 4096  # bytes: a database is larger
SMALLER_THAN_A_LOGO = 1024  # bytes
GROWS = "CREATE TABLE grows AS SELECT generate_series(1, 100000) AS number"


class SqliteFull(Fault):
    def begin(self) -> None:
        self._logged = len(self.scene.log("casa-web"))
        for unit in (self.scene.web, self.scene.worker):
            unit.limit_files(NOTHING)

    def observe(self) -> str:
        said = self.scene.log("casa-web")[self._logged :]
        line = next((line for line in said.splitlines() if "disk" in line.lower()), "")
        return f"the web server says: {line.strip()[:80]}" if line else ""

    def end(self) -> None:
        for unit in (self.scene.web, self.scene.worker):
            unit.limit_files(NO_LIMIT)


class UploadsFull(Fault):
    """No upload can be kept: organizations sign with a logo, which is a file."""

    def begin(self) -> None:
        self._logged = len(self.scene.log("casa-web"))
        self.scene.web.limit_files(SMALLER_THAN_A_LOGO)

    def observe(self) -> str:
        said = self.scene.log("casa-web")[self._logged :]
        line = next((line for line in said.splitlines() if "disk is full" in line), "")
        return f"the web server says: {line.strip()[:80]}" if line else ""

    def end(self) -> None:
        self.scene.web.limit_files(NO_LIMIT)


def with_logo(people: People, email: str) -> Act:
    """An organization that signs, with a logo."""
    name = email.partition("@")[0]
    fields = {
        **people.facts["form"], "kind": "organization", "organization": f"Reading Circle {name}",
        "name": "Nora Lind", "email": email, "authorized": "on",
        "logo": ("logo.png", picture(), "image/png"),
    }  # fmt: skip
    body, kind = encode_multipart_formdata({key: _field(value) for key, value in fields.items()})
    return Act(SIGNED, email, people.facts["sign"], body, {"Content-Type": kind})


def _field(value: Any) -> Any:
    return value if isinstance(value, tuple) else str(value)


@cache
def picture() -> bytes:
    """A logo that is no small file, since no two of its points are alike."""
    file = BytesIO()
    Image.effect_noise((240, 240), 80).save(file, "PNG")
    return file.getvalue()


class PostgresFull(Fault):
    """PostgreSQL cannot write what it has to, and ends; it is started when there is room again."""

    def begin(self) -> None:
        server = postgres(self.scene)
        self._said = ""
        for process in server.processes():
            limit_files(process, NOTHING)
        try:
            stores.execute(self.scene.database_url, GROWS)
        except psycopg2.Error as error:
            self._said = str(error).strip().splitlines()[0]

    def observe(self) -> str:
        away = refusal(self.scene)
        return f"a write gave “{self._said}”, then: {away}" if self._said and away else ""

    def end(self) -> None:
        server = postgres(self.scene)
        server.kill()
        server.start_again()


DRILLS = [
    Drill("uploads-full", "the disk of uploads is full", UploadsFull, act=with_logo),
    Drill("postgres-full", "PostgreSQL's disk is full", PostgresFull, repeats_allowed=1),
    Drill("sqlite-full", "the disk of the SQLite database is full", SqliteFull,
          Setup(engine="sqlite"), within=90),
]  # fmt: skip

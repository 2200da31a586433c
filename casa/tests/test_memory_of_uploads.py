"""Many hostile pictures at once, sent to the web server itself: what its worker takes."""

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle, islice
from pathlib import Path
from threading import Event, Thread
from typing import Self

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from casa.lib.media import images
from casa.lib.media.tests.test_images import with_text
from casa.lib.media.tests.test_rewriter import headed, photo, png
from casa.lib.testing import free_port, wait_for_answer
from casa.lib.tests.drills import OwnSite, own_site

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]

AT_ONCE = 20
MOST = 400 << 20
"""Bytes, of the worker and of the program that reads pictures together."""

MOST_BYTES = 20_000_000
STORED = {200, 302}
LETTERS = str.maketrans("0123456789", "ghijklmnop")  # names have no digits
SENTENCES = {
    code: re.sub(r"%\(\w+\)s", r"\\d+", str(said)) for code, said in images.SENTENCES.items()
}

HEIC = settings.BASE_DIR / "casa/lib/media/tests/data/48-megapixels.heic"
PREPARE = """
import json
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.test import Client
from casa.accounts.sign_in import BACKEND
from statements.testing import make_draft, make_edition, make_user, screen_data
user, edition = make_user(), make_edition()
drafts = [make_draft(f"Draft {number}") for number in range(20)]
client = Client()
client.force_login(user, BACKEND)
# Pages name files that nobody asks for here; to collect them takes 18 seconds.
files = {path: path for finder in get_finders() for path, _storage in finder.list([])}
settings.STATIC_ROOT.mkdir()
settings.STATIC_ROOT.joinpath("staticfiles.json").write_text(
    json.dumps({"version": "1.1", "paths": files, "hash": ""})
)
print(json.dumps({
    "session": client.cookies["sessionid"].value, "statement": edition.statement.slug,
    "screens": {
        draft.pk: {key: str(value) for key, value in screen_data(draft).items()} for draft in drafts
    },
}))
"""


class Memory:
    """The most that a process took since it began, and at once its children meanwhile."""

    def __init__(self, parent: int) -> None:
        self._parent, self.children, self._over = parent, 0, Event()

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.01):
            programs = filter(_is_program, _children(self._parent))
            self.children = max(self.children, sum(map(_peak, programs)))

    def __repr__(self) -> str:
        return f"worker {_peak(self._parent) >> 20} MB, program {self.children >> 20} MB"

    def most(self) -> int:
        return _peak(self._parent) + self.children


def _peak(process: int) -> int:
    """Bytes; 0 if it has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0]) * 1024 if found else 0


def _is_program(process: int) -> bool:
    """Before it is started, a child has the memory of its parent, which is not there twice."""
    try:
        return b"casa.lib.media.rewriter" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def _children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(one) for task in tasks for one in task.read_text().split()]


@contextmanager
def web_server(site: OwnSite, port: int) -> Iterator[int]:
    """granian with one worker, which answers all at once; the process of the worker."""
    server = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("granian")), "casa.wsgi:application",
            "--interface", "wsgi", "--port", str(port), "--workers", "1",
            "--blocking-threads", str(AT_ONCE), "--no-log",
        ],
        cwd=settings.BASE_DIR, env=site.environment, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for_answer(f"http://127.0.0.1:{port}/robots.txt", 60)
        # Its helper for shared memory is a child too, and small.
        yield max(_children(server.pid), key=_peak)
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


@pytest.fixture(scope="module")
def site(tmp_path_factory, migrated_database, django_db_blocker):
    port = free_port()
    production = {
        "DEBUG": "0", "SECRET_KEY": secrets.token_urlsafe(60), "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}", "EMAIL_URL": "smtp://127.0.0.1:1",
        "BEHIND_PROXY": "1", "SSL_REDIRECT": "0",
    }  # fmt: skip
    with (
        django_db_blocker.unblock(),
        own_site(tmp_path_factory.mktemp("site"), migrated_database, **production) as site,
    ):
        facts = json.loads(site.run(PREPARE))
        with web_server(site, port) as worker:
            yield port, worker, facts


def post(port: int, path: str, fields: dict[str, object], **headers: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    body = encode_multipart(BOUNDARY, fields)
    connection.request("POST", path, body, {"Content-Type": MULTIPART_CONTENT, **headers})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def all_at_once(send: Callable[[int], tuple[int, str]], numbers: range) -> list[str]:
    """What became of each upload."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [outcome(*answer) for answer in pool.map(send, numbers)]


def outcome(status: int, text: str) -> str:
    """The code of the sentence that says why it was not stored, or that it was."""
    refused = next((code for code, said in SENTENCES.items() if re.search(said, text)), None)
    return refused or ("stored" if status in STORED else f"{status} {text}")


def padded(file: bytes, size: int) -> bytes:
    """As large as it says; what decodes it does not mind what comes behind a picture."""
    return file + bytes(size - len(file))


def test_logos_of_strangers(site):
    """Each comes from networks of its own, or the limits would turn it away unread."""
    port, worker, facts = site
    files = [
        ("sides", png(1, 6_000_000)), ("shape", png(40, 16_000)), ("stored", photo(3900, 3900)),
        ("pixels", headed(8000, 7000)), ("stored", with_text(60)), ("damaged", headed(900, 900)),
    ]  # fmt: skip
    sent = list(islice(cycle(files), AT_ONCE))

    def send(number: int) -> tuple[int, str]:
        fields = {
            "kind": "organization", "country": "NO",
            "email": f"nora{number}@example.org", "organization": secrets.token_hex(9),
            "authorized": "on",
        }  # fmt: skip
        for attempt in range(60):  # whoever is told to wait comes again
            fields["name"] = f"Nora {secrets.token_hex(6).translate(LETTERS)}"
            fields["logo"] = SimpleUploadedFile("logo.png", sent[number][1].getvalue())
            source = {"X-Forwarded-For": f"198.18.{attempt}.{number}"}
            answer = post(port, f"/sign/{facts['statement']}/", fields, **source)
            if outcome(*answer) != "busy":
                break
            time.sleep(1)
        return answer

    with Memory(worker) as memory:
        outcomes = all_at_once(send, range(AT_ONCE))
    assert outcomes == [wanted for wanted, _file in sent]
    assert memory.most() < MOST, memory


def test_pictures_of_staff(site):
    port, worker, facts = site
    files = [
        ("stored", HEIC.read_bytes()), ("stored", photo(8064, 6048, progressive=True).getvalue()),
        ("stored", png(6500, 5000).getvalue()),
        *[("pixels", headed(15_000, 12_000).getvalue())] * 5,
    ]  # fmt: skip
    sizes = [MOST_BYTES] * 3 + [MOST_BYTES // 5] * 5
    token = secrets.token_hex(16)
    cookies = {"Cookie": f"sessionid={facts['session']}; csrftoken={token}"}

    def send(number: int) -> tuple[int, str]:
        draft, screen = list(facts["screens"].items())[number]
        upload = SimpleUploadedFile("picture", padded(files[number][1], sizes[number]))
        row = {"position": 1, "title": "A", "alt_text": "A", "statement": draft, "file": upload}
        fields = {**screen, "attachments-TOTAL_FORMS": 1, "csrfmiddlewaretoken": token}
        fields |= {f"attachments-0-{key}": value for key, value in row.items()}
        return post(port, f"/admin/statements/statement/{draft}/change/files/", fields, **cookies)

    with Memory(worker) as memory:
        # The large ones are surely read, since none waits for another.
        first = [outcome(*send(number)) for number in range(3)]
        outcomes = all_at_once(send, range(3, len(files)))
    assert first == ["stored"] * 3
    assert set(outcomes) <= {"pixels", "busy"}
    assert memory.most() < MOST, memory

"""Readers who take an answer slowly, or not at all, leave threads for everybody else."""

import socket
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from casa.lib.slow_readers import AT_ONCE, SMALL, SlowReadersMiddleware
from casa.lib.testing import free_port, wait_for_answer, wait_until

pytestmark = pytest.mark.page
THREADS = 4  # docs/install.md


@pytest.fixture(autouse=True)
def _connections_stay():
    """An answer that is closed looks at connections, and one may be open from an earlier test."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def answer(rf):
    """What a reader gets of a response, asked in one process."""
    made = []
    middleware = SlowReadersMiddleware(lambda request: made.pop())

    def give(response, method="get"):
        made.append(response)
        return middleware(getattr(rf, method)("/"))

    return give


def large():
    return StreamingHttpResponse(iter([b"a" * SMALL, b"b" * SMALL]), headers={"ETag": '"1"'})


def test_a_small_answer_leaves_in_one_piece(answer):
    given = answer(StreamingHttpResponse(iter([b"a", b"b"]), headers={"ETag": '"1"'}))
    assert (list(given), given["ETag"], given.status_code) == ([b"ab"], '"1"', 200)


def test_a_file_leaves_with_its_headers_and_is_closed(answer, tmp_path):
    path = tmp_path / "minutes.txt"
    path.write_bytes(b"We met.")
    file = path.open("rb")
    given = answer(FileResponse(file, as_attachment=True))
    assert list(given) == [b"We met."]
    assert "minutes.txt" in given["Content-Disposition"]
    given.close()
    assert file.closed


def test_a_large_answer_is_whole(answer):
    assert b"".join(answer(large())) == b"a" * SMALL + b"b" * SMALL


def test_only_few_large_answers_leave_at_a_time(answer):
    taken = [answer(large()) for _ in range(AT_ONCE)]
    refused = answer(large())
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert answer(StreamingHttpResponse(iter([b"a"]))).status_code == 200
    assert answer(HttpResponse("a page")).status_code == 200
    taken[0].close()
    taken[0].close()  # a place that is given back twice would be two
    assert [answer(large()).status_code for _ in range(2)] == [200, 503]


def test_nobody_takes_a_place_for_headers_alone(answer):
    assert {answer(large(), "head").status_code for _ in range(AT_ONCE + 1)} == {200}


def test_an_answer_that_breaks_off_gives_its_place_back(answer):
    def broken():
        yield b"a" * SMALL + b"b"
        raise OSError

    for _ in range(AT_ONCE + 1):
        given = answer(StreamingHttpResponse(broken()))
        with pytest.raises(OSError):
            list(given)
        given.close()
    assert answer(large()).status_code == 200


@pytest.mark.slow
def test_pages_are_served_while_many_read_nothing():
    port = free_port()
    server = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("granian")), "casa.tests.slow_reading:application",
            "--interface", "wsgi", "--port", str(port), "--workers", "1",
            "--blocking-threads", str(THREADS), "--no-log",
        ],
        cwd=settings.BASE_DIR,
    )  # fmt: skip
    try:
        wait_for_answer(f"http://127.0.0.1:{port}/short", 60)
        long = get(port, "/long")
        with ExitStack() as opened:
            readers = [opened.enter_context(begin_to_read(port)) for _ in range(3 * THREADS)]
            told = Counter(reader.recv(len("HTTP/1.1 200")).decode()[-3:] for reader in readers)
            assert told == {"200": AT_ONCE, "503": len(readers) - AT_ONCE}
            assert [get(port, "/short") for _ in range(THREADS)] == [(200, len("short"))] * THREADS
        wait_until(lambda: get(port, "/long") == long, 20)  # they have gone
    finally:
        server.terminate()
        server.wait()


def begin_to_read(port):
    reader = socket.create_connection(("127.0.0.1", port), timeout=20)
    reader.sendall(b"GET /long HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return reader


def get(port, path):
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, len(answer.read())

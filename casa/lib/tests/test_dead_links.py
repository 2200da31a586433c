"""Whether an address answers, and that nothing inside the network is asked."""

import socket
import threading
import time
from contextlib import suppress

import pytest

from casa.lib import dead_links
from casa.lib.dead_links import Outcome, ask, is_public
from casa.lib.network import parsed


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.1/",
        "http://localhost/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://10.0.0.1/",
        "http://192.168.1.1/", "http://169.254.169.254/latest/", "http://100.64.0.1/",
        "http://0.0.0.0/", "http://224.0.0.1/", "http://[fd00::1]/", "http://[fe80::1]/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "https://1.1.1.1:8443/",
        "https://1.1.1.1:22/", "https://somebody@1.1.1.1/", "https://a:b@1.1.1.1/", "ftp://1.1.1.1/",
        "file:///etc/passwd", "//1.1.1.1/", "/plan", "https://", "mailto:a@example.org",
    ],
)  # fmt: skip
def test_nothing_inside_is_asked(address):
    def connect(*args, **kwargs):
        raise AssertionError(args)

    assert ask(address, connect=connect) in {Outcome.PRIVATE, Outcome.SILENT}


def test_public_addresses_are_public():
    for address in ("1.1.1.1", "2606:4700:4700::1111"):
        assert is_public(parsed(address))


class Server:
    """Answers each connection with the next of `answers`; keeps what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        with self.socket:
            for answer in self.answers:
                self._answer(answer if isinstance(answer, list) else [answer])

    def _answer(self, pieces):
        connection, _address = self.socket.accept()
        with connection, suppress(OSError):
            self.asked.append(connection.recv(4096).decode())
            for piece in pieces:
                connection.sendall(piece.encode())
                time.sleep(0.02)

    def connect(self, _where, timeout):
        return socket.create_connection(self.socket.getsockname(), timeout=timeout)


def outcome_of(*answers, address="http://1.1.1.1/plan?a=b c"):
    server = Server(*answers)
    return ask(address, connect=server.connect), server.asked


@pytest.mark.parametrize(
    ("answers", "outcome", "methods"),
    [
        (["HTTP/1.1 200 OK\r\n\r\n"], Outcome.ANSWERS, ["HEAD"]),
        (["HTTP/1.1 404 No\r\n\r\n", "HTTP/1.1 404 No\r\n\r\n"], Outcome.GONE, ["HEAD", "GET"]),
        (["HTTP/1.1 405 No\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"], Outcome.ANSWERS, ["HEAD", "GET"]),
        (["HTTP/1.1 403 No\r\n\r\n"], Outcome.UNSURE, ["HEAD"]),
        (["HTTP/1.1 503 No\r\n\r\n"], Outcome.UNSURE, ["HEAD"]),
        (["no answer at all"], Outcome.SILENT, ["HEAD"]),
        ([""], Outcome.SILENT, ["HEAD"]),
        (["HTTP/1.1 302 x\r\nLocation: http://10.0.0.1/\r\n\r\n"], Outcome.PRIVATE, ["HEAD"]),
        (["HTTP/1.1 302 x\r\nlocation: //localhost/\r\n\r\n"], Outcome.PRIVATE, ["HEAD"]),
        (
            ["HTTP/1.1 301 x\r\nLocation: /new\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"],
            Outcome.ANSWERS, ["HEAD", "HEAD"],
        ),
        (["HTTP/1.1 301 x\r\nLocation: /again\r\n\r\n"] * 4, Outcome.UNSURE, ["HEAD"] * 4),
    ],
)  # fmt: skip
def test_the_answer_is_judged_by_its_status(answers, outcome, methods):
    found, asked = outcome_of(*answers)
    assert found == outcome
    assert [one.split(" ")[0] for one in asked] == methods
    assert asked[0].startswith("HEAD /plan?a=b%20c HTTP/1.1\r\nHost: 1.1.1.1\r\n")


def test_an_address_cannot_write_lines_of_its_own():
    _found, asked = outcome_of(
        "HTTP/1.1 200 OK\r\n\r\n", address="http://1.1.1.1/a%0d%0a\r\nX-Evil: 1\x00ə"
    )
    assert "X-Evil: 1" not in asked[0].split("\r\n")[1:]
    assert len(asked[0].split("\r\n")) == 7


def test_who_answers_for_ever_is_left(monkeypatch):
    monkeypatch.setattr(dead_links, "PATIENCE", 0.3)
    began = time.monotonic()
    found, _asked = outcome_of(["HTTP/1.1 200 OK\r\n", *["X-A: b\r\n"] * 100])
    assert found == Outcome.SILENT
    assert time.monotonic() - began < 1


def test_a_head_without_end_is_cut():
    found, _asked = outcome_of("HTTP/1.1 200 OK\r\n" + "X-A: b\r\n" * 5000)
    assert found == Outcome.ANSWERS

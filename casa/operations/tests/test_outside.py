"""What the doctor makes of the answers at the site's own address, given by a real server."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from casa.lib.testing import free_port
from casa.operations.checks import outside
from casa.operations.findings import Level

WELL = {
    "process": "ok", "is_secure": False, "has_forwarded_for": False, "expects_proxy": False,
    "client": "203.0.113.7",
}  # fmt: skip


@contextmanager
def answering(status, body="", **headers):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def found(settings, url):
    settings.SITE_URL = url
    return [(finding.level, finding.words, finding.remedy) for finding in outside.outside()]


def test_a_site_that_answers_is_fine(settings):
    with answering(200, json.dumps(WELL)) as url:
        (answers, knows) = found(settings, url)
    assert (answers[0], knows[0]) == (Level.FINE, Level.FINE)
    assert "203.0.113.7" in knows[1]


@pytest.mark.parametrize(
    ("seen", "words"),
    [
        ({"has_forwarded_for": True}, "A proxy stands before the site, and the site does not"),
        ({"expects_proxy": True}, "BEHIND_PROXY is set, and the proxy does not say for whom"),
    ],
)
def test_a_proxy_and_settings_that_disagree_are_broken(settings, seen, words):
    with answering(200, json.dumps(WELL | seen)) as url:
        (_answers, (level, said, remedy)) = found(settings, url)
    assert level == Level.BROKEN
    assert said.startswith(words)
    assert remedy


def test_https_that_the_site_does_not_learn_of_is_broken(settings):
    settings.HTTPS = True
    with answering(200, json.dumps(WELL)) as url:
        assert (Level.BROKEN, "The site does not learn that visitors use https.") in [
            finding[:2] for finding in found(settings, url)
        ]


@pytest.mark.parametrize(
    ("status", "remedy"),
    [
        (301, "SITE_URL has to be the address"),
        (400, "Is the name in ALLOWED_HOSTS"),
        (502, "The proxy works and the web server does not"),
        (418, "Look what answers there"),
    ],
)
def test_another_answer_is_broken_with_its_remedy(settings, status, remedy):
    with answering(status, Location="https://elsewhere.example.org/") as url:
        ((level, _words, said),) = found(settings, url)
    assert level == Level.BROKEN
    assert said.startswith(remedy)


def test_another_site_at_the_address_is_broken(settings):
    with answering(200, "<html>Welcome to nginx</html>") as url:
        ((level, words, _remedy),) = found(settings, url)
    assert (level, words[:20]) == (Level.BROKEN, "Something else than ")


@pytest.mark.parametrize("body", ["[]", "{}", "7"])
def test_an_answer_in_json_that_is_not_ours_is_broken_too(settings, body):
    with answering(200, body) as url:
        ((level, words, _remedy),) = found(settings, url)
    assert (level, words[:20]) == (Level.BROKEN, "Something else than ")


def test_nobody_at_the_address_is_broken(settings):
    ((level, words, _remedy),) = found(settings, f"http://127.0.0.1:{free_port()}")
    assert level == Level.BROKEN
    assert "Connection refused" in words

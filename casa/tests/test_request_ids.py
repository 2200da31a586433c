"""Each line of the log says to which request or task it belongs, and the answer says it, too."""

import io
import json
import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django_q import signals as of_engine

from casa.lib import logs, request_ids
from casa.operations.web_server import JSON_LOG

GIVEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def lines():
    """What is written as JSON."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)


@pytest.mark.parametrize(
    "sent",
    ["", "short", "nora@example.org-aaaaaaaaaaaa", "x" * 32, "a" * 41, f"{GIVEN}\n2026 forged"],
)
def test_an_id_that_does_not_look_like_one_is_replaced(client, sent):
    answer = client.get("/health/", headers={"X-Request-ID": sent})
    made = answer["X-Request-ID"]
    assert made != sent
    assert request_ids.ID.fullmatch(made)
    assert client.get("/health/")["X-Request-ID"] != made


def test_the_id_of_the_proxy_stands_in_each_line_of_its_request(client, lines, monkeypatch):
    def logs_a_line(request):
        logging.getLogger("casa").error("Within")
        raise RuntimeError("nora@example.org")

    client.raise_request_exception = False
    monkeypatch.setattr("django.core.handlers.base.BaseHandler.make_view_atomic",
                        lambda self, view: logs_a_line)  # fmt: skip
    answer = client.get("/health/", headers={"X-Request-ID": GIVEN})
    assert answer["X-Request-ID"] == GIVEN
    logging.getLogger("casa").error("Afterwards")
    first, second, last = lines()
    assert (first["request"], second["request"]) == (GIVEN, GIVEN)
    assert "request" not in last
    assert first["message"] == "Within"
    assert first["level"] == "error"
    assert "RuntimeError" in second["error"]
    assert "nora@" not in second["error"]


@pytest.mark.django_db
def test_a_page_that_is_kept_has_no_id_of_another_request(client, settings):
    settings.KEPT_PAGES_MB = 1
    ids = {client.get("/", headers={"X-Request-ID": GIVEN[:-1] + end})["X-Request-ID"]
           for end in "123"}  # fmt: skip
    assert len(ids) == 3


def test_a_task_and_what_the_engine_says_of_it_have_one_id(lines):
    for signal in (of_engine.pre_execute, of_engine.post_execute):
        signal.send(sender="django_q", func=None, task={"id": GIVEN})
        logging.getLogger("casa").error("At work")
        request_ids.end()
    assert [line["request"] for line in lines()] == [GIVEN, GIVEN]


def test_a_line_of_json_is_one_line_whatever_is_in_it(lines):
    logging.getLogger("casa").error("a\nb\u2028c \x1b[2J “d”")
    (line,) = lines()
    assert line["message"] == "a\\x0ab\\x2028c \\x1b[2J “d”"


@pytest.mark.parametrize(("level", "written"), [("info", 2), ("warning", 1), ("debug", 3)])
def test_the_level_says_what_is_written(level, written):
    configured = logs.configuration("text", level)
    least = max(
        logging.getLevelName(configured["handlers"]["console"]["level"]),
        logging.getLevelName(configured["loggers"]["casa"]["level"]),
    )
    levels = (logging.DEBUG, logging.INFO, logging.WARNING)
    assert sum(one >= least for one in levels) == written


@pytest.mark.medium
def test_what_the_web_server_says_is_json_before_django_is_there():
    """granian's first process loads the formatter, and never the site."""
    say = (
        "import json, logging.config, pathlib\n"
        f"config = json.loads(pathlib.Path({str(JSON_LOG)!r}).read_text())\n"
        "logging.config.dictConfig({'version': 1} | config)\n"
        "logging.getLogger('_granian').info('Spawning at /sign/confirm/x/')"
    )
    done = subprocess.run(
        [sys.executable, "-c", say], capture_output=True, text=True, check=True,
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "casa.settings", "ENV_FILE": ""},
    )  # fmt: skip
    (line,) = done.stderr.splitlines()
    assert json.loads(line)["message"].startswith("Spawning")


def test_debugging_prints_no_query_of_the_database():
    """Their values are what people wrote."""
    configured = logs.configuration("text", "debug")
    assert configured["loggers"]["django"]["level"] == "INFO"
    assert configured["root"]["level"] == "WARNING"
    assert django_settings.LOGGING["handlers"]["console"]["filters"] == ["outages"]

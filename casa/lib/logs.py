"""Log lines without what must not be read in them: secret paths, tokens, e-mail addresses, rows.

Whoever runs the server keeps logs, copies them into reports and sends them to others. A private
link in one of them would open a signer's page for 400 days.
"""

import copy
import json
import logging
import re
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from casa.lib import request_ids
from casa.lib.addresses.in_texts import without_addresses

SECRET_PARTS = ("token", "uidb64")
"""Names under which URL patterns capture what only its owner should have."""

CUT = "…"
NOTHING = re.compile("(?P<before>(?!))")

FORMATS, LEVELS = ("text", "json"), ("debug", "info", "warning", "error")


def configuration(form: str, level: str) -> dict[str, Any]:
    """The setting LOGGING: lines of one of FORMATS, of nothing below one of LEVELS."""
    level = level.upper()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"outages": {"()": "casa.lib.outages.OutageFilter"}},
        "formatters": {
            "text": {
                "()": "casa.lib.logs.LineFormatter",
                "format": "{asctime} {levelname} {name}{request}: {message}",
                "style": "{",
            },
            "json": {"()": "casa.lib.logs.JsonFormatter"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler", "formatter": form, "filters": ["outages"],
                "level": level,
            }
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "casa": {"level": "DEBUG" if level == "DEBUG" else "INFO"},
            "django": {"level": "INFO", "handlers": []},  # printed once, by the root
            # Addresses of pages people mistyped are no news, and may hold a token.
            "django.request": {"level": "ERROR"},
            # What scripts send in place of a solved challenge is no news either.
            "django_altcha": {"level": "CRITICAL"},
            "axes": {"level": "ERROR"},  # failed tries are told by casa.accounts.sign_in_log
        },
    }  # fmt: skip


# What django.core.signing makes: three parts of base64, the last one a digest; in a query as well,
# where colons are escaped.
_SIGNED = re.compile(r"(?<![\w.=-])[\w.=-]{4,}(?::|%3A)[A-Za-z0-9]{5,8}(?::|%3A)[\w=-]{20,}")
# Python prints the captured values of a URL pattern so.
_CAPTURED = re.compile(rf"(?P<before>['\"](?:{'|'.join(SECRET_PARTS)})['\"]: ['\"])[^'\"]+")
# What PostgreSQL adds to an error: the row, or the piece of the query with its values.
_ROW = re.compile(r"^(DETAIL|LINE \d+):.*?(?=^(?:HINT|CONTEXT|Traceback|  File|The above)|^$|\Z)",
                  re.MULTILINE | re.DOTALL)  # fmt: skip


# What would begin a line of its own, or steer the terminal in which a log is read.
_CONTROLS = {
    code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
} | {ord("\t"): " "}


class LineFormatter(logging.Formatter):
    """Formats as its base does, in UTC, and cuts. A message is one line, whatever is in it.

    What a stranger can cause with one request, such as a wrong Host, has no traceback either.
    """

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(_without_strangers_words(record)))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - its base's name
        record.message = record.message.translate(_CONTROLS)
        request_id = request_ids.current()
        record.request = f" [{request_id}]" if request_id else ""
        return super().formatMessage(record)


class JsonFormatter(LineFormatter):
    """One object of JSON in each line: time, level, logger, message; request and error if any."""

    def format(self, record: logging.LogRecord) -> str:
        record = _without_strangers_words(record)
        said = {
            "time": self.formatTime(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(record.getMessage().translate(_CONTROLS)),
        }
        if request_id := request_ids.current():
            said["request"] = request_id
        if record.exc_info and record.exc_info[0]:
            said["error"] = redacted(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)


def _without_strangers_words(record: logging.LogRecord) -> logging.LogRecord:
    """A refusal by Django's security checks as one short line, without a traceback."""
    if not record.name.startswith("django.security"):
        return record
    record = copy.copy(record)
    record.exc_info = record.exc_text = record.stack_info = None
    record.msg, record.args = " ".join(record.getMessage().split())[:300], ()
    return record


def redacted(text: str) -> str:
    """`text` without secret paths, tokens, values of rows and e-mail addresses."""
    text = _secret_paths().sub(rf"\g<before>{CUT}", text)
    text = _CAPTURED.sub(rf"\g<before>{CUT}", text)
    text = _SIGNED.sub(CUT, text)
    return without_addresses(_ROW.sub(rf"\1: {CUT}\n", text))


def _secret_paths() -> re.Pattern[str]:
    """Matches the secret part, and what follows, of every path whose pattern captures one.

    Nothing in a process that answers nothing, as granian's first one is, or too early.
    """
    try:
        return _secret_paths_known() if apps.ready else NOTHING
    except (ImproperlyConfigured, ImportError):  # the URL patterns are the error
        return NOTHING


@cache
def _secret_paths_known() -> re.Pattern[str]:
    starts = {start for start in secret_routes(get_resolver()) if start}
    known = "|".join(re.escape(start) for start in sorted(starts)) or "(?!)"
    return re.compile(rf"(?P<before>(?:{known}))[^\s\"'<>]+")


def secret_routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """What stands before the secret part in each route that captures one: "sign/confirm/"."""
    for entry in resolver.url_patterns:
        route = before + _plain(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from secret_routes(entry, route)
        elif isinstance(entry, URLPattern):
            found = re.search(rf"<(?:\w+:)?(?:{'|'.join(SECRET_PARTS)})>", route)
            if found:
                yield route[: found.start()]


def _plain(route: str) -> str:
    """A prefix of the language is no part of what is secret; others are taken as they are."""
    return "" if re.fullmatch(r"[a-z]{2}(-[a-z]+)?/", route) else route

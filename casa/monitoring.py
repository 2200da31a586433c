"""Settings of what watches the site from outside: metrics, and reports of errors."""

import os
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from casa.variables import refuse

TOKEN_MIN_LENGTH = 24


def metrics_token(value: str) -> str:
    """What Prometheus has to show; "" for no metrics at all."""
    if value and (len(value) < TOKEN_MIN_LENGTH or not value.isascii()):
        remedy = (
            "Write 24 characters or more, for example the output of:"
            " python -c 'import secrets; print(secrets.token_urlsafe())'"
        )
        raise refuse("METRICS_TOKEN", "is too short, or not plain letters", remedy)
    return value


def metrics_folder(folder: Path, *, is_on: bool) -> Path:
    """Where processes count; prometheus_client reads of it when it is imported."""
    if is_on:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder


def sentry_dsn(value: str) -> str:
    """Where errors are reported to; "" for nowhere. Its package is an extra."""
    if not value:
        return ""
    try:
        parts = urlsplit(value)
        is_dsn = parts.scheme in ("https", "http") and parts.username and parts.path.strip("/")
    except ValueError:
        is_dsn = False
    if not is_dsn:
        remedy = "Copy it from the project's settings: https://KEY@sentry.example.org/7"
        raise refuse("SENTRY_DSN", "is no address to report errors to", remedy)
    if find_spec("sentry_sdk") is None:
        remedy = (
            "Install it: .venv/bin/pip install --require-hashes -r requirements-sentry.txt"
            " (or empty SENTRY_DSN)"
        )
        raise refuse("SENTRY_DSN", "needs the package sentry-sdk, which is not there", remedy)
    return value

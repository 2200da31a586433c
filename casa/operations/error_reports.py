"""Reports of errors to Sentry, where SENTRY_DSN names one; with nothing of people.

What is sent is put together anew from what is known to be harmless: whatever a later version of
the package adds to an event stays here. Values of variables, what was sent with the request, its
address and headers, and who asked, are not in it; texts of errors are cut as log lines are.
"""

from typing import Any

from django.conf import settings

from casa.lib import logs, outages, request_ids

KEPT = ("event_id", "timestamp", "level", "platform", "logger", "release", "environment", "sdk")
OF_FRAME = (
    "filename", "abs_path", "function", "module", "lineno", "pre_context", "context_line",
    "post_context", "in_app",
)  # fmt: skip


def start(**options: Any) -> None:
    """Report errors from now on; `options` go before ours. Nothing without SENTRY_DSN."""
    if not settings.SENTRY_DSN:
        return
    import sentry_sdk  # noqa: PLC0415 - an extra

    ours: dict[str, Any] = {
        "dsn": settings.SENTRY_DSN,
        "release": settings.VERSION,
        "environment": "demo" if settings.DEBUG else "production",
        "before_send": before_send,
        "include_local_variables": False,
        "max_request_body_size": "never",
        "max_breadcrumbs": 0,
        "auto_session_tracking": False,
        "send_client_reports": False,
        "traces_sample_rate": None,
        "server_name": "",
    }
    sentry_sdk.init(**{**ours, **options})


def before_send(event: Any, hint: dict[str, Any]) -> Any:
    """What is sent of `event`; None for what an outage causes, which is told by alarms."""
    error = (hint.get("exc_info") or (None, None))[1]
    if error is not None and outages.is_of_outage(error):
        return None
    sent = {key: event[key] for key in KEPT if key in event}
    if request_id := request_ids.current():
        sent["tags"] = {"request": request_id}
    if said := _message(event):
        sent["message"] = said
    raised = (event.get("exception") or {}).get("values") or []
    if raised:
        sent["exception"] = {"values": [_error(one) for one in raised]}
    return sent


def _message(event: Any) -> str:
    """A line of the log as it was written, without what was put into it."""
    entry = event.get("logentry") or {}
    return logs.redacted(str(entry.get("message") or event.get("message") or ""))


def _error(raised: dict[str, Any]) -> dict[str, Any]:
    frames = (raised.get("stacktrace") or {}).get("frames") or []
    return {
        "type": raised.get("type"),
        "module": raised.get("module"),
        "value": logs.redacted(str(raised.get("value") or "")),
        "stacktrace": {
            "frames": [{key: one[key] for key in OF_FRAME if key in one} for one in frames]
        },
    }

"""The page that Prometheus reads. Without METRICS_TOKEN there is none."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from casa.lib import http


@require_safe
@http.private
def metrics(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(
            "Send METRICS_TOKEN as a bearer token.\n", status=401, content_type="text/plain",
            headers={"WWW-Authenticate": "Bearer"},
        )  # fmt: skip
    return HttpResponse(*_written())


def _written() -> tuple[bytes, str]:
    """The text and its type."""
    from prometheus_client import CollectorRegistry  # noqa: PLC0415 - only where it is wanted
    from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest  # noqa: PLC0415

    from casa.operations.metrics import counters, figures  # noqa: PLC0415

    registry = CollectorRegistry()
    counters.add_all(registry)
    registry.register(figures.Figures())
    return generate_latest(registry), CONTENT_TYPE_PLAIN_0_0_4

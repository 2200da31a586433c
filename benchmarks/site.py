"""What the product is compared with: a bare view, a view that inserts one row, and the counts.

Only `benchmarks.settings` leads here, so none of it can be reached where the product runs. The
views go through the product's own middleware: what is compared is what a view does, not what
stands before it.
"""

import secrets
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from benchmarks.plain import plain
from casa import urls
from casa.mail.models import OutgoingMail
from signatories.core import tally
from signatories.models import Signature

State = Signature.State


class Inserted(models.Model):
    """A row as cheap as rows are: no index but the primary key. `benchmarks.seed` makes the table.

    A table with more to keep up would make the baseline slower, and our ratios look better.
    """

    email = models.EmailField()
    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "benchmarks"
        managed = False

    def __str__(self) -> str:
        return self.email


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@csrf_exempt
def empty(request: HttpRequest) -> HttpResponse:
    """A form that is read, and nothing else: what signing cannot be faster than."""
    return HttpResponse(str(len(request.POST)))


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    Inserted.objects.create(email=request.POST["email"], name=request.POST["name"])
    return HttpResponse("ok")


STATEMENTS: list[tuple[str, Any]] = []
"""The SQL of a signature with its values, as `benchmarks.signing` has seen them; by ADDRESS."""
ADDRESS = "seen@example.org"


@csrf_exempt
def statements(request: HttpRequest) -> HttpResponse:
    """The statements of a signature and nothing else: what signing by as many cannot be below."""
    address = request.POST["email"]
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, values in STATEMENTS:
            is_new = sql.lstrip().startswith("INSERT")
            cursor.execute(sql, [_of_another(value, address, is_new) for value in values])
            if cursor.description:
                cursor.fetchall()
    return HttpResponse("ok")


def _of_another(value: Any, address: str, is_new: bool) -> Any:
    """The value with another address; what is random of a new row, such as a key, is so again."""
    if isinstance(value, UUID):
        return uuid4()
    if not isinstance(value, str):
        return value
    if is_new and len(value) > 20 and " " not in value and "@example" not in value:
        return secrets.token_hex(16)
    return value.replace(ADDRESS, address)


def counts(request: HttpRequest) -> JsonResponse:
    """What is stored. Load tools count error pages as requests; rows cannot be argued with."""
    return JsonResponse(
        {
            "inserted": Inserted.objects.count(),
            "pending": Signature.objects.filter(state=State.PENDING).count(),
            "confirmed": Signature.objects.filter(state=State.CONFIRMED).count(),
            "mails": OutgoingMail.objects.count(),
            "tally_differs": bool(tally.differences()),
        }
    )


urlpatterns = [
    path("bench/bare/", bare),
    path("bench/plain/<slug:slug>/", plain, name="plain"),
    path("bench/empty/", empty),
    path("bench/insert/", insert),
    path("bench/statements/", statements),
    path("bench/counts/", counts),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

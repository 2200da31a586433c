"""The sealed counts of a statement, for programs that note their hashes."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Field, Query, Router, Schema

from casa.lib.http import absolute
from casa.lib.open_data import PROBLEMS, After, Slug
from signatories.models import Seal
from statements.api import address
from statements.reading import current_editions

router = Router(tags=["Signatories"])
PER_PAGE = 100


class SealOut(Schema):
    """The file of a day, which is never changed."""

    number: int = Field(description="From 1, without a gap.")
    day: date
    sealed_at: datetime
    organizations: int = Field(description="Counted after that day.")
    people: int = Field(description="Counted after that day.")
    leaves: int = Field(description="Lines of the file: changes of the count.")
    sha256: str = Field(description="Of the file's head, which names the head before.")
    file: str


class SealPage(Schema):
    items: list[SealOut]
    next: str | None = Field(description="The address of the next page; null on the last one.")


class SealQuery(Schema):
    after: After = ""


@router.get(
    "/statements/{slug}/seals",
    response={200: SealPage, **PROBLEMS},
    summary="The sealed counts, the newest first",
)
def seal_list(request: HttpRequest, slug: Slug, query: Query[SealQuery]) -> dict[str, Any]:
    statement = current_editions(slug, tally=False)[0].statement
    seals = Seal.objects.filter(statement=statement).order_by("-number")
    if query.after.isdecimal():
        seals = seals.filter(number__lt=min(int(query.after), 2**31 - 1))
    found = list(seals[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    next_page = f"{address('seal_list', slug=slug)}?after={shown[-1].number}" if shown else ""
    return {
        "items": [_seal(seal, slug) for seal in shown],
        "next": next_page if len(found) > PER_PAGE else None,
    }


def _seal(seal: Seal, slug: str) -> dict[str, Any]:
    return {
        "number": seal.number,
        "day": seal.day,
        "sealed_at": seal.sealed_at,
        "organizations": seal.organizations,
        "people": seal.people,
        "leaves": seal.leaves,
        "sha256": seal.sha256,
        "file": absolute(reverse("signatories:sealed_day", args=[slug, seal.number])),
    }

"""Who signed, for programs: what the public list shows, and nothing else of anybody."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from casa.lib.open_data import PROBLEMS, After, OneOf, Slug
from signatories.core import tally
from signatories.core.answers import is_shown
from signatories.models import AffiliationMark, Signature
from signatories.public.lists import ORDER
from statements.api import address
from statements.own_question import OwnQuestion, question_of
from statements.reading import current_editions

router = Router(tags=["Signatories"])
PER_PAGE = 100


class SignatoryOut(Schema):
    """One signature. Whoever asked not to be named is counted, and here without particulars."""

    kind: Annotated[str, OneOf(Signature.Kind.values)]
    withheld: bool
    name: str | None = Field(description="Null where the name is withheld.")
    organization: str | None = Field(description="Its slug in the directory; null for people.")
    role: str = Field(description="Of a person.")
    affiliation: str = Field(description="For identification only; it has not signed by this.")
    affiliation_mark: Annotated[str, OneOf(["", *AffiliationMark.values])] = Field(
        description="What the signer asked to be said beside the affiliation; empty for nothing."
    )
    city: str
    region: str
    country: str = Field(description="ISO 3166-1 alpha-2, or empty.")
    answer: str = Field(
        description="A person's answer to the office's own question, where answers are public."
    )
    lead_position: int | None = Field(description="Its place among the lead signatories.")
    edition: int = Field(description="The number of the text that was signed.")
    earlier: bool = Field(description="Whether that is an earlier text than the original now is.")
    signed_on: date


class SignatoryPage(Schema):
    items: list[SignatoryOut]
    next: str | None = Field(description="The address of the next page; null on the last one.")


class SignatoryQuery(Schema):
    kind: Annotated[str, OneOf(Signature.Kind.values)] = Signature.Kind.PERSON.value
    after: After = ""


@router.get(
    "/statements/{slug}/signatories",
    response={200: SignatoryPage, **PROBLEMS},
    summary="Who signed, the newest first",
)
def signatory_list(
    request: HttpRequest, slug: Slug, query: Query[SignatoryQuery]
) -> dict[str, Any]:
    statement = current_editions(slug, tally=False)[0].statement
    earlier = tally.earlier_editions([statement])[statement.pk]
    question = question_of(statement)
    public = statement.signatures.public().filter(kind=query.kind)
    page = ORDER.page_after(public.as_listed(), ORDER.key(query.after), PER_PAGE)
    asked = f"{address('signatory_list', slug=slug)}?kind={query.kind}&after={page.next}"
    return {
        "items": [_signatory(signature, earlier, question) for signature in page.rows],
        "next": asked if page.next else None,
    }


def _signatory(
    signature: Signature, earlier: frozenset[int | None], question: OwnQuestion | None
) -> dict[str, Any]:
    assert signature.confirmed_at is not None  # noqa: S101 - for the type checker: it is public
    shown = {
        "kind": signature.kind,
        "withheld": signature.name_withheld,
        "lead_position": signature.lead_position,
        "edition": signature.edition_number,  # type: ignore[attr-defined]
        "earlier": signature.edition_id in earlier,
        "answer": signature.answer if is_shown(signature, question) else "",
        "signed_on": timezone.localdate(signature.confirmed_at),
    }
    if signature.name_withheld:
        return shown | {
            "name": None, "organization": None, "role": "", "affiliation": "",
            "affiliation_mark": "", "city": "", "region": "", "country": "",
        }  # fmt: skip
    # An organization's representative is named in public where staff placed it among the first.
    is_person = signature.organization is None
    place = signature.organization or signature
    return shown | {
        "name": signature.displayed_name,
        "organization": signature.organization.slug if signature.organization else None,
        "role": signature.role if is_person else "",
        "affiliation": signature.affiliation if is_person else "",
        "affiliation_mark": signature.affiliation_mark if is_person else "",
        "city": place.city,
        "region": place.region,
        "country": place.country,
    }

"""Statements and their editions for programs; every query starts from what is public."""

from datetime import date, datetime
from typing import Annotated, Any

from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from ninja import Field, Query, Router, Schema

from casa.lib.http import absolute, in_language
from casa.lib.moments.words import last_moment_in_words, zone_name
from casa.lib.open_data import PROBLEMS, After, OneOf, Slug
from statements import lead_pictures
from statements.models import Attachment, Delivery, Edition, Statement, StatementQuerySet
from statements.public.answers import answers_to
from statements.public.lists import ORDER
from statements.public.parts import parts_of, visible_deliveries, visible_updates
from statements.reading import current_editions, editions_numbered, editions_of
from statements.supporter_texts import said_in
from statements.tallies import fetch_collected, fetch_earlier, fetch_paper
from statements.templatetags.reading import SigningState, signing_state

router = Router(tags=["Statements"])
NAMESPACE = "api-1"  # of the addresses; casa/api.py mounts the routers under it
PER_PAGE = 50


TRANSLATES = "The number of the original's edition whose meaning these words carry."
NOTE_LANGUAGE = "The language of the note: of the words, else the original's; empty without one."


class CountOut(Schema):
    organizations: int = Field(ge=0)
    people: int = Field(ge=0)


class TallyOut(CountOut):
    """Counted signatures. Organizations and people are never added up."""

    earlier: CountOut = Field(
        description="Of these, how many signed an earlier text than the original now is."
    )
    collected: CountOut = Field(
        description="Of these, how many names the organizer collected on paper, by mail, by a"
        " partner or by a form elsewhere."
    )
    paper: int = Field(
        ge=0,
        description="Signatures on paper, as the organizer counted them. They are in no other"
        " number: whoever signed on paper may have signed here too.",
    )


class WordsOut(Schema):
    """The current words of a statement in one language, without the body."""

    language: str
    title: str
    summary: str
    url: str
    pdf: str = Field(description="The document to hand over, with who signed.")
    edition: int = Field(ge=1, description="The number of the edition these words are.")
    behind: bool = Field(
        description="Whether the original was corrected since, and this translation was not."
    )
    share_sentence: str = Field(description="What the office says before the link; may be empty.")
    next_step: str = Field(description="What happens once the goal is reached; may be empty.")
    signing_closes_in_words: str | None = Field(
        description="The last moment to sign, in this language: the end of a day is its 24:00."
    )


class PictureOut(Schema):
    """The picture that stands for a statement, cut to 16 : 9."""

    url: str
    width: int = Field(description="Pixels.")
    height: int = Field(description="Pixels.")
    alt: str = Field(description="What it shows, in the original language; empty if it decorates.")
    credit: str


class StatementOut(Schema):
    slug: str
    url: str
    kind: Annotated[str, OneOf(Statement.Kind.values)]
    signing: Annotated[str, OneOf(SigningState)]
    signers: Annotated[str, OneOf(Statement.Signers.values)]
    place: str
    dated_on: date | None
    published_at: datetime
    signing_opens_at: datetime | None
    signing_closes_at: datetime | None
    goal: int | None = Field(description="How many people are to sign, if the office said so.")
    next_step: str = Field(description="What happens once they have, in the original language.")
    time_zone: str = Field(description="The office's, which moments in words are told in.")
    language: str = Field(description="The one it was written in; others are translations.")
    edition: int = Field(ge=1, description="The current edition of the original.")
    tally: TallyOut
    picture: PictureOut | None
    texts: list[WordsOut]


class StatementPage(Schema):
    items: list[StatementOut]
    next: str | None = Field(description="The address of the next page; null on the last one.")


class EditionOut(Schema):
    """An immutable published text. `body` is sanitised HTML."""

    number: int = Field(ge=1)
    language: str
    translates: int = Field(ge=1, description=TRANSLATES)
    title: str
    summary: str
    body: str
    ask: str
    sha256: str = Field(description="Of the words, as the site's pages show it.")
    published_at: datetime
    change_note: str
    change_note_language: str = Field(description=NOTE_LANGUAGE)
    is_material: bool
    url: str


class EditionHead(Schema):
    number: int = Field(ge=1)
    language: str
    translates: int = Field(ge=1, description=TRANSLATES)
    title: str
    sha256: str
    published_at: datetime
    change_note: str
    change_note_language: str = Field(description=NOTE_LANGUAGE)
    is_material: bool
    url: str


class TargetOut(Schema):
    name: str
    office: str


class ReferenceOut(Schema):
    title: str
    identifier: str
    url: str


class AttachmentOut(Schema):
    title: str
    url: str
    content_type: str
    size: int = Field(description="Bytes.")
    sha256: str


class AnswerOut(Schema):
    on: date
    words: str
    name: str = Field(description="Who answered, where they did so themselves; else empty.")
    office: str
    in_own_words: bool = Field(description="Whether the addressee wrote it themselves.")


class DeliveryOut(Schema):
    to: str
    delivered_on: date
    note: str
    answered_on: date | None = Field(description="When the answer came that the office tells of.")
    answer: str = Field(description="That answer; those in own words are among `answers`.")
    answers: list[AnswerOut] = Field(description="All answers, the oldest first.")


class UpdateOut(Schema):
    language: str
    title: str
    body: str
    posted_at: datetime


class StatementWhole(StatementOut):
    editions: list[EditionOut] = Field(description="The current one, in each language.")
    targets: list[TargetOut]
    references: list[ReferenceOut]
    attachments: list[AttachmentOut]
    updates: list[UpdateOut]
    deliveries: list[DeliveryOut]


class ListQuery(Schema):
    signing: Annotated[str, OneOf([SigningState.OPEN])] | None = Field(
        None, description="Only what can be signed now."
    )
    after: After = ""


@router.get(
    "/statements",
    response={200: StatementPage, **PROBLEMS},
    summary="Public statements, newest first",
)
def statement_list(request: HttpRequest, query: Query[ListQuery]) -> dict[str, Any]:
    found = Statement.objects.public()
    if query.signing == SigningState.OPEN:
        found = found.open()
    page = ORDER.page_after(_with_words(found), ORDER.key(query.after), PER_PAGE)
    fetch_earlier(page.rows)
    fetch_collected(page.rows)
    fetch_paper(page.rows)
    asked = "signing=open&" if query.signing else ""
    return {
        "items": [statement_out(statement) for statement in page.rows],
        "next": (page.next and f"{address('statement_list')}?{asked}after={page.next}") or None,
    }


@router.get(
    "/statements/{slug}", response={200: StatementWhole, **PROBLEMS}, summary="One statement, whole"
)
def statement(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    editions = current_editions(slug)
    found = editions[0].statement
    found.current_editions = editions  # type: ignore[attr-defined]
    parts = parts_of(found)
    fetch_earlier([found])
    fetch_collected([found])
    fetch_paper([found])
    return {
        **statement_out(found),
        "editions": [edition_out(edition) for edition in editions],
        "targets": list(parts["targets"]),
        "references": list(parts["references"]),
        "attachments": [
            {
                "title": one.title, "url": absolute(_file(found, one)), "size": one.size,
                "content_type": one.content_type, "sha256": one.sha256,
            }
            for one in parts["attachments"]
        ],
        "updates": list(visible_updates(found)),
        "deliveries": [_delivery_out(one) for one in visible_deliveries(found)],
    }  # fmt: skip


def _delivery_out(delivery: Delivery) -> dict[str, Any]:
    return {
        "to": delivery.target.name if delivery.target else "",
        "delivered_on": delivery.delivered_on,
        "note": delivery.note,
        "answered_on": delivery.answered_on,
        "answer": delivery.answer,
        "answers": [
            {
                "on": one.on, "words": one.words, "in_own_words": one.own is not None,
                "name": one.own.name if one.own else "",
                "office": one.own.office if one.own else "",
            }
            for one in answers_to(delivery)
        ],
    }  # fmt: skip


@router.get(
    "/statements/{slug}/tally", response={200: TallyOut, **PROBLEMS}, summary="How many signed"
)
def tally(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    edition = current_editions(slug)[0]
    statement = edition.statement
    fetch_earlier([statement])
    fetch_collected([statement])
    fetch_paper([statement])
    counted = {"organizations": edition.organizations, "people": edition.people}  # type: ignore[attr-defined]
    return {
        **counted,
        "earlier": statement.earlier_tally,  # type: ignore[attr-defined]
        "collected": statement.collected_tally,  # type: ignore[attr-defined]
        "paper": statement.paper_number,  # type: ignore[attr-defined]
    }


@router.get(
    "/statements/{slug}/editions",
    response={200: list[EditionHead], **PROBLEMS},
    summary="All editions",
)
def edition_list(request: HttpRequest, slug: Slug) -> list[dict[str, Any]]:
    return [edition_out(edition, whole=False) for edition in editions_of(slug)]


@router.get(
    "/statements/{slug}/editions/{number}",
    response={200: list[EditionOut], **PROBLEMS},
    summary="One edition, in each language it has",
)
def edition(request: HttpRequest, slug: Slug, number: int) -> list[dict[str, Any]]:
    if not 0 < number < 2**31:
        raise Http404
    return [edition_out(edition) for edition in editions_numbered(slug, number)]


def statement_out(statement: Statement) -> dict[str, Any]:
    """A statement with its `current_editions`, `fetch_earlier`, and its tally or its slots."""
    editions: list[Edition] = statement.current_editions  # type: ignore[attr-defined]
    counts = {"organization": 0, "person": 0}
    for slot in statement.tally_slots.all():
        counts[slot.kind] += slot.count
    return {
        "slug": statement.slug,
        "url": absolute(statement.get_absolute_url()),
        "kind": statement.kind,
        "signing": signing_state(statement),
        "signers": statement.signers,
        "place": statement.place,
        "dated_on": statement.dated_on,
        "published_at": statement.publish_at,
        "signing_opens_at": statement.signing_opens_at,
        "signing_closes_at": statement.signing_closes_at,
        "goal": statement.goal,
        "next_step": said_in(statement, statement.language).next_step,
        "time_zone": zone_name(),
        "language": statement.language,
        "edition": statement.edition_number,
        "tally": {
            "organizations": counts["organization"], "people": counts["person"],
            "earlier": statement.earlier_tally,  # type: ignore[attr-defined]
            "collected": statement.collected_tally,  # type: ignore[attr-defined]
            "paper": statement.paper_number,  # type: ignore[attr-defined]
        },
        "picture": lead_pictures.shown(statement),
        "texts": [_words_out(statement, one) for one in editions],
    }  # fmt: skip


def _words_out(statement: Statement, words: Edition) -> dict[str, Any]:
    url, pdf = statement.get_absolute_url(), reverse("paper:statement", args=[statement.slug])
    said = said_in(statement, words.language)
    return {
        "language": words.language, "title": words.title, "summary": words.summary,
        "url": absolute(in_language(url, words.language)),
        "pdf": absolute(in_language(pdf, words.language)),
        "edition": words.number, "behind": words.is_behind,
        "share_sentence": said.share_sentence, "next_step": said.next_step,
        "signing_closes_in_words": _closes_in_words(statement, words.language),
    }  # fmt: skip


def _closes_in_words(statement: Statement, language: str) -> str | None:
    if statement.signing_closes_at is None:
        return None
    with translation.override(language):
        return last_moment_in_words(statement.signing_closes_at)


def edition_out(edition: Edition, *, whole: bool = True) -> dict[str, Any]:
    names = [
        "number", "language", "translates", "title", "sha256", "published_at", "change_note",
        "change_note_language", "is_material",
    ]  # fmt: skip
    if whole:
        names += ["summary", "body", "ask"]
    url = reverse("statements:edition", args=[edition.statement.slug, edition.number])
    return {
        **{name: getattr(edition, name) for name in names},
        "url": absolute(in_language(url, edition.language)),
    }


def _with_words(statements: StatementQuerySet) -> StatementQuerySet:
    words = Edition.objects.current().defer("body", "ask").order_by("pk")
    return statements.select_related("lead_picture").prefetch_related(
        Prefetch("editions", words, to_attr="current_editions"), "tally_slots", "supporter_texts"
    )


def address(name: str, **kwargs: Any) -> str:
    """The full address of one of the API's questions."""
    return absolute(reverse(f"{NAMESPACE}:{name}", kwargs=kwargs))


def _file(statement: Statement, attachment: Attachment) -> str:
    return reverse("statements:attachment", args=[statement.slug, attachment.pk])

"""The names under a statement as a file: what its page shows, and nothing more."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from casa.lib import countries as places
from casa.lib import languages
from casa.lib.csv import streamed
from casa.lib.db import paging
from signatories.core import paper, personal_data, tally
from signatories.core.answers import is_shown
from signatories.core.personal_data import label
from signatories.models import AffiliationMark, Signature, SignatureQuerySet, in_full
from signatories.public.lists import KEYS, ORDER
from statements.models import Statement
from statements.own_question import question_of

AT_ONCE = 1_000
PLACE = ("city", "region", "country")
CODE, EARLIER, ANSWER = "country_code", "earlier", "answer"
HEAD = (
    "kind", "name", "role", "affiliation", "affiliation_mark", *PLACE, CODE, "edition_id",
    "confirmed_at", "lead_position", ANSWER, EARLIER,
)  # fmt: skip
READ = (
    "pk", *personal_data.PUBLIC, "answer", "answer_public", "organization_id", "organization__name",
    *(f"organization__{part}" for part in PLACE), "edition_number",
)  # fmt: skip


@dataclass(frozen=True)
class _Labels:
    """Words of values in the language of the page, put together once for a file."""

    kinds: dict[str, str]
    marks: dict[str, str]
    countries: dict[str, str]

    @classmethod
    def now(cls) -> Self:
        kinds = {kind: str(label) for kind, label in Signature.Kind.choices}
        marks = {mark: str(label) for mark, label in AffiliationMark.choices}
        return cls(kinds, {"": "", **marks}, places.country_names(languages.interface()))


def names(statement: Statement) -> Iterator[bytes]:
    """The file in pieces: lead signatories, organizations, people. Memory stays flat."""
    return streamed(_rows(statement), bom=True)


def _rows(statement: Statement) -> Iterator[list[object]]:
    own = {CODE: gettext("country code"), EARLIER: gettext("signed an earlier text")}
    yield [own.get(name) or label(name) for name in HEAD]
    earlier = tally.earlier_editions([statement])[statement.pk]
    withheld: Counter[str] = Counter()
    labels, yes, question = _Labels.now(), gettext("yes"), question_of(statement)
    for one in _signatures(statement):
        if one.name_withheld:
            withheld[one.kind] += 1
        else:
            answer = question.shown(one.answer) if question and is_shown(one, question) else ""
            yield [*_row(one, labels), answer, yes if one.edition_id in earlier else ""]
    for kind, number in sorted(withheld.items()):
        text = ngettext("%(number)d name withheld", "%(number)d names withheld", number)
        yield [labels.kinds[kind], text % {"number": number}, *[""] * (len(HEAD) - 2)]
    if on_paper := paper.in_words(statement):
        yield ["", on_paper, *[""] * (len(HEAD) - 2)]


def _signatures(statement: Statement) -> Iterator[Any]:
    public: SignatureQuerySet = statement.signatures.public()
    yield from public.leads().with_edition_number().values_list(*READ, named=True)
    others = public.others().with_edition_number().values_list(*READ, named=True)
    for kind in KEYS.values():
        yield from paging.walk(ORDER, others.filter(kind=kind), AT_ONCE)


def _row(one: Any, labels: "_Labels") -> list[object]:
    if one.organization_id is None:
        name = in_full(one.honorific, one.name, one.credentials)
        own = one.role, one.affiliation, labels.marks[one.affiliation_mark]
        place = one.city, one.region, one.country
    else:
        name, own = one.organization__name, ("", "", "")
        of_it = one.organization__city, one.organization__region, one.organization__country
        place = of_it if any(of_it) else (one.city, one.region, one.country)
    return [
        labels.kinds[one.kind], name, *own, place[0], place[1],
        labels.countries.get(place[2], place[2]), place[2], one.edition_number,
        localtime(one.confirmed_at).date() if one.confirmed_at else "", one.lead_position,
    ]  # fmt: skip

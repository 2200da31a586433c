"""The names under a statement as a file: what its page shows, and nothing more."""

from collections import Counter
from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from casa.lib import countries as places
from casa.lib.csv import streamed
from casa.lib.db import paging
from signatories.core import paper, personal_data, tally
from signatories.core.personal_data import label
from signatories.models import Place, Signature, SignatureQuerySet
from signatories.public.lists import KEYS, ORDER
from statements.models import Statement

AT_ONCE = 1_000
PLACE = ("city", "region", "country")
CODE, EARLIER = "country_code", "earlier"
HEAD = (
    "kind", "name", "role", "affiliation", "affiliation_mark", *PLACE, CODE, "edition_id",
    "confirmed_at", "lead_position", EARLIER,
)  # fmt: skip
READ = (
    *personal_data.PUBLIC, "statement", "organization__name",
    *(f"organization__{part}" for part in PLACE),
)  # fmt: skip


def names(statement: Statement) -> Iterator[bytes]:
    """The file in pieces: lead signatories, organizations, people. Memory stays flat."""
    return streamed(_rows(statement), bom=True)


def _rows(statement: Statement) -> Iterator[list[object]]:
    own = {CODE: gettext("country code"), EARLIER: gettext("signed an earlier text")}
    yield [own.get(name) or label(name) for name in HEAD]
    earlier = tally.earlier_editions([statement])[statement.pk]
    withheld: Counter[str] = Counter()
    kinds = {kind: str(label) for kind, label in Signature.Kind.choices}
    countries = places.country_names(get_language() or "en")
    for one in _signatures(statement):
        if one.name_withheld:
            withheld[one.kind] += 1
        else:
            signed = gettext("yes") if one.edition_id in earlier else ""
            yield [*_row(one, kinds, countries), signed]
    for kind, number in sorted(withheld.items()):
        text = ngettext("%(number)d name withheld", "%(number)d names withheld", number)
        yield [kinds[kind], text % {"number": number}, *[""] * (len(HEAD) - 2)]
    if on_paper := paper.in_words(statement):
        yield ["", on_paper, *[""] * (len(HEAD) - 2)]


def _signatures(statement: Statement) -> Iterator[Signature]:
    public: SignatureQuerySet = statement.signatures.public()
    public = public.select_related("organization").only(*READ).with_edition_number()
    yield from public.leads()
    for kind in KEYS.values():
        yield from paging.walk(ORDER, public.others().filter(kind=kind), AT_ONCE)


def _row(one: Signature, kinds: dict[str, str], countries: dict[str, str]) -> list[object]:
    organization = one.organization
    of_person = organization is None
    place: Place = one
    if organization is not None and any(getattr(organization, part) for part in PLACE):
        place = organization
    return [
        kinds[one.kind], one.displayed_name, one.role if of_person else "",
        one.affiliation if of_person else "",
        one.get_affiliation_mark_display() if of_person else "",
        place.city, place.region,
        countries.get(place.country, place.country), place.country,
        one.edition_number,  # type: ignore[attr-defined]
        localtime(one.confirmed_at).date() if one.confirmed_at else "", one.lead_position,
    ]  # fmt: skip

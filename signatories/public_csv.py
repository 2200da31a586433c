"""The names under a statement as a file: what its page shows, and nothing more."""

from collections import Counter
from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from casa.lib import paging, places
from casa.lib.csv import streamed
from signatories.browsing import KEYS, ORDER
from signatories.models import Place, Signature, SignatureQuerySet
from statements.models import Statement

AT_ONCE = 1_000


def names(statement: Statement) -> Iterator[bytes]:
    """The file in pieces: first names, organizations, people. Memory stays flat."""
    return streamed(_rows(statement), bom=True)


def _rows(statement: Statement) -> Iterator[list[object]]:
    yield [
        gettext("signs as"), gettext("name"), gettext("role"), gettext("organization of a person"),
        gettext("city"), gettext("state or region"), gettext("country"), gettext("country code"),
        gettext("edition"), gettext("confirmed"), gettext("place among the first names"),
    ]  # fmt: skip
    withheld: Counter[str] = Counter()
    for one in _signatures(statement):
        if one.name_withheld:
            withheld[one.kind] += 1
        else:
            yield _row(one)
    kinds = dict(Signature.Kind.choices)
    for kind, number in sorted(withheld.items()):
        text = ngettext("%(number)d name withheld", "%(number)d names withheld", number)
        yield [kinds[kind], text % {"number": number}, *[""] * 9]


def _signatures(statement: Statement) -> Iterator[Signature]:
    public: SignatureQuerySet = statement.signatures.public()
    public = public.select_related("organization").with_edition_number()
    yield from public.leads()
    for kind in KEYS.values():
        yield from paging.walk(ORDER, public.others().filter(kind=kind), AT_ONCE)


def _row(one: Signature) -> list[object]:
    organization = one.organization
    place: Place = one
    if organization is not None and organization.place:
        place = organization
    confirmed = localtime(one.confirmed_at).date() if one.confirmed_at else ""
    of_person = organization is None
    return [
        one.get_kind_display(), one.displayed_name, one.role if of_person else "",
        one.affiliation if of_person else "", place.city, place.region,
        places.country_name(place.country), place.country,
        one.edition_number, confirmed, one.lead_position,  # type: ignore[attr-defined]
    ]  # fmt: skip

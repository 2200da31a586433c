"""How the signatures of a statement stand, for its page: read anew for each, with little work.

Rows come as they are. Only where they are others than on the last page, names are made of them.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import astuple
from typing import Any, NamedTuple

from django.db.models import Model, Sum

from casa.lib.db.compiled import KEY, Compiled, keys
from signatories.core import paper, tally
from signatories.core.tally import Tally
from signatories.models import ForStatementPage, Logo, Organization, Signature, TallySlot
from signatories.public import lists
from statements.models import Statement
from statements.public.kept_page import NEWEST_SHOWN, Standing

LOGOS_IN_HEAD = 3
"""Of those who stand behind a statement, at the top of its page."""

LOGOS_IN_ROW = 6
"""Where the row is of the verified ones: two lines of a telephone at most."""

MOST_LOGOS = 2 * NEWEST_SHOWN
"""The organizations whose logos are read: the first of the leads, and the newest others."""

Kind = Signature.Kind
Rows = list[tuple[Any, ...]]


def _columns(model: type[Model], names: str) -> tuple[str, ...]:
    """In the order of the model, as `from_db` takes them."""
    wanted = set(names.split())
    return tuple(one.attname for one in model._meta.concrete_fields if one.attname in wanted)


OF_SIGNATURE = _columns(
    Signature,
    "id kind name honorific credentials name_withheld role affiliation affiliation_mark city region"
    " country lead_position edition_id organization_id",
)
OF_ORGANIZATION = _columns(Organization, "id name slug kind city region country verification")
OF_LOGO = _columns(Logo, "id organization_id file content_type width height approved")
COLUMNS = (*OF_SIGNATURE, *(f"organization__{name}" for name in OF_ORGANIZATION), "edition_number")


def _counted() -> Any:
    """The statement was read as a public one just before."""
    counted = Signature.objects.counted().filter(statement=KEY)
    return counted.with_edition_number().values_list(*COLUMNS)


def _newest(kind: str) -> Compiled:
    return Compiled(lambda: _counted().filter(kind=kind).others().newest_first()[:NEWEST_SHOWN])


_LEADS = Compiled(lambda: _counted().leads())
_ORGANIZATIONS, _PEOPLE = _newest(Kind.ORGANIZATION), _newest(Kind.PERSON)
_TALLY = Compiled(
    lambda: (
        TallySlot.objects.filter(statement=KEY)
        .order_by()
        .values_list("kind")
        .annotate(Sum("count"))
    )
)
_LOGOS = Compiled(
    lambda: Logo.objects.filter(organization__in=keys(MOST_LOGOS)).values_list(*OF_LOGO)
)


class Read(NamedTuple):
    """All that the page of a statement shows of its signatures."""

    tally: Tally
    earlier: Tally
    collected: Tally
    week: Tally
    paper: int
    withheld: Counter[str]
    leads: Rows
    organizations: Rows
    people: Rows
    logos: Rows


def standing_of(statement: Statement) -> Standing:
    read = _read(statement)
    seen = (*(astuple(one) for one in read[:4]), *read[4:])
    return Standing(seen, _context_of(read))


def _read(statement: Statement) -> Read:
    counts: dict[str, int] = dict(_TALLY.rows(statement.pk))
    counted = Tally(counts.get(Kind.ORGANIZATION, 0), counts.get(Kind.PERSON, 0))
    organizations = _ORGANIZATIONS.rows(statement.pk) if counted.organizations else []
    leads = _LEADS.rows(statement.pk)
    return Read(
        tally=counted,
        earlier=tally.under_earlier_editions(statement),
        collected=tally.collected_of([statement])[statement.pk],
        week=tally.of_this_week(statement),
        paper=paper.number_of(statement),
        withheld=lists.withheld(statement),
        leads=leads,
        organizations=organizations,
        people=_PEOPLE.rows(statement.pk) if counted.people else [],
        logos=_logos([*leads[:NEWEST_SHOWN], *organizations]),
    )


def _logos(rows: Rows) -> Rows:
    asked = [row[OF_SIGNATURE.index("organization_id")] for row in rows]
    found = [key for key in asked if key is not None]
    if not found:
        return []
    return _LOGOS.rows(*found, *[found[0]] * (MOST_LOGOS - len(found)))


def _context_of(read: Read) -> Callable[[], dict[str, Any]]:
    def context() -> dict[str, Any]:
        return {
            "signatures": ForStatementPage(
                leads=_signatures(read.leads, read.logos),
                organizations=_signatures(read.organizations, read.logos),
                people=_signatures(read.people, []),
            ),
            "of_edition": {"organizations": read.tally.organizations, "people": read.tally.people},
            "of_statement": {
                "earlier_tally": read.earlier,
                "paper_number": read.paper,
                "week_tally": read.week,
            },
        }

    return context


def _signatures(rows: Rows, logos: Rows) -> list[Signature]:
    made = [_signature(row) for row in rows]
    of_organization: dict[int, list[Logo]] = {}
    for row in logos:
        logo = Logo.from_db("default", OF_LOGO, row)
        of_organization.setdefault(logo.organization_id, []).append(logo)
    for one in made:
        if one.organization is not None:
            found = of_organization.get(one.organization.pk, [])
            vars(one.organization)["_prefetched_objects_cache"] = {"logos": found}
    return made


def _signature(row: tuple[Any, ...]) -> Signature:
    signature = Signature.from_db("default", OF_SIGNATURE, row[: len(OF_SIGNATURE)])
    signature.edition_number = row[-1]  # type: ignore[attr-defined]
    if signature.organization_id is None:
        signature.organization = None
    else:
        of_its_own = row[len(OF_SIGNATURE) : -1]
        signature.organization = Organization.from_db("default", OF_ORGANIZATION, of_its_own)
    return signature

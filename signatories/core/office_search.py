"""The search of staff: signatures in any state, found among millions in a bounded time.

What many are called is found by reading signatures from the newest on, and what few are called by
an index of words; see `casa.lib.db.found`, which does so for the lists of visitors.
"""

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BigIntegerField, ExpressionWrapper, F, Q

from casa.lib.addresses import mailboxes
from casa.lib.addresses.mailbox_keys import mailbox_keys
from casa.lib.db.search import search_words
from signatories.models import COUNTED, NAMED, Organization, Signature, SignatureQuerySet

ORGANIZATIONS = 500
"""So many organizations of a name are looked for among those who signed."""

MOST = 1_000
"""So many signatures are shown of a search that finds more."""

READ, READ_ON = 2_000, 20_000
"""The newest rows that are read before the index is asked: so many, and so many in all where one in
FREQUENT of the former is looked for."""

FREQUENT = 20

COLUMNS = (
    "id", "sort_key", "name", "affiliation", "email", "email_key", "organization_id",
    "search_words", "state", "approved", "name_withheld",
)  # fmt: skip
"""What is looked at to tell whether a signature is wanted."""

FROM_INDEX = 5_000
"""Of what the index finds, so many are read to take the newest of them."""


def find(
    rows: SignatureQuerySet, query: str, *, by_mailbox: bool, at_most: int = MOST
) -> list[int]:
    """The keys of those of `rows` that staff look for by `query`, the newest first.

    By the beginnings of words of a name or an organization; `by_mailbox` also by a whole e-mail
    address, or its whole domain.
    """
    if "@" in query and not by_mailbox:
        return []
    if "@" not in query and not search_words(query):
        return []
    rows = rows.select_related(None).prefetch_related(None)
    near, is_all = _near(rows, _read(query, by_mailbox=by_mailbox), at_most)
    if is_all:
        return near
    ways = [rows.filter(way) for way in _indexed(query, by_mailbox=by_mailbox)]
    found = {*near, *(key for way in ways for key in _newest(way, at_most))}
    return sorted(found, reverse=True)[:at_most]


def _near(rows: SignatureQuerySet, wanted: Q, at_most: int) -> tuple[list[int], bool]:
    """The newest that are wanted, and whether those are all that is to be found."""
    newest = rows.order_by("-pk")
    near = _among(newest, wanted, READ, at_most)
    is_all = not list(newest.values_list("pk")[READ : READ + 1])
    if is_all or len(near) * FREQUENT < READ:
        return near, is_all
    near = _among(newest, wanted, READ_ON, at_most)
    return near, len(near) >= at_most


def _among(newest: SignatureQuerySet, wanted: Q, read: int, at_most: int) -> list[int]:
    """Those of the first `read` that are wanted.

    Django filters no query that is cut off, so its SQL stands in the place of the table.
    """
    found = Signature.objects.filter(wanted).order_by().values_list("pk")[:at_most]
    try:
        first, values = newest.values(*COLUMNS)[:read].query.sql_with_params()
        sql, asked = found.query.sql_with_params()
    except EmptyResultSet:
        return []
    connection = connections[newest.db]
    table = connection.ops.quote_name(Signature._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.replace(f"FROM {table}", f"FROM ({first}) AS {table}", 1), [*values, *asked]
        )
        return sorted((key for (key,) in cursor.fetchall()), reverse=True)


def _organizations(query: str) -> list[int]:
    named = Organization.objects.searched(query).order_by().values_list("pk", flat=True)
    return list(named[:ORGANIZATIONS])


def _read(query: str, *, by_mailbox: bool) -> Q:
    """What is looked for, as conditions on a row that is at hand."""
    address = _of_address(query) if by_mailbox else Q()
    if "@" in query:
        return address
    public = COUNTED & NAMED & Q(search_words__read_words=query)
    of_organization = Q(organization__in=_organizations(query))
    return Q(sort_key__read_office_words=query) | public | of_organization | address


def _indexed(query: str, *, by_mailbox: bool) -> list[Q]:
    """The same as conditions each of which an index answers."""
    address = [_of_address(query)] if by_mailbox and "." in query else []
    if "@" in query:
        return address
    return [
        Q(sort_key__office_words=query),
        COUNTED & NAMED & Q(search_words__words=query),
        Q(organization__in=_organizations(query)),
        *address,
    ]


def _of_address(query: str) -> Q:
    """Addresses lie encrypted: they are found as a whole, or by their whole domain."""
    before, at, domain = query.strip().rpartition("@")
    if before:
        return ~Q(email_key="") & Q(email_key__in=mailbox_keys(mailboxes.sought(query)))
    if at or ("." in domain and " " not in domain):
        return ~Q(email="") & Q(email__at_domain=mailboxes.domain_sought(domain))
    return Q()


def _newest(rows: SignatureQuerySet, at_most: int) -> list[int]:
    """The newest of the first FROM_INDEX, which are not always the newest of all."""
    some = rows.order_by().values("pk")[:FROM_INDEX]
    # PostgreSQL would walk the table in its order for a name that nobody has; what is computed
    # has no order to walk in.
    key = ExpressionWrapper(F("pk") + 0, BigIntegerField())
    found = Signature.objects.filter(pk__in=some).order_by(key.desc())
    return list(found.values_list("pk", flat=True)[:at_most])

"""The search of staff: signatures in any state, found among millions by indexes."""

from django.db.models import BigIntegerField, ExpressionWrapper, F

from casa.lib.addresses import mailboxes
from casa.lib.db.search import search_words
from signatories.models import COUNTED, NAMED, Organization, SignatureQuerySet

ORGANIZATIONS = 500
"""So many organizations of a name are looked for among those who signed."""


def find(rows: SignatureQuerySet, query: str, *, by_mailbox: bool, at_most: int) -> list[int]:
    """The keys of those of `rows` that staff look for by `query`, the newest first.

    By the beginnings of words of a name or an organization; `by_mailbox` also by an e-mail
    address in full.
    """
    if "@" in query:
        found = rows.counted_as_mailbox(mailboxes.sought(query)) if by_mailbox else rows.none()
        return _newest(found, at_most)
    if not search_words(query):
        return []
    named = Organization.objects.searched(query).order_by().values_list("pk", flat=True)
    ways = (
        rows.filter(sort_key__office_words=query),
        rows.filter(COUNTED & NAMED, search_words__words=query),
        rows.filter(organization__in=list(named[:ORGANIZATIONS])),
    )
    keys = {key for way in ways for key in _newest(way, at_most)}
    return sorted(keys, reverse=True)[:at_most]


def _newest(rows: SignatureQuerySet, at_most: int) -> list[int]:
    # PostgreSQL would walk the table in its order for a name that nobody has; what is computed
    # has no order to walk in.
    key = ExpressionWrapper(F("pk") + 0, BigIntegerField())
    found = rows.select_related(None).prefetch_related(None).order_by(key.desc())
    return list(found.values_list("pk", flat=True)[:at_most])

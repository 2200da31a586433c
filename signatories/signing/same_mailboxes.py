"""Signatures of one mailbox are found and reported, never merged.

It happens to rows that are older than the rule for their provider
(`casa/lib/addresses/providers.py`): a signature keeps the key it was stored with.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q

from casa.lib.addresses.mailbox_keys import mailbox_key
from casa.lib.text import name_key
from signatories.models import Signature, SignatureQuerySet
from signatories.signing import duplicates


def groups() -> Iterator[list[Signature]]:
    """Signatures that stand beside each other and are of one mailbox, by what is known today.

    Reads all signatures once, and keeps of them those alone that have another key than today's.
    """
    outdated: dict[tuple[int, str, int | None, str], list[int]] = defaultdict(list)
    columns = ("pk", "statement_id", "kind", "organization_id", "email", "email_key")
    for pk, statement, kind, organization, email, key in _live().values_list(*columns).iterator():
        if (today := mailbox_key(email)) != key:
            outdated[statement, kind, organization, today].append(pk)
    for (statement, kind, organization, today), pks in outdated.items():
        same = _live().filter(statement=statement, kind=kind, organization=organization)
        same = same.filter(Q(pk__in=pks) | Q(email_key=today))
        found = list(same.select_related("statement").order_by("pk"))
        if not _may_stand(found):
            yield found


def _live() -> SignatureQuerySet:
    return Signature.objects.exclude(email_key="").exclude(state=Signature.State.WITHDRAWN)


def _may_stand(found: list[Signature]) -> bool:
    """Whether so many may sign from one mailbox: one, or two of two names where it is shared."""
    if len(found) == 1:
        return True
    names = {name_key(one.name) for one in found}
    shared = duplicates.is_shared(found[0])
    return shared and len(found) == len(names) <= len(duplicates.PLACES)

"""Signatures that were made while nobody could read the words in public: by a preview link, or by
staff. When those words are discarded, they stand under edition 1 to come, as in a draft.
"""

from collections.abc import Sequence

from django.db.models import Max

from signatories.core import states
from signatories.models import Signature
from statements.models import Edition, Statement


def detach_signatures(statement: Statement, editions: Sequence[Edition]) -> None:
    """Take signatures off editions that are about to be discarded, in the caller's transaction.

    What a signer has read stays in the history of the signature, so that whoever publishes is
    told where the words are others (`signing/invitations.py`).
    """
    signatures = Signature.objects.filter(edition__in=editions).select_for_update()
    for signature in signatures.order_by("pk"):
        discarded = signature.edition
        assert discarded is not None  # noqa: S101 - for the type checker
        if signature.lead_position is None:
            # Without an edition only a first name can stand; it was one when it was placed.
            signature.lead_position = _next_position(statement)
        signature.edition = None
        signature.save(update_fields=["edition", "lead_position"])
        states.record_event(
            signature,
            by=None,
            reason=f"the words with the fingerprint {discarded.sha256} ({discarded.language})"
            " were discarded before anybody could read them",
        )


def _next_position(statement: Statement) -> int:
    leads = Signature.objects.filter(statement=statement)
    return (leads.aggregate(last=Max("lead_position"))["last"] or 0) + 1

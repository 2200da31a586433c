"""Whether a statement can be signed now, and by whom."""

from signatories.models import Signature
from statements.models import SigningPause, Statement

Kind = Signature.Kind


class NotOpen(Exception):  # noqa: N818 - an answer to a reader, not a programming error
    """The statement cannot be signed (now, or in this role)."""


ALLOWED_KINDS: dict[str, tuple[str, ...]] = {
    Statement.Signers.EVERYBODY: (Kind.PERSON, Kind.ORGANIZATION),
    Statement.Signers.PEOPLE: (Kind.PERSON,),
    Statement.Signers.ORGANIZATIONS: (Kind.ORGANIZATION,),
    Statement.Signers.NOBODY: (),
}


def may_sign(statement: Statement, kind: str) -> bool:
    # A page may be two seconds behind a pause of the whole site; a signature may not.
    paused = statement.signing_paused or SigningPause.is_on_now()
    is_open = statement.is_open_by_its_dates() and not paused
    return is_open and kind in ALLOWED_KINDS[statement.signers]

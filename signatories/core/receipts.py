"""The receipt of a signature: a secret code for its signer, and its mark, which is published.

The code is made of the random secret of the row (`nonce`), so no statement to the database and no
column is needed for it, and nobody can make it once the row is erased. The mark is a hash of the
code: whoever has the code finds the mark, and nobody finds the code, the name or the address from
the mark.
"""

import base64
import hashlib
import re

from django.db.models import F

from signatories.models import EndedReceipt, GoneCount, Leaf, Signature

Change = Leaf.Change

CODE_LENGTH = 32
"""Letters of base 32: 160 bits."""

TYPED_LENGTH = 100
"""What somebody may type for a code, with spaces and hyphens."""

_CODE = re.compile(f"[A-Z2-7]{{{CODE_LENGTH}}}")
_MISREAD = str.maketrans("018", "OIB")


def code_of(signature: Signature) -> str:
    return _code(signature.nonce)


def _code(nonce: str) -> str:
    digest = hashlib.sha256(b"casa receipt 1\n" + nonce.encode()).digest()
    return base64.b32encode(digest[: CODE_LENGTH * 5 // 8]).decode()


def of_confirmed(signature: Signature) -> str:
    """The receipt of a signature as its signer reads it; "" before it is confirmed."""
    return grouped(code_of(signature)) if signature.confirmed_at is not None else ""


def grouped(code: str) -> str:
    """ "ABCD-EFGH-…", as people read it."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def read_code(typed: str) -> str | None:
    """The code somebody typed, in whatever case and groups; None if it is none."""
    if len(typed) > TYPED_LENGTH:
        return None
    code = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_MISREAD)
    return code if _CODE.fullmatch(code) else None


def mark_of_code(code: str) -> bytes:
    return hashlib.sha256(b"casa mark 1\n" + code.encode()).digest()


def mark_of_nonce(nonce: str) -> bytes:
    return mark_of_code(_code(nonce))


def end(signature: Signature, change: str) -> None:
    """Have a leaf made of what ends a receipt, in the transaction that ends it.

    What was never counted has no leaf, and gets none.
    """
    if signature.confirmed_at is not None:
        EndedReceipt.objects.create(
            statement_id=signature.statement_id,
            kind=signature.kind,
            mark=mark_of_nonce(signature.nonce),
            change=change,
        )


def count_gone(signature: Signature, why: str) -> None:
    """Keep for the ledger that a signature is stored no more; what nobody confirmed, as such."""
    if signature.confirmed_at is None:
        why = GoneCount.Why.UNCONFIRMED
    row, _made = GoneCount.objects.get_or_create(
        statement_id=signature.statement_id, kind=signature.kind, why=why
    )
    GoneCount.objects.filter(pk=row.pk).update(count=F("count") + 1)

"""What is stored to prove the count: nothing of a person.

A mark is a hash of a secret of the signature, which goes with it.
"""

from casa.lib.personal_data import declare, impersonal
from signatories import models

declare(
    models.Audit,
    impersonal("statement_id is_begun leaves organizations people", "how far it has come"),
)
declare(models.AuditCursor, impersonal("id last_event", "how far it has come"))
declare(
    models.Leaf,
    impersonal("id statement_id position change kind mark gathered_on",
               "that some signature was counted, or was so no more, under a hash of a secret that"
               " is erased with it"),
)  # fmt: skip
declare(
    models.Seal,
    impersonal("id statement_id number day sealed_at first leaves organizations people told head"
               " sha256", "counts of a day"),
)  # fmt: skip
declare(
    models.EndedReceipt,
    impersonal("id statement_id kind mark change", "the same, until it is a leaf"),
)
declare(models.GoneCount, impersonal("id statement_id kind why count", "a count"))

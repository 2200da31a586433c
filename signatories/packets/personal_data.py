"""What is stored in packets."""

from django.utils.translation import gettext_lazy as _

from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal
from signatories.models import Packet, PacketPiece

declare(
    Packet,
    personal(
        "made_by_id",
        _("who of the office did it"),
        Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD),
    ),
    personal(
        "addressee",
        _("to know to whom a statement was handed over"),
        Ground(Subject.ADDRESSEE, Basis.DUTY, Retention.FOR_GOOD),
        label=_("for whom"),
    ),
    impersonal("letter", "what the office writes to a decision-maker"),
    impersonal(
        "id statement_id target_id language order paper comments made_at state attempts due_at"
        " frozen_at edition_id organizations people withheld names files files_made sha256 size"
        " finished_at delivery_id emptied_at",
        "what was handed over, of when, and how many signed",
    ),
)
declare(
    PacketPiece,
    personal("data", _("to hand the statement over with who signed it, and to prove what was"
                       " handed over"),
             Ground(Subject.SIGNER, Basis.CONSENT, Retention.IN_PACKET), sealed="data",
             label=_("packets: names and what stands beside them, chosen comments")),
    impersonal("id packet_id file position", "which part of it"),
)  # fmt: skip

"""What is stored of addressees who are told how many signed."""

from django.utils.translation import gettext_lazy as _

from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal
from signatories import models

RECORD = Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD)
ADDRESSED = Ground(Subject.ADDRESSEE, Basis.INTEREST, Retention.WITH_STATEMENT)

declare(
    models.AddresseeMailing,
    personal("changed_by_id", _("who of the office did it"), RECORD),
    personal("state changed_at", _("to write to them no more once they stopped it"), ADDRESSED,
             label=_("whether we tell them how many signed, and since when")),
    impersonal("id target_id every counted_from last_at", "how often, and what was told last"),
)  # fmt: skip
declare(
    models.AddresseeNotice,
    impersonal("id mailing_id mail_id day at organizations people earlier_organizations"
               " earlier_people outcome", "the numbers of a mail, and what became of it"),
)  # fmt: skip

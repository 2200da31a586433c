"""What is stored of staff who chose periods; what went is a number."""

from django.utils.translation import gettext_lazy as _

from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal
from casa.retention.models import Period, Removal

RECORD = Ground(Subject.STAFF, Basis.DUTY, Retention.FOR_GOOD)

declare(
    Period,
    personal("by_id", _("who of the office chose it"), RECORD),
    impersonal("id term length since", "how long something is kept"),
)
declare(Removal, impersonal("id rule statement day rows", "how much went, and when"))

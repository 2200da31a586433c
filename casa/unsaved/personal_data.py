"""What is stored of staff who could not save, and of who signs for an organization."""

from django.utils.translation import gettext_lazy as _

from casa.lib.personal_data import Basis, Ground, Retention, Subject, declare, impersonal, personal
from casa.unsaved.models import UnsavedFile, UnsavedForm

KEPT = Ground(Subject.STAFF, Basis.INTEREST, Retention.A_WEEK)
PURPOSE = _("so that nothing is lost that was typed and could not be saved")

declare(
    UnsavedForm,
    personal("user_id path sealed typed_at", PURPOSE, KEPT, label=_("what was typed, and where")),
    impersonal("key why ends_at", "a number, why it was not saved, and when it is forgotten"),
)
declare(
    UnsavedFile,
    personal("user_id file sealed", PURPOSE, KEPT, label=_("the file that was chosen")),
    impersonal("key size ends_at", "a hash, a size, and when it is forgotten"),
)

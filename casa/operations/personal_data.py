"""Nothing of people is stored here."""

from casa.lib.personal_data import declare, impersonal
from casa.operations.models import SignOfLife

declare(SignOfLife, impersonal("process at", "which process was at work, and when"))

"""Nothing of people is stored here."""

from casa.lib.personal_data import declare, impersonal
from casa.operations.models import Alarm, Measurement, SignOfLife

declare(SignOfLife, impersonal("process at", "which process was at work, and when"))
declare(Measurement, impersonal("name value at", "what was found last, and when"))
declare(Alarm, impersonal("id name began_at seen_at ended_at", "what was wrong, and when"))

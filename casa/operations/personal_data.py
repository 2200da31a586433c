"""Nothing of people is stored here."""

from casa.lib.personal_data import declare, impersonal
from casa.operations.models import Alarm, DataKey, Measurement, Resealing, SignOfLife

declare(SignOfLife, impersonal("process at", "which process was at work, and when"))
declare(Measurement, impersonal("name value at", "what was found last, and when"))
declare(Alarm, impersonal("id name began_at seen_at ended_at", "what was wrong, and when"))
declare(
    DataKey, impersonal("name proof made_at lost_at", "which keys encrypted data; not the keys")
)
declare(
    Resealing,
    impersonal("id key state table row done begun_at ended_at", "how far a new key has come"),
)

"""What was found last: how many counts are wrong, how large the newest backup is."""

from django.utils import timezone

from casa.operations.models import Measurement
from signatories.core import standing, tally

TASK = "prove-tally"
WRONG_COUNTS, BACKUP = "wrong-counts", "backup"


def note(name: str, value: int) -> None:
    Measurement.objects.update_or_create(name=name, defaults={"value": value, "at": timezone.now()})


def last(name: str) -> Measurement | None:
    return Measurement.objects.filter(name=name).first()


def prove_tally() -> int:
    """What `verify_tally` does, once a day: how many counts are not what the rows say."""
    wrong = len(tally.differences()) + len(standing.differences())
    note(WRONG_COUNTS, wrong)
    return wrong

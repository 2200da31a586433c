"""What was found last: how many counts and seals are wrong, how large the newest backup is."""

from django.utils import timezone

from casa.operations.models import Measurement
from signatories.audit import proving
from signatories.core import standing, tally

TASK, SEALS_TASK = "prove-tally", "prove-seals"
WRONG_COUNTS, WRONG_SEALS, BACKUP = "wrong-counts", "wrong-seals", "backup"


def note(name: str, value: int) -> None:
    Measurement.objects.update_or_create(name=name, defaults={"value": value, "at": timezone.now()})


def last(name: str) -> Measurement | None:
    return Measurement.objects.filter(name=name).first()


def prove_tally() -> int:
    """What `verify_tally` does, once a day: how many counts are not what the rows say."""
    wrong = len(tally.differences()) + len(standing.differences())
    note(WRONG_COUNTS, wrong)
    return wrong


def prove_seals() -> int:
    """Once a day: under how many statements tally, rows and seals do not agree."""
    wrong = len(proving.wrong())
    note(WRONG_SEALS, wrong)
    return wrong

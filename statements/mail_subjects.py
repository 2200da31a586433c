"""What mails about a statement are about, for those who want no more of them."""

from collections.abc import Iterable

from casa.mail.stops import Subject
from statements.models import Edition, Statement
from statements.reading import in_readers_language


def about(statement: Statement) -> str:
    """What stops are kept for (`casa.mail.stops`)."""
    return f"statement:{statement.pk}"


def statements_in(stopped: Iterable[str]) -> list[int]:
    """The statements among what mail was stopped about, by number."""
    parted = [about.partition(":") for about in stopped]
    return [int(number) for kind, _colon, number in parted if kind == "statement"]


def subject(about: str) -> Subject | None:
    """The statement in the reader's language; None while nobody may read it."""
    editions = Edition.objects.public().current().filter(statement__in=statements_in([about]))
    found = list(editions.select_related("statement").order_by("pk"))
    if not found:
        return None
    edition = in_readers_language(found)
    return Subject(edition.title, edition.statement.get_absolute_url(), edition.language)

"""The alarm that no row can hold: the database is away. A file in VAR_DIR says since when.

One mail goes out when it was away in two looks, a minute apart, and one when it is back; without
the outbox, in the site's language, with what the settings know.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.lib import languages
from casa.mail import transport

logger = logging.getLogger(__name__)


def found() -> None:
    """The database cannot be reached now."""
    mark = _read()
    if mark is None:
        _write(Mark(timezone.now()))
    # Noted before it is told: with a full disk it would be told each minute.
    elif not mark.is_told and _write(replace(mark, is_told=True)) and not _tell(_away(mark)):
        _write(mark)


def over() -> None:
    """The database answers."""
    if mark := _read():
        _file().unlink(missing_ok=True)
        if mark.is_told:
            _tell(_back(mark))


@dataclass(frozen=True)
class Mark:
    since: datetime
    is_told: bool = False


def _away(mark: Mark) -> Callable[[], tuple[str, str]]:
    words = gettext_lazy(
        "The database of %(site)s has been away since %(since)s. Nobody can sign; visitors read"
        " what caches have. Is PostgreSQL running, and has its disk room?"
    )
    return lambda: (_("The database is away"), str(words) % _said(mark))


def _back(mark: Mark) -> Callable[[], tuple[str, str]]:
    words = gettext_lazy("The database of %(site)s was away from %(since)s until now.")
    return lambda: (_("Over: the database is away"), str(words) % _said(mark))


def _said(mark: Mark) -> dict[str, str]:
    since = date_format(timezone.localtime(mark.since), "DATETIME_FORMAT")
    return {"site": settings.SITE_NAME, "since": since}


def _tell(words: Callable[[], tuple[str, str]]) -> bool:
    """Whether the mail server took it."""
    with translation.override(languages.of_office()[0][0]):
        subject, body = words()
    mail = EmailMessage(subject, f"{body}\n\n{settings.SITE_URL}", to=recipients())
    try:
        with transport.connection() as server:
            transport.send(server, mail)
    except transport.DeliveryError as error:
        logger.error("It could not be mailed that the database is away or back: %s", error)  # noqa: TRY400
        return False
    return True


def recipients() -> list[str]:
    return settings.ALARM_MAIL_TO or [settings.SITE_CONTACT_EMAIL]


def _file() -> Path:
    return Path(settings.VAR_DIR) / "database-away.json"


def _read() -> Mark | None:
    try:
        found = json.loads(_file().read_text("utf-8"))
        return Mark(datetime.fromisoformat(found["since"]), bool(found["is_told"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(mark: Mark) -> bool:
    """Whether it could be written."""
    said = {"since": mark.since.isoformat(), "is_told": mark.is_told}
    try:
        _file().write_text(json.dumps(said), "utf-8")
    except OSError:
        logger.exception("Since when the database is away cannot be noted")
        return False
    return True

"""The demo's mailbox: mail becomes a file that can be read in the browser (casa.demo.views)."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage as ParsedMessage
from email.parser import BytesHeaderParser
from email.policy import default as policy
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

NAME_PATTERN = r"[0-9]{8}T[0-9]{12}-[0-9a-f]{8}"
_TIME_FORMAT = "%Y%m%dT%H%M%S%f"
_HEADERS_ONLY = BytesHeaderParser(policy=policy)


class EmailBackend(BaseEmailBackend):
    """Writes each message as one file; a reader never meets half a message."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            _write(message.message().as_bytes())
        return len(email_messages)


def _write(content: bytes) -> None:
    folder = settings.DEMO_MAIL_DIR
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{timezone.now().astimezone(UTC):{_TIME_FORMAT}}-{secrets.token_hex(4)}"
    unfinished = folder / f".{name}.tmp"
    unfinished.write_bytes(content)
    unfinished.rename(folder / f"{name}.eml")


@dataclass(frozen=True)
class Letter:
    """A message in the mailbox; `text` and `html` are empty when only headers were read."""

    name: str
    at: datetime
    subject: str
    sender: str
    to: str
    text: str = ""
    html: str = ""


def newest(limit: int) -> list[Letter]:
    """The latest messages, the newest first, without their content."""
    names = sorted(_names(), reverse=True)[:limit]
    return [_letter(name, _HEADERS_ONLY.parsebytes(_path(name).read_bytes())) for name in names]


def find(name: str) -> Letter | None:
    """The message of that name. Names are looked up in the folder, never joined to its path."""
    if name not in _names():
        return None
    message = message_from_bytes(_path(name).read_bytes(), policy=policy)
    return _letter(name, message)


def _names() -> set[str]:
    files = settings.DEMO_MAIL_DIR.glob("*.eml")
    return {file.stem for file in files if re.fullmatch(NAME_PATTERN, file.stem)}


def _path(name: str) -> Path:
    return settings.DEMO_MAIL_DIR / f"{name}.eml"


def _letter(name: str, message: ParsedMessage) -> Letter:
    at = datetime.strptime(name.partition("-")[0], _TIME_FORMAT).replace(tzinfo=UTC)
    return Letter(
        name=name,
        at=at,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: ParsedMessage, kind: str) -> str:
    part = message.get_body((kind,)) if message.get_payload() else None
    return part.get_content() if part is not None else ""

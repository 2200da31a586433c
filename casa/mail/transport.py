"""The mail server: the one place that knows Django's mail API and what SMTP errors mean."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

SERVICE_NOT_AVAILABLE = 421


class Fault(Enum):
    SERVER = auto()  # the server takes nothing from us now: no use in trying the next mail
    LATER = auto()  # this mail is not taken now
    REFUSED = auto()  # this mail will never be taken
    BROKEN = auto()  # we could not even write it


class DeliveryError(Exception):
    """Why a mail was not delivered.

    `summary` is safe to store and to log: servers like to quote the address in their answers,
    so it holds their codes and none of their words.
    """

    def __init__(self, fault: Fault, summary: str) -> None:
        super().__init__(summary)
        self.fault = fault
        self.summary = summary


@contextmanager
def connection() -> Iterator[BaseEmailBackend]:
    """A connection for a batch of mails; opened by the first one that is sent."""
    server = get_connection()
    try:
        yield server
    finally:
        with suppress(OSError):  # whatever was accepted before stays accepted
            server.close()


def send(server: BaseEmailBackend, message: EmailMessage) -> None:
    """Return once the server has accepted `message`; raise DeliveryError if it has not."""
    try:
        server.open()
        accepted = server.send_messages([message])
    except Exception as error:  # noqa: BLE001 - a provider's backend may raise anything
        raise explain(error) from None  # the cause quotes the address
    if not accepted:
        raise DeliveryError(Fault.LATER, "not accepted")


def explain(error: Exception) -> DeliveryError:
    """What an error of a mail backend means for the mail at hand."""
    code: int
    answer: bytes | str
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
        case smtplib.SMTPResponseException():
            code, answer = error.smtp_code, error.smtp_error
        case OSError():  # SMTPServerDisconnected, time-outs, refused connections, TLS
            return DeliveryError(Fault.SERVER, type(error).__name__)
        case _:
            return DeliveryError(Fault.BROKEN, type(error).__name__)
    return DeliveryError(_fault(error, code), _summary(code, answer))


def _fault(error: Exception, code: int) -> Fault:
    # Only an answer to RCPT or DATA is about the mail. A refused login, greeting or sender is
    # about us, and would turn every mail of the queue into a dead letter.
    if code == SERVICE_NOT_AVAILABLE or not isinstance(
        error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError
    ):
        return Fault.SERVER
    return Fault.REFUSED if code >= 500 else Fault.LATER


def _summary(code: int, answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    detail = re.match(r"[245]\.\d{1,3}\.\d{1,3}\b", text)  # RFC 3463
    return f"SMTP {code} {detail[0]}" if detail else f"SMTP {code}"

"""The mail server: the one place that knows Django's mail API and what SMTP errors mean."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum, auto

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from casa.mail.kinds import Trouble

SERVICE_NOT_AVAILABLE = 421
# What a provider says of the recipient; anymail raises by itself only if it says nothing else.
TURNED_DOWN, TAKEN = {"rejected", "invalid", "failed"}, {"sent", "queued"}
# A permanent answer to RCPT whose detail, if any, is about the address (RFC 3463: 5.1.x, 5.2.1).
NO_MAILBOX = re.compile(r"SMTP 55[013]( 5\.1\.\d+| 5\.2\.1)?")


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

    def __init__(self, fault: Fault, summary: str, trouble: Trouble | None = None) -> None:
        super().__init__(summary)
        self.fault = fault
        self.summary = summary
        self.trouble = trouble  # what it tells of the mailbox, once the mail is given up


@contextmanager
def connection() -> Iterator[BaseEmailBackend]:
    """A connection for a batch of mails; opened by the first one that is sent."""
    server = get_connection()
    try:
        yield server
    finally:
        with suppress(OSError):  # whatever was accepted before stays accepted
            server.close()


def send(server: BaseEmailBackend, message: EmailMessage) -> str:
    """Return once the server has accepted `message`; raise DeliveryError if it has not.

    What it returns is the number of the mail at a provider; "" from a plain mail server.
    """
    try:
        server.open()
        accepted = server.send_messages([message])
    except Exception as error:  # noqa: BLE001 - a provider's backend may raise anything
        raise explain(error) from None  # the cause quotes the address
    if not accepted:
        raise DeliveryError(Fault.LATER, "not accepted")
    status = getattr(message, "anymail_status", None)
    if status is None:
        return ""
    if status.status & TURNED_DOWN and not status.status & TAKEN:
        raise DeliveryError(Fault.REFUSED, "refused by the provider", Trouble.HARD)
    return status.message_id if isinstance(status.message_id, str) else ""


def explain(error: Exception) -> DeliveryError:
    """What an error of a mail backend means for the mail at hand."""
    # These load a client of HTTP, which takes longer than all else of this module.
    from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused  # noqa: PLC0415

    code: int
    answer: bytes | str
    match error:
        case smtplib.SMTPRecipientsRefused():
            code, answer = next(iter(error.recipients.values()))
        case smtplib.SMTPResponseException():
            code, answer = error.smtp_code, error.smtp_error
        case AnymailRecipientsRefused():
            return DeliveryError(Fault.REFUSED, "refused by the provider", Trouble.HARD)
        case AnymailAPIError():  # before OSError, which some of them are too
            return _explain_provider(error.status_code)
        case OSError():  # SMTPServerDisconnected, time-outs, refused connections, TLS
            return DeliveryError(Fault.SERVER, type(error).__name__)
        case _:
            return DeliveryError(Fault.BROKEN, type(error).__name__)
    summary = _summary(code, answer)
    return DeliveryError(_fault(error, code), summary, _trouble(error, summary))


def _explain_provider(status: int | None) -> DeliveryError:
    """What a provider's answer over HTTP means. No answer, or a refused key, is about us."""
    if status is None or status >= 500 or status in (401, 403, 404, 429):
        return DeliveryError(Fault.SERVER, f"HTTP {status}" if status else "no answer")
    return DeliveryError(Fault.BROKEN, f"HTTP {status}")


def _trouble(error: Exception, summary: str) -> Trouble | None:
    """What a refusal tells of the mailbox. That of the words, or of us, tells little."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return None
    refused = isinstance(error, smtplib.SMTPRecipientsRefused)
    return Trouble.HARD if refused and NO_MAILBOX.fullmatch(summary) else Trouble.SOFT


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

"""A real SMTP server for tests, which can be told how to answer and can be switched off."""

import threading
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as policy

from aiosmtpd.controller import Controller

from casa.lib.testing import free_port

OK = "250 OK"


class Sink:
    """Keeps what it accepts. `answer(recipient)` is said to RCPT, `on_message` after DATA."""

    def __init__(self) -> None:
        self.port = free_port()
        self.messages: list[EmailMessage] = []
        self.answer: Callable[[str], str] = lambda recipient: OK
        self.on_message: Callable[[], None] = lambda: None
        self.connections = 0
        self._lock = threading.Lock()
        self._controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop()
        self._controller = None

    @property
    def recipients(self) -> list[str]:
        return [message["To"] for message in self.messages]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        answer = self.answer(address)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        with self._lock:
            self.messages.append(message_from_bytes(envelope.content, policy=policy))
        self.on_message()
        return OK

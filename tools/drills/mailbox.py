"""The mail server of a drill, with all mailboxes on it, and the moods it can be in."""

import asyncio
import socket
from collections.abc import Callable
from email.message import EmailMessage
from enum import Enum, auto
from typing import Any

from casa.mail.tests.smtp import OK, Sink

SLOW_SECONDS = 0.5
"""What a slow server takes for each mail."""


class Mood(Enum):
    WELL = auto()
    REFUSING = auto()  # every recipient, for now
    HANGING = auto()  # takes the connection and says nothing more
    DROPPING = auto()  # hangs up amid the mail
    SLOW = auto()


class Mailbox(Sink):
    """Takes mails, and hands each to whoever listens to its domain."""

    def __init__(self) -> None:
        super().__init__()
        self.mood = Mood.WELL
        self.acted = 0
        """How often it did something else than to take a mail at once."""
        self.listeners: dict[str, Callable[[EmailMessage], None]] = {}
        self.on_message = self._hand_on

    def turn(self, mood: Mood) -> None:
        self.mood, self.acted = mood, 0

    def _hand_on(self) -> None:
        mail = self.messages[-1]
        listen = self.listeners.get(str(mail["To"]).rpartition("@")[2])
        if listen is not None:
            listen(mail)

    async def handle_EHLO(  # noqa: N802 - a name of aiosmtpd
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        if self.mood is Mood.HANGING:
            self.acted += 1
            while self.mood is Mood.HANGING:
                await asyncio.sleep(0.1)
        return await super().handle_EHLO(server, session, envelope, hostname, responses)

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.mood is Mood.REFUSING:
            self.acted += 1
            return "451 4.3.2 Try again later"
        return await super().handle_RCPT(server, session, envelope, address, options)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.mood is Mood.DROPPING:
            self.acted += 1
            server.transport.abort()
            return OK
        if self.mood is Mood.SLOW:
            self.acted += 1
            await asyncio.sleep(SLOW_SECONDS)
        return await super().handle_DATA(server, session, envelope)


def is_taking(port: int) -> bool:
    """Whether anybody listens there."""
    with socket.socket() as probe:
        probe.settimeout(2)
        return probe.connect_ex(("127.0.0.1", port)) == 0

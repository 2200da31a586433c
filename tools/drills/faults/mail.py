"""The mail server misbehaves while people sign; what it did not take has to come later, once."""

from tools.drills import stores
from tools.drills.drill import Drill, Fault
from tools.drills.mailbox import Mood, is_taking
from tools.drills.scene import Setup

NEXT_TRY = 65
"""Seconds until the worker tries again what a server did not take: a minute, and a moment."""


class _MailFault(Fault):
    """With `--quick` the minute until the next try passes at once, by the application's clock."""

    def hurry(self) -> None:
        if self.is_quick:
            self.scene.clock.pass_by(NEXT_TRY)

    def waiting(self) -> str:
        """What the outbox says of mails that were not taken."""
        rows = stores.ask(self.scene.database_url, stores.FAILED)
        return ", ".join(f"{number} mails wait: {error}" for error, number in rows)


class MailServerAway(_MailFault):
    """Nobody listens there."""

    def begin(self) -> None:
        self.scene.mailbox.stop()

    def observe(self) -> str:
        return "" if is_taking(self.scene.mailbox.port) else self.waiting()

    def end(self) -> None:
        self.scene.mailbox.start()
        self.hurry()


class _Moody(_MailFault):
    mood: Mood
    says: str

    def begin(self) -> None:
        self.scene.mailbox.turn(self.mood)

    def observe(self) -> str:
        acted, waiting = self.scene.mailbox.acted, self.waiting()
        return f"{acted} {self.says}; {waiting}" if acted and waiting else ""

    def end(self) -> None:
        self.scene.mailbox.turn(Mood.WELL)
        self.hurry()


class MailServerRefuses(_Moody):
    mood, says = Mood.REFUSING, "recipients were refused"


class MailServerHangs(_Moody):
    mood, says = Mood.HANGING, "connections got no answer"


class MailServerDrops(_Moody):
    mood, says = Mood.DROPPING, "connections were dropped amid a mail"


class MailServerSlow(_Moody):
    """Takes each mail after a while; nobody but the mails has to wait for it."""

    mood = Mood.SLOW

    def observe(self) -> str:
        acted = self.scene.mailbox.acted
        return f"{acted} mails were taken slowly" if acted > 2 else ""

    def hurry(self) -> None:
        """Nothing waits for a next try."""


CLOCK = Setup(has_clock=True)
DRILLS = [
    Drill("mail-away", "no mail server listens", MailServerAway, CLOCK, within=150),
    Drill("mail-refuses", "the mail server refuses everybody for now", MailServerRefuses, CLOCK,
          within=150),
    Drill("mail-hangs", "the mail server takes connections and says nothing", MailServerHangs,
          CLOCK, within=150),
    Drill("mail-drops", "the mail server hangs up amid a mail", MailServerDrops, CLOCK, within=150),
    Drill("mail-slow", "the mail server takes half a second for a mail", MailServerSlow, CLOCK),
]  # fmt: skip

"""The clock of the application is set while the queue of mails is full."""

from typing import ClassVar

from tools.drills import stores
from tools.drills.drill import Drill, Fault
from tools.drills.scene import Setup

JUMP = 3 * 3600  # seconds
FULL_QUEUE = 10  # mails
NEWEST = """SELECT extract(epoch FROM created_at - now()) FROM signatories_signature
    ORDER BY id DESC LIMIT 1"""


class ClockJumps(Fault):
    """The worker stands still until mails wait; then the clock jumps, and it goes on."""

    before: ClassVar[int] = 0
    after: ClassVar[int] = JUMP

    def prepare(self) -> None:
        self.scene.clock.set(self.before)
        self._has_jumped = False

    def begin(self) -> None:
        self.scene.worker.stop()

    def observe(self) -> str:
        ((self._waiting,),) = stores.ask(self.scene.database_url, stores.WAITING)
        if not self._has_jumped and self._waiting >= min(FULL_QUEUE, self.people.arrived // 4):
            self._jump()
        if not self._has_jumped:
            return ""
        ((ahead,),) = stores.ask(self.scene.database_url, NEWEST)
        if abs(float(ahead) - self.after) > 60:
            return ""
        return f"{self._queue} mails waited; the newest signature is {float(ahead):+.0f} s off"

    def _jump(self) -> None:
        self._has_jumped, self._queue = True, self._waiting
        self.scene.clock.set(self.after)
        self.people.arrive(1)  # whose signature tells what time it is
        self.scene.worker.start()

    def end(self) -> None:
        if not self._has_jumped:
            self.scene.worker.start()


class ClockSetBack(ClockJumps):
    """It was ahead by hours, and is put right."""

    before, after = JUMP, 0


DRILLS = [
    Drill("clock-ahead", "the clock jumps three hours ahead, with mails waiting", ClockJumps,
          Setup(has_clock=True), within=90),
    Drill("clock-back", "a clock that was three hours ahead is put right, with mails waiting",
          ClockSetBack, Setup(has_clock=True), within=90),
]  # fmt: skip

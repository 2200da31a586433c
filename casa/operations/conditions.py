"""What raises an alarm: some of what the checks find, of what somebody has to act on at night."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casa.operations import measurements, signs_of_life
from casa.operations.checks import certificate, machine, mail, proofs, work
from casa.operations.findings import Check, Finding, Level


class UnknownError(Exception):
    """Neither begins an alarm nor ends it."""


@dataclass(frozen=True)
class Condition:
    """`look` gives what is wrong now; nothing if all is well. Raises what its checks raise, and
    UnknownError where that cannot be known just now.
    """

    name: str
    label: str | Promise
    look: Callable[[], list[Finding]]


def _not_fine(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level != Level.FINE]


def _broken(check: Check) -> list[Finding]:
    return [finding for finding in check() if finding.level == Level.BROKEN]


def _worker() -> list[Finding]:
    """A worker that never ran is nothing yet, as long as no mail waits for it."""
    return _broken(work.worker) if signs_of_life.silent_since() else []


def _disk() -> list[Finding]:
    """Of the folder for temporary files, which may be small, only what is next to nothing."""
    of_site, *others = machine.room()
    return _not_fine([of_site]) + [one for one in others if one.level == Level.BROKEN]


def _backup() -> list[Finding]:
    """Where none was ever made somebody may have another way; `doctor` tells of it."""
    return _broken(proofs.backup) if measurements.last(measurements.BACKUP) else []


def _certificate() -> list[Finding]:
    try:
        end = certificate.ends_at()
    except (OSError, ValueError) as error:
        raise UnknownError from error
    return _not_fine([certificate.judged(end)]) if end else []


CONDITIONS = (
    Condition("worker", _("The worker is silent"), _worker),
    Condition("mail", _("Mail is stuck"), lambda: _broken(mail.waiting)),
    Condition("disk", _("The disk is nearly full"), _disk),
    Condition("schedule", _("A scheduled task failed"),
              lambda: _not_fine([*work.set_up(), *work.failed()])),
    Condition("tally", _("A count is not what the signatures say"), lambda: _broken(proofs.counts)),
    Condition("seals", _("A sealed count does not agree"), lambda: _broken(proofs.seals)),
    Condition("backup", _("The last backup is too old"), _backup),
    Condition("certificate", _("The certificate is about to end"), _certificate),
    Condition("cache", _("The cache is away"), lambda: _broken(machine.cache)),
)  # fmt: skip
BY_NAME = {condition.name: condition for condition in CONDITIONS}


def label_of(name: str) -> str:
    """That of a condition, also of one that an earlier version knew."""
    return str(BY_NAME[name].label) if name in BY_NAME else name

"""What a drill came to: which promises broke, and whether it proved anything at all."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stored:
    """What the database holds of the people of a drill, asked in SQL, past all code of ours."""

    rows: Counter[str]
    """Signatures by address."""
    queued: frozenset[str]
    """Addresses that a mail to confirm was queued for."""
    confirmed: frozenset[str]
    counted: int
    """The tally of the whole site."""
    confirmed_rows: int
    """And how many rows it has to be."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """All that is known of a drill. Times are seconds; statuses are those of `people.statuses`."""

    people: int
    signed_before: int
    """Who was told “check your mail” before the fault; the same of those who had confirmed."""
    confirmed_before: int
    mailed_before: int
    fault: str
    """What was observed that proves the fault to be in effect; "" for nothing."""
    during: Counter[str]
    """What those who signed and read saw while it was."""
    told_signed: frozenset[str]
    told_confirmed: frozenset[str]
    told_after: int
    """How many acts were acknowledged that began after the fault had ended."""
    stored: Stored
    mails: Counter[tuple[str, str]]
    """How often each mail came, by recipient and Message-ID."""
    recovered: float | None
    """From the end of the fault until people signed and got their mail; None for never."""
    within: float
    """How long that may take."""
    repeats_allowed: int = 0
    """Mails in flight when a worker or its connection ended: each of these may come twice."""
    seen_after: Counter[str] = field(default_factory=Counter)
    """What was answered between the end of the fault and the end of the drill."""
    is_unseen: bool = False
    """Whether nobody may notice anything."""
    served: frozenset[str] = frozenset()
    """Who was thanked at any time."""
    excused: frozenset[str] = frozenset()
    """Who was told something that no site could keep, as it came after a backup, and is gone."""

    @property
    def lost(self) -> frozenset[str]:
        return self.told_signed - self.stored.rows.keys()

    @property
    def without_mail(self) -> frozenset[str]:
        return (self.told_signed & self.stored.rows.keys()) - self.stored.queued

    @property
    def doubled(self) -> int:
        return sum(self.stored.rows.values()) - len(self.stored.rows)

    @property
    def not_counted(self) -> frozenset[str]:
        return self.told_confirmed - self.stored.confirmed

    @property
    def repeated(self) -> int:
        return sum(self.mails.values()) - len(self.mails)

    @property
    def unserved(self) -> int:
        """Who had not signed and confirmed when patience ended."""
        return self.people - len(self.served | self.excused)

    @property
    def seen(self) -> Counter[str]:
        return self.during + self.seen_after


def broken(account: Account) -> list[str]:
    """The promises that were broken, each as a sentence."""
    return [sentence for number, sentence in _promises(account) if number]


def _promises(account: Account) -> Iterator[tuple[object, str]]:
    stored, seen = account.stored, account.seen
    bare = sum(n for status, n in seen.items() if status.endswith("without a page"))
    failed = sum(n for status, n in seen.items() if status[-3:] not in ("200", "302"))
    errors = sum(n for status, n in seen.items() if "500" in status)
    yield account.lost, f"{len(account.lost)} who were told to check their mail are not stored."
    yield account.without_mail, f"{len(account.without_mail)} were stored without their mail."
    yield account.doubled, f"{account.doubled} signatures are stored twice."
    yield account.not_counted, f"{len(account.not_counted)} who were thanked are not confirmed."
    off = stored.counted - stored.confirmed_rows
    yield off, f"The tally says {stored.counted}, and {stored.confirmed_rows} are confirmed."
    too_many = account.repeated > account.repeats_allowed
    yield too_many, f"{account.repeated} mails came twice; {account.repeats_allowed} may."
    yield account.unserved, f"{account.unserved} had not signed and confirmed in the end."
    yield bare, f"{bare} answers were errors without a page."
    yield errors, f"{errors} answers were 500, which is for mistakes of ours."
    yield account.is_unseen and failed, f"{failed} requests failed, and none should have."
    late = account.recovered is None or account.recovered > account.within
    after = "did not recover" if account.recovered is None else f"took {account.recovered:.0f} s"
    yield late, f"The site {after}; it should have within {account.within:.0f} s."


def silent(account: Account) -> list[str]:
    """Why the drill proves nothing, each as a sentence; nothing where it does."""
    checks = [
        (account.fault, "The fault was never seen to be in effect."),
        (account.signed_before, "Nobody had signed before the fault."),
        (account.confirmed_before, "Nobody had confirmed before the fault."),
        (account.mailed_before, "The worker had sent nothing before the fault."),
        (account.during, "Nobody asked for anything during the fault."),
        (account.told_after, "Nobody signed or confirmed after the fault."),
    ]
    return [sentence for found, sentence in checks if not found]

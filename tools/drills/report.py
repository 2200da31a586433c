"""What is printed of a drill, and the table of all."""

from collections import Counter
from dataclasses import dataclass

from tools.drills import judge
from tools.drills.judge import Account


@dataclass(frozen=True)
class Result:
    """A drill that was carried out, or `missing`: why it could not be."""

    name: str
    account: Account | None = None
    missing: str = ""

    @property
    def complaints(self) -> list[str]:
        if self.account is None:
            return [self.missing]
        return [*judge.silent(self.account), *judge.broken(self.account)]

    @property
    def verdict(self) -> str:
        if self.account is None:
            return "not run"
        if judge.silent(self.account):
            return "proved nothing"
        return "BROKEN" if judge.broken(self.account) else "kept"


def lost(account: Account) -> int:
    """How many acknowledged acts left no trace, or no mail."""
    return len(account.lost) + len(account.not_counted) + len(account.without_mail)


def seen(statuses: Counter[str]) -> str:
    return ", ".join(f"{number} × {status}" for status, number in sorted(statuses.items())) or "–"


def described(result: Result) -> str:
    """A drill in a few lines."""
    lines = [f"{result.name}: {result.verdict}"]
    if (account := result.account) is not None:
        lines += [f"  {label:13} {value}" for label, value in _lines(account)]
    lines += [f"  ! {complaint}" for complaint in result.complaints]
    return "\n".join(lines)


def _lines(account: Account) -> list[tuple[str, str]]:
    stored, took = account.stored, account.recovered
    return [
        ("fault", account.fault or "none was seen"),
        ("before it", f"{account.signed_before} signed, {account.confirmed_before} confirmed"),
        ("acknowledged", _acknowledged(account)),
        ("stored", f"{sum(stored.rows.values())}, {len(stored.confirmed)} of them confirmed"),
        ("mailed", f"{len(account.mails)} mails, {account.repeated} of them twice"),
        ("counted", f"{stored.counted} of {stored.confirmed_rows} on the whole site"),
        ("lost", f"{lost(account)}"),
        ("doubled", f"{account.doubled}"),
        ("users saw", f"{seen(account.during)} during it; {seen(account.seen_after)} afterwards"),
        ("recovered", "never" if took is None else f"in {took:.1f} s"),
    ]  # fmt: skip


def _acknowledged(account: Account) -> str:
    said = f"{len(account.told_signed)} signed, {len(account.told_confirmed)} confirmed"
    return f"{said}; {len(account.excused)} more could not be kept" if account.excused else said


HEAD = ("Drill", "", "Acknowledged", "Stored", "Mailed", "Counted", "Lost", "Doubled",
        "Users saw during it", "Recovered, s")  # fmt: skip


def table(results: list[Result]) -> str:
    """All of them as a table of Markdown."""
    rows = [HEAD, ("---", "---", *["--:"] * 6, "---", "--:"), *[_row(one) for one in results]]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(result: Result) -> tuple[str, ...]:
    account = result.account
    if account is None:
        return (result.name, result.verdict, *[""] * 8)
    took = "never" if account.recovered is None else f"{account.recovered:.1f}"
    return (
        result.name, result.verdict,
        f"{len(account.told_signed)} + {len(account.told_confirmed)}",
        f"{sum(account.stored.rows.values())}", f"{len(account.mails)}",
        f"{len(account.stored.confirmed)}", f"{lost(account)}", f"{account.doubled}",
        seen(account.during), took,
    )  # fmt: skip

"""Take pictures of every public page in every case, name faults and what has changed.

make look                                  all of it, into var/look
make look -- --case rtl --page statement --width 360
"""

import argparse
import shutil
import sys
from pathlib import Path

from tools.look import comparison, faults, report, site
from tools.look.cases import CASES
from tools.look.looker import WIDTHS
from tools.look.run import look


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--case", action="append", choices=list(CASES), help="only these cases")
    parser.add_argument("--page", action="append", help="only pages whose name begins so")
    parser.add_argument("--width", action="append", type=int, choices=list(WIDTHS))
    parser.add_argument("--axe", action="store_true", help="have axe look, too (slow)")
    parser.add_argument("--target", type=Path, default=site.TARGET)
    return parser.parse_args()


def clear(target: Path, cases: list[str]) -> None:
    """Remove what earlier runs left, so that nothing old is looked at or accepted."""
    (target / "sheets").mkdir(parents=True, exist_ok=True)
    for folder in ("waiting", *cases):
        shutil.rmtree(target / folder, ignore_errors=True)
    for name in ("changes", *cases):
        for old in (target / "sheets").glob(f"{name}-*"):
            old.unlink()


def main() -> None:
    asked = arguments()
    clear(asked.target, asked.case or list(CASES))
    found = look(asked)
    changes = [*found.changes, *comparison.gone_cases(comparison.ACCEPTED, list(CASES))]
    comparison.keep_waiting(changes, found.browser, asked.target / "waiting")
    report.draw(changes, asked.target)
    print(faults.table(found.faults))
    print(report.table(changes))
    print(f"{len(found.faults)} faults. Sheets to look at: {asked.target / 'sheets'}")
    print(report.summary(changes, found.browser))
    sys.exit(bool(found.faults or changes))


if __name__ == "__main__":
    main()

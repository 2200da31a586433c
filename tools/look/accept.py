"""Take what `make look` reported as accepted.

make look-accept                                 all that the last `make look` reported
make look-accept -- --case rtl --page statement
"""

import argparse
import sys
from pathlib import Path

from tools.look import comparison, site


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--case", action="append", default=[], help="only these cases")
    parser.add_argument("--page", action="append", default=[], help="whose name begins so")
    parser.add_argument("--target", type=Path, default=site.TARGET)
    return parser.parse_args()


def main() -> None:
    asked = arguments()
    waiting = asked.target / "waiting"
    if not (waiting / comparison.GONE).exists():
        sys.exit("Nothing waits to be accepted. Look first: make look")
    taken = comparison.accept(waiting, comparison.ACCEPTED, asked.case, asked.page)
    size = sum(file.stat().st_size for file in comparison.ACCEPTED.glob("*/*.webp"))
    print(f"{len(taken)} pages accepted; all accepted pictures take {size / 1e6:.1f} MB.")


if __name__ == "__main__":
    main()

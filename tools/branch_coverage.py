"""Fail where tests leave too many branches of the judged modules untaken.

`make coverage` calls it after the tests. Which modules are judged, and how much is enough, stands
in pyproject.toml under [tool.coverage.report].
"""

import json
import sys
import tempfile
import tomllib
from pathlib import Path

from coverage import Coverage

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["coverage"]["report"]


def measured() -> dict[str, dict[str, int]]:
    """The totals of each judged file, by its path, from the data of the last run."""
    for pattern in SETTINGS["include"]:
        if not any(ROOT.glob(pattern)):
            sys.exit(f"pyproject.toml judges {pattern}, and no such file is there.")
    coverage = Coverage()
    coverage.load()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        coverage.json_report(outfile=str(report))
        files = json.loads(report.read_text("utf-8"))["files"]
    return {name: file["summary"] for name, file in files.items()}


def main() -> None:
    wanted, files = SETTINGS["fail_under"], measured()
    branches = sum(one["num_branches"] for one in files.values())
    taken = sum(one["covered_branches"] for one in files.values())
    percent = 100 * taken / branches
    for name, one in sorted(files.items(), key=lambda item: -item[1]["missing_branches"]):
        if one["missing_branches"]:
            print(f"{one['missing_branches']:4} of {one['num_branches']:3} untaken: {name}")
    print(f"{taken} of {branches} branches of {len(files)} files taken: {percent:.1f} %")
    if percent < wanted:
        sys.exit(f"At least {wanted:g} % are wanted. `coverage report --show-missing` says which.")


if __name__ == "__main__":
    main()

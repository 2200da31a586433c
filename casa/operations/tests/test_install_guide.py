"""docs/install.md: what its commands name is there; `make install-check` runs them."""

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from tools.install_check import guide
from tools.install_check.__main__ import AFTERWARDS, STAND_INS

ROOT = Path(settings.BASE_DIR)
PAGE = guide.PAGE.read_text("utf-8")
FOLLOWED = [
    step for part in ("On a Debian server", "Keeping it") for step in guide.steps(PAGE, part)
]
WORDS = list(guide.words(FOLLOWED))
EXAMPLE = (ROOT / ".env.example").read_text("utf-8")


def commands_of_site():
    """What follows `casa` in blocks and in sentences."""
    typed = [words[1:] for words in WORDS if words[0] == "casa"]
    told = [one.split()[1:] for one in re.findall(r"`((?:casa|manage\.py) [a-z_]+[^`\n]*)`", PAGE)]
    return [words for words in typed + told if words]


@pytest.mark.parametrize("words", commands_of_site(), ids=" ".join)
def test_a_command_of_the_site_is_one_and_takes_these_words(words):
    name, *given = words
    parser = load_command_class(get_commands()[name], name).create_parser("casa", name)
    parser.parse_args(given)


def test_every_file_it_names_is_in_the_code():
    named = {
        word
        for words in WORDS
        for word in words
        if re.match(r"(deploy/|\.env\.example|requirements)", word)
    }
    named |= set(re.findall(r"`(deploy/[^`]+)`", PAGE))
    assert len(named) > 6
    for name in named:
        assert [*ROOT.glob(name)], name


def test_every_file_of_deploy_is_named_somewhere():
    """A file that no page leads to is used by nobody."""
    pages = "".join(
        page.read_text("utf-8")
        for page in [
            *ROOT.glob("docs/*.md"),
            ROOT / "compose.yaml",
            ROOT / "Dockerfile",
        ]
    )
    patterns = re.findall(r"deploy/[\w./*-]+", pages)
    for file in ROOT.glob("deploy/**/*"):
        name = file.relative_to(ROOT).as_posix()
        assert file.is_dir() or any(
            fnmatch(name, f"{one}*" if one.endswith("/") else one) for one in patterns
        ), name


def test_every_line_it_changes_stands_in_the_example_of_settings():
    changed = re.findall(
        r'sed -i "s\|\^?([^|]+?)(?:\.\*)?\|',
        "\n".join(" ".join(step.commands) for step in FOLLOWED),
    )
    assert len(changed) >= 4
    for pattern in changed:
        assert re.search(rf"(?m)^.*{pattern}", EXAMPLE), pattern


def test_every_setting_it_names_is_explained():
    explained = set(
        re.findall(r"\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text("utf-8"))
    )
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)[`=]", PAGE)) - {"TMPDIR"}
    assert named <= explained | {"max_connections"}


def test_bash_can_read_it():
    script = guide.script(FOLLOWED, STAND_INS) + AFTERWARDS
    subprocess.run(["bash", "-n", "-c", script], check=True)


def test_the_blocks_are_read_in_their_order_and_with_their_headings():
    text = "## A\n```sh\nnot this\n```\n## B\n### 1. First\n```sh\none\ntwo\n```\n"
    text += "- Listed:\n  ```sh\n  three\n  ```"
    assert guide.steps(text, "B") == [
        guide.Step("1. First", ("one", "two")),
        guide.Step("1. First", ("three",)),
    ]


def test_what_stands_in_is_told_and_has_to_be_on_the_page():
    step = guide.Step("1.", ("certbot x", "ls"))
    script = guide.script([step], [guide.StandIn("certbot", "no network", "true")])
    assert "certbot x\n" not in script.replace("'$ certbot x'", "")
    assert "in its place: no network" in script
    with pytest.raises(SystemExit, match="no longer says: certbot"):
        guide.script([guide.Step("1.", ("ls",))], [guide.StandIn("certbot", "", "true")])


def test_what_fails_ends_it_with_the_command():
    done = subprocess.run(
        ["bash", "-c", guide.script([guide.Step("1.", ("false", "echo never"))], [])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "The page is wrong here: false" in done.stdout
    assert "\nnever" not in done.stdout

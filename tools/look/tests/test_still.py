"""Two runs of `make look` see the same site."""

import shutil

import pytest

from tools.look import site

pytestmark = pytest.mark.slow


def test_a_case_is_always_filled_alike(tmp_path):
    """Addresses of the pages hold links that are drawn by chance and dated by the clock."""
    site.migrate(tmp_path / "first")
    shutil.copytree(tmp_path / "first", tmp_path / "second")
    first, second = (
        site.fill("signing", site.settings(tmp_path / name, "signing"))
        for name in ("first", "second")
    )
    assert len(first) > 30
    assert first == second

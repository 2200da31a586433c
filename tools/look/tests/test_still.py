"""Two runs of `make look` see the same site."""

import pytest

from casa.lib.testing import DATA_KEYS, copy_sqlite
from tools.look import site

pytestmark = [pytest.mark.slow, pytest.mark.page]


def test_a_case_is_always_filled_alike(tmp_path, migrated_database):
    """Addresses of the pages hold links that are drawn by chance and dated by the clock."""
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        copy_sqlite(migrated_database, tmp_path / name / "casa.sqlite3")
    first, second = (
        site.fill("signing", site.settings(tmp_path / name, "signing") | DATA_KEYS)
        for name in ("first", "second")
    )
    assert len(first) > 30
    assert first == second

"""The short form of `make attack`: nothing that a stranger tries gets the better of the site."""

import pytest

from casa.lib.testing import own_database
from tools.attack.__main__ import attack_all, table
from tools.attack.attacks import Effort

# `make attack` itself runs on PostgreSQL.
pytestmark = [pytest.mark.slow, pytest.mark.page, pytest.mark.django_db(transaction=True)]


def test_the_site_gives_way_to_nothing(tmp_path, migrated_database):
    with own_database(tmp_path, migrated_database) as database_url:
        results = attack_all(tmp_path, database_url, Effort(is_full=False), [])
    assert len(results) >= 9
    assert sum(result.requests for result in results) > 400
    assert not any(result.failures for result in results), table(results)

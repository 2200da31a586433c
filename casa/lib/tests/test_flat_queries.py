"""A number of queries that grows with the rows is found."""

import pytest
from django.core.cache import cache

from casa.lib.testing import assert_flat_queries, queries_of
from statements.models import Target
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def add(number):
    statement = make_edition(f"Statement {number}").statement
    Target.objects.create(statement=statement, name=f"Council {number}")


def test_a_query_for_each_row_fails():
    with pytest.raises(AssertionError, match="2 queries at 1 rows, 4 at 3"):
        assert_flat_queries(add, lambda _rows: [one.statement.slug for one in Target.objects.all()])


def test_rows_that_are_fetched_along_pass():
    def ask(rows):
        slugs = [one.statement.slug for one in Target.objects.select_related("statement")]
        assert len(slugs) == rows

    (sent,) = assert_flat_queries(add, ask)
    assert "JOIN" in sent


def test_what_is_kept_in_the_cache_is_asked_for_all_the_same():
    def ask(_rows):
        cache.get_or_set("count", Target.objects.count)

    assert len(assert_flat_queries(add, ask)) == 1
    assert queries_of(lambda: ask(3)) == []

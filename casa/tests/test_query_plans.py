"""How PostgreSQL reads what visitors ask for, among many signatures: by indexes, never all of them.

Every public address is asked for, the lists with searches and filters too, and each query that
is sent is explained. So is every list of the back office, with its searches, columns and filters.
"""

import json

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks import many, office
from casa.lib import neighbours
from casa.lib.long_lists import BoundedPaginator
from casa.tests.test_leaks import addresses
from signatories.core import office_search, standing
from signatories.testing import make_organization, make_signature
from statements.testing import make_edition, make_user

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL's planner"),
]

ROWS = 20_000
SIGNATURES = "signatories_signature"
DRAWN = (".pdf", ".png")
"""They take their time, and read the names that the page to print does."""

SEARCHES = {
    "/signatories/": [
        "people=last", "order=name", "order=name&people=last", "order=name&people=n-0",
        "country=NO", "q=aliyev", "country=NO&q=aliyev", "q=nobody+of+that+name", "q=nora+100",
        "q=library&show=organizations", "q=a&people=last",
    ],
    "/organizations/": ["page=last", "q=library", "q=nobody", "country=NO", "kind=company"],
    "/api/v1/organizations": ["q=library", "q=nobody"],
    "signatories": ["kind=organization"],
}  # fmt: skip
"""What is asked of addresses that end so."""


@pytest.fixture
def full(db):
    """A statement with ROWS signatures beside a small one."""
    edition = make_edition("Mend the bridge")
    make_signature(edition, organization=make_organization("River Trust"))
    large = make_edition("Open the rooms")
    many.add(large, first=1, last=ROWS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SET LOCAL random_page_cost = 1.1")  # as deploy/postgresql has it
    assert standing.differences() == []
    return [edition.statement, large.statement]


def asked(statements):
    for url in addresses(statements):
        if not url.endswith(DRAWN):
            yield url
            for ending, queries in SEARCHES.items():
                if url.endswith(ending):
                    yield from (f"{url}?{query}" for query in queries)


def queries_of(client, url):
    """What the page sends, but for what is counted over all and kept for a minute."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        if answer.streaming:
            list(answer.streaming_content)
    sent = {query["sql"] for query in captured if SIGNATURES in query["sql"]}
    return [sql for sql in sent if sql.startswith("SELECT") and " GROUP BY " not in sql]


def explained(sql):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        (plan,) = cursor.fetchone()
    return plan if isinstance(plan, list) else json.loads(plan)


def scans_of_all(plan):
    """The parts of a plan that read every signature."""
    if isinstance(plan, list):
        return [one for part in plan for one in scans_of_all(part)]
    if not isinstance(plan, dict):
        return []
    is_one = "Seq Scan" in plan.get("Node Type", "") and plan.get("Relation Name") == SIGNATURES
    return [plan] * is_one + [one for part in plan.values() for one in scans_of_all(part)]


def test_the_check_sees_a_scan_of_all(full):
    assert scans_of_all(explained(f"SELECT count(name) FROM {SIGNATURES}"))


def wrong_queries(client, urls):
    """The queries that would read all signatures, by address, and how many were explained."""
    wrong, explained_sql = {}, set()
    for url in urls:
        cache.clear()
        for sql in queries_of(client, url):
            explained_sql.add(sql)
            if scans_of_all(explained(sql)):
                wrong[url] = sql
    return wrong, len(explained_sql)


def test_no_page_reads_all_signatures(client, full):
    wrong, number = wrong_queries(client, asked(full))
    assert wrong == {}
    assert number > 50


@pytest.fixture
def scaled(monkeypatch):
    """What bounds a list among a million, as much smaller as there are fewer signatures here."""
    monkeypatch.setattr(BoundedPaginator, "limit", 200)
    monkeypatch.setattr(neighbours, "LOOKED_AT", 200)
    for name, number in {"MOST": 20, "READ": 40, "READ_ON": 2_000, "FROM_INDEX": 200}.items():
        monkeypatch.setattr(office_search, name, number)


def test_no_page_of_the_back_office_reads_all_signatures(client, full, scaled):
    many.vary(full[1])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client.force_login(make_user())
    wrong, number = wrong_queries(client, office.addresses(office.places(page=2)))
    assert wrong == {}
    assert number > 100

"""Lists of names: the order, the pages, and a number of queries that does not grow."""

from datetime import timedelta
from itertools import chain

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.lib.db import paging
from casa.lib.testing import assert_flat_queries, queries_of
from signatories.models import Signature
from signatories.public.lists import ORDER
from signatories.testing import make_organization, make_signature
from statements.models import Reference, Target
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def sign_many(edition, number):
    now = timezone.now()
    for n in range(number):
        # Some at the very same moment: the key must tell them apart.
        make_signature(edition, f"Person {n}", confirmed_at=now - timedelta(seconds=n // 3))


def walk(signatures, size, turn, key=None):
    seen = []
    while True:
        page = turn(signatures, key, size)
        seen.append([signature.pk for signature in page.rows])
        key = ORDER.key(page.next if turn == ORDER.page_after else page.previous)
        if key is None:
            return seen


@pytest.mark.slow
def test_pages_hold_every_name_once_in_both_directions():
    sign_many(make_edition(), 23)
    signatures = Signature.objects.all()
    in_order = list(signatures.newest_first().values_list("pk", flat=True))
    forward = walk(signatures, 5, ORDER.page_after)
    assert list(chain.from_iterable(forward)) == in_order
    backward = walk(signatures, 5, ORDER.page_before)
    assert list(chain.from_iterable(reversed(backward))) == in_order


@pytest.mark.medium
def test_a_new_signature_moves_nobody_to_another_page():
    edition = make_edition()
    sign_many(edition, 10)
    signatures = Signature.objects.all()
    first = ORDER.page_after(signatures, None, 4)
    before = ORDER.page_after(signatures, ORDER.key(first.next), 4)
    make_signature(edition, "Late Comer", confirmed_at=timezone.now() + timedelta(hours=1))
    after = ORDER.page_after(signatures, ORDER.key(first.next), 4)
    assert before == after


@pytest.mark.slow
def test_the_list_page_turns(client, monkeypatch):
    monkeypatch.setattr("signatories.public.lists.NAMES_PER_PAGE", 4)
    edition = make_edition()
    sign_many(edition, 9)
    url = reverse("signatories:list", args=[edition.statement.slug])
    first = client.get(url)
    assert "Person 0" in first.text
    assert "Person 8" not in first.text
    older = first.context["people"].page.next
    assert f"people={older}" in first.text
    second = client.get(f"{url}?people={older}")
    assert "Person 4" in second.text
    assert 'start="5"' in second.text
    back = client.get(f"{url}?people={second.context['people'].page.previous}.back")
    assert back.context["people"].page.rows == first.context["people"].page.rows
    assert "Person 8" in client.get(f"{url}?people=last").text


def test_all_rows_are_walked_a_few_at_a_time():
    sign_many(make_edition(), 7)
    signatures = Signature.objects.all()
    walked = []
    sent = queries_of(lambda: walked.extend(one.pk for one in paging.walk(ORDER, signatures, 3)))
    assert walked == list(ORDER.sorted(signatures).values_list("pk", flat=True))
    assert len(sent) > 2
    assert all(sql.endswith("LIMIT 3") for sql in sent)


@pytest.mark.slow
def test_lead_signatories_stand_first_in_the_order_staff_chose(client):
    edition = make_edition()
    make_signature(edition, "Second Lead", lead_position=2)
    make_signature(edition, "First Lead", lead_position=1)
    make_signature(edition, "Anybody")
    for name in ("statements:detail", "signatories:list"):
        text = client.get(reverse(name, args=[edition.statement.slug])).text
        assert text.index("First Lead") < text.index("Second Lead") < text.index("Anybody")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["statements:detail", "statements:print", "signatories:list", "signatories:csv"]
)
def test_no_mail_address_is_even_read_for_it(client, name):
    edition = make_edition()
    make_signature(edition)
    make_signature(edition, lead_position=1)
    make_signature(edition, organization=make_organization("River Trust"))
    url = reverse(name, args=[edition.statement.slug])
    sent = queries_of(lambda: list(client.get(url)))
    assert any("signatories_signature" in sql for sql in sent)
    assert not [sql for sql in sent if '"email"' in sql]


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", ["/", "/statements/", "statements:detail", "signatories:list", "signatories:sign"]
)
def test_the_number_of_queries_does_not_grow(client, page):
    edition = make_edition()
    url = page if page.startswith("/") else reverse(page, args=[edition.statement.slug])

    def add(n):
        make_edition(f"Statement {n}")
        make_signature(edition)
        make_signature(edition, lead_position=n + 1)
        make_signature(edition, organization=make_organization(f"Club {n}"))
        Target.objects.create(statement=edition.statement, name=f"Board {n}")
        Reference.objects.create(statement=edition.statement, title=f"Act {n}")

    def ask(_rows):
        assert client.get(url).status_code == 200

    assert_flat_queries(add, ask)

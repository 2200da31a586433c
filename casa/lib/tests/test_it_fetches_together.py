"""Rows of several tables in one query are what the tables hold."""

from datetime import date

import pytest
from django.utils import timezone

from casa.lib.together import fetch_together
from statements.models import Attachment, Delivery, Edition, Target
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def test_rows_come_back_as_they_were_stored(django_assert_num_queries):
    edition = make_edition(publish_at=timezone.now())
    statement = edition.statement
    second = Target.objects.create(statement=statement, name="B", position=2)
    first = Target.objects.create(statement=statement, name='"Ə" & {b}\n', position=1)
    Target.objects.create(statement=make_edition("Other").statement, name="Not this")
    Delivery.objects.create(statement=statement, target=first, delivered_on=date(2026, 1, 2))
    Attachment.objects.create(
        statement=statement, title="S", file="a/b.pdf", size=2**40, content_type="x", sha256="0"
    )
    wanted = {
        "targets": (Target.objects.all(), "statement_id"),
        "deliveries": (Delivery.objects.all(), "statement_id"),
        "attachments": (Attachment.objects.all(), "statement_id"),
        "editions": (Edition.objects.order_by("-number"), "statement_id"),
        "none": (Target.objects.filter(name="?"), "statement_id"),
    }
    fetch_together(statement, wanted)  # to find out what the database can
    with django_assert_num_queries(1):
        found = fetch_together(statement, wanted)
    assert found["targets"] == [first, second]
    assert found["targets"][0].name == first.name
    assert found["none"] == []
    assert (found["deliveries"][0].delivered_on, found["deliveries"][0].answered_on) == (
        date(2026, 1, 2), None,
    )  # fmt: skip
    assert (found["attachments"][0].filename, found["attachments"][0].size) == ("b.pdf", 2**40)
    for name in ("published_at", "is_material", "body", "sha256"):
        assert getattr(found["editions"][0], name) == getattr(edition, name)


def test_what_is_not_asked_for_is_not_fetched(django_assert_num_queries):
    edition = make_edition()
    editions = Edition.objects.only("number").order_by("number")
    found = fetch_together(edition.statement, {"editions": (editions, "statement_id")})
    with django_assert_num_queries(1):
        assert found["editions"][0].body == edition.body

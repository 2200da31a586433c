"""The report of a statement: for whose eyes it is, that its sums are right and name nobody."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.office import report_numbers, roles
from signatories.models import FunnelCount
from signatories.testing import make_signature
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

Step = FunnelCount.Step


@pytest.fixture
def statement():
    return make_edition("Keep the ferry running").statement


def count(statement, step, number, *, back=0, language="en", source=""):
    day = timezone.localdate() - timedelta(days=back)
    FunnelCount.objects.create(
        statement=statement, day=day, step=step, language=language, source=source, number=number
    )


def url_of(statement, name="report"):
    return reverse(f"admin:{name}", args=[statement.pk])


def in_role(role):
    user = make_staff()
    user.groups.add(Group.objects.get(name=role.name))
    return user


def test_steps_are_summed_by_day_source_and_language(statement):
    count(statement, Step.VIEWED, 1000)
    count(statement, Step.OPENED, 40)
    count(statement, Step.OPENED, 10, source="paper", back=2)
    count(statement, Step.CONFIRMED, 25)
    count(statement, Step.CONFIRMED, 5, source="paper", language="az", back=2)
    count(statement, Step.CONFIRMED, 99, back=30)
    count(make_edition("Another").statement, Step.CONFIRMED, 7)
    days = report_numbers.days_until_today(30)
    lines = report_numbers.by_day(statement, days)
    total = report_numbers.total(lines)
    assert (total.steps, total.share) == ([1000, 50, 0, 30], "60 %")
    assert [line.steps for line in lines if any(line.steps)] == [[0, 10, 0, 5], [1000, 40, 0, 25]]
    sources = {str(line.label): line.steps for line in report_numbers.by_source(statement, days)}
    assert sources == {"No link said it": [1000, 40, 0, 25], "paper": [0, 10, 0, 5]}
    languages = report_numbers.by_language(statement, days)
    assert [(line.label, line.share) for line in languages] == [
        ("English", "50 %"), ("Azərbaycanca", "–"),
    ]  # fmt: skip


def test_providers_are_named_where_many_use_them_and_nobody_else_is(client, statement):
    edition = statement.editions.get()
    for number in range(12):
        state = "pending" if number < 3 else "confirmed"
        make_signature(edition, email=f"n{number}@gmail.com", state=state)
    make_signature(edition, email="nora@rare-provider.example.org", state="pending")
    make_signature(edition, email="nora@outlook.com")
    found = report_numbers.providers(statement, report_numbers.days_until_today(30))
    assert [(one.label, one.signed, one.silent, one.share) for one in found] == [
        ("gmail.com", 12, 3, "25 %"), ("All other providers", 2, 1, "50 %"),
    ]  # fmt: skip
    client.force_login(make_user())
    text = client.get(url_of(statement)).text
    assert "gmail.com" in text
    assert "rare-provider" not in text
    assert "Nora" not in text


def test_the_screen_and_its_file_say_the_numbers(client, statement):
    client.force_login(in_role(roles.ANALYST))
    assert "Nothing was counted" in client.get(url_of(statement)).text
    count(statement, Step.VIEWED, 1234, source="spring-letter", back=40)
    assert "1,234" not in client.get(url_of(statement)).text
    text = client.get(url_of(statement), {"days": "90"}).text
    assert "1,234" in text
    assert "spring-letter" in text
    assert client.get(url_of(statement), {"days": "'"}).status_code == 200
    answer = client.get(url_of(statement, "report_file"))
    lines = answer.getvalue().decode().splitlines()
    assert lines[0] == "day,step,language,source,number"
    assert lines[1].endswith(",viewed,en,spring-letter,1234")


def test_it_is_for_those_who_may_see_signatures_of_statements_that_they_see(client, statement):
    client.force_login(in_role(roles.AUTHOR))
    for name in ("report", "report_file"):
        assert client.get(url_of(statement, name)).status_code == 403
    client.force_login(make_staff("analyst@example.org"))
    assert client.get(url_of(statement)).status_code == 403
    assert client.get("/admin/report/999999/").status_code in (403, 404)


def test_of_a_draft_an_analyst_is_told_nothing(client):
    draft = make_draft("Not public")
    client.force_login(in_role(roles.ANALYST))
    assert client.get(url_of(draft)).status_code == 404

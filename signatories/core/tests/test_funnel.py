"""How many read, began, sent and confirmed: what is counted, and how it comes into the rows."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from signatories.core import funnel
from signatories.models import FunnelCount, Signature
from signatories.testing import form_data, press_confirm
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
Step = funnel.Step


@pytest.fixture(autouse=True)
def counting():
    funnel.start(writes=False)
    yield
    funnel.stop()


@pytest.fixture
def statement():
    return make_edition().statement


def counted(**fields):
    funnel.write()
    rows = FunnelCount.objects.filter(**fields).order_by("step", "language", "source")
    return [(row.step, row.language, row.source, row.number) for row in rows]


def address_of(view, statement):
    return reverse(f"signatories:{view}", args=[statement.slug])


@pytest.mark.medium
def test_a_page_is_counted_by_language_and_source_also_where_it_was_kept(client, statement):
    page = statement.get_absolute_url()
    for url in (page, page, f"{page}?utm_source=Spring%20Letter&utm_medium=x", f"/az{page}",
                f"{page}?via=abcdefghijkl", address_of("embed", statement)):  # fmt: skip
        client.get(url, headers=PERSON)
    client.get(page, headers={**PERSON, "X-Utm-Source": "Spring%20Letter"})  # as nginx says it
    assert counted() == [
        ("viewed", "az", "", 1), ("viewed", "en", "", 2), ("viewed", "en", "(frame)", 1),
        ("viewed", "en", "(signer)", 1), ("viewed", "en", "spring-letter", 2),
    ]  # fmt: skip


@pytest.mark.medium
@pytest.mark.parametrize(
    "headers",
    [{"User-Agent": "Mozilla/5.0 (compatible; Examplebot/2.1)"}, {"User-Agent": "curl/8.5"},
     {**PERSON, "Sec-Purpose": "prefetch;prerender"}],
)  # fmt: skip
def test_programs_and_pages_loaded_in_advance_are_not_counted(client, statement, headers):
    client.get(statement.get_absolute_url(), headers=headers)
    assert counted() == []


@pytest.mark.medium
def test_staff_are_not_counted(client, statement):
    client.force_login(make_user())
    client.get(statement.get_absolute_url(), headers=PERSON)
    assert counted() == []


@pytest.mark.medium
def test_other_pages_and_answers_are_not_counted(client, statement):
    draft = make_draft("Not public")
    for url in ("/", "/statements/", draft.get_absolute_url(), "/statements/nowhere/",
                address_of("list", statement), f"{statement.get_absolute_url()}feed.atom",
                f"/statements/{'a' * 3000}/"):  # fmt: skip
        client.get(url, headers=PERSON)
    client.head(statement.get_absolute_url(), headers=PERSON)
    assert counted() == []


@pytest.mark.medium
def test_whoever_signs_is_counted_at_each_step_once_with_where_they_came_from(
    client, statement, django_capture_on_commit_callbacks
):
    referer = f"http://testserver/az{statement.get_absolute_url()}?utm_source=paper"
    answer = client.post(address_of("begun", statement), headers={"Referer": referer})
    assert (answer.status_code, answer.content) == (204, b"")
    sign = address_of("sign", statement)
    again = client.post(sign, form_data(email="no", begun="1"), headers={"Referer": referer})
    assert '<input type="hidden" name="source" value="paper">' in again.text
    assert '<input type="hidden" name="begun" value="1">' in again.text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(sign, form_data(begun="1", source="paper"))
        signature = Signature.objects.get()
        assert signature.source == "paper"
        press_confirm(client, signature)
        press_confirm(client, signature)
    assert counted() == [
        ("confirmed", "en", "paper", 1), ("opened", "en", "paper", 1), ("posted", "en", "paper", 1),
    ]  # fmt: skip


def test_a_form_that_comes_without_its_script_was_begun_all_the_same(
    client, statement, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address_of("sign", statement), form_data())
    assert [row[0] for row in counted()] == ["opened", "posted"]


@pytest.mark.parametrize(
    ("sent", "source"),
    [("<script>", "script"), ("(signer)", "(signer)"), ("(other)", "other"), ("a" * 99, "a" * 40)],
)
def test_a_source_that_a_form_carries_is_cleaned(client, statement, sent, source):
    client.post(address_of("sign", statement), form_data(source=sent, begun="1"))
    assert Signature.objects.get().source == source


def test_nobody_learns_of_a_draft_by_beginning_its_form(client):
    url = address_of("begun", make_draft("Not public"))
    assert client.post(url).status_code == 404
    assert client.get(url).status_code == 405
    assert client.post(url, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post(url, {"a": "b" * 2000}).status_code == 413
    assert counted() == []


def test_numbers_are_added_to_those_of_the_day_and_days_are_apart(statement, time_machine):
    for _time in range(3):
        funnel.note(Step.VIEWED, statement.slug, language="en")
    assert funnel.write() == 1
    funnel.note(Step.VIEWED, statement.pk, language="en")
    today = timezone.localdate()
    time_machine.move_to(timezone.now() + timedelta(days=1))
    funnel.note(Step.VIEWED, statement.pk, language="en")
    assert counted(day=today) == [("viewed", "en", "", 4)]
    assert counted(day=today + timedelta(days=1)) == [("viewed", "en", "", 1)]


def test_what_cannot_be_written_is_written_with_what_comes_next(statement, monkeypatch):
    def away(taken):
        raise DatabaseError

    funnel.note(Step.VIEWED, statement.pk, language="en")
    with monkeypatch.context() as patch:
        patch.setattr(funnel, "_store", away)
        with pytest.raises(DatabaseError):
            funnel.write()
    funnel.note(Step.VIEWED, statement.pk, language="en")
    assert counted() == [("viewed", "en", "", 2)]


def test_made_up_sources_fill_neither_memory_nor_table(statement, monkeypatch):
    monkeypatch.setattr(funnel, "MOST_SOURCES", 3)
    monkeypatch.setattr(funnel, "MOST_KEYS", 6)
    for number in range(20):
        funnel.note(Step.VIEWED, statement.pk, language="en", source=f"s{number}")
    assert counted() == [
        ("viewed", "en", "", 14), ("viewed", "en", "(other)", 3), ("viewed", "en", "s0", 1),
        ("viewed", "en", "s1", 1), ("viewed", "en", "s2", 1),
    ]  # fmt: skip
    funnel.note(Step.VIEWED, statement.pk, language="en", source="s9")
    funnel.note(Step.VIEWED, statement.pk, language="en", source="s1")
    assert counted(source="(other)") == [("viewed", "en", "(other)", 4)]
    assert counted(source="s1") == [("viewed", "en", "s1", 2)]


def test_what_was_counted_of_a_statement_that_is_gone_is_left_out(statement):
    funnel.note(Step.VIEWED, 10**6, language="en")
    funnel.note(Step.VIEWED, "gone", language="en")
    funnel.note(Step.VIEWED, statement.pk, language="en")
    assert counted() == [("viewed", "en", "", 1)]


@pytest.mark.medium
def test_nothing_is_counted_where_nobody_writes_it(client, statement):
    funnel.stop()
    client.get(statement.get_absolute_url(), headers=PERSON)
    assert counted() == []

"""How long data is kept, on the screens of staff."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from casa.accounts.testing import make_staff
from casa.lib.periods import LENGTHS, Term, length
from casa.office import roles
from casa.retention import rules
from signatories.testing import make_signature
from statements import contact_periods, lifecycle
from statements.models import ContactEnding
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = make_edition("Keep the ferry running")
    make_signature(edition, email="nora@example.org")
    lifecycle.close(edition.statement, by=None)
    return edition


def in_role(role):
    user = make_staff()
    user.groups.add(Group.objects.get(name=role.name))
    return user


def page_of(statement):
    return reverse("admin:retention_statement", args=[statement.pk])


def usual(**changed):
    return {term.value: LENGTHS[term].usual for term in Term} | changed


@pytest.mark.medium
def test_it_shows_what_goes_when_and_no_address(client, edition):
    client.force_login(make_user())
    ContactEnding.objects.create(
        statement=edition.statement, noticed_at=timezone.now() - timedelta(days=20)
    )
    rules.note("forget-networks", 7, statement=edition.statement.pk)
    for url in (reverse("admin:retention"), page_of(edition.statement)):
        text = client.get(url).text
        assert "Keep the ferry running" in text
        assert "nora@example.org" not in text
    assert "Nora Lind" in text
    assert ">7<" in client.get(reverse("admin:retention")).text


@pytest.mark.medium
def test_periods_are_chosen_within_bounds_and_what_was_typed_is_kept(client):
    client.force_login(make_user())
    url = reverse("admin:retention")
    answer = client.post(url, usual(mail=10_000))
    assert "10000" in answer.text
    assert "less than or equal to 730" in answer.text
    assert client.post(url, usual(mail=30)).status_code == 302
    assert (length(Term.MAIL), length(Term.ROUND)) == (30, 90)


@pytest.mark.medium
def test_an_editor_sees_the_periods_and_cannot_change_those_of_the_site(client, edition):
    client.force_login(in_role(roles.EDITOR))
    url = reverse("admin:retention")
    assert "Save the periods" not in client.get(url).text
    assert client.post(url, usual(mail=30)).status_code == 403
    assert client.post(page_of(edition.statement), {"months": 6}).status_code == 302
    assert contact_periods.length(edition.statement) == 6


@pytest.mark.medium
def test_the_period_of_a_statement_has_bounds_and_can_be_the_sites_again(client, edition):
    client.force_login(make_user())
    url = page_of(edition.statement)
    assert "less than or equal to 60" in client.post(url, {"months": 61}).text
    client.post(url, {"months": 3})
    text = client.post(url, {"months": ""}, follow=True).text
    assert contact_periods.own_months(edition.statement) is None
    assert "3 months" in text
    assert "12 months" in text


@pytest.mark.medium
def test_the_sign_form_says_a_period_of_the_statements_own_at_once(client):
    statement = make_edition().statement
    pages = (statement.get_absolute_url(), reverse("signatories:sign", args=[statement.slug]),
             reverse("signatories:embed", args=[statement.slug]))  # fmt: skip
    for months, words in ((3, "deleted 3 months after"), (1, "deleted 1 month after"), (None, "")):
        contact_periods.choose(statement, months, by=None)
        for text in (client.get(page).text for page in pages):
            assert (words in text) if words else ("deleted" not in text)


@pytest.mark.medium
@pytest.mark.parametrize("role", [roles.MODERATOR, roles.ANALYST, roles.AUTHOR])
def test_others_do_not_see_it(client, edition, role):
    client.force_login(in_role(role))
    for url in (reverse("admin:retention"), page_of(edition.statement)):
        assert client.get(url).status_code == 403
    assert "How long data is kept" not in client.get(reverse("admin:index")).text


@pytest.mark.medium
def test_the_first_screen_tells_of_it_before(client, edition):
    ContactEnding.objects.create(statement=edition.statement, noticed_at=timezone.now())
    client.force_login(make_user())
    assert "who signed “Keep the ferry running” go" in client.get(reverse("admin:index")).text
    ContactEnding.objects.update(begun_at=timezone.now())
    assert "who signed “Keep the ferry running” go" not in client.get(reverse("admin:index")).text


def test_a_draft_is_said_to_keep_what_it_has(client):
    client.force_login(make_user())
    assert "Nothing goes while it can be signed" in client.get(page_of(make_draft())).text


@pytest.mark.medium
def test_the_record_of_processing_is_there_to_read_and_as_a_file(client):
    client.force_login(make_user())
    url = reverse("admin:retention_record")
    for answer in (client.get(url), client.get(url, {"download": ""})):
        for words in (
            "Who signs",
            "Who works for us",
            "12 months after the hand-over",
            "The reason",
        ):
            assert words in answer.text
    assert answer["Content-Disposition"].startswith("attachment")
    assert "<script" not in answer.text

"""Lists of the back office that may be of millions: what they count, and how they are sorted."""

import pytest
from django.urls import reverse

from casa.lib.long_lists import BoundedPaginator
from casa.mail import models as mail
from casa.mail.models import OutgoingMail
from signatories.core import office_search
from signatories.testing import make_signature
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.medium]

SIGNATURES = reverse("admin:signatories_signature_changelist")
MAILS = reverse("admin:mail_outgoingmail_changelist")


@pytest.fixture
def office(client):
    client.force_login(make_user())
    return client


@pytest.fixture
def signed():
    edition = make_edition()
    return [make_signature(edition, name=name) for name in ("Nora B", "Nora C", "Nora A")]


def listed(office, query, url=SIGNATURES):
    return [str(row) for row in office.get(f"{url}{query}").context["cl"].result_list]


def order(office, query):
    return office.get(f"{SIGNATURES}{query}").context["cl"].queryset.query.order_by


def test_a_list_is_sorted_by_one_column_and_by_key_in_its_direction(office, signed):
    assert listed(office, "?o=1") == ["Nora A", "Nora B", "Nora C"]
    assert order(office, "?o=1") == ("sort_key", "pk")
    assert order(office, "?o=-2.1") == ("-state", "-pk")
    assert order(office, "?o=5") == ("statement_id", "state", "pk")
    assert order(office, "?o=nothing") == order(office, "") == ("-pk",)
    assert order(office, "?since=2026-01-01") == ("-created_at", "-pk")


def test_what_is_not_counted_to_its_end_says_so(office, signed, monkeypatch):
    assert "3 signatures" in office.get(SIGNATURES).text
    monkeypatch.setattr(BoundedPaginator, "limit", 2)
    assert "2 or more signatures" in office.get(SIGNATURES).text
    monkeypatch.setattr(office_search, "MOST", 2)
    page = office.get(f"{SIGNATURES}?q=nora").text
    assert "2 or more signatures" in page


def test_a_page_far_on_is_in_the_order_of_the_list(office, signed):
    paginator = BoundedPaginator(type(signed[0]).objects.order_by("sort_key", "pk"), 1)
    assert [str(paginator.page(number).object_list[0]) for number in (1, 2, 3)] == [
        "Nora A", "Nora B", "Nora C",
    ]  # fmt: skip


def test_each_row_can_be_chosen_by_its_name(office, signed):
    page = office.get(SIGNATURES).text
    pk = signed[0].pk
    assert f'name="_selected_action" value="{pk}" class="action-select"' in page
    assert 'aria-label="Select this object for an action - Nora B"' in page


def make_mail(to, **fields):
    return OutgoingMail.objects.create(
        kind="confirm", to=to, language="en", state="dropped", **fields
    )


def test_mails_are_found_by_the_address_and_the_newest_by_its_domain(office, monkeypatch):
    old, new = make_mail("Nora.Lind@example.org"), make_mail("emil_lind@example.org")
    monkeypatch.setattr(mail, "READ", 1)
    assert listed(office, "?q=nora.lind@example.org", MAILS) == [str(old)]
    for query in ("%40example.org", "Example.org"):
        assert listed(office, f"?q={query}", MAILS) == [str(new)]
    for query in ("nora.lind", "nora%40", "lind%25", "%40"):
        assert listed(office, f"?q={query}", MAILS) == []


def test_mails_that_may_be_many_are_sorted_by_when_they_were_queued_alone(office):
    first, second = make_mail("b@example.org"), make_mail("a@example.org")
    assert listed(office, "?state=all&o=7", MAILS) == [str(first), str(second)]
    assert 'class="sortable column-recipient' not in office.get(f"{MAILS}?state=all").text
    first.state = second.state = "dead"
    OutgoingMail.objects.bulk_update([first, second], ["state"])
    assert listed(office, "?o=-6", MAILS) == [str(second), str(first)]

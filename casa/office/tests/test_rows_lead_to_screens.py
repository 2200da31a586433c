"""Lists whose rows lead to screens of their own are of one class, and lead who may see a row."""

import inspect

import pytest
from django.contrib import admin
from django.urls import reverse

from casa.accounts.testing import make_staff
from casa.lib.admin import ReadOnlyMixin
from signatories.admin.screens import ScreensAdmin
from signatories.testing import make_batch
from statements.testing import make_draft

LISTS = [one for one in admin.site._registry.values() if isinstance(one, ScreensAdmin)]


def _source(one):
    """How it opens a row, if it does so itself."""
    found = vars(type(one)).get("change_view")
    return inspect.getsource(found) if found else ""


def test_no_other_list_leads_from_its_rows_by_itself():
    assert len(LISTS) >= 5
    by_themselves = [
        type(one).__name__
        for one in admin.site._registry.values()
        if isinstance(one, ReadOnlyMixin) and "redirect" in _source(one)
    ]
    assert by_themselves == ["AddresseeAnswerAdmin"]  # of statements, which know no ScreensAdmin


@pytest.mark.parametrize(
    "one",
    [one for one in LISTS if "url_of" not in vars(type(one))],
    ids=lambda one: one.opts.model_name,
)
def test_each_has_the_screen_that_its_rows_lead_to(one):
    names = {screen.name: screen for screen in one.screens}
    assert names[one.row_screen].of is one.model


@pytest.mark.django_db
@pytest.mark.medium
def test_a_row_leads_whoever_sees_it_and_nobody_else(client):
    batch = make_batch(make_draft())
    url = reverse("admin:signatories_importbatch_change", args=[batch.pk])
    client.force_login(make_staff("all@example.org", is_superuser=True))
    answer = client.get(url)
    review = reverse("admin:signatories_importbatch_review", args=[batch.pk])
    assert (answer.status_code, answer.url) == (302, review)
    client.force_login(make_staff("plain@example.org"))
    assert client.get(url).status_code == 403

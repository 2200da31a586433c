"""Every day and moment that staff enter is read by the same two fields."""

import pytest
from django import forms
from django.contrib import admin

from casa.lib.moments.fields import DayField, MomentField
from casa.tests.forms import fields_of_forms, own_forms

pytestmark = pytest.mark.django_db

ASKING = (forms.DateField, forms.DateTimeField, forms.SplitDateTimeField, forms.TimeField)
WIDGETS = (forms.DateInput, forms.DateTimeInput, forms.TimeInput, forms.SplitDateTimeWidget)


@pytest.mark.medium
def test_no_form_reads_a_day_or_a_moment_in_another_way():
    found = [
        (where, name)
        for where, name, field in fields_of_forms()
        if isinstance(field, ASKING) and not isinstance(field, DayField | MomentField)
    ]
    assert found == []


@pytest.mark.medium
def test_no_form_shows_them_with_another_control():
    found = [
        (where, name)
        for where, name, field in fields_of_forms()
        if isinstance(field.widget, WIDGETS)
        or str(field.widget.attrs.get("type", "")) in {"date", "time", "datetime-local"}
    ]
    assert found == []


@pytest.mark.medium
def test_the_walk_meets_the_screens_of_staff():
    met = {name for _where, name, field in fields_of_forms() if isinstance(field, ASKING)}
    assert {"publish_at", "signing_closes_at", "posted_at", "delivered_on", "expires_at"} <= met
    assert own_forms()
    assert admin.site._registry


def test_no_list_is_filtered_by_a_day_that_is_typed():
    """A `date_hierarchy` is chosen; a filter with a form of its own would be found above."""
    for model_admin in admin.site._registry.values():
        for one in getattr(model_admin, "list_filter", ()):
            assert not hasattr(one, "form"), model_admin

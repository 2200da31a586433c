"""History costs one more query at a row's making, and keeps many-to-many rows from then on."""

import pytest
from django.contrib.auth.models import Group

from casa.accounts.models import User
from casa.lib.testing import queries_of
from statements.testing import make_user

pytestmark = pytest.mark.django_db


def test_a_new_row_costs_two_queries():
    assert len(queries_of(make_user)) == 2


def test_what_is_given_later_is_kept_and_what_was_there_stays():
    user, group = make_user(), Group.objects.first()
    user.groups.add(group)
    user.save()
    kept = [
        [one.group_id for one in row.historicaluser_groups_set.all()]
        for row in User.history.order_by("pk")
    ]
    assert kept == [[], [group.pk], [group.pk]]


def test_its_manager_is_of_one_class():
    assert type(User.history) is type(make_user().history)

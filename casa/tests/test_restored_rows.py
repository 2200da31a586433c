"""A test that commits leaves the database as `migrate` left it."""

import pytest
from django.contrib.auth.models import Group
from django.test import TransactionTestCase

from signatories.models import Signature, SignatureEvent
from signatories.testing import make_signature
from statements.models import Edition, Statement
from statements.testing import make_edition


@pytest.mark.medium
@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_taken_back():
    roles = set(Group.objects.values_list("pk", "name"))
    Group.objects.all().delete()
    make_signature(make_edition())
    TransactionTestCase("run")._fixture_teardown()
    assert set(Group.objects.values_list("pk", "name")) == roles != set()
    for model in (Statement, Edition, Signature, SignatureEvent):
        assert not model.objects.exists()

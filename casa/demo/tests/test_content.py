"""What the demo shows is as a site would have it."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from casa.demo import content
from signatories.models import Signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def test_signatures_of_the_demo_are_spread_and_no_burst():
    statement = make_edition().statement
    content._sign(statement, random.Random(7), people=20, organizations=())
    hour_ago = timezone.now() - timedelta(hours=1)
    assert Signature.objects.filter(created_at__gte=hour_ago).count() < 3

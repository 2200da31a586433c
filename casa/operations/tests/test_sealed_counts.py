"""A sealed count that does not agree with the signatures is named, and raises an alarm."""

import pytest
from django.core.management import CommandError, call_command

from casa.operations import alarms, measurements
from casa.operations.checks import proofs
from casa.operations.findings import Level
from signatories.audit import gathering
from signatories.models import Signature
from signatories.testing import make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


def test_what_was_changed_by_hand_raises_an_alarm():
    signature = make_signature(make_edition())
    gathering.gather()
    assert measurements.prove_seals() == 0
    assert [one.level for one in proofs.seals()] == [Level.FINE]
    call_command("verify_tally")
    Signature.objects.filter(pk=signature.pk).update(approved=False)
    with pytest.raises(CommandError):
        call_command("verify_tally")
    assert measurements.prove_seals() == 1
    alarms.look()
    assert "seals" in alarms.on().values_list("name", flat=True)
    assert [one.level for one in proofs.seals()] == [Level.BROKEN]

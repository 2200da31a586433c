"""Merges, signings and confirmations at the same moment leave nobody with an entry that is gone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from signatories.core import tally
from signatories.models import DirectoryChange, Organization, Signature
from signatories.organizations import merging
from signatories.signing import confirmation, submission
from signatories.testing import make_organization, make_signature, make_submission
from statements.testing import make_edition, make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def in_threads(*jobs):
    """What became of each: None, or the exception."""

    def run(job):
        try:
            job()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_whoever_signs_or_confirms_meanwhile_stands_with_the_one_that_stays():
    user = make_user()
    trust, club = make_organization("River Trust"), make_organization("Lake Club")
    editions = [make_edition(f"Letter {n}") for n in range(4)]
    waiting = [
        make_signature(one, organization=club, state="pending") for one in editions
    ]  # fmt: skip

    def merge():
        merging.merge(trust, [club], by=user)

    def sign(number):
        submission.sign(
            editions[number],
            make_submission(
                kind="organization", organization="Lake Club", email=f"ada{number}@example.org"
            ),
        )

    def confirm(number):
        confirmation.confirm(Signature.objects.get(pk=waiting[number].pk))

    jobs = [lambda n=n: sign(n) for n in range(4)] + [lambda n=n: confirm(n) for n in range(4)]
    jobs.insert(4, merge)
    jobs.insert(6, merge)
    errors = in_threads(*jobs)
    merged = [errors.pop(6), errors.pop(4)]
    assert not any(errors), errors
    assert [type(one) for one in merged if one] == [merging.RefusedError]
    assert DirectoryChange.objects.count() == 1
    assert not Signature.objects.filter(
        organization__merged_into__isnull=False, state__in=Signature.LIVE_STATES
    ).exists()
    assert Organization.objects.in_directory().count() == 1
    assert Signature.objects.counted().count() == 4
    assert not tally.differences()

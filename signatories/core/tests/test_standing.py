"""Which organizations stand in public is kept with them, and is what their signatures say."""

import random
import threading
from contextlib import contextmanager, suppress
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from signatories.core import standing, states
from signatories.models import Organization, Signature
from signatories.moderation import decisions
from signatories.organizations import merging, unmerging
from signatories.testing import make_organization, make_signature
from statements import lifecycle
from statements.models import Statement
from statements.testing import make_edition, make_user


def plain(organization):
    """The same by Python, row by row."""
    moments = [
        one.statement.publish_at
        for one in Signature.objects.select_related("statement")
        if one.organization_id == organization.pk
        and one.is_named
        and one.statement.status in Statement.PUBLIC_STATUSES
    ]
    return min(moments, default=None)


def assert_kept():
    for one in Organization.objects.all():
        assert one.stands_from == plain(one), one
    assert standing.differences() == []


REFUSALS = (
    IntegrityError,  # an organization would count twice
    lifecycle.LifecycleError,
    merging.RefusedError,
    states.StateError,
)


class World:
    """A few statements and organizations, and everything that may happen to them."""

    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.user = make_user(f"editor{seed}@example.org")
        self.statements = [make_edition(f"Statement {seed} {n}").statement for n in range(3)]
        self.organizations = [make_organization(f"Club {seed} {n}") for n in range(4)]
        self.changes = []
        self.done = set()

    def signature(self, **which):
        rows = list(Signature.objects.filter(**which).order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def sign(self):
        edition = self.chance.choice(self.statements).editions.first()
        of = self.chance.choice(self.organizations)
        state = self.chance.choice(("pending", "confirmed"))
        make_signature(edition, organization=of, state=state, approved=self.chance.random() > 0.2)

    def write_state(self):
        if one := self.signature():
            state = self.chance.choice(Signature.State.values)
            dates = {} if state == "pending" else {"confirmed_at": timezone.now()}
            Signature.objects.filter(pk=one.pk).update(state=state, **dates)

    def write_many(self):
        Signature.objects.all().update(name_withheld=self.chance.random() < 0.3)

    def approve_some(self):
        chosen = Signature.objects.filter(statement=self.chance.choice(self.statements))
        chosen.update(approved=self.chance.random() < 0.7)

    def decide(self):
        verb = self.chance.choice((decisions.hide, decisions.restore, decisions.invalidate))
        if one := self.signature():
            verb(one, by=self.user, reason="r")

    def withdraw(self):
        if one := self.signature():
            states.withdraw(one)

    def erase(self):
        if one := self.signature():
            with transaction.atomic():
                states.erase(Signature.objects.get(pk=one.pk))

    def delete_all_of(self):
        Signature.objects.filter(organization=self.chance.choice(self.organizations)).delete()

    def move(self):
        if one := self.signature():
            to = self.chance.choice(self.organizations)
            Signature.objects.filter(pk=one.pk).update(organization=to)

    def withhold(self):
        if one := self.signature():
            one.name_withheld = not one.name_withheld
            one.save()

    def publish_otherwise(self):
        statement = self.chance.choice(self.statements)
        moment = timezone.now() + timedelta(hours=self.chance.choice((-3, -2, -1, 1, 2)))
        Statement.objects.filter(pk=statement.pk).update(
            status=self.chance.choice(Statement.Status.values), publish_at=moment
        )

    def close(self):
        statement = self.chance.choice(self.statements)
        statement.refresh_from_db()
        verb = self.chance.choice((lifecycle.close, lifecycle.withdraw))
        verb(statement, by=self.user)

    def merge(self):
        stays, other = self.chance.sample(self.organizations, 2)
        self.changes.append(merging.merge(stays, [other], by=self.user))

    def undo_a_merge(self):
        if self.changes:
            unmerging.undo(self.changes.pop(), by=self.user)

    def save_a_stale_one(self):
        stale = self.chance.choice(self.organizations)  # as it was when it was made
        Organization.objects.get(pk=stale.pk)
        stale.save()

    def write_the_column(self):
        Organization.objects.all().update(stands_from=timezone.now())

    def act(self):
        verbs = [
            getattr(self, name)
            for name in sorted(vars(World))
            if not name.startswith("_") and name not in ("signature", "act")
        ]
        verb = self.chance.choice((self.sign, self.sign, *verbs))
        with suppress(*REFUSALS), transaction.atomic():
            verb()
            self.done.add(verb.__name__)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_random_sequences_leave_it_right(seed):
    world = World(seed)
    seen = set()
    for _step in range(70):
        world.act()
        assert standing.differences() == []
        seen |= {one.stands_from is None for one in Organization.objects.all()}
    assert_kept()
    assert seen == {True, False}
    assert len(world.done) >= 13, world.done


@pytest.mark.slow
@pytest.mark.django_db
def test_each_way_leads_out_of_the_public():
    """What random sequences do is not in vain: each verb alone changes what is kept."""
    edition, user = make_edition(), make_user()
    ways = {
        "hide": lambda one: decisions.hide(one, by=user, reason="r"),
        "invalidate": lambda one: decisions.invalidate(one, by=user, reason="r"),
        "withdraw": states.withdraw,
        "withhold": lambda one: Signature.objects.filter(pk=one.pk).update(name_withheld=True),
        "ask again": lambda one: states.require_approval(one, reason="r"),
        "delete": lambda one: one.delete(),
    }
    for way, act in ways.items():
        of = make_organization(f"Club {way}")
        one = make_signature(edition, organization=of)
        of.refresh_from_db()
        assert of.stands_from == edition.statement.publish_at, way
        act(one)
        of.refresh_from_db()
        assert of.stands_from is None, way
    assert_kept()


@pytest.mark.medium
@pytest.mark.django_db
def test_an_embargo_ends_by_the_clock_alone(clock):
    edition, of = make_edition(), make_organization()
    make_signature(edition, organization=of)
    later = timezone.now() + timedelta(hours=2)
    Statement.objects.filter(pk=edition.statement.pk).update(publish_at=later)
    assert not Organization.objects.public().exists()
    clock.move(hours=3)
    assert Organization.objects.public().get() == Organization.objects.standing().get() == of


@pytest.mark.django_db
def test_a_row_comes_with_no_moment_of_its_own():
    """A copy of another row, or a row of a file of data."""
    copied = Organization.objects.create(name="Club", slug="club", stands_from=timezone.now())
    Organization.objects.bulk_create(
        [Organization(name="Union", slug="union", stands_from=timezone.now())]
    )
    assert set(Organization.objects.values_list("stands_from", flat=True)) == {None}
    make_signature(make_edition(), organization=copied)
    assert_kept()


@pytest.mark.medium
@pytest.mark.django_db
def test_verify_tally_finds_what_is_wrong():
    make_signature(make_edition(), organization=make_organization("River Trust"))
    call_command("verify_tally", stdout=StringIO())
    with without_triggers():
        Organization.objects.update(stands_from=None)
    said = StringIO()
    with pytest.raises(CommandError, match="1 organizations"):
        call_command("verify_tally", stderr=said)
    assert "river-trust: in public from None" in said.getvalue()
    standing.make_triggers()  # as `migrate` does
    call_command("verify_tally", stdout=StringIO())


@contextmanager
def without_triggers():
    name = f"{standing.ORGANIZATIONS}_stands"
    on = "" if connection.vendor == "sqlite" else f" ON {standing.ORGANIZATIONS}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    yield


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_it_right():
    edition, user = make_edition(), make_user()
    others = [make_edition(f"Other {n}") for n in range(2)]
    organizations = [make_organization(f"Club {n}") for n in range(5)]
    pks = [
        make_signature(one, organization=of, state="hidden").pk
        for one in (edition, *others)
        for of in organizations
    ]

    def work(seed):
        chance = random.Random(seed)
        for _turn in range(15):
            with suppress(states.StateError, Signature.DoesNotExist):
                if chance.random() < 0.15:
                    flip(edition.statement, chance)
                else:
                    one = Signature.objects.get(pk=chance.choice(pks))
                    verb = decisions.restore if one.state == "hidden" else decisions.hide
                    verb(one, by=user, reason="r")
        connection.close()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert_kept()


def flip(statement, chance):
    status = chance.choice(("published", "withdrawn"))
    Statement.objects.filter(pk=statement.pk).update(status=status)

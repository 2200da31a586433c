"""Bursts from one network, domain or link raise one notice and one mail, with a way to act."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from casa.lib import network, tasks
from casa.mail.models import OutgoingMail
from signatories.models import AccessRule, Burst, Decision, Signature
from signatories.moderation import bursts, decisions_on_many, worker
from signatories.moderation.criteria import Criteria
from signatories.signing.antispam import counters
from signatories.testing import make_signature
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

HOME = reverse("admin:index")


@pytest.fixture(autouse=True)
def few(settings):
    settings.BURST_AT_LEAST = 5


@pytest.fixture
def edition():
    return make_edition("Open the library")


@pytest.fixture
def moderator(client):
    user = make_user("m@example.org", is_superuser=False)
    codes = ("moderate_signature", "view_signature", "view_contact_data", "view_decision")
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    return client


def bots(edition, number=6, mark="a", **fields):
    return [
        make_signature(edition, f"Bot {n}", network=mark * 32, state="pending", **fields)
        for n in range(number)
    ]


def evening(edition, number=20, via=""):
    """A link goes round: people on networks of their own, most with free mail."""
    for n in range(number):
        make_signature(
            edition, f"P {n}", network=f"{n:032}", via=via, email=f"p{number}{n}@gmail.com"
        )


@pytest.mark.medium
def test_a_normal_evening_raises_no_notice(edition):
    evening(edition, via="passedon")
    assert bursts.notice() == 0
    assert not Burst.objects.exists()


@pytest.mark.medium
def test_a_burst_from_networks_raises_one_notice_and_one_mail(edition, moderator):
    evening(edition)
    first, second = bots(edition), bots(edition, mark="b")
    assert bursts.notice() == 1
    assert bursts.notice() == 0
    burst = Burst.objects.get()
    assert (burst.by, burst.number, burst.values) == ("network", 12, ["a" * 32, "b" * 32])
    mail = OutgoingMail.objects.get(kind="casa.burst")
    assert (mail.to, mail.params["burst"]) == ("m@example.org", burst.pk)
    page = moderator.get(HOME).text
    url = reverse("admin:signatories_decision_progress", args=[burst.decision_id])
    assert "12 signatures under “Open the library”" in page
    assert url in page
    assert "12 of 12 chosen will change" in moderator.get(url).text
    moderator.post(url, {"verb": "begin", "counted": "12", "reason": "a script"})
    worker.carry_out()
    invalid = Signature.objects.filter(state="invalidated")
    assert set(invalid) == {*first, *second}
    assert url not in moderator.get(HOME).text


@pytest.mark.medium
def test_what_comes_later_is_of_the_same_burst(edition, moderator):
    bots(edition)
    bursts.notice()
    bots(edition, mark="c")
    assert bursts.notice() == 0
    burst = Burst.objects.get()
    assert (burst.number, burst.values) == (12, ["a" * 32, "c" * 32])
    assert Criteria.read(burst.decision.criteria).networks == ("a" * 32, "c" * 32)
    Burst.objects.update(last_at=timezone.now() - bursts.EPISODE - timedelta(minutes=1))
    assert bursts.notice() == 1
    assert OutgoingMail.objects.filter(kind="casa.burst").count() == 2


@pytest.mark.medium
def test_who_discards_it_hears_no_more_of_it(edition, moderator):
    bots(edition)
    bursts.notice()
    url = reverse("admin:signatories_decision_progress", args=[Decision.objects.get().pk])
    moderator.post(url, {"verb": "discard"})
    bots(edition)
    assert bursts.notice() == 0
    assert url not in moderator.get(HOME).text


def test_a_domain_that_not_everybody_can_have_is_noticed(edition):
    for n in range(6):
        make_signature(edition, f"B {n}", network=f"{n:032}", email=f"b{n}@bots.example.org")
    bursts.notice()
    burst = Burst.objects.get()
    assert (burst.by, burst.values, burst.number) == ("domain", ["bots.example.org"], 6)


@pytest.mark.medium
def test_a_link_that_brings_many_from_few_networks_is_noticed(edition, settings):
    settings.BURST_AT_LEAST = 10
    for n in range(12):
        make_signature(
            edition, f"B {n}", network=f"{n % 2}" * 32, via="passedon", email=f"b{n}@gmail.com"
        )
    bursts.notice()
    burst = Burst.objects.get()
    assert (burst.by, burst.values, burst.number) == ("source", ["passedon"], 12)


def test_names_that_came_by_no_form_are_no_burst(edition):
    for n in range(6):
        make_signature(edition, f"B {n}", email=f"b{n}@bots.example.org")
    assert bursts.notice() == 0


def test_what_the_networks_brought_is_told_once(edition):
    for n in range(6):
        make_signature(edition, f"B {n}", network="a" * 32, email=f"b{n}@bots.example.org")
    bursts.notice()
    assert [burst.by for burst in Burst.objects.all()] == ["network"]


@pytest.mark.medium
def test_many_is_more_where_many_sign_each_hour(edition, settings):
    now = timezone.now()
    for hour in range(2, 5):
        for one in bots(edition, number=40, mark="d"):
            Signature.objects.filter(pk=one.pk).update(created_at=now - timedelta(hours=hour))
    assert bursts.usual_per_hour(edition.statement_id, now) == 40
    assert bursts.threshold(edition.statement_id, now) == 10
    bots(edition, number=9)
    assert bursts.notice() == 0
    bots(edition, number=1)
    assert bursts.notice() == 1


def test_a_rally_whose_network_is_allowed_is_no_burst(edition):
    AccessRule.objects.create(
        title="Rally", action="allow", network="192.0.2.0/30",
        ends_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    mark = counters.todays_mark(network.client_key("192.0.2.1"))
    for n in range(6):
        make_signature(edition, f"P {n}", network=mark, email=f"p{n}@gmail.com")
    assert bursts.notice() == 0
    AccessRule.objects.update(ends_at=timezone.now())
    assert bursts.notice() == 1


@pytest.mark.parametrize(
    ("listed", "number"),
    [("192.0.2.0/30", 4), ("192.0.2.7/32", 1), ("10.0.0.0/8", 0), ("2001:db8::/64", 1),
     ("2001:db8::1/128", 1), ("2001:db8::/62", 4), ("2001:db8::/32", 0)],
)  # fmt: skip
def test_clients_of_a_network_are_counted_as_they_are_marked(listed, number):
    keys = network.client_keys(listed, at_most=1024)
    assert len(keys) == number
    assert all(network.client_key(key.partition("/")[0]) == key for key in keys)


def test_it_can_be_switched_off_and_is_forgotten(edition, settings):
    settings.BURST_AT_LEAST = 0
    bots(edition)
    assert bursts.notice() == 0
    settings.BURST_AT_LEAST = 5
    bursts.notice()
    Burst.objects.update(last_at=timezone.now() - bursts.KEPT_FOR - timedelta(days=1))
    assert tasks.run("forget-bursts") == 1


@pytest.mark.medium
def test_a_mail_about_what_is_decided_says_nothing(edition, moderator):
    from casa.mail.delivery import compose

    bots(edition)
    bursts.notice()
    mail = OutgoingMail.objects.get(kind="casa.burst")
    assert "6 signatures under “Open the library”" in compose(mail).body
    decisions_on_many.discard(Decision.objects.get())
    assert compose(mail) is None

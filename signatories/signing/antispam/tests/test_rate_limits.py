"""Limits per client, subnet and statement, counted for all processes together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casa.lib import tasks
from casa.lib.testing import queries_of
from casa.mail.models import OutgoingMail
from signatories.models import DailySalt, RateCount, Signature
from signatories.signing.antispam import access, counters, rate_limits
from signatories.signing.antispam.counters import Counter
from signatories.testing import form_data
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch):
    """Holds the clock: windows begin at full minutes, and a test must not run across one."""
    now = timezone.now()
    monkeypatch.setattr("signatories.signing.antispam.rate_limits.timezone.now", lambda: now)


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.SIGN_LIMITS = True


def post(client, edition, number, **more):
    address = reverse("signatories:sign", args=[edition.statement.slug])
    data = form_data(name=f"Nora Lind {number}", email=f"nora{number}@example.org")
    return client.post(address, data, follow=True, **more)


def count(rf, addresses):
    """What as many posts of the form count, without the rest of what they do."""
    for address in addresses:
        rate_limits.allow(rf.post("/", REMOTE_ADDR=address), "sign")


@pytest.mark.slow
def test_twelve_posts_reach_the_limit_whatever_address_they_make_up(client):
    edition = make_edition()
    answers = [
        post(client, edition, n, headers={"X-Forwarded-For": f"198.51.100.{n}"}) for n in range(12)
    ]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429] * 2
    assert Signature.objects.count() == OutgoingMail.objects.count() == 10
    assert "no-store" in answers[-1].headers["Cache-Control"]


@pytest.mark.slow
def test_other_networks_are_not_held_up(client):
    edition = make_edition()
    for n in range(12):
        post(client, edition, n)
    assert post(client, edition, 99, REMOTE_ADDR="203.0.113.9").status_code == 200


@pytest.mark.medium
def test_many_addresses_of_one_subnet_are_one_flood(client, rf):
    edition = make_edition()
    count(rf, [f"203.0.113.{n}" for n in range(58)])
    answers = [post(client, edition, n, REMOTE_ADDR=f"203.0.113.{n}") for n in range(58, 61)]
    assert [answer.status_code for answer in answers] == [200] * 2 + [429]
    home = post(client, edition, 61, REMOTE_ADDR="2001:db8:1:1::1")
    assert home.status_code == 200


@pytest.mark.medium
def test_far_beyond_nothing_is_offered_but_a_way_on(client, rf):
    edition = make_edition()
    count(rf, ["127.0.0.1"] * 99)
    asked, refused = post(client, edition, 99), post(client, edition, 100)
    assert "One more step" in asked.text
    assert "Please try again later" in refused.text
    assert refused.headers["Retry-After"] == "600"
    assert reverse("statements:list") in refused.text
    assert "nora100@example.org" not in refused.text


def test_a_window_ends(rf, monkeypatch):
    request = rf.post("/")
    assert [rate_limits.allow(request, "resend") for _ in range(6)] == [True] * 5 + [False]
    later = timezone.now() + rate_limits.BURST
    monkeypatch.setattr("signatories.signing.antispam.rate_limits.timezone.now", lambda: later)
    assert rate_limits.allow(request, "resend")


def test_each_thing_has_limits_of_its_own(rf):
    request = rf.post("/")
    for _ in range(6):
        rate_limits.allow(request, "resend")
    assert rate_limits.allow(request, "private_link")
    with pytest.raises(KeyError):
        rate_limits.allow(request, "no such thing")


def test_counting_reads_nothing_before_it_writes(rf):
    """Two tries at one moment would read the same number."""
    request = rf.post("/")
    rate_limits.allow(request, "resend")  # with the day's salt
    sent = queries_of(lambda: rate_limits.allow(request, "resend"))
    assert {sql.split()[0] for sql in sent} == {"INSERT"}


def test_no_address_is_kept(rf):
    request = rf.post("/", REMOTE_ADDR="203.0.113.9")
    rate_limits.allow(request, "resend")
    kept = str(list(RateCount.objects.values()) + list(DailySalt.objects.values()))
    assert "203.0.113" not in kept


def test_the_mark_of_a_network_changes_every_day_and_cannot_be_made_again(monkeypatch):
    today = counters.todays_mark("203.0.113.9")
    assert counters.todays_mark("203.0.113.9") == today
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("signatories.signing.antispam.counters.timezone.now", lambda: tomorrow)
    assert counters.todays_mark("203.0.113.9") != today
    tasks.run("forget-rate-counts")
    assert [row.day for row in DailySalt.objects.all()] == [tomorrow.date()]


def test_what_is_over_is_forgotten(monkeypatch):
    now = timezone.now()
    monkeypatch.setattr("casa.retention.rules.AT_ONCE", 2)
    counters.add(
        {Counter(f"old {n}", rate_limits.MINUTE, now - rate_limits.HOUR): 1 for n in range(5)}
    )
    counters.add({Counter("new", rate_limits.HOUR, now): 1})
    assert tasks.run("forget-rate-counts") == 5
    assert RateCount.objects.count() == 1


@pytest.mark.parametrize(
    ("minute", "hours", "busy"),
    [(300, 0, False), (301, 0, True), (1000, 6000, True), (1000, 8000, False)],
)
def test_a_rate_is_unusual_only_beside_what_is_usual(minute, hours, busy):
    now = timezone.now()
    usual = [
        Counter("statement 1", rate_limits.HOUR, now - rate_limits.HOUR * ago)
        for ago in range(1, 25)
    ]
    # Not in the first hours of an attack does it become usual.
    counters.add({Counter("statement 1", rate_limits.MINUTE, now): minute, usual[0]: 10**6})
    counters.add(dict.fromkeys(usual[1:], hours))
    assert rate_limits.is_busy(1) is busy


@pytest.mark.medium
def test_a_shared_cache_counts_alike(rf, settings):
    request = rf.post("/")
    counters.todays_mark("the day's salt")
    access.of_network(request)  # the list that staff keep, read every five seconds
    # Django's cache of one process, told to be shared: it adds up as Redis does.
    settings.CACHES["default"]["BACKEND"] += ".RedisCache"
    allowed = []
    try:
        sent = queries_of(
            lambda: allowed.extend(rate_limits.allow(request, "resend") for _ in range(6))
        )
    finally:
        settings.CACHES["default"]["BACKEND"] = settings.CACHES["default"]["BACKEND"].removesuffix(
            ".RedisCache"
        )
    assert allowed == [True] * 5 + [False]
    assert sent == []


def test_the_table_of_counts_costs_no_flush():
    if connection.vendor != "postgresql":
        pytest.skip("a matter of PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relpersistence FROM pg_class WHERE relname = 'signatories_ratecount'"
        )
        assert cursor.fetchone() == ("u",)


@pytest.mark.medium
@pytest.mark.django_db(transaction=True)
def test_counts_are_exact_when_many_add_at_once():
    now = timezone.now()
    both = [Counter(name, rate_limits.DAY, now) for name in ("one", "other")]

    def add_ten_times(number: int) -> None:
        for _ in range(10):
            # In either order, which must not make them wait for each other for ever.
            counters.add(dict.fromkeys(both if number % 2 else both[::-1], 1))
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_ten_times, range(8)))
    assert list(counters.read(both).values()) == [80, 80]


@pytest.mark.parametrize(("trusted", "told"), [([], 1), ([ip_network("10.0.0.0/8")], 0)])
def test_a_proxy_that_no_setting_tells_of_is_in_the_log_once(rf, settings, caplog, trusted, told):
    settings.TRUSTED_PROXIES = trusted
    request = rf.post("/", headers={"X-Forwarded-For": "198.51.100.1"})
    for _ in range(8):
        rate_limits.allow(request, "resend")
    said = [record.getMessage() for record in caplog.records]
    assert said.count(rate_limits.NO_PROXY_SET) == told
    assert "198.51" not in caplog.text


def test_a_limit_that_is_reached_is_in_the_log_once_and_without_the_network(rf, settings, caplog):
    settings.BEHIND_PROXY = True
    for host in range(3):
        request = rf.post("/", headers={"X-Forwarded-For": f"198.51.100.{host}"})
        for _ in range(8):
            rate_limits.allow(request, "resend")
    (said,) = [record.getMessage() for record in caplog.records]
    assert "“resend” was reached" in said
    assert "198.51" not in said


@pytest.mark.medium
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("follow", "/statements/{}/follow/"), ("confirm_code", "/sign/{}/code/"),
        ("resend", "/sign/{}/"), ("private_link", "/your-signature/"),
    ],
)  # fmt: skip
def test_every_form_of_visitors_has_its_limit(client, settings, monkeypatch, name, address):
    settings.SIGN_LIMITS = True
    monkeypatch.setitem(rate_limits.LIMITS, name, (rate_limits.Limit(rate_limits.BURST, 2, 60),))
    url = address.format(make_edition().statement.slug)
    typed = {"email": "nora@example.org", "code": "123456", "corrects": "x"}
    statuses = [client.post(url, typed).status_code for _time in range(3)]
    assert 429 not in statuses[:2]
    assert statuses[2] == 429


@pytest.fixture
def shared_cache(monkeypatch):
    """The cache of this process, taken for one that processes share."""
    monkeypatch.setattr(counters, "has_shared_cache", lambda: True)


def test_a_shared_cache_counts_as_the_table_does(shared_cache):
    now = timezone.now()
    one, other = (Counter(name, rate_limits.DAY, now) for name in ("one", "other"))
    assert counters.add({one: 2, other: 1}) == {one: 2, other: 1}
    assert counters.add({one: 3}) == {one: 5}
    never = Counter("never", rate_limits.DAY, now)
    assert counters.read([one, other, never]) == {one: 5, other: 1, never: 0}
    assert not RateCount.objects.exists()


def test_a_count_that_the_cache_drops_just_now_begins_anew(shared_cache, monkeypatch):
    counter = Counter("one", rate_limits.DAY, timezone.now())
    counters.add({counter: 5})

    def dropped(key, amount):
        raise ValueError(key)

    monkeypatch.setattr(counters.cache, "incr", dropped, raising=False)
    assert counters.add({counter: 2}) == {counter: 2}

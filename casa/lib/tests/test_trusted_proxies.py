"""X-Forwarded-For is believed from configured proxies alone."""

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from casa import environment
from casa.lib import network

CDN = ["127.0.0.0/8", "10.0.0.0/8", "2001:db8:cd::/48"]


def client_address_of(direct, forwarded):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return network.client_address(RequestFactory().get("/", REMOTE_ADDR=direct, headers=headers))


@pytest.mark.parametrize("forwarded", ["", "198.51.100.1", "1.1.1.1, 2.2.2.2", "nonsense"])
def test_without_a_setting_what_is_made_up_changes_nothing(forwarded):
    assert client_address_of("203.0.113.9", forwarded) == "203.0.113.9"


@pytest.mark.parametrize(
    ("direct", "forwarded", "expected"),
    [
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("", "198.51.100.1", "198.51.100.1"),  # by a unix socket
        ("2001:db8:cd::1", "2001:db8::5", "2001:db8::5"),
        ("::ffff:127.0.0.1", "[2001:db8::5]:4711", "2001:db8::5"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "::ffff:198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", "nonsense, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "10.9.9.9", "10.9.9.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", ",,", "127.0.0.1"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours
    ],
)
def test_with_proxies_it_is_the_last_one_that_is_none_of_them(
    settings, direct, forwarded, expected
):
    settings.TRUSTED_PROXIES = [ip_network(one) for one in CDN]
    assert client_address_of(direct, forwarded) == expected


@pytest.mark.parametrize("value", ["nonsense", "10.0.0.0/99", "10.0.0.1/8", "0.0.0.0/0", "::/0"])
def test_a_bad_list_stops_the_start_with_the_remedy(value):
    with pytest.raises(ImproperlyConfigured, match=r"TRUSTED_PROXIES .*10\.0\.0\.0/8"):
        environment.networks("TRUSTED_PROXIES", [value])


@pytest.mark.parametrize(
    ("value", "has_proxy", "problem"),
    [("CF IPCountry", True, "is no name of a header"), ("CF-IPCountry", False, "from anybody")],
)
def test_a_country_of_anybodys_word_stops_the_start(value, has_proxy, problem):
    with pytest.raises(ImproperlyConfigured, match=f"COUNTRY_HEADER .*{problem}"):
        environment.header("COUNTRY_HEADER", value, has_proxy=has_proxy)


@pytest.mark.parametrize(
    ("one", "other", "same_client", "same_subnet"),
    [
        ("198.51.100.1", "198.51.100.2", False, True),
        ("198.51.100.1", "198.51.101.1", False, False),
        ("2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6", True, True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False, True),
        ("2001:db8:1:2::1", "2001:db8:2:2::1", False, False),
        ("nonsense", "", True, True),
    ],
)
def test_a_household_is_one_client_and_a_provider_one_subnet(one, other, same_client, same_subnet):
    assert (network.client_key(one) == network.client_key(other)) is same_client
    assert (network.subnet_key(one) == network.subnet_key(other)) is same_subnet

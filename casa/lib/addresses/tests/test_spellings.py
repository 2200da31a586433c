"""Spellings of one mailbox have one key, by the table of providers; other mailboxes have others."""

from itertools import pairwise

import pytest

from casa.lib.addresses import domains
from casa.lib.addresses.providers import BY_DOMAIN, PROVIDERS
from casa.lib.addresses.spellings import canonical, keys


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Nora@Example.ORG", "nora@example.org"),
        (" nora@example.org ", "nora@example.org"),
        ("nora+paper@example.org", "nora@example.org"),
        ("n.o.r.a@gmail.com", "nora@gmail.com"),
        ("nora@googlemail.com", "nora@gmail.com"),
        ("n.ora@example.org", "n.ora@example.org"),
        ("nora@bücher.example", "nora@xn--bcher-kva.example"),
        ("nora@xn--bcher-kva.example", "nora@xn--bcher-kva.example"),
        ("mallory@Straße-X.de", "mallory@xn--strae-x-3va.de"),
        ("mallory@strasse-x.de", "mallory@strasse-x.de"),
        ("+tag@example.org", "+tag@example.org"),
        ("nora@example.org.", "nora@example.org"),
        ("nora@☃.net", "nora@☃.net"),
        ("...@gmail.com", "...@gmail.com"),
        ("nora", "@nora"),
    ],
)
def test_spellings_of_one_mailbox_have_one_key(typed, key):
    assert canonical(typed) == key


SAME = {
    "Gmail": ["noralind@gmail.com", "nora.lind@googlemail.com", "n.o.r.a.lind+x@gmail.com"],
    "Proton": [
        "noralind@proton.me", "nora.lind@protonmail.com", "nora-lind@pm.me",
        "nora_lind+news@protonmail.ch", "NoraLind@PROTON.me",
    ],
    "Yandex": [
        "nora-lind@yandex.ru", "nora.lind@ya.ru", "nora.lind@yandex.com", "nora-lind@yandex.az",
        "nora.lind+x@yandex.com.tr", "nora-lind@narod.ru",
    ],
    "iCloud": ["noralind@icloud.com", "noralind@me.com", "noralind+x@mac.com"],
    "mailbox.org": ["nora@mailbox.org", "nora@secure.mailbox.org", "nora+x@mailbox.org"],
    "Runbox": ["nora@runbox.com", "nora@runbox.no", "nora+x@rbx.run"],
    "Fastmail": [
        "nora@fastmail.com", "shop@nora.fastmail.com", "nora+shop@fastmail.com",
        "a.b+c@nora.fastmail.com",
    ],
    "a Fastmail domain": ["nora@sent.com", "shop@nora.sent.com"],
    "labels of Yahoo": ["nlind-shop@yahoo.com", "nlind-news@yahoo.com", "NLind-x+y@yahoo.com"],
    "Outlook": ["nora@outlook.com", "nora+shop@outlook.com"],
    "a server of one's own": ["nora@example.org", "nora+shop@example.org"],
}  # fmt: skip
OTHERS = [
    ("nora.lind@outlook.com", "noralind@outlook.com"),
    ("nora@outlook.com", "nora@hotmail.com"),
    ("nora@gmx.de", "nora@gmx.net"),
    ("nora@mail.ru", "nora@list.ru"),
    ("nora@tuta.com", "nora@tutanota.com"),
    ("noralind@yandex.ru", "nora-lind@yandex.ru"),
    ("nora.lind@icloud.com", "noralind@icloud.com"),
    ("nora@fastmail.com", "nora@fastmail.fm"),
    ("shop@nora.fastmail.com", "shop@emil.fastmail.com"),
    ("shop@nora.fastmail.com", "nora@sent.com"),
    ("nlind@yahoo.com", "nlind-shop@yahoo.com"),  # whose name before the sign may be another's
    ("nora@yahoo.com", "nora@yahoo.fr"),
    ("nora-lind@example.org", "nora@example.org"),
    ("nora@x.proton.me", "nora@proton.me"),
    ("nora@x.y.fastmail.com", "y@fastmail.com"),
    ("nora@runbox.com", "nora@mailbox.org"),
]


@pytest.mark.parametrize("name", SAME)
def test_spellings_that_a_provider_takes_for_one_are_counted_once(name):
    for one, other in pairwise(SAME[name]):
        assert canonical(one) == canonical(other), (one, other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_mailboxes_of_others_are_not_taken_for_one(one, other):
    assert canonical(one) != canonical(other)


def test_a_key_is_its_own_key():
    for address in [one for listed in SAME.values() for one in listed]:
        assert canonical(canonical(address)) == canonical(address)


def test_the_table_is_in_the_form_that_addresses_have_and_names_its_sources():
    listed = [domain for provider in PROVIDERS for domain in provider.domains]
    assert len(listed) == len(BY_DOMAIN) == len(set(listed))
    for domain in listed:
        assert domains.in_ascii(domain) == domain
        assert domains.is_registered(domain)
    for provider in PROVIDERS:
        assert provider.sources
        assert all(source.startswith("https://") for source in provider.sources)


def test_a_row_may_stand_under_the_key_it_had_before_the_table():
    assert keys("nora.lind@pm.me") == ["noralind@proton.me", "nora.lind@pm.me"]
    assert keys("n.ora@googlemail.com") == ["nora@gmail.com"]
    assert keys("nora@example.org") == ["nora@example.org"]

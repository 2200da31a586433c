"""A domain has one form, by IDNA 2008, and what IDNA 2008 refuses has none."""

import random

import idna
import pytest

from casa.lib.addresses import domains


@pytest.mark.parametrize(
    ("typed", "ascii_form"),
    [
        ("Example.ORG", "example.org"),
        ("example.org.", "example.org"),
        ("example。org", "example.org"),
        ("ｅｘａｍｐｌｅ.ｏｒｇ", "example.org"),
        ("straße-x.de", "xn--strae-x-3va.de"),
        ("STRASSE-x.de", "strasse-x.de"),
        ("Bücher.example.de", "xn--bcher-kva.example.de"),
        ("XN--BCHER-KVA.example.de", "xn--bcher-kva.example.de"),
        ("βόλος.example.gr", "xn--nxasmm1c.example.gr"),
        ("نامه\u200cای.example.com", "xn--mgba3gch31f060k.example.com"),
        ("MAİL.az", "mail.az"),
        ("şəki.az", "xn--ki-eta41h.az"),
    ],
)
def test_spellings_of_one_domain_have_one_form(typed, ascii_form):
    assert domains.in_ascii(typed) == ascii_form
    assert domains.in_ascii(domains.readable(ascii_form)) == ascii_form


@pytest.mark.parametrize(
    "typed",
    [
        "☃.net", "xn--n3h.net", "i❤.ws", "xn--a.de", "a..de", ".de", "", "-a.de", "a-.de",
        "a_b.de", "a b.de", "a@b.de", "a/b.de", "\u200ca.de", "٠x.de", f"{'x' * 64}.de",
        f"{'x' * 60}." * 5 + "de", "x" * 100_000, "a." * 50_000, "[127.0.0.1]",
    ],
)  # fmt: skip
def test_what_idna_2008_refuses_is_no_domain(typed):
    with pytest.raises(domains.InvalidDomainError):
        domains.in_ascii(typed)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.river.example.org", "example.org"),
        ("River.EXAMPLE.org.", "example.org"),
        ("news.example.co.uk", "example.co.uk"),
        ("x.github.io", "x.github.io"),
        ("a.x.github.io", "x.github.io"),
        ("github.io", ""),
        ("co.uk", ""),
        ("bücher.example.de", "example.de"),
        ("www.bücher.de", "xn--bcher-kva.de"),
        ("xn--bcher-kva.de", "xn--bcher-kva.de"),
        ("www.straße-x.de", "xn--strae-x-3va.de"),
        ("192.168.0.1", ""),
        ("localhost", ""),
        ("a.b.nowhere", ""),
        ("..", ""),
        ("", ""),
    ],
)
def test_it_knows_what_somebody_registered(host, domain):
    assert domains.registrable(host) == domain


def test_a_domain_is_shown_with_its_readable_form_beside_it():
    assert domains.shown("xn--strae-x-3va.de") == "xn--strae-x-3va.de (straße-x.de)"
    assert domains.shown("example.org") == "example.org"


@pytest.mark.medium
def test_what_is_plain_is_what_idna_would_make_of_it():
    chosen = random.Random(7)
    for _ in range(3000):
        typed = "".join(chosen.choices("abXY07-.é", [9, 9, 3, 3, 3, 3, 2, 3, 0.2], k=12))
        try:
            expected = idna.encode(typed, uts46=True).decode().lower().removesuffix(".")
        except idna.IDNAError:
            with pytest.raises(domains.InvalidDomainError):
                domains.in_ascii(typed)
        else:
            assert domains.in_ascii(typed) == expected


@pytest.mark.parametrize("label", ["a" * 63, "a" * 64, "xn--a", "ab--c", "-a", "a-", ""])
def test_a_doubtful_label_is_left_to_idna(label):
    typed = f"{label}.example.org"
    try:
        expected = idna.encode(typed, uts46=True).decode()
    except idna.IDNAError:
        with pytest.raises(domains.InvalidDomainError):
            domains.in_ascii(typed)
    else:
        assert domains.in_ascii(typed) == expected

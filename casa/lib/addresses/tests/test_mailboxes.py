"""An address is read into one form, or refused with a sentence."""

import time

import pytest

from casa.lib.addresses import mailboxes
from casa.lib.addresses.mailboxes import Reason


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("nora@example.org", "nora@example.org"),
        ("Nora.Lind+paper@Example.ORG", "Nora.Lind+paper@example.org"),
        ("mallory@straße-x.de", "mallory@xn--strae-x-3va.de"),
        ("nora@xn--strae-x-3va.de", "nora@xn--strae-x-3va.de"),
        ("  nora@example.org\n", "nora@example.org"),
        ("\u00a0\u200bnora@example.org\u202c", "nora@example.org"),
        ("nora @ example. org", "nora@example.org"),
        ("nora@example.org.", "nora@example.org"),
        ("<nora@example.org>", "nora@example.org"),
        ("Nora Lind <nora@example.org>", "nora@example.org"),
        ("mailto:nora@example.org", "nora@example.org"),
        ("MAILTO:nora@example.org?subject=Hello", "nora@example.org"),
        ("<mailto:nora@example.org>", "nora@example.org"),
        ("nora@in-berlin.de", "nora@in-berlin.de"),  # a suffix of its members, with mail of its own
        (f"{'n' * 64}@example.org", f"{'n' * 64}@example.org"),
    ],
)
def test_what_is_typed_or_pasted_becomes_one_form(typed, address):
    assert mailboxes.read(typed) == address
    assert mailboxes.read(address) == address


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("root@localhost", Reason.LOCAL),
        ("root@mailserver", Reason.LOCAL),
        ("x@[127.0.0.1]", Reason.LOCAL),
        ("x@[IPv6:::1]", Reason.LOCAL),
        ("x@127.0.0.1", Reason.LOCAL),
        ("x@office.local", Reason.LOCAL),
        ("x@example.nowhere", Reason.LOCAL),
        ("x@co.uk", Reason.LOCAL),
        ("x@org", Reason.LOCAL),
        (f"{'n' * 65}@example.org", Reason.LONG),
        ("x@☃.net", Reason.DOMAIN),
        ("x@xn--n3h.net", Reason.DOMAIN),
        ("x@a_b.org", Reason.DOMAIN),
        ("x@example..org", Reason.DOMAIN),
        (f"x@{'y' * 64}.org", Reason.DOMAIN),
        ("nörа@example.org", Reason.LETTERS),
        ("nora", Reason.INVALID),
        ("nora@", Reason.INVALID),
        ("@example.org", Reason.INVALID),
        ("nora lind@example.org", Reason.INVALID),
        ("nora..lind@example.org", Reason.INVALID),
        (".nora@example.org", Reason.INVALID),
        ('"nora lind"@example.org', Reason.INVALID),
        ("nora@lind@example.org", Reason.INVALID),
        ("nora\x00@example.org", Reason.INVALID),
        ("nora\r\nBcc: x@example.org", Reason.INVALID),
        ("nora\n@example.org", Reason.INVALID),
        ("nora@\nexample.org", Reason.DOMAIN),
        (f"nora@{'y' * 60}.{'y' * 60}.{'y' * 60}.{'y' * 60}.example.org", Reason.DOMAIN),
        (f"{'n' * 64}@{'y' * 60}.{'y' * 60}.{'y' * 60}.example.org", Reason.INVALID),
        ("", Reason.INVALID),
        ("<>", Reason.INVALID),
    ],
)  # fmt: skip
def test_what_no_mail_is_sent_to_is_refused_with_a_sentence(typed, reason):
    with pytest.raises(mailboxes.RefusedAddressError) as refusal:
        mailboxes.read(typed)
    assert refusal.value.reason is reason
    assert refusal.value.sentence.endswith(".")
    assert "%" not in refusal.value.sentence
    assert typed not in str(refusal.value) or not typed  # what may end up in a log


@pytest.mark.parametrize("part", ["A", "a.", "A-", "@", " ", "(", ",", "<", "ß", "😀", "\u200b"])
def test_a_long_text_is_refused_at_once(part):
    mailboxes.sought("nora@example.org")  # the list of suffixes is read once
    before = time.perf_counter()
    with pytest.raises(mailboxes.RefusedAddressError):
        mailboxes.read(part * (100_000 // len(part)))
    assert time.perf_counter() - before < 0.1


def test_an_address_is_shown_with_its_readable_form_beside_it():
    address = "nora@xn--strae-x-3va.de"
    assert mailboxes.shown(address) == "nora@xn--strae-x-3va.de (nora@straße-x.de)"
    assert mailboxes.shown("nora@example.org") == "nora@example.org"
    assert mailboxes.shown("") == ""


def test_what_is_sought_may_be_an_address_that_nobody_could_type_today():
    assert mailboxes.sought(" <nora@straße-x.de> ") == "nora@xn--strae-x-3va.de"
    assert mailboxes.sought(" admin@localhost") == "admin@localhost"

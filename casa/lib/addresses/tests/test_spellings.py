import pytest

from casa.lib.addresses.spellings import canonical


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
        ("+tag@example.org", "+tag@example.org"),
        ("nora@example.org.", "nora@example.org"),
    ],
)
def test_spellings_of_one_mailbox_have_one_key(typed, key):
    assert canonical(typed) == key

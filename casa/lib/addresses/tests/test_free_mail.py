import pytest

from casa.lib.addresses import free_mail


def test_the_lists_are_in_the_form_that_addresses_have():
    for listed in (free_mail.FREE, free_mail.DISPOSABLE):
        assert listed
        assert [one for one in listed if not one.isascii() or one != one.lower().strip(".")] == []


@pytest.mark.parametrize(
    ("address", "free", "disposable"),
    [
        ("nora@gmail.com", True, False),
        ("nora@GMAIL.com", True, False),
        ("nora@mail.gmail.com", True, False),
        ("nora@mailinator.com", True, True),
        ("nora@example.org", False, False),
        ("nora@notgmail.com", False, False),
        ("nora@☃.net", False, False),
        ("nora", False, False),
    ],
)
def test_a_provider_is_known_by_its_domain_and_by_names_under_it(address, free, disposable):
    assert (free_mail.is_free(address), free_mail.is_disposable(address)) == (free, disposable)

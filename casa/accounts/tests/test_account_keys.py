"""One account has one spelling, in whatever database."""

import pytest
from axes.models import AccessAttempt

from casa.accounts.account_keys import account_key
from casa.accounts.models import User
from casa.accounts.testing import make_staff, sign_in

pytestmark = pytest.mark.django_db

KEY = "isis.kiss@example.org"
SAME = (
    "isis.kiss@example.org",
    "ISIS.KISS@EXAMPLE.ORG",
    " Isis.Kiss@Example.org. ",
    "ｉｓｉｓ．ｋｉｓｓ＠ｅｘａｍｐｌｅ．ｏｒｇ",
    "isis.\u212aiss@example.org",  # the sign for kelvin
    "i\u017fis.kiss@example.org",  # a long s
    "mailto:isis.kiss@example.org",
)
OTHERS = (
    "ısis.kiss@example.org",
    "ISİS.KISS@example.org",
    "isis.kıss@example.org",
    "isis.kiss@example.orɡ",
)


@pytest.mark.parametrize("typed", SAME)
def test_what_is_one_account(client, typed):
    user = make_staff(KEY)
    assert account_key(typed) == user.address_key == account_key(KEY)
    assert "@" not in user.address_key
    assert User.objects.with_address(typed).get() == user
    assert sign_in(client, typed).status_code == 302


@pytest.mark.parametrize("typed", OTHERS)
def test_what_is_another(client, typed):
    """On PostgreSQL "ı" in capital letters is "I"; no account is found by it."""
    make_staff(KEY)
    assert account_key(typed) != account_key(KEY)
    assert not User.objects.with_address(typed).exists()
    assert sign_in(client, typed).status_code == 200


@pytest.mark.medium
def test_other_spellings_bring_no_more_tries(client):
    make_staff(KEY)
    for typed in SAME[:5]:
        answer = sign_in(client, typed, "wrong")
    assert answer.status_code == 429
    assert AccessAttempt.objects.get().username == account_key(KEY)


def test_the_key_follows_the_address():
    user = make_staff(KEY)
    user.email = "Edda@example.org"
    user.save(update_fields=["email"])
    user.refresh_from_db()
    assert user.address_key == account_key("edda@example.org")
    assert not user.history.first().__dict__.get("address_key")


@pytest.mark.parametrize("typed", ["", "\u0131" * 10_000, "@", "ﷺ" * 400])
def test_odd_ones_are_keys_of_nobody(typed):
    assert len(account_key(typed)) <= 254
    assert not User.objects.with_address(typed).exists()

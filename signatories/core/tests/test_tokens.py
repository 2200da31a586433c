"""A token opens what it was made for, for a time, and nothing else opens anything."""

import secrets
import time

import pytest
from django.core import signing as django_signing

from signatories.core import states, tally, tokens
from signatories.mailings import followers
from signatories.models import Follower, Signature
from signatories.testing import make_signature, press_confirm
from statements.testing import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.page]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
PURPOSES = sorted(tokens.LIFETIME)
each_purpose = pytest.mark.parametrize("purpose", PURPOSES)


@pytest.fixture
def signature():
    return make_signature(make_edition(), state="pending", email="nora@example.org")


def opens(token, purpose):
    try:
        return bool(tokens.read(token, purpose))
    except (tokens.InvalidToken, tokens.ExpiredToken):
        return False


@each_purpose
def test_any_changed_character_kills_a_token(signature, purpose):
    token = tokens.make(signature, purpose)
    assert opens(token, purpose)
    for place, character in enumerate(token):
        other = ALPHABET[(ALPHABET.find(character) + 1) % len(ALPHABET)]
        assert not opens(f"{token[:place]}{other}{token[place + 1 :]}", purpose), place
        assert not opens(token[:place] + token[place + 1 :], purpose), place
    assert not opens(token + "A", purpose)


@each_purpose
def test_a_token_of_another_purpose_opens_nothing(signature, purpose):
    followers.follow(signature.statement, signature.email)
    follower = Follower.objects.get()
    foreign = [tokens.make(signature, other) for other in PURPOSES if other != purpose]
    foreign += [followers.make_token(follower, other) for other in followers.LIFETIME]
    assert not any(opens(token, purpose) for token in foreign)
    for other in followers.LIFETIME:
        assert followers.read_token(tokens.make(signature, purpose), other) is None
    assert followers.read_token(followers.make_token(follower, "leave"), "confirm") is None


@each_purpose
def test_it_opens_until_its_last_minute_and_not_after(signature, purpose, monkeypatch):
    token, now = tokens.make(signature, purpose), time.time()
    lifetime = tokens.LIFETIME[purpose].total_seconds()
    monkeypatch.setattr(django_signing.time, "time", lambda: now + lifetime - 60)
    assert opens(token, purpose)
    monkeypatch.setattr(django_signing.time, "time", lambda: now + lifetime + 60)
    with pytest.raises(tokens.ExpiredToken):
        tokens.read(token, purpose)


@each_purpose
@pytest.mark.parametrize(
    "change",
    [
        {"email": "other@example.org", "email_key": "other@example.org"},
        {"email": "", "email_key": ""},
        {"nonce": "another"},
    ],
    ids=["address", "erased", "secret"],
)
def test_it_dies_with_the_address_and_with_the_secret(signature, purpose, change):
    token = tokens.make(signature, purpose)
    Signature.objects.filter(pk=signature.pk).update(**change)
    assert not opens(token, purpose)


@each_purpose
def test_one_signatures_token_opens_no_other(signature, purpose):
    other = make_signature(signature.edition, state="pending")
    assert tokens.read(tokens.make(other, purpose), purpose) == other
    seal = tokens._seals(other, purpose)[0]
    borrowed = django_signing.dumps([signature.pk, seal], salt=tokens._salt(purpose))
    assert not opens(borrowed, purpose)


@each_purpose
def test_a_copy_of_the_database_opens_nothing(signature, purpose, settings):
    """Whoever has all rows and all code, but not the SECRET_KEY."""
    ours, settings.SECRET_KEY = settings.SECRET_KEY, "the-key-of-another-site-" * 3
    forged = tokens.make(signature, purpose)
    settings.SECRET_KEY = ours
    assert not opens(forged, purpose)


@pytest.mark.medium
def test_ten_thousand_guesses_open_nothing(signature):
    made = tokens.make(signature, tokens.CONFIRM)
    payload, at, seal = made.split(":")
    for _ in range(5_000):
        guess = secrets.token_urlsafe(32)
        assert not opens(f"{payload}:{at}:{guess}", tokens.CONFIRM)
        assert not opens(guess, tokens.CONFIRM)
    assert len(seal) == len(secrets.token_urlsafe(32))  # the guesses are of the right kind
    assert len(signature.nonce) >= len(secrets.token_urlsafe(16))


@pytest.mark.medium
def test_a_link_used_again_after_withdrawing_does_not_count(client, signature):
    link = tokens.make(signature, tokens.CONFIRM)
    assert press_confirm(client, link).status_code == 200
    states.withdraw(Signature.objects.get())
    assert press_confirm(client, link).status_code == 410
    assert Signature.objects.get().state == "withdrawn"
    assert tally.of(signature.statement).people == 0

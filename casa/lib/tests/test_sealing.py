"""What is sealed is read with the key, for its purpose and its owner alone."""

import pytest

from casa.lib import data_keys, sealing
from casa.lib.data_keys import KeyRing

SECRET = bytes(range(20))
OLD, NEW = "an-old-key" * 6, "a-new-key" * 6


def sealed(owner=1):
    return sealing.seal(SECRET, purpose="phones", owner=owner)


def test_it_is_read_again_and_tells_nothing():
    once, twice = sealed(), sealed()
    assert sealing.unseal(once, purpose="phones", owner=1) == SECRET
    assert once != twice
    assert len(once) <= 80  # what the column of django-otp takes
    assert SECRET.hex() not in once


@pytest.mark.parametrize(
    ("text", "purpose", "owner"),
    [
        (None, "phones", 2),
        (None, "others", 1),
        ("", "phones", 1),
        ("no base 64 …", "phones", 1),
        ("AAAA" * 16, "phones", 1),
        (SECRET.hex(), "phones", 1),
    ],
)
def test_anything_else_is_refused(text, purpose, owner):
    with pytest.raises(sealing.BrokenSealError):
        sealing.unseal(sealed() if text is None else text, purpose=purpose, owner=owner)


def test_an_earlier_key_still_reads(monkeypatch):
    first, second, hash_key = (data_keys.new_key() for _ in range(3))
    for keys, is_read in (({"a": first}, True), ({"b": second, "a": first}, True),
                          ({"b": second}, False)):  # fmt: skip
        monkeypatch.setattr(data_keys, "_loaded", [KeyRing(keys, hash_key)])
        if list(keys) == ["a"]:
            text = sealed()
        if is_read:
            assert sealing.unseal(text, purpose="phones", owner=1) == SECRET
        else:
            with pytest.raises(sealing.BrokenSealError):
                sealing.unseal(text, purpose="phones", owner=1)


def test_what_an_earlier_secret_key_sealed_is_read(settings, monkeypatch):
    """As it was before there were other keys."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    with monkeypatch.context() as before:
        before.setattr(sealing, "_keys", sealing._earlier)
        text = sealed()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert sealing.unseal(text, purpose="phones", owner=1) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(sealing.BrokenSealError):
        sealing.unseal(text, purpose="phones", owner=1)


def test_hashes_differ_by_owner_and_purpose():
    hashes = {
        sealing.hashes_of("code", purpose=purpose, owner=owner)[0]
        for purpose in ("codes", "others")
        for owner in (1, 2)
    }
    assert len(hashes) == 4
    assert {len(one) for one in hashes} == {16}

"""Keys of encrypted data: what they are read from, what they seal, and what is refused."""

import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from casa.lib import data_keys
from casa.lib.data_keys import DataKeyError, UnknownKeyError


@pytest.fixture
def in_file(settings, tmp_path):
    """Keys in a file, as a site has them that sets none."""
    settings.DATA_KEYS, settings.DATA_HASH_KEY = [], ""
    settings.DATA_KEYS_FILE = tmp_path / "data.keys"
    data_keys.forget()
    yield settings.DATA_KEYS_FILE
    data_keys.forget()


def test_what_is_sealed_is_read_again_and_never_looks_the_same():
    first, second = data_keys.seal_text("Nora"), data_keys.seal_text("Nora")
    assert first != second
    assert "Nora" not in first
    assert data_keys.unseal_text(first) == data_keys.unseal_text(second) == "Nora"


@pytest.mark.parametrize("change", [
    lambda text: text[:-4] + ("AAA=" if text[-4:] != "AAA=" else "BBB="),
    lambda text: text.replace(":tests:", ":other:"),
    lambda text: text[:20],
    lambda text: "sealed:tests:äöü",
])  # fmt: skip
def test_what_was_changed_or_is_of_another_key_is_not_read(change):
    with pytest.raises(UnknownKeyError):
        data_keys.unseal_text(change(data_keys.seal_text("Nora Lind")))


def test_a_hash_is_the_same_for_the_same_and_of_one_purpose():
    one = data_keys.keyed_hash("address", "nora@example.org")
    assert one == data_keys.keyed_hash("address", "nora@example.org")
    assert len(one) == data_keys.HASH_LENGTH
    assert one != data_keys.keyed_hash("domain", "nora@example.org")


def test_a_file_is_made_once_for_its_owner_alone(in_file):
    data_keys.make_file(in_file, {"a": data_keys.new_key()}, data_keys.new_key())
    before = in_file.read_text()
    data_keys.make_file(in_file, {"b": data_keys.new_key()}, data_keys.new_key())
    assert in_file.read_text() == before
    assert stat.S_IMODE(in_file.stat().st_mode) == 0o600
    assert [file.name for file in in_file.parent.iterdir()] == ["data.keys"]
    assert data_keys.ring().first == "a"


def test_a_key_that_came_into_the_file_later_is_found(in_file):
    first, second, hash_key = (data_keys.new_key() for _ in range(3))
    data_keys.make_file(in_file, {"b": second, "a": first}, hash_key)
    sealed = data_keys.seal_text("Nora")
    data_keys.write_file(in_file, {"a": first}, hash_key)
    data_keys.ring()  # as a process that began before there was another key
    in_file.write_text(f"b:{second}\na:{first}\nhash:{hash_key}\n")
    assert data_keys.unseal_text(sealed) == "Nora"


@pytest.mark.parametrize("content", [
    "", "a", "a:short", "hash:" + "A" * 43 + "=", "a:" + "A" * 43 + "=", "A B:c", "\xff",
])  # fmt: skip
def test_a_file_that_is_none_is_refused_without_telling_a_key(in_file, content):
    in_file.write_bytes(content.encode("latin-1"))
    with pytest.raises(DataKeyError) as refused:
        data_keys.ring()
    assert str(in_file) in str(refused.value)
    assert "AAAA" not in str(refused.value)


def test_a_missing_file_is_named(in_file):
    with pytest.raises(DataKeyError, match="DATA_KEYS is empty"):
        data_keys.ring()


@pytest.mark.parametrize(("keys", "hash_key", "named"), [
    (["a:" + "A" * 43 + "="], "", "DATA_HASH_KEY"), ([], "A" * 43 + "=", "DATA_KEYS"),
    (["no key"], "A" * 43 + "=", "DATA_KEYS"),
    (["a:" + "A" * 43 + "=", "a:" + "A" * 43 + "="], "A" * 43 + "=", "DATA_KEYS"),
])  # fmt: skip
def test_settings_that_are_no_keys_are_refused(keys, hash_key, named):
    with pytest.raises(ImproperlyConfigured, match=named) as refused:
        data_keys.check_settings(keys, hash_key)
    assert "AAAA" not in str(refused.value)


def test_names_tell_the_month_and_are_not_given_twice():
    first = data_keys.new_name(())
    assert data_keys.new_name([first]) == f"{first}-2"
    assert data_keys.NAME.fullmatch(f"{first}-2")

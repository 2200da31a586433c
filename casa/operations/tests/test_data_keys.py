"""The keys of encrypted data: made, compared with the database, exchanged, lost and found."""

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from casa.lib import data_keys as of_site
from casa.lib.data_keys import HASH, DataKeyError
from casa.lib.db.sealed import Unreadable
from casa.operations import data_keys, findings, resealing
from casa.operations.models import DataKey, Resealing
from signatories.models import Follower, ImportBatch, ImportLine, ImportSource, Signature
from signatories.testing import make_signature
from statements.testing import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(settings, tmp_path):
    """A site that keeps its keys in a file, as one that sets none, and has just been set up."""
    settings.DATA_KEYS, settings.DATA_HASH_KEY = [], ""
    settings.DATA_KEYS_FILE = tmp_path / "data.keys"
    DataKey.objects.all().delete()
    of_site.forget()
    data_keys.prepare()
    data_keys.register()
    yield settings.DATA_KEYS_FILE
    of_site.forget()


@pytest.fixture
def signed(keys):
    return make_signature(
        make_edition(), email="Nora.Lind@example.org", postal_code="1000", comment="Mend it soon."
    )


def stored(column, row, table="signatories_signature"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def other_keys(file):
    file.unlink()
    of_site.make_file(file, {of_site.new_name(()): of_site.new_key()}, of_site.new_key())


# The fields


def test_contact_data_lies_encrypted_and_reads_as_it_was_typed(signed):
    for column, words in (("email", "Lind"), ("postal_code", "1000"), ("comment", "Mend")):
        assert words.lower() not in stored(column, signed).lower()
    assert "@" not in stored("email_key", signed)
    again = Signature.objects.get()
    assert again.email == "Nora.Lind@example.org"
    assert (again.postal_code, again.comment) == ("1000", "Mend it soon.")


def test_an_address_is_found_whole_by_its_domain_and_by_its_mailbox(signed):
    found = Signature.objects.filter
    assert found(email="nora.lind@EXAMPLE.org").exists()
    assert found(email__iexact="NORA.LIND@example.org").exists()
    assert found(email__in=["a@b.example", "nora.lind@example.org"]).exists()
    assert found(email__at_domain="example.org").exists()
    assert not found(email__at_domain="ample.org").exists()
    assert not found(email__in=[]).exists()
    assert found(email_key="nora.lind@example.org").exists()
    assert Signature.objects.of_mailbox("nora.lind@example.org").exists()
    assert not found(email="").exists()
    assert not Signature.objects.exclude(comment="").filter(comment="").exists()
    assert not ImportLine.objects.filter(fields={}, doubts=[]).exists()
    for lookup in ({"fields": {"a": 1}}, {"fields__a": 1}, {"fields__contains": {}}):
        with pytest.raises(FieldError, match="encrypted"):
            ImportLine.objects.filter(**lookup)


@pytest.mark.parametrize("lookup", [
    {"email__startswith": "n"}, {"email__contains": "n"}, {"comment": "Mend it soon."},
    {"comment__icontains": "mend"}, {"postal_code__in": ["1000"]}, {"email__lower": "a"},
])  # fmt: skip
def test_what_cannot_be_compared_is_refused_in_a_sentence(lookup):
    with pytest.raises(FieldError, match="encrypted"):
        Signature.objects.filter(**lookup)


def test_rows_in_bulk_and_updates_are_encrypted_too(signed):
    Signature.objects.update(comment="Another word")
    assert "Another" not in stored("comment", signed)
    row = Signature.objects.get()
    row.comment = "A third word"
    Signature.objects.bulk_update([row], ["comment"])
    assert "third" not in stored("comment", signed)
    assert Signature.objects.values_list("comment", flat=True).get() == "A third word"


# Keys of a site


def test_keys_are_made_before_the_first_migration_and_written_down_after_it(keys):
    assert set(DataKey.objects.values_list("name", flat=True)) == {of_site.ring().first, HASH}
    data_keys.verify()


def test_a_start_without_keys_is_refused_where_data_is_encrypted(keys):
    keys.unlink()
    of_site.forget()
    for start in (data_keys.prepare, data_keys.verify_at_start):
        with pytest.raises(ImproperlyConfigured, match="DATA_KEYS"):
            start()
    assert not keys.exists()


def test_a_start_with_other_keys_is_refused(keys):
    name, hash_key = of_site.ring().first, of_site.ring().hash_key
    keys.unlink()
    of_site.make_file(keys, {name: of_site.new_key()}, hash_key)
    with pytest.raises(ImproperlyConfigured, match=f"DATA_KEYS has under {name}"):
        data_keys.verify()


def test_another_hash_key_is_refused(keys):
    ring = of_site.ring()
    of_site.write_file(keys, ring.keys, of_site.new_key())
    with pytest.raises(ImproperlyConfigured, match="DATA_HASH_KEY"):
        data_keys.verify()


def test_a_key_that_is_missing_is_named_with_the_remedy(keys):
    missing = of_site.ring().first
    of_site.write_file(keys, {"other": of_site.new_key()}, of_site.ring().hash_key)
    with pytest.raises(ImproperlyConfigured, match=f"data_keys lost {missing}"):
        data_keys.verify()


def test_the_worker_does_not_start_with_other_keys(keys):
    other_keys(keys)
    with pytest.raises(ImproperlyConfigured, match="DATA"):
        call_command("qcluster")


# What was stored before


def plain(row, **columns):
    sets = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        sql = f"UPDATE {row._meta.db_table} SET {sets} WHERE id = %s"
        cursor.execute(sql, [*columns.values(), row.pk])


def test_what_was_stored_before_is_read_and_encrypted_by_migrate(signed):
    plain(signed, email="nora@example.org", email_key="nora@example.org", comment="In plain")
    follower = Follower.objects.create(
        statement=signed.statement, email="f@example.org", email_key="f@example.org"
    )
    plain(follower, email="f@example.org", email_key="f@example.org")
    assert Signature.objects.get().comment == "In plain"
    data_keys.register()
    assert "@" not in stored("email", signed) + stored("email_key", signed)
    assert "plain" not in stored("comment", signed)
    assert Signature.objects.of_mailbox("nora@example.org").get().comment == "In plain"
    assert Follower.objects.counted_as_mailbox("f@example.org").get().email == "f@example.org"
    before = stored("comment", signed)
    data_keys.register()
    assert stored("comment", signed) == before


@pytest.mark.medium
def test_objects_and_files_are_encrypted_by_migrate_too(keys):
    statement = make_edition().statement
    batch = ImportBatch.objects.create(statement=statement, source="file", consent="paper")
    ImportSource.objects.create(batch=batch, data=b"")
    line = ImportLine.objects.create(batch=batch, position=1, number=1)
    plain(line, fields='{"email": "ada@example.org"}', original="Ada, ada@example.org")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE signatories_importsource SET data = %s", [b"ada@example.org"])
    assert ImportLine.objects.get().fields == {"email": "ada@example.org"}
    assert resealing.seal_plain() == 2
    assert resealing.seal_plain() == 0
    for column in ("fields", "original"):
        assert "ada" not in str(stored(column, line, "signatories_importline"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM signatories_importsource")
        assert bytes(cursor.fetchone()[0]).startswith(b"sealed:")
    assert ImportLine.objects.get().fields == {"email": "ada@example.org"}
    assert ImportSource.objects.get().data == b"ada@example.org"
    line.refresh_from_db()
    assert (line.doubts, line.filled) == ([], {})
    new = data_keys.add()
    run_to_the_end()
    assert sum(resealing.count_of(new).values()) == 3


# Another key


def run_to_the_end():
    while resealing.work():
        pass


@pytest.mark.medium
def test_a_new_key_takes_over_while_the_old_one_still_reads(signed, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 1)
    old = of_site.ring().first
    new = data_keys.add()
    assert Signature.objects.get().comment == "Mend it soon."
    run_to_the_end()
    assert Resealing.objects.get().state == Resealing.State.DONE
    assert f"sealed:{new}:" in stored("comment", signed)
    assert f"sealed:{new}:" in stored("email", signed)
    assert data_keys.retire(old) == 0
    assert list(of_site.ring().keys) == [new]
    data_keys.verify()
    assert Signature.objects.get(email="nora.lind@example.org").postal_code == "1000"


@pytest.mark.medium
def test_it_is_stopped_and_goes_on_where_it_was(signed, monkeypatch):
    monkeypatch.setattr(resealing, "BATCH", 1)
    data_keys.add()
    resealing.stop()
    assert resealing.work() == 0
    assert not resealing.stop()
    assert resealing.go_on()
    run_to_the_end()
    assert resealing.under_way().state == Resealing.State.DONE


@pytest.mark.medium
def test_retiring_encrypts_what_a_process_with_the_old_key_still_wrote(signed):
    old = of_site.ring().first
    data_keys.add()
    run_to_the_end()
    plain(signed, comment=of_site.seal_text("late", by=old))
    assert data_keys.retire(old) == 1
    assert Signature.objects.get().comment == "late"


def test_the_first_key_and_unknown_ones_are_not_retired(keys):
    for name in (of_site.ring().first, "nothing"):
        with pytest.raises(DataKeyError):
            data_keys.retire(name)


def test_a_row_that_is_changed_meanwhile_keeps_what_was_written(signed):
    (model, fields) = next(one for one in resealing.tables() if one[0] is Signature)
    field = next(one for one in fields if one.name == "comment")
    before = stored("comment", signed)
    Signature.objects.update(comment="newer")
    assert resealing._write(model, signed.pk, field, before) == 0
    assert Signature.objects.get().comment == "newer"


# A key that nobody has any more


@pytest.mark.medium
def test_without_a_key_the_site_goes_on_and_says_what_is_unreadable(signed, client):
    lost, hash_key = of_site.ring().first, of_site.ring().hash_key
    kept = keys_of(lost)
    of_site.write_file(of_site.settings.DATA_KEYS_FILE, {"new": of_site.new_key()}, hash_key)
    data_keys.lose(lost)
    data_keys.verify()
    data_keys.register()
    row = Signature.objects.get()
    assert row.email == ""
    assert isinstance(row.comment, Unreadable)
    assert client.get(signed.statement.get_absolute_url()).status_code == 200
    said = [one for one in findings.examine(asks_others=False) if lost in one.words]
    assert [one.level for one in said] == ["broken"]
    assert "signatories_signature.comment: 1" in said[0].words
    before = stored("comment", signed)
    row.save()
    assert stored("comment", signed) == before
    of_site.write_file(
        of_site.settings.DATA_KEYS_FILE, {**of_site.ring().keys, lost: kept}, hash_key
    )
    assert data_keys.find_again() == [lost]
    assert Signature.objects.get().comment == "Mend it soon."


def keys_of(name):
    return of_site.ring().keys[name]


def test_where_all_are_lost_new_ones_are_made(signed, keys):
    lost = of_site.ring().first
    keys.unlink()
    of_site.forget()
    with pytest.raises(DataKeyError, match="--all"):
        data_keys.lose(lost)
    name = data_keys.lose_all()
    assert name != lost
    data_keys.verify()
    assert data_keys.lost() == [lost]
    assert Signature.objects.get().email == ""


def test_a_key_that_is_there_is_not_lost(keys):
    with pytest.raises(DataKeyError, match="is there"):
        data_keys.lose(of_site.ring().first)
    with pytest.raises(DataKeyError, match="no key"):
        data_keys.lose("nothing")
    with pytest.raises(DataKeyError, match="There are keys"):
        data_keys.lose_all()


# The command, and keys in the settings


@pytest.mark.medium
def test_the_command_shows_and_exchanges(signed, keys, capsys):
    old = of_site.ring().first
    call_command("data_keys")
    assert f"Encrypts: {old}" in capsys.readouterr().out
    call_command("data_keys", "add")
    run_to_the_end()
    call_command("data_keys", "show")
    assert "done" in capsys.readouterr().out
    call_command("data_keys", "retire", old)
    assert "not needed any more" in capsys.readouterr().out
    assert f"{old}:" not in keys.read_text()
    for verb in ("stop", "go-on", "begin"):
        call_command("data_keys", verb)
    with pytest.raises(CommandError, match="no earlier key"):
        call_command("data_keys", "retire", "nothing")
    key = keys.read_text().split(":")[1][:20]
    assert key not in capsys.readouterr().out


@pytest.mark.medium
def test_a_key_in_the_settings_is_put_there_by_hand(keys, settings, capsys):
    ring = of_site.ring()
    settings.DATA_KEYS = [f"{ring.first}:{keys_of(ring.first)}"]
    settings.DATA_HASH_KEY = ring.hash_key
    of_site.forget()
    data_keys.verify()
    with pytest.raises(CommandError, match="by hand"):
        call_command("data_keys", "add")
    call_command("data_keys", "new")
    line = capsys.readouterr().out.strip()
    settings.DATA_KEYS = [line.replace(":", "-b:", 1), *settings.DATA_KEYS]
    of_site.forget()
    call_command("data_keys", "begin")
    run_to_the_end()
    assert data_keys.retire(ring.first) == 0

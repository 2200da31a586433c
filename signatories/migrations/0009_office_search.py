from django.db import migrations

NAME = "signatories_signature_office_words"


def make(apps, schema_editor):
    """Let staff find a signature by words of its names, whatever its state is."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {NAME} ON signatories_signature"
            " USING gin (to_tsvector('simple', sort_key || ' ' || name || ' ' || affiliation))"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [("signatories", "0008_correction_mailings_by_language")]

    operations = [migrations.RunPython(make, drop)]

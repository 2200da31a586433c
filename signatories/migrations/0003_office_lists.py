from django.db import migrations, models

WORDS_INDEX = "signatories_signature_office_words"
NAMES = "to_tsvector('simple', sort_key || ' ' || name || ' ' || affiliation)"
ADDRESS = "translate(lower(email), '@.+-_''', '      ')"
ADDRESS_WORDS = f"array_to_tsvector(string_to_array('@' || replace({ADDRESS}, ' ', ' @'), ' '))"
STATISTICS = "signatories_signature_filters"


def find_by_address(apps, schema_editor):
    """Let staff find a signature by words of its e-mail address, too."""
    make_index(schema_editor, f"({NAMES} || {ADDRESS_WORDS})")
    if schema_editor.connection.vendor == "postgresql":
        # What few have together, each of which many have, is not looked for among them all.
        schema_editor.execute(
            f"CREATE STATISTICS {STATISTICS} (mcv) ON kind, state, approved, country"
            " FROM signatories_signature"
        )


def find_by_names(apps, schema_editor):
    make_index(schema_editor, NAMES)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP STATISTICS {STATISTICS}")


def make_index(schema_editor, words):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {WORDS_INDEX}")
        schema_editor.execute(
            f"CREATE INDEX {WORDS_INDEX} ON signatories_signature USING gin (({words}))"
        )


class Migration(migrations.Migration):

    dependencies = [("signatories", "0002_reminders_to_sign")]

    operations = [
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(models.F('sort_key'), models.F('id'), name='signature_by_name'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(models.F('created_at'), models.F('id'), name='signature_by_day'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(models.F('state'), models.F('id'), name='signature_by_state'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(models.F('country'), models.F('id'), condition=models.Q(('country', ''), _negated=True), name='signature_by_country'),
        ),
        migrations.AddIndex(
            model_name='signature',
            index=models.Index(condition=models.Q(('name_withheld', True)), fields=['-id'], name='signature_name_withheld'),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index("verification", "id", name="organization_by_verification"),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index("kind", "id", name="organization_by_kind"),
        ),
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(
                "sort_key",
                "id",
                condition=models.Q(("merged_into", None), ("stands_from", None)),
                name="organization_without_statement",
            ),
        ),
        migrations.RunPython(find_by_address, find_by_names),
    ]

from django.db import migrations

import django.db.models

ORGANIZATIONS, SIGNATURES = "signatories_organization", "signatories_signature"
MARKS = ("statement_id::text || kind || '@'", "statement_id::text || kind || country || '@'")
MARKED = " || ".join(
    f"array_to_tsvector(string_to_array({mark} || replace(search_words, ' ', ' ' || {mark}), ' '))"
    for mark in MARKS
)
WORDS = f"to_tsvector('simple', search_words) || {MARKED}"
SHOWN = "state = 'confirmed' AND approved AND NOT name_withheld"


def fill(apps, schema_editor):
    """All names of each organization: its own, and those it is known by besides."""
    join = "group_concat" if schema_editor.connection.vendor == "sqlite" else "string_agg"
    others = (
        f"SELECT {join}(name_key, ' ') FROM signatories_organizationalias"
        f" WHERE organization_id = {ORGANIZATIONS}.id"
    )
    schema_editor.execute(
        f"UPDATE {ORGANIZATIONS} SET search_words = sort_key || coalesce(' ' || ({others}), '')"
    )


def make_indexes(apps, schema_editor):
    """One of names for each statement, kind and country apart, and one of all names there are."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {ORGANIZATIONS}_sort_key_words")
        schema_editor.execute(f"DROP INDEX {SIGNATURES}_search_words_words")
        schema_editor.execute(
            f"CREATE INDEX {ORGANIZATIONS}_search_words_words ON {ORGANIZATIONS}"
            " USING gin (to_tsvector('simple', search_words))"
        )
        schema_editor.execute(
            f"CREATE INDEX {SIGNATURES}_search_words_words ON {SIGNATURES}"
            f" USING gin (({WORDS})) WHERE {SHOWN}"
        )


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {ORGANIZATIONS}_search_words_words")
        schema_editor.execute(f"DROP INDEX {SIGNATURES}_search_words_words")
        schema_editor.execute(
            f"CREATE INDEX {ORGANIZATIONS}_sort_key_words ON {ORGANIZATIONS}"
            " USING gin (to_tsvector('simple', sort_key))"
        )
        schema_editor.execute(
            f"CREATE INDEX {SIGNATURES}_search_words_words ON {SIGNATURES}"
            f" USING gin (to_tsvector('simple', search_words)) WHERE {SHOWN}"
        )


class Migration(migrations.Migration):
    dependencies = [("signatories", "0033_pages_of_sheets")]

    operations = [
        migrations.AddField(
            "organization",
            "search_words",
            django.db.models.TextField(default="", editable=False, help_text="Of all its names."),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(make_indexes, drop_indexes),
    ]

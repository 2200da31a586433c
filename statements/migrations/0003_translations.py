"""Editions know which edition of the original they translate; their table stays append-only."""

import django.core.validators
from django.conf import settings
from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Subquery, Value, When

TABLE = "statements_edition"


def open_table(apps, schema_editor):
    """Take the triggers away: what is there already is filled in, and SQLite makes the table anew."""
    for verb in ("update", "delete"):
        on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{verb}{on}")


def close_table(apps, schema_editor):
    """Make the triggers as they were. On PostgreSQL their functions have stayed."""
    for verb in ("update", "delete"):
        name = f"{TABLE}_no_{verb}"
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE}"
                f" BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE}"
                f" FOR EACH ROW EXECUTE FUNCTION {name}()"
            )


def fill(apps, schema_editor):
    """Until now every correction made editions in all languages, with a note in the original's."""
    editions = apps.get_model("statements", "Edition").objects
    statements = apps.get_model("statements", "Statement").objects
    language = statements.filter(pk=OuterRef("statement_id")).values("language")
    # Each row once: PostgreSQL alters no table of which it has a row twice changed to check.
    note_language = Case(When(change_note="", then=Value("")), default=Subquery(language))
    editions.update(translates=F("number"), change_note_language=note_language)
    statements.update(last_number=F("edition_number"))


class Migration(migrations.Migration):
    dependencies = [
        ("statements", "0002_attachments_of_telephones"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(open_table, close_table),
        migrations.AddField(
            model_name="edition",
            name="change_note_language",
            field=models.CharField(
                blank=True, max_length=12, verbose_name="language of the note"
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="translates",
            field=models.PositiveIntegerField(
                default=1,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="carries the meaning of edition",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="historicalstatement",
            name="last_number",
            field=models.PositiveIntegerField(
                default=0,
                editable=False,
                help_text="The highest number of an edition, in any language.",
            ),
        ),
        migrations.AddField(
            model_name="statement",
            name="last_number",
            field=models.PositiveIntegerField(
                default=0,
                editable=False,
                help_text="The highest number of an edition, in any language.",
            ),
        ),
        migrations.AlterField(
            model_name="historicalstatement",
            name="edition_number",
            field=models.PositiveIntegerField(
                default=0, editable=False, help_text="Of the current edition of the original."
            ),
        ),
        migrations.AlterField(
            model_name="statement",
            name="edition_number",
            field=models.PositiveIntegerField(
                default=0, editable=False, help_text="Of the current edition of the original."
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("translates__gte", 1), ("translates__lte", models.F("number"))),
                name="edition_translates_no_later_one",
            ),
        ),
        migrations.RunPython(close_table, open_table),
    ]

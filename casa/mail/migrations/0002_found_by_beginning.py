from django.db import migrations

INDEX = "mail_to_mailbox"


def by_beginning(apps, schema_editor):
    """Let an index find addresses that begin with something, whatever the database sorts by."""
    make(schema_editor, 'lower("to") text_pattern_ops')


def by_whole(apps, schema_editor):
    make(schema_editor, 'lower("to")')


def make(schema_editor, column):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {INDEX}")
        schema_editor.execute(f"CREATE INDEX {INDEX} ON mail_outgoingmail ({column})")


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial")]

    operations = [migrations.RunPython(by_beginning, by_whole)]

from importlib import import_module

from django.db import migrations

groups = import_module("casa.migrations.0001_roles")


class Migration(migrations.Migration):
    """Topics came with permissions of their own."""

    dependencies = [("casa", "0004_roles_mailings"), ("statements", "0004_topics_and_search")]
    operations = [
        migrations.RunPython(groups.make_groups, migrations.RunPython.noop, elidable=False)
    ]

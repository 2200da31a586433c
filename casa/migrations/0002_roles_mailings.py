from importlib import import_module

from django.db import migrations

make_groups = import_module("casa.migrations.0001_roles").make_groups


class Migration(migrations.Migration):
    """Give the roles what the mailings to signers brought."""

    dependencies = [("casa", "0001_roles"), ("signatories", "0005_mailings")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False)]

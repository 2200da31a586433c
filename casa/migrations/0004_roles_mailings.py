from importlib import import_module

from django.db import migrations

make_groups = import_module("casa.migrations.0001_roles").make_groups


class Migration(migrations.Migration):
    """Give the roles what the mailings to signers brought."""

    dependencies = [("casa", "0003_consent_texts"), ("signatories", "0012_mailings")]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False)]

from django.contrib.auth.management import create_permissions
from django.db import migrations

from casa.office import roles

APPS = ("accounts", "mail", "pages", "statements", "signatories")


def make_groups(apps, schema_editor):
    using = schema_editor.connection.alias
    for label in APPS:
        # Django makes permissions after the last migration; the groups need them now.
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, using=using, verbosity=0)
        config.models_module = None
    roles.apply(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"), using)


class Migration(migrations.Migration):
    dependencies = [
        ("casa", "0001_roles"),
        ("pages", "0002_rows"),
        ("statements", "0003_signing_options"),
        ("signatories", "0004_signing_rules"),
    ]
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop, elidable=False)]

from django.contrib.auth.management import create_permissions
from django.db import migrations

from casa.office import roles


def apply_roles(apps, schema_editor):
    """Whoever edits a statement edits its consent sentences."""
    using = schema_editor.connection.alias
    config = apps.get_app_config("statements")
    config.models_module = True  # as in 0001_roles: Django makes permissions after all migrations
    create_permissions(config, apps=apps, using=using, verbosity=0)
    config.models_module = None
    roles.apply(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"), using)


class Migration(migrations.Migration):
    dependencies = [
        ("casa", "0002_roles_of_pages"),
        ("statements", "0003_signing_options"),
    ]
    operations = [migrations.RunPython(apply_roles, migrations.RunPython.noop, elidable=False)]

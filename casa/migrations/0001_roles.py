from django.contrib.auth.management import create_permissions
from django.db import migrations

from casa.office import roles

APPS = ("accounts", "mail", "statements", "signatories")


def make_groups(apps, schema_editor):
    using = schema_editor.connection.alias
    for label in APPS:
        # Django makes permissions after the last migration; the groups need them now.
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, using=using, verbosity=0)
        config.models_module = None
    roles.apply(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"), using)


def drop_groups(apps, schema_editor):
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=[role.name for role in roles.ROLES]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("accounts", "0003_schedule"),
        ("mail", "0002_schedule"),
        ("statements", "0002_office"),
        ("signatories", "0002_office"),
    ]
    operations = [migrations.RunPython(make_groups, drop_groups, elidable=False)]

from django.db import migrations

KEYS = ("about", "privacy", "contact")


def add(apps, schema_editor):
    pages = apps.get_model("pages", "SitePage").objects.using(schema_editor.connection.alias)
    for key in KEYS:
        pages.get_or_create(key=key)


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]

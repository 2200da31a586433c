"""Puts the names that the directory has already into its index."""

from django.db import migrations

from casa.lib import organization_names


def fill(apps, schema_editor):
    organizations = apps.get_model("signatories", "Organization").objects
    key = apps.get_model("signatories", "OrganizationKey")
    aliases = apps.get_model("signatories", "OrganizationAlias").objects
    rows = []
    for pk, name in organizations.order_by("pk").values_list("pk", "name").iterator():
        called = [name, *aliases.filter(organization=pk).values_list("name", flat=True)]
        found = {one for name in called for one in organization_names.keys(name) | organization_names.name_parts(name)}
        rows += [key(organization_id=pk, key=one) for one in found]
        if len(rows) > 5000:
            key.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    key.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [("signatories", "0009_names_and_claims")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]

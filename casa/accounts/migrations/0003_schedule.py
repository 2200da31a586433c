from django.db import migrations

PURGE = "casa.accounts.lockout.purge"
DAILY = "D"


def add(apps, schema_editor):
    """Forget failed tries to sign in: they hold addresses and are of no use a day later."""
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    if not schedules.filter(func=PURGE).exists():
        schedules.create(
            name="Forget failed sign-ins", func=PURGE, schedule_type=DAILY, repeats=-1
        )


def remove(apps, schema_editor):
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    schedules.filter(func=PURGE).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_sign_in"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(add, remove, elidable=False)]

from django.db import migrations

SEND = "signatories.mailings.updates.send_updates"
MINUTES = "I"


def add(apps, schema_editor):
    """Look every minute for mailings that are being sent."""
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    if not schedules.filter(func=SEND).exists():
        schedules.create(
            name="Send news to signers",
            func=SEND,
            schedule_type=MINUTES,
            minutes=1,
            repeats=-1,
        )


def remove(apps, schema_editor):
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    schedules.filter(func=SEND).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("signatories", "0012_mailings"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(add, remove, elidable=False)]

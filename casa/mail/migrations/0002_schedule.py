from django.db import migrations

DELIVER = "casa.mail.delivery.deliver_due"
MINUTES = "I"


def add(apps, schema_editor):
    """Look for due mail every minute, whoever woke the worker or did not."""
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    if not schedules.filter(func=DELIVER).exists():
        schedules.create(
            name="Deliver mail", func=DELIVER, schedule_type=MINUTES, minutes=1, repeats=-1
        )


def remove(apps, schema_editor):
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    schedules.filter(func=DELIVER).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("mail", "0001_initial"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(add, remove, elidable=False)]

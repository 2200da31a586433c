from django.db import migrations

TELL = "signatories.mailings.correction_notices.tell_signers"
MINUTES = "I"


def add(apps, schema_editor):
    """Look every minute for signers who have yet to be told of a correction."""
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    if not schedules.filter(func=TELL).exists():
        schedules.create(
            name="Tell signers of corrections",
            func=TELL,
            schedule_type=MINUTES,
            minutes=1,
            repeats=-1,
        )


def remove(apps, schema_editor):
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    schedules.filter(func=TELL).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("signatories", "0002_office"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(add, remove, elidable=False)]

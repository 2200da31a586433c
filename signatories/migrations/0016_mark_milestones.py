from django.db import migrations

MARK = "signatories.core.milestones.mark"
MINUTES = "I"


def add(apps, schema_editor):
    """Look every minute for counts that passed a round number."""
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    if not schedules.filter(func=MARK).exists():
        schedules.create(
            name="Mark milestones",
            func=MARK,
            schedule_type=MINUTES,
            minutes=1,
            repeats=-1,
        )


def remove(apps, schema_editor):
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    schedules.filter(func=MARK).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("signatories", "0015_search_and_addresses"),
        ("statements", "0005_milestones"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [migrations.RunPython(add, remove, elidable=False)]

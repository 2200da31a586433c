from django.db import migrations, models
from django.db.models import Q

REMIND = "signatories.mailings.reminders.remind"
MINUTES = "I"


def add(apps, schema_editor):
    """Look every ten minutes for signers who have yet to be reminded."""
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    if not schedules.filter(func=REMIND).exists():
        schedules.create(
            name="Remind signers to confirm",
            func=REMIND,
            schedule_type=MINUTES,
            minutes=10,
            repeats=-1,
        )


def remove(apps, schema_editor):
    schedules = apps.get_model("django_q", "Schedule").objects.using(schema_editor.connection.alias)
    schedules.filter(func=REMIND).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("signatories", "0006_tell_followers"),
        ("django_q", "0019_alter_task_options_alter_ormq_key_alter_ormq_lock_and_more"),
    ]
    operations = [
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                fields=["-id"], name="signature_mail_trouble", condition=~Q(mail_trouble="")
            ),
        ),
        migrations.RunPython(add, remove, elidable=False),
    ]

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("mail", "0002_schedule")]
    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="provider_id",
            field=models.CharField(blank=True, editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="trouble",
            field=models.CharField(
                blank=True,
                choices=[
                    ("soft", "Not delivered yet"),
                    ("hard", "The address does not exist"),
                    ("complaint", "Marked as unwanted"),
                ],
                editable=False,
                max_length=9,
                verbose_name="trouble",
            ),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="trouble_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                fields=["provider_id"], name="mail_at_provider", condition=~Q(provider_id="")
            ),
        ),
    ]

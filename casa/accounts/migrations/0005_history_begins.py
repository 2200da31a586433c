from django.db import migrations
from django.utils import timezone


def begin(apps, schema_editor):
    """Accounts that are older than their history: one row each, as they are now, by nobody."""
    using = schema_editor.connection.alias
    models = {
        name: apps.get_model("accounts", name)
        for name in (
            "User", "HistoricalUser", "HistoricalUser_groups", "HistoricalUser_user_permissions",
        )
    }  # fmt: skip
    kept = (
        "id", "is_superuser", "is_staff", "is_active", "date_joined", "email", "name", "is_demo",
    )  # fmt: skip
    for user in models["User"].objects.using(using).order_by("pk"):
        row = models["HistoricalUser"].objects.using(using).create(
            history_date=timezone.now(), history_type="~", history_change_reason="begun",
            **{name: getattr(user, name) for name in kept},
        )  # fmt: skip
        for name, of, key in (
            ("groups", models["User"].groups, "group_id"),
            ("user_permissions", models["User"].user_permissions, "permission_id"),
        ):
            models[f"HistoricalUser_{name}"].objects.using(using).bulk_create(
                models[f"HistoricalUser_{name}"](
                    id=one.pk, history=row, user_id=user.pk, **{key: getattr(one, key)}
                )
                for one in of.through.objects.using(using).filter(user_id=user.pk)
            )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_history")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=True)]

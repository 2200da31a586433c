from django.db import migrations, models
from django.db.models import F, Q

from casa.lib.db import search
from signatories.models import free_slug
from signatories.models.signature_sets import searched_words

AT_ONCE = 1000


def give_addresses(apps, schema_editor):
    organizations = apps.get_model("signatories", "Organization").objects.using(
        schema_editor.connection.alias
    )
    for pk, name in organizations.order_by("pk").values_list("pk", "name").iterator():
        slug = free_slug(name, among=organizations.exclude(slug=None))
        organizations.filter(pk=pk).update(slug=slug)


def keep_words(apps, schema_editor):
    """Let the signatures be found that were there before."""
    signatures = apps.get_model("signatories", "Signature").objects.using(
        schema_editor.connection.alias
    )
    last = 0
    in_order = signatures.select_related("organization").order_by("pk")
    while rows := list(in_order.filter(pk__gt=last)[:AT_ONCE]):
        for one in rows:
            one.search_words = searched_words(one)
        signatures.bulk_update(rows, ["search_words"], batch_size=AT_ONCE // 4)
        last = rows[-1].pk


COUNTED = Q(state="confirmed", approved=True)


class Migration(migrations.Migration):

    dependencies = [
        ("signatories", "0014_history_of_mailings"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="slug",
            field=models.CharField(max_length=80, null=True, editable=False),
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="organization",
            name="slug",
            field=models.SlugField(
                editable=False,
                help_text="Its page's address; it stays when the name changes.",
                max_length=80,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="signature",
            name="search_words",
            field=models.TextField(
                default="",
                editable=False,
                help_text="What it is found by in public; written by states.py too.",
            ),
        ),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                F("statement"),
                F("kind"),
                F("country"),
                F("confirmed_at").desc(),
                F("id").desc(),
                F("region"),
                condition=COUNTED & Q(name_withheld=False),
                name="signature_public_place",
            ),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                F("statement"),
                F("kind"),
                condition=COUNTED & Q(name_withheld=True),
                name="signature_withheld",
            ),
        ),
        search.index(
            "signatories_signature",
            "search_words",
            where="state = 'confirmed' AND approved AND NOT name_withheld",
        ),
        search.index("signatories_organization", "sort_key"),
    ]

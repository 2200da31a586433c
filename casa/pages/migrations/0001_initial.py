import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models



def add_pages(apps, schema_editor):
    pages = apps.get_model("pages", "SitePage").objects.using(schema_editor.connection.alias)
    for key in ("about", "privacy", "contact"):
        pages.create(key=key)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SitePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(choices=[('about', 'About us'), ('privacy', 'Privacy'), ('contact', 'Contact')], editable=False, max_length=10, unique=True, verbose_name='page')),
            ],
            options={
                'verbose_name': 'page of the site',
                'verbose_name_plural': 'pages of the site',
                'ordering': ('key',),
            },
        ),
        migrations.CreateModel(
            name='SitePageText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='pages.sitepage')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('title', models.CharField(help_text='Stands above the text and in the browser’s tab.', max_length=120, verbose_name='title')),
                ('body', models.TextField(help_text='What visitors read on this page.', verbose_name='text')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
            ],
            options={
                'verbose_name': 'text',
                'verbose_name_plural': 'texts',
                'ordering': ('pk',),
                'constraints': [
                    models.UniqueConstraint(models.F('page'), models.F('language'), name='site_page_text_one_per_language'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalSitePageText',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('title', models.CharField(help_text='Stands above the text and in the browser’s tab.', max_length=120, verbose_name='title')),
                ('body', models.TextField(help_text='What visitors read on this page.', verbose_name='text')),
                ('page', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pages.sitepage')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical text',
                'verbose_name_plural': 'historical texts',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(add_pages, migrations.RunPython.noop),
    ]

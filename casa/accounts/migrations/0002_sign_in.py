from django.db import migrations, models
from django.db.models.functions import Lower

KEY = {
    'editable': False,
    'help_text': 'The address in the one form by which the account is found.',
    'max_length': 254,
}


def fill(apps, schema_editor):
    apps.get_model('accounts', 'User').objects.update(address_key=Lower('email'))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='TryBudget',
            fields=[
                ('key', models.CharField(help_text='A keyed hash of it.', max_length=32, primary_key=True, serialize=False)),
                ('clear_at', models.FloatField(db_index=True, help_text='Seconds since 1970.')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='user',
            name='address_key',
            field=models.CharField(default='', **KEY),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='user',
            name='address_key',
            field=models.CharField(unique=True, **KEY),
        ),
    ]

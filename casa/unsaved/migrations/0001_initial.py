import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='UnsavedForm',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('path', models.CharField(help_text="The page's, without its query.", max_length=2000)),
                ('why', models.CharField(choices=[('session', 'Your session had ended.'), ('other', 'Somebody else was signed in by then.'), ('csrf', 'You had signed in again since you opened the page.'), ('forbidden', 'You may not do this.'), ('gone', 'What you worked on is not there any more.'), ('error', 'Something went wrong on our side.'), ('refused', 'It could not be done.'), ('closed', 'The page was closed before it was saved.')], max_length=12)),
                ('sealed', models.TextField(help_text='Encrypted.', verbose_name='what was typed')),
                ('typed_at', models.DateTimeField(verbose_name='typed at')),
                ('ends_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'unsaved form',
                'verbose_name_plural': 'unsaved forms',
            },
        ),
        migrations.CreateModel(
            name='UnsavedFile',
            fields=[
                ('key', models.UUIDField(help_text='A hash of what the form carries.', primary_key=True, serialize=False)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.FileField(upload_to='unsaved')),
                ('size', models.PositiveIntegerField(help_text='Bytes.')),
                ('sealed', models.TextField(help_text='Encrypted.', verbose_name='name of the file')),
                ('ends_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'unsaved file',
                'verbose_name_plural': 'unsaved files',
            },
        ),
    ]

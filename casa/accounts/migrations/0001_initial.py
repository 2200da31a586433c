import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('email', models.EmailField(error_messages={'unique': 'There is already an account with this address.'}, max_length=254, unique=True, verbose_name='e-mail address')),
                ('address_key', models.CharField(editable=False, help_text='The address in the one form by which the account is found.', max_length=254, unique=True)),
                ('name', models.CharField(help_text='Shown to colleagues, never to visitors.', max_length=150, verbose_name='name')),
                ('is_demo', models.BooleanField(default=False, editable=False, help_text='The account whose password is printed; it cannot sign in when DEBUG is off.')),
                ('hears_of_reviews', models.BooleanField(default=True, help_text='When a colleague submits one, to those who may publish it.', verbose_name='a draft waits for review')),
                ('hears_of_returns', models.BooleanField(default=True, help_text='When an editor sends one back, to its author, with the note.', verbose_name='a draft of mine came back')),
                ('hears_of_names', models.BooleanField(default=True, help_text='One mail with their number, to those who decide: again after an hour at the earliest, and once a day while they wait.', verbose_name='names wait for a decision')),
                ('gets_digest', models.BooleanField(default=True, help_text='On Monday morning: who signed what, what waits, which mails came back.', verbose_name='the week in numbers')),
                ('session_epoch', models.PositiveIntegerField(default=0, editable=False, help_text='Counting it up ends every open session.')),
                ('reset_mailed_at', models.DateTimeField(editable=False, help_text='When a link to a new password was last asked for.', null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'staff member',
                'verbose_name_plural': 'staff members',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_ignoring_case', violation_error_message='There is already an account with this address.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalUser',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('email', models.EmailField(db_index=True, error_messages={'unique': 'There is already an account with this address.'}, max_length=254, verbose_name='e-mail address')),
                ('name', models.CharField(help_text='Shown to colleagues, never to visitors.', max_length=150, verbose_name='name')),
                ('is_demo', models.BooleanField(default=False, editable=False, help_text='The account whose password is printed; it cannot sign in when DEBUG is off.')),
                ('hears_of_reviews', models.BooleanField(default=True, help_text='When a colleague submits one, to those who may publish it.', verbose_name='a draft waits for review')),
                ('hears_of_returns', models.BooleanField(default=True, help_text='When an editor sends one back, to its author, with the note.', verbose_name='a draft of mine came back')),
                ('hears_of_names', models.BooleanField(default=True, help_text='One mail with their number, to those who decide: again after an hour at the earliest, and once a day while they wait.', verbose_name='names wait for a decision')),
                ('gets_digest', models.BooleanField(default=True, help_text='On Monday morning: who signed what, what waits, which mails came back.', verbose_name='the week in numbers')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical staff member',
                'verbose_name_plural': 'historical staff members',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
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
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='auth.group')),
                ('permission', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='auth.permission')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(models.F('permission'), models.F('group'), name='role_grant_once')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalUser_user_permissions',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('permission', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='auth.permission')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='accounts.historicaluser')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'HistoricalUser_user_permissions',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalUser_groups',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('group', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='auth.group')),
                ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='accounts.historicaluser')),
                ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'HistoricalUser_groups',
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations.base import Operation

# Migrations import nothing of ours, so that none breaks when code moves: what needs SQL is here.


def append_only(table, *verbs):
    """Let the database refuse `verbs` on `table`. A table made anew on SQLite loses its triggers."""

    def make(apps, schema_editor):
        for verb in verbs:
            name = f"{table}_no_{verb}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            elif schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                    f" $$ BEGIN RAISE EXCEPTION '{table} is append-only'"
                    " USING ERRCODE = 'integrity_constraint_violation'; END $$"
                )
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table}"
                    f" FOR EACH ROW EXECUTE FUNCTION {name}()"
                )

    def drop(apps, schema_editor):
        for verb in verbs:
            name = f"{table}_no_{verb}"
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f"DROP TRIGGER {name}")
            elif schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
                schema_editor.execute(f"DROP FUNCTION {name}()")

    return migrations.RunPython(make, drop)


def words_index(name, table, words, condition=""):
    """Let PostgreSQL find rows by `words`, an expression of tsvector, from an index."""

    def make(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE INDEX {name} ON {table} USING gin (({words})){condition}"
            )

    def drop(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {name}")

    return migrations.RunPython(make, drop)


class CreateModels(Operation):
    """Creates models of which Django makes classes once, not anew with each that is added.

    A class is made anew with all that are related to it, which took most of the time of `migrate`.
    """

    def __init__(self, *creations):
        self.creations = creations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # the classes; asked for again, they are made of the whole
        for creation in self.creations:
            creation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for creation in self.creations:
            creation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for creation in reversed(self.creations):
            creation.database_backwards(app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name='SigningPause',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_on', models.BooleanField(default=False, help_text='Nobody can begin to sign. What was begun can still be confirmed.', verbose_name='signing is stopped on the whole site')),
                    ('sentence', models.CharField(blank=True, help_text='One sentence in place of every form: why, and until when.', max_length=300, verbose_name='what visitors are told')),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'pause of the whole site',
                    'verbose_name_plural': 'pause of the whole site',
                    'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='signing_pause_one_row')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalSigningPause',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('is_on', models.BooleanField(default=False, help_text='Nobody can begin to sign. What was begun can still be confirmed.', verbose_name='signing is stopped on the whole site')),
                    ('sentence', models.CharField(blank=True, help_text='One sentence in place of every form: why, and until when.', max_length=300, verbose_name='what visitors are told')),
                    ('changed_at', models.DateTimeField(blank=True, editable=False)),
                    ('by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical pause of the whole site',
                    'verbose_name_plural': 'historical pause of the whole site',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Topic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ],
                options={
                    'verbose_name': 'topic',
                    'verbose_name_plural': 'topics',
                    'ordering': ('pk',),
                },
            ),
            migrations.CreateModel(
                name='TopicName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='statements.topic')),
                    ('language', models.CharField(help_text='One name for each language.', max_length=12, verbose_name='language')),
                    ('name', models.CharField(help_text='One or two words: “Public libraries”.', max_length=80, verbose_name='name')),
                ],
                options={
                    'verbose_name': 'name of a topic',
                    'verbose_name_plural': 'names',
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(models.F('topic'), models.F('language'), name='topic_one_name_per_language', violation_error_message='There is already a name in this language.'), models.UniqueConstraint(models.F('language'), models.F('name'), name='topic_name_once', violation_error_message='Another topic has this name already.')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalTopicName',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('language', models.CharField(help_text='One name for each language.', max_length=12, verbose_name='language')),
                    ('name', models.CharField(help_text='One or two words: “Public libraries”.', max_length=80, verbose_name='name')),
                    ('topic', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.topic')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical name of a topic',
                    'verbose_name_plural': 'historical names',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ask_role', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='optional', max_length=8, verbose_name='role or profession')),
                    ('ask_affiliation', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='optional', help_text='For identification only: the organization does not sign by it.', max_length=8, verbose_name='organization of a person')),
                    ('ask_city', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='optional', max_length=8, verbose_name='town or city')),
                    ('ask_country', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='required', max_length=8, verbose_name='country')),
                    ('ask_region', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='no', help_text='Asked only of signers in countries where people use one in addresses.', max_length=8, verbose_name='state or region')),
                    ('ask_postal_code', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='no', help_text='Never shown in public; kept for the hand-over.', max_length=8, verbose_name='postal code')),
                    ('ask_comment', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='no', help_text='Read by the office; never shown in public.', max_length=8, verbose_name='a comment')),
                    ('may_withhold', models.BooleanField(default=True, help_text='People may ask to be counted and not named. Organizations are always named.', verbose_name='names may be withheld')),
                    ('minimum_age', models.PositiveSmallIntegerField(blank=True, help_text='Signers declare that they are at least so old. Leave empty for no minimum.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='minimum age')),
                    ('shared_mailboxes', models.BooleanField(default=False, help_text='For couples: two different names may sign from one e-mail address.', verbose_name='two people may share a mailbox')),
                    ('slug', models.SlugField(editable=False, max_length=80, unique=True, verbose_name='address')),
                    ('kind', models.CharField(choices=[('open_letter', 'Open letter'), ('petition', 'Petition'), ('joint_statement', 'Joint statement'), ('press_statement', 'Press statement')], default='open_letter', help_text='Stands above the title, with place and date.', max_length=20, verbose_name='kind')),
                    ('status', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('published', 'Published'), ('closed', 'Closed'), ('archived', 'Archived'), ('withdrawn', 'Withdrawn')], default='draft', editable=False, max_length=12, verbose_name='status')),
                    ('language', models.CharField(help_text='The language the statement was written in; others are translations.', max_length=12, verbose_name='language')),
                    ('place', models.CharField(blank=True, help_text='Where it is issued, for example “Exampletown”.', max_length=120, verbose_name='place')),
                    ('dated_on', models.DateField(blank=True, help_text='The date that stands on the statement.', null=True, verbose_name='date')),
                    ('edition_number', models.PositiveIntegerField(default=0, editable=False, help_text='Of the current edition of the original.')),
                    ('last_number', models.PositiveIntegerField(default=0, editable=False, help_text='The highest number of an edition, in any language.')),
                    ('publish_at', models.DateTimeField(blank=True, help_text='Leave empty to go public the moment it is published.', null=True, verbose_name='goes public at')),
                    ('signing_opens_at', models.DateTimeField(blank=True, help_text='Leave empty to open signing when the statement goes public.', null=True, verbose_name='signing opens at')),
                    ('signing_closes_at', models.DateTimeField(blank=True, help_text='Leave empty for no end.', null=True, verbose_name='signing closes at')),
                    ('signers', models.CharField(choices=[('everybody', 'People and organizations'), ('people', 'People only'), ('organizations', 'Organizations only'), ('nobody', 'Nobody: it is only read')], default='everybody', help_text='An organization signs through somebody who may speak for it.', max_length=14, verbose_name='who may sign')),
                    ('premoderated', models.BooleanField(default=False, help_text='Confirmed signatures are shown and counted after a moderator approved them.', verbose_name='check names first')),
                    ('signing_paused', models.BooleanField(default=False, editable=False)),
                    ('pause_sentence', models.CharField(blank=True, editable=False, max_length=300, verbose_name='what visitors are told')),
                    ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('edited_by', models.ForeignKey(editable=False, help_text='Whoever changed the words last.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                    ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                    ('topics', models.ManyToManyField(blank=True, help_text='Visitors filter the list of statements by them. One or two are enough.', related_name='statements', to='statements.topic', verbose_name='topics')),
                ],
                options={
                    'verbose_name': 'statement',
                    'verbose_name_plural': 'statements',
                    'ordering': ('-created_at', '-pk'),
                    'permissions': [('edit_any_statement', 'Can edit the drafts of others'), ('submit_statement', 'Can submit a draft for review'), ('publish_statement', 'Can publish and send back'), ('correct_statement', 'Can publish a correction'), ('close_statement', 'Can close, reopen, pause and archive'), ('withdraw_statement', 'Can withdraw a published statement'), ('preview_statement', 'Can give out private preview links')],
                    'indexes': [models.Index(models.F('status'), models.OrderBy(models.F('publish_at'), descending=True), name='statement_list_newest')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'review', 'published', 'closed', 'archived', 'withdrawn'])), name='statement_status_known'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'review']), models.Q(('edition_number__gte', 1), ('publish_at__isnull', False)), _connector='OR'), name='statement_published_has_edition'), models.CheckConstraint(condition=models.Q(('signing_opens_at__isnull', True), ('signing_closes_at__isnull', True), ('signing_opens_at__lt', models.F('signing_closes_at')), _connector='OR'), name='statement_signing_opens_before_it_closes', violation_error_message='Signing has to open before it closes.')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalStatement',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('ask_role', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='optional', max_length=8, verbose_name='role or profession')),
                    ('ask_affiliation', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='optional', help_text='For identification only: the organization does not sign by it.', max_length=8, verbose_name='organization of a person')),
                    ('ask_city', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='optional', max_length=8, verbose_name='town or city')),
                    ('ask_country', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='required', max_length=8, verbose_name='country')),
                    ('ask_region', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='no', help_text='Asked only of signers in countries where people use one in addresses.', max_length=8, verbose_name='state or region')),
                    ('ask_postal_code', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='no', help_text='Never shown in public; kept for the hand-over.', max_length=8, verbose_name='postal code')),
                    ('ask_comment', models.CharField(choices=[('no', 'Not asked'), ('optional', 'Optional'), ('required', 'Required')], default='no', help_text='Read by the office; never shown in public.', max_length=8, verbose_name='a comment')),
                    ('may_withhold', models.BooleanField(default=True, help_text='People may ask to be counted and not named. Organizations are always named.', verbose_name='names may be withheld')),
                    ('minimum_age', models.PositiveSmallIntegerField(blank=True, help_text='Signers declare that they are at least so old. Leave empty for no minimum.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='minimum age')),
                    ('shared_mailboxes', models.BooleanField(default=False, help_text='For couples: two different names may sign from one e-mail address.', verbose_name='two people may share a mailbox')),
                    ('slug', models.SlugField(editable=False, max_length=80, verbose_name='address')),
                    ('kind', models.CharField(choices=[('open_letter', 'Open letter'), ('petition', 'Petition'), ('joint_statement', 'Joint statement'), ('press_statement', 'Press statement')], default='open_letter', help_text='Stands above the title, with place and date.', max_length=20, verbose_name='kind')),
                    ('status', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('published', 'Published'), ('closed', 'Closed'), ('archived', 'Archived'), ('withdrawn', 'Withdrawn')], default='draft', editable=False, max_length=12, verbose_name='status')),
                    ('language', models.CharField(help_text='The language the statement was written in; others are translations.', max_length=12, verbose_name='language')),
                    ('place', models.CharField(blank=True, help_text='Where it is issued, for example “Exampletown”.', max_length=120, verbose_name='place')),
                    ('dated_on', models.DateField(blank=True, help_text='The date that stands on the statement.', null=True, verbose_name='date')),
                    ('edition_number', models.PositiveIntegerField(default=0, editable=False, help_text='Of the current edition of the original.')),
                    ('last_number', models.PositiveIntegerField(default=0, editable=False, help_text='The highest number of an edition, in any language.')),
                    ('publish_at', models.DateTimeField(blank=True, help_text='Leave empty to go public the moment it is published.', null=True, verbose_name='goes public at')),
                    ('signing_opens_at', models.DateTimeField(blank=True, help_text='Leave empty to open signing when the statement goes public.', null=True, verbose_name='signing opens at')),
                    ('signing_closes_at', models.DateTimeField(blank=True, help_text='Leave empty for no end.', null=True, verbose_name='signing closes at')),
                    ('signers', models.CharField(choices=[('everybody', 'People and organizations'), ('people', 'People only'), ('organizations', 'Organizations only'), ('nobody', 'Nobody: it is only read')], default='everybody', help_text='An organization signs through somebody who may speak for it.', max_length=14, verbose_name='who may sign')),
                    ('premoderated', models.BooleanField(default=False, help_text='Confirmed signatures are shown and counted after a moderator approved them.', verbose_name='check names first')),
                    ('signing_paused', models.BooleanField(default=False, editable=False)),
                    ('pause_sentence', models.CharField(blank=True, editable=False, max_length=300, verbose_name='what visitors are told')),
                    ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='created')),
                    ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('edited_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='Whoever changed the words last.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical statement',
                    'verbose_name_plural': 'historical statements',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='StatementEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='statements.statement')),
                    ('from_status', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('published', 'Published'), ('closed', 'Closed'), ('archived', 'Archived'), ('withdrawn', 'Withdrawn')], max_length=12)),
                    ('to_status', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('published', 'Published'), ('closed', 'Closed'), ('archived', 'Archived'), ('withdrawn', 'Withdrawn')], max_length=12)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('note', models.TextField(blank=True)),
                ],
                options={
                    'verbose_name': 'event',
                    'verbose_name_plural': 'events',
                    'ordering': ('pk',),
                },
            ),
            migrations.CreateModel(
                name='Comment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='statements.statement')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('text', models.TextField(max_length=5000, verbose_name='comment')),
                ],
                options={
                    'verbose_name': 'comment',
                    'verbose_name_plural': 'comments',
                    'ordering': ('pk',),
                },
            ),
            migrations.CreateModel(
                name='LinkCheck',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('url', models.CharField(max_length=2000, unique=True)),
                    ('asked_at', models.DateTimeField()),
                    ('taken_at', models.DateTimeField(null=True)),
                    ('checked_at', models.DateTimeField(null=True)),
                    ('outcome', models.CharField(blank=True, max_length=10)),
                ],
            ),
            migrations.CreateModel(
                name='Milestone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='statements.statement')),
                    ('of', models.CharField(choices=[('person', 'People'), ('organization', 'Organizations')], max_length=12)),
                    ('number', models.PositiveIntegerField()),
                    ('reached_at', models.DateTimeField()),
                ],
                options={
                    'ordering': ('reached_at', 'number'),
                    'constraints': [models.UniqueConstraint(models.F('statement'), models.F('of'), models.F('number'), name='milestone_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='milestone_from_one')],
                },
            ),
            migrations.CreateModel(
                name='Target',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveIntegerField(default=0, help_text='The lowest number stands first.', verbose_name='order')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='statements.statement')),
                    ('name', models.CharField(help_text='A person, an office or a body: “Committee on Libraries”.', max_length=200, verbose_name='who is asked')),
                    ('office', models.CharField(blank=True, help_text='What the person is: “Chair of the committee”. Shown below the name.', max_length=200, verbose_name='office')),
                ],
                options={
                    'verbose_name': 'addressee',
                    'verbose_name_plural': 'addressed to',
                    'ordering': ('position', 'pk'),
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='HistoricalTarget',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('position', models.PositiveIntegerField(default=0, help_text='The lowest number stands first.', verbose_name='order')),
                    ('name', models.CharField(help_text='A person, an office or a body: “Committee on Libraries”.', max_length=200, verbose_name='who is asked')),
                    ('office', models.CharField(blank=True, help_text='What the person is: “Chair of the committee”. Shown below the name.', max_length=200, verbose_name='office')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical addressee',
                    'verbose_name_plural': 'historical addressed to',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Reference',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveIntegerField(default=0, help_text='The lowest number stands first.', verbose_name='order')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='references', to='statements.statement')),
                    ('title', models.CharField(help_text='A law, resolution or treaty the text rests on.', max_length=300, verbose_name='title')),
                    ('identifier', models.CharField(blank=True, help_text='As it is cited: “S/RES/1325”.', max_length=100, verbose_name='number')),
                    ('url', models.URLField(blank=True, help_text='Where readers find its text.', max_length=500, verbose_name='link')),
                ],
                options={
                    'verbose_name': 'cited instrument',
                    'verbose_name_plural': 'cites',
                    'ordering': ('position', 'pk'),
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='HistoricalReference',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('position', models.PositiveIntegerField(default=0, help_text='The lowest number stands first.', verbose_name='order')),
                    ('title', models.CharField(help_text='A law, resolution or treaty the text rests on.', max_length=300, verbose_name='title')),
                    ('identifier', models.CharField(blank=True, help_text='As it is cited: “S/RES/1325”.', max_length=100, verbose_name='number')),
                    ('url', models.URLField(blank=True, help_text='Where readers find its text.', max_length=500, verbose_name='link')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical cited instrument',
                    'verbose_name_plural': 'historical cites',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveIntegerField(default=0, help_text='The lowest number stands first.', verbose_name='order')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='statements.statement')),
                    ('title', models.CharField(help_text='What a reader is offered: “Fact sheet”.', max_length=200, verbose_name='title')),
                    ('file', models.FileField(help_text='A PDF, a Word, Excel, PowerPoint or OpenDocument file, a text or a table (TXT, CSV), or a picture (JPEG, PNG, WebP, GIF, HEIC), up to 20 MB. What a camera writes into a picture is taken out. Another file in its place keeps the address.', max_length=300, upload_to='', verbose_name='file')),
                    ('alt_text', models.CharField(blank=True, help_text='For an image: what it shows, for those who cannot see it.', max_length=300, verbose_name='description of the image')),
                    ('width', models.PositiveIntegerField(editable=False, null=True)),
                    ('height', models.PositiveIntegerField(editable=False, null=True)),
                    ('content_type', models.CharField(editable=False, max_length=100)),
                    ('size', models.PositiveBigIntegerField(editable=False, help_text='Bytes.')),
                    ('sha256', models.CharField(editable=False, max_length=64, verbose_name='fingerprint')),
                ],
                options={
                    'verbose_name': 'attachment',
                    'verbose_name_plural': 'attachments',
                    'ordering': ('position', 'pk'),
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='HistoricalAttachment',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('position', models.PositiveIntegerField(default=0, help_text='The lowest number stands first.', verbose_name='order')),
                    ('title', models.CharField(help_text='What a reader is offered: “Fact sheet”.', max_length=200, verbose_name='title')),
                    ('file', models.TextField(help_text='A PDF, a Word, Excel, PowerPoint or OpenDocument file, a text or a table (TXT, CSV), or a picture (JPEG, PNG, WebP, GIF, HEIC), up to 20 MB. What a camera writes into a picture is taken out. Another file in its place keeps the address.', max_length=300, verbose_name='file')),
                    ('alt_text', models.CharField(blank=True, help_text='For an image: what it shows, for those who cannot see it.', max_length=300, verbose_name='description of the image')),
                    ('width', models.PositiveIntegerField(editable=False, null=True)),
                    ('height', models.PositiveIntegerField(editable=False, null=True)),
                    ('content_type', models.CharField(editable=False, max_length=100)),
                    ('size', models.PositiveBigIntegerField(editable=False, help_text='Bytes.')),
                    ('sha256', models.CharField(editable=False, max_length=64, verbose_name='fingerprint')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical attachment',
                    'verbose_name_plural': 'historical attachments',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Release',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='statements.statement')),
                    ('headline', models.CharField(blank=True, help_text='As the wire printed it.', max_length=500, verbose_name='headline')),
                    ('lead_in', models.TextField(blank=True, help_text='What the distributor wrote before the statement; it is not part of it.', verbose_name='lead-in')),
                    ('wire', models.CharField(blank=True, help_text='The service that sent it out.', max_length=100, verbose_name='wire')),
                    ('city', models.CharField(blank=True, help_text='As in the release’s first line.', max_length=120, verbose_name='city')),
                    ('date', models.DateField(blank=True, help_text='The day it went out.', null=True, verbose_name='date')),
                    ('source', models.CharField(blank=True, help_text='Who the wire names as its source.', max_length=300, verbose_name='source')),
                    ('original_url', models.URLField(blank=True, help_text='The release on the wire’s own site.', max_length=500, verbose_name='link to the original')),
                    ('head', models.TextField(blank=True, help_text='Dates, addressees and marks such as “For immediate release” above the words.', verbose_name='head')),
                    ('media_contact', models.TextField(blank=True, help_text='For the office only; visitors do not see it.', verbose_name='media contact')),
                    ('boilerplate', models.TextField(blank=True, help_text='What those who sent it out say of themselves.', verbose_name='about the senders')),
                    ('notes_to_editors', models.TextField(blank=True, help_text='What it tells the press beside the words.', verbose_name='notes to editors')),
                    ('original_text', models.TextField(blank=True, editable=False, verbose_name='the file as it came')),
                    ('sha256', models.CharField(editable=False, help_text='Of the imported text, so that a file is imported once; empty if typed in.', max_length=64, null=True, unique=True)),
                ],
                options={
                    'verbose_name': 'press release',
                    'verbose_name_plural': 'press releases',
                    'ordering': ('date', 'pk'),
                },
            ),
            migrations.CreateModel(
                name='HistoricalRelease',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('headline', models.CharField(blank=True, help_text='As the wire printed it.', max_length=500, verbose_name='headline')),
                    ('lead_in', models.TextField(blank=True, help_text='What the distributor wrote before the statement; it is not part of it.', verbose_name='lead-in')),
                    ('wire', models.CharField(blank=True, help_text='The service that sent it out.', max_length=100, verbose_name='wire')),
                    ('city', models.CharField(blank=True, help_text='As in the release’s first line.', max_length=120, verbose_name='city')),
                    ('date', models.DateField(blank=True, help_text='The day it went out.', null=True, verbose_name='date')),
                    ('source', models.CharField(blank=True, help_text='Who the wire names as its source.', max_length=300, verbose_name='source')),
                    ('original_url', models.URLField(blank=True, help_text='The release on the wire’s own site.', max_length=500, verbose_name='link to the original')),
                    ('head', models.TextField(blank=True, help_text='Dates, addressees and marks such as “For immediate release” above the words.', verbose_name='head')),
                    ('media_contact', models.TextField(blank=True, help_text='For the office only; visitors do not see it.', verbose_name='media contact')),
                    ('boilerplate', models.TextField(blank=True, help_text='What those who sent it out say of themselves.', verbose_name='about the senders')),
                    ('notes_to_editors', models.TextField(blank=True, help_text='What it tells the press beside the words.', verbose_name='notes to editors')),
                    ('original_text', models.TextField(blank=True, editable=False, verbose_name='the file as it came')),
                    ('sha256', models.CharField(db_index=True, editable=False, help_text='Of the imported text, so that a file is imported once; empty if typed in.', max_length=64, null=True)),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical press release',
                    'verbose_name_plural': 'historical press releases',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Rendition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='statements.attachment')),
                    ('file', models.FileField(max_length=300, upload_to='')),
                    ('content_type', models.CharField(max_length=100)),
                    ('width', models.PositiveIntegerField()),
                    ('height', models.PositiveIntegerField()),
                ],
                options={
                    'ordering': ('width', 'content_type'),
                },
            ),
            migrations.CreateModel(
                name='Update',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='statements.statement')),
                    ('language', models.CharField(help_text='Post the same news in another language with the same day: readers see theirs.', max_length=12, verbose_name='language')),
                    ('title', models.CharField(help_text='What happened, in one line.', max_length=200, verbose_name='title')),
                    ('body', models.TextField(help_text='A few sentences. Signers’ words stay as they are.', verbose_name='news')),
                    ('posted_at', models.DateTimeField(default=django.utils.timezone.now, help_text='Visitors see it from this moment on.', verbose_name='posted')),
                ],
                options={
                    'verbose_name': 'update',
                    'verbose_name_plural': 'updates',
                    'ordering': ('-posted_at', '-pk'),
                },
            ),
            migrations.CreateModel(
                name='HistoricalUpdate',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('language', models.CharField(help_text='Post the same news in another language with the same day: readers see theirs.', max_length=12, verbose_name='language')),
                    ('title', models.CharField(help_text='What happened, in one line.', max_length=200, verbose_name='title')),
                    ('body', models.TextField(help_text='A few sentences. Signers’ words stay as they are.', verbose_name='news')),
                    ('posted_at', models.DateTimeField(default=django.utils.timezone.now, help_text='Visitors see it from this moment on.', verbose_name='posted')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical update',
                    'verbose_name_plural': 'historical updates',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='statements.statement')),
                    ('target', models.ForeignKey(blank=True, help_text='One of those the statement is addressed to. Save a new one first.', null=True, on_delete=django.db.models.deletion.SET_NULL, to='statements.target', verbose_name='to whom')),
                    ('delivered_on', models.DateField(help_text='Visitors see it from this day on.', verbose_name='handed over on')),
                    ('note', models.TextField(blank=True, help_text='By whom, where, with how many names. Visitors read it.', max_length=2000, verbose_name='how')),
                    ('answered_on', models.DateField(blank=True, help_text='Leave empty until an answer came.', null=True, verbose_name='answered on')),
                    ('answer', models.TextField(blank=True, help_text='Their words, or what they come to. Visitors read it.', max_length=5000, verbose_name='what was said back')),
                ],
                options={
                    'verbose_name': 'hand-over',
                    'verbose_name_plural': 'hand-overs',
                    'ordering': ('delivered_on', 'pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(('answered_on__isnull', True), ('answered_on__gte', models.F('delivered_on')), _connector='OR'), name='delivery_answered_after_it', violation_error_message='An answer comes after the hand-over.')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalDelivery',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('delivered_on', models.DateField(help_text='Visitors see it from this day on.', verbose_name='handed over on')),
                    ('note', models.TextField(blank=True, help_text='By whom, where, with how many names. Visitors read it.', max_length=2000, verbose_name='how')),
                    ('answered_on', models.DateField(blank=True, help_text='Leave empty until an answer came.', null=True, verbose_name='answered on')),
                    ('answer', models.TextField(blank=True, help_text='Their words, or what they come to. Visitors read it.', max_length=5000, verbose_name='what was said back')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                    ('target', models.ForeignKey(blank=True, db_constraint=False, help_text='One of those the statement is addressed to. Save a new one first.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.target', verbose_name='to whom')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical hand-over',
                    'verbose_name_plural': 'historical hand-overs',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='PreviewLink',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='previews', to='statements.statement')),
                    ('name', models.CharField(help_text='Stands across the page as a watermark.', max_length=200, verbose_name='for whom')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                    ('key', models.CharField(editable=False, help_text="Random; the address is made of it and of the site's secret key.", max_length=43, unique=True)),
                    ('may_sign', models.BooleanField(default=False, help_text='The page then offers to sign among the lead signatories.', verbose_name='may sign as a lead signatory')),
                    ('in_round', models.BooleanField(default=False, editable=False, help_text='Made by an invitation round, and listed there alone.')),
                    ('expires_at', models.DateTimeField(verbose_name='works until')),
                    ('revoked_at', models.DateTimeField(editable=False, null=True, verbose_name='revoked')),
                    ('revoked_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ],
                options={
                    'verbose_name': 'preview link',
                    'verbose_name_plural': 'preview links',
                    'ordering': ('-pk',),
                },
            ),
            migrations.CreateModel(
                name='PreviewVisit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='statements.previewlink')),
                    ('at', models.DateTimeField(auto_now_add=True)),
                    ('sha256', models.CharField(help_text='Fingerprint of the words that were shown.', max_length=64)),
                ],
                options={
                    'ordering': ('-pk',),
                },
            ),
            migrations.CreateModel(
                name='StatementText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='statements.statement')),
                    ('language', models.CharField(help_text='One text for each language.', max_length=12, verbose_name='language')),
                    ('title', models.CharField(help_text='As it stands above the statement and in lists. The address follows it.', max_length=300, verbose_name='title')),
                    ('summary', models.TextField(blank=True, help_text='Two or three sentences for lists and for people who read no further.', max_length=1000, verbose_name='summary')),
                    ('body', models.TextField(help_text='The words that people put their name to.', verbose_name='statement')),
                    ('ask', models.TextField(blank=True, help_text='The sentence that calls for something, and of whom. It is set apart.', max_length=3000, verbose_name='what it asks')),
                    ('search_words', models.TextField(default='', editable=False, help_text='What staff find it by.')),
                ],
                options={
                    'verbose_name': 'text',
                    'verbose_name_plural': 'words',
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(models.F('statement'), models.F('language'), name='text_one_per_language', violation_error_message='There is already a text in this language.')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalStatementText',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('language', models.CharField(help_text='One text for each language.', max_length=12, verbose_name='language')),
                    ('title', models.CharField(help_text='As it stands above the statement and in lists. The address follows it.', max_length=300, verbose_name='title')),
                    ('summary', models.TextField(blank=True, help_text='Two or three sentences for lists and for people who read no further.', max_length=1000, verbose_name='summary')),
                    ('body', models.TextField(help_text='The words that people put their name to.', verbose_name='statement')),
                    ('ask', models.TextField(blank=True, help_text='The sentence that calls for something, and of whom. It is set apart.', max_length=3000, verbose_name='what it asks')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical text',
                    'verbose_name_plural': 'historical words',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='statements.statement')),
                    ('number', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='number')),
                    ('language', models.CharField(max_length=12, verbose_name='language')),
                    ('translates', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='carries the meaning of edition')),
                    ('title', models.CharField(max_length=300, verbose_name='title')),
                    ('summary', models.TextField(blank=True, verbose_name='summary')),
                    ('body', models.TextField(verbose_name='statement')),
                    ('ask', models.TextField(blank=True, verbose_name='what it asks')),
                    ('sha256', models.CharField(max_length=64, verbose_name='fingerprint')),
                    ('change_note', models.TextField(blank=True, verbose_name='what changed')),
                    ('change_note_language', models.CharField(blank=True, max_length=12, verbose_name='language of the note')),
                    ('is_material', models.BooleanField(default=False, verbose_name='changes the meaning')),
                    ('published_at', models.DateTimeField(verbose_name='published')),
                    ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'edition',
                    'verbose_name_plural': 'editions',
                    'ordering': ('statement', '-number', 'pk'),
                    'constraints': [models.UniqueConstraint(models.F('statement'), models.F('number'), models.F('language'), name='edition_one_per_number_and_language'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='edition_number_from_one'), models.CheckConstraint(condition=models.Q(('translates__gte', 1), ('translates__lte', models.F('number'))), name='edition_translates_no_later_one')],
                },
            ),
            migrations.CreateModel(
                name='EditionWords',
                fields=[
                    ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words', serialize=False, to='statements.edition')),
                    ('text', models.TextField()),
                ],
            ),
            migrations.CreateModel(
                name='ConsentText',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_texts', to='statements.statement')),
                    ('language', models.CharField(help_text='One sentence for each language.', max_length=12, verbose_name='language')),
                    ('text', models.TextField(help_text='Stands above the button of the sign form in place of the site’s own sentence. Say who keeps the details, what is shown, and how to withdraw. Each signature keeps the sentence that its signer saw.', max_length=1000, verbose_name='consent sentence')),
                ],
                options={
                    'verbose_name': 'consent sentence',
                    'verbose_name_plural': 'consent sentences',
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(models.F('statement'), models.F('language'), name='consent_text_one_per_language', violation_error_message='There is already a sentence in this language.')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalConsentText',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('language', models.CharField(help_text='One sentence for each language.', max_length=12, verbose_name='language')),
                    ('text', models.TextField(help_text='Stands above the button of the sign form in place of the site’s own sentence. Say who keeps the details, what is shown, and how to withdraw. Each signature keeps the sentence that its signer saw.', max_length=1000, verbose_name='consent sentence')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical consent sentence',
                    'verbose_name_plural': 'historical consent sentences',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalStatement_topics',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                    ('topic', models.ForeignKey(blank=True, db_constraint=False, db_tablespace='', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.topic')),
                    ('history', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, to='statements.historicalstatement')),
                    ('m2m_history_id', models.AutoField(primary_key=True, serialize=False)),
                ],
                options={
                    'verbose_name': 'HistoricalStatement_topics',
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
        ),
        append_only("statements_edition", "update", "delete"),
        append_only("statements_statementevent", "update", "delete"),
        append_only("statements_comment", "update"),  # a deleted draft takes its comments along
        words_index(
            "statements_editionwords_text_words",
            "statements_editionwords",
            "to_tsvector('simple', text)",
        ),
        words_index(
            "statements_statementtext_search_words_words",
            "statements_statementtext",
            "to_tsvector('simple', search_words)",
        ),
    ]

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

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


def search_index(table, column, condition=""):
    """Let PostgreSQL answer `column__words` (casa.lib.db.search) from an index."""
    name = f"{table}_{column}_words"

    def make(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE INDEX {name} ON {table}"
                f" USING gin (to_tsvector('simple', {column})){condition}"
            )

    def drop(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX {name}")

    return migrations.RunPython(make, drop)


def make_unlogged(apps, schema_editor):
    """Counts are worth no disk flush: with one, counting a post would cost as much as storing it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE signatories_ratecount SET UNLOGGED")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('mail', '0001_initial'),
        ('statements', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('language'), models.F('sha256'), name='consent_one_per_wording'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to='statements.statement')),
                ('signature_number', models.PositiveBigIntegerField(help_text='The primary key it had, for which links to it are answered with “erased”.')),
                ('mailbox_hash', models.CharField(blank=True, max_length=64)),
                ('name_hash', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [
                    models.Index(models.F('statement'), models.F('mailbox_hash'), name='erasure_mailbox'),
                    models.Index(models.F('statement'), models.F('name_hash'), name='erasure_name'),
                ],
                'constraints': [
                    models.UniqueConstraint(models.F('signature_number'), name='erasure_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExportLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('statement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statements.statement')),
                ('columns', models.JSONField(default=list)),
                ('rows', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'export',
                'verbose_name_plural': 'exports',
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followers', to='statements.statement')),
                ('email', models.EmailField(max_length=254)),
                ('email_key', models.CharField(max_length=254)),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('nonce', models.CharField(max_length=43)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('mails_sent', models.PositiveIntegerField(default=0, help_text='Asking to confirm.')),
                ('mailed_since', models.DateTimeField(default=django.utils.timezone.now)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'indexes': [
                    models.Index(models.F('email_key'), name='follower_mailbox'),
                    models.Index(models.F('created_at'), condition=models.Q(('confirmed_at__isnull', True)), name='follower_waiting'),
                ],
                'constraints': [
                    models.UniqueConstraint(models.F('statement'), models.F('email_key'), name='follower_one_per_mailbox'),
                ],
            },
        ),
        migrations.CreateModel(
            name='DeliveryNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='signatories.follower')),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='statements.delivery')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('follower'), models.F('delivery'), name='follower_noticed_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(blank=True, help_text='City, town or village, as it is shown.', max_length=120, verbose_name='city')),
                ('region', models.CharField(blank=True, help_text='The customary code where the country has one: “NY”.', max_length=60, verbose_name='state or region')),
                ('country', models.CharField(blank=True, help_text='Leave empty where it is not known.', max_length=2, verbose_name='country')),
                ('name', models.CharField(help_text='In full, as the organization writes it itself.', max_length=200, verbose_name='name')),
                ('name_key', models.CharField(editable=False, max_length=400)),
                ('sort_key', models.CharField(editable=False, max_length=400)),
                ('slug', models.SlugField(editable=False, help_text="Its page's address; it stays when the name changes.", max_length=80, unique=True)),
                ('kind', models.CharField(choices=[('association', 'Association'), ('company', 'Company'), ('education', 'School or university'), ('religious', 'Religious community'), ('public', 'Public body'), ('other', 'Other')], default='association', help_text='Visitors can filter the directory by it.', max_length=12, verbose_name='kind')),
                ('website', models.URLField(blank=True, help_text='Its own site, which its name links to.', max_length=300, verbose_name='website')),
                ('verification', models.CharField(choices=[('open', 'Not checked'), ('verified', 'Verified'), ('rejected', 'Rejected')], default='open', editable=False, max_length=10, verbose_name='verification')),
                ('verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='verified')),
                ('verified_domain', models.CharField(blank=True, editable=False, help_text='Its website and its representative’s mailbox share it. Empty if staff did.', max_length=253, verbose_name='verified by the domain')),
                ('to_check', models.CharField(blank=True, choices=[('no_website', 'no website was given'), ('other_domain', 'the mailbox is of another domain than the website'), ('free_mail', 'the mailbox is of a provider that anybody can use'), ('other_website', 'another website was given than the directory has'), ('double', 'the directory has one of a similar name')], editable=False, max_length=16, verbose_name='to be checked, since')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
            ],
            options={
                'verbose_name': 'organization',
                'verbose_name_plural': 'organizations',
                'ordering': ('sort_key', 'pk'),
                'permissions': [('verify_organization', 'Can verify and reject organizations')],
                'indexes': [
                    models.Index(models.F('sort_key'), models.F('id'), name='organization_directory'),
                    models.Index(models.F('to_check'), condition=models.Q(('to_check', ''), _negated=True), name='organization_to_check'),
                ],
                'constraints': [
                    models.UniqueConstraint(models.F('name_key'), models.F('country'), name='organization_one_per_name_and_country'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalOrganization',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('city', models.CharField(blank=True, help_text='City, town or village, as it is shown.', max_length=120, verbose_name='city')),
                ('region', models.CharField(blank=True, help_text='The customary code where the country has one: “NY”.', max_length=60, verbose_name='state or region')),
                ('country', models.CharField(blank=True, help_text='Leave empty where it is not known.', max_length=2, verbose_name='country')),
                ('name', models.CharField(help_text='In full, as the organization writes it itself.', max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('association', 'Association'), ('company', 'Company'), ('education', 'School or university'), ('religious', 'Religious community'), ('public', 'Public body'), ('other', 'Other')], default='association', help_text='Visitors can filter the directory by it.', max_length=12, verbose_name='kind')),
                ('website', models.URLField(blank=True, help_text='Its own site, which its name links to.', max_length=300, verbose_name='website')),
                ('verification', models.CharField(choices=[('open', 'Not checked'), ('verified', 'Verified'), ('rejected', 'Rejected')], default='open', editable=False, max_length=10, verbose_name='verification')),
                ('verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='verified')),
                ('verified_domain', models.CharField(blank=True, editable=False, help_text='Its website and its representative’s mailbox share it. Empty if staff did.', max_length=253, verbose_name='verified by the domain')),
                ('to_check', models.CharField(blank=True, choices=[('no_website', 'no website was given'), ('other_domain', 'the mailbox is of another domain than the website'), ('free_mail', 'the mailbox is of a provider that anybody can use'), ('other_website', 'another website was given than the directory has'), ('double', 'the directory has one of a similar name')], editable=False, max_length=16, verbose_name='to be checked, since')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='added')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical organization',
                'verbose_name_plural': 'historical organizations',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='OrganizationAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='signatories.organization')),
                ('name', models.CharField(help_text='A short form, an earlier name or one in another language; it is found by it.', max_length=200, verbose_name='name')),
                ('name_key', models.CharField(editable=False, max_length=400)),
            ],
            options={
                'verbose_name': 'other name',
                'verbose_name_plural': 'other names',
                'ordering': ('name',),
                'constraints': [
                    models.UniqueConstraint(models.F('name_key'), name='organization_alias_one_owner'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalOrganizationAlias',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(help_text='A short form, an earlier name or one in another language; it is found by it.', max_length=200, verbose_name='name')),
                ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.organization')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical other name',
                'verbose_name_plural': 'historical other names',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='OrganizationKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='signatories.organization')),
                ('key', models.CharField(db_index=True, max_length=80)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('organization'), models.F('key'), name='organization_key_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='OrganizationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='signatories.organization')),
                ('from_verification', models.CharField(choices=[('open', 'Not checked'), ('verified', 'Verified'), ('rejected', 'Rejected')], max_length=10)),
                ('to_verification', models.CharField(choices=[('open', 'Not checked'), ('verified', 'Verified'), ('rejected', 'Rejected')], max_length=10)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(help_text='Nobody, where a confirmed mailbox verified it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.TextField()),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logos', to='signatories.organization')),
                ('file', models.FileField(max_length=200, upload_to='')),
                ('content_type', models.CharField(max_length=20)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('approved', models.BooleanField(default=True, help_text='No while it came from a sign form and staff have not looked at it.', verbose_name='shown')),
            ],
            options={
                'ordering': ('width', 'pk'),
                'constraints': [
                    models.UniqueConstraint(models.F('organization'), models.F('width'), models.F('content_type'), models.F('approved'), name='logo_one_per_size'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('city', models.CharField(blank=True, help_text='City, town or village, as it is shown.', max_length=120, verbose_name='city')),
                ('region', models.CharField(blank=True, help_text='The customary code where the country has one: “NY”.', max_length=60, verbose_name='state or region')),
                ('country', models.CharField(blank=True, help_text='Leave empty where it is not known.', max_length=2, verbose_name='country')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('email_key', models.CharField(blank=True, editable=False, max_length=254)),
                ('mailbox_place', models.PositiveSmallIntegerField(default=0, editable=False, help_text='1 for the second of two people who share a mailbox, where the statement lets.')),
                ('nonce', models.CharField(editable=False, max_length=43)),
                ('code_tries', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Wrong codes typed since the last mail.')),
                ('reminded_at', models.DateTimeField(editable=False, null=True)),
                ('mails_sent', models.PositiveIntegerField(default=0, editable=False)),
                ('mailed_since', models.DateTimeField(default=django.utils.timezone.now, editable=False, help_text='The start of the time that is counted.')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('wants_updates', models.BooleanField(default=False, verbose_name='wants updates')),
                ('mail_trouble', models.CharField(blank=True, choices=[('soft', 'Not delivered yet'), ('hard', 'The address does not exist'), ('complaint', 'Marked as unwanted')], editable=False, max_length=9, verbose_name='trouble with mail')),
                ('mail_trouble_at', models.DateTimeField(editable=False, null=True)),
                ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='statements.statement')),
                ('edition', models.ForeignKey(help_text='The words they signed. Empty for a lead signatory who was placed before publication: they stand under edition 1.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='statements.edition')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organization', 'Organization')], max_length=12, verbose_name='signs as')),
                ('state', models.CharField(choices=[('pending', 'Waiting for confirmation'), ('confirmed', 'Confirmed'), ('hidden', 'Hidden'), ('withdrawn', 'Withdrawn'), ('invalidated', 'Invalid')], default='pending', max_length=12, verbose_name='state')),
                ('approved', models.BooleanField(default=True, help_text='No while a moderator has yet to check the name.', verbose_name='approved')),
                ('honorific', models.CharField(blank=True, help_text='Before the name: “Dr.”.', max_length=60, verbose_name='form of address')),
                ('name', models.CharField(blank=True, help_text='The person, or the person who signs for the organization.', max_length=200, verbose_name='name')),
                ('credentials', models.CharField(blank=True, help_text='After the name: “PhD”.', max_length=100, verbose_name='credentials')),
                ('role', models.CharField(blank=True, help_text='Profession or office: “Librarian”.', max_length=200, verbose_name='role')),
                ('affiliation', models.CharField(blank=True, help_text="A person's organization, for identification; it does not sign.", max_length=200, verbose_name='affiliation')),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='signatories.organization', verbose_name='organization')),
                ('postal_code', models.CharField(blank=True, help_text='Never shown in public.', max_length=20, verbose_name='postal code')),
                ('comment', models.TextField(blank=True, help_text='Never shown in public.', max_length=1000, verbose_name='comment')),
                ('name_withheld', models.BooleanField(default=False, help_text='Counted, and not named in public.', verbose_name='name withheld')),
                ('sort_key', models.CharField(editable=False, max_length=400)),
                ('search_words', models.TextField(default='', editable=False, help_text='What it is found by in public; written by states.py too.')),
                ('consent', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='signatories.consentwording')),
                ('consented_at', models.DateTimeField(editable=False, null=True)),
                ('declared_age', models.PositiveSmallIntegerField(editable=False, help_text='The minimum age that the signer declared to have.', null=True)),
                ('claimed_website', models.URLField(blank=True, editable=False, help_text='Typed for an organization that the directory may know by another one.', max_length=300, verbose_name='website given with it')),
                ('is_another', models.BooleanField(default=False, editable=False, help_text='Said to be none of the organizations of similar names that were shown.')),
                ('share_code', models.CharField(blank=True, editable=False, help_text='Stands in links the signer passes on; says nothing of them.', max_length=16)),
                ('via', models.CharField(blank=True, editable=False, help_text='The share code of the signer whose link was followed.', max_length=16, verbose_name='came through')),
                ('number', models.PositiveBigIntegerField(editable=False, help_text='How many of its kind were counted once this one was, this one included.', null=True)),
                ('renamed_at', models.DateTimeField(blank=True, editable=False, help_text='When the signer last changed words that everybody sees.', null=True, verbose_name='changed by the signer')),
                ('network', models.CharField(blank=True, editable=False, help_text='Keyed hash of where the form was posted from; the key changes and is not kept.', max_length=32)),
                ('suspicions', models.JSONField(blank=True, default=list, editable=False, help_text='Keys of spam rules.', verbose_name='suspicions')),
                ('lead_position', models.PositiveIntegerField(blank=True, null=True, verbose_name='place among the first names')),
                ('original_line', models.TextField(blank=True, help_text='Where the name was imported from a list.', verbose_name='line as it came')),
                ('import_notes', models.TextField(blank=True, verbose_name='unsure about')),
                ('import_confidence', models.FloatField(blank=True, null=True, verbose_name='confidence')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='signed')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn')),
                ('withdrawal_shown', models.BooleanField(default=False, editable=False, help_text='Listed in public as “withdrew on …”.')),
            ],
            options={
                'verbose_name': 'signature',
                'verbose_name_plural': 'signatures',
                'ordering': ('-pk',),
                'permissions': [('moderate_signature', 'Can approve, hide, restore and invalidate'), ('export_signature', 'Can export signatures'), ('view_contact_data', 'Can see e-mail addresses')],
                'indexes': [
                    models.Index(models.F('statement'), models.F('kind'), models.OrderBy(models.F('confirmed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('approved', True), ('state', 'confirmed')), name='signature_public_newest'),
                    models.Index(models.F('statement'), models.F('lead_position'), condition=models.Q(('lead_position__isnull', False)), name='signature_leads'),
                    models.Index(models.F('statement'), models.F('state'), models.F('id'), name='signature_moderation_list'),
                    models.Index(models.F('statement'), models.F('kind'), models.F('country'), models.OrderBy(models.F('confirmed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), models.F('region'), condition=models.Q(('approved', True), ('state', 'confirmed'), ('name_withheld', False)), name='signature_public_place'),
                    models.Index(models.F('statement'), models.F('kind'), condition=models.Q(('approved', True), ('state', 'confirmed'), ('name_withheld', True)), name='signature_withheld'),
                    models.Index(models.F('statement'), models.F('edition'), models.F('kind'), condition=models.Q(('approved', True), ('state', 'confirmed')), name='signature_by_edition'),
                    models.Index(models.F('confirmed_at'), models.F('kind'), condition=models.Q(('approved', True), ('state', 'confirmed')), name='signature_per_day'),
                    models.Index(models.F('id'), condition=models.Q(('approved', False)), name='signature_unapproved'),
                    models.Index(models.F('import_confidence'), condition=models.Q(('import_confidence__isnull', False)), name='signature_imported'),
                    models.Index(models.F('email_key'), condition=models.Q(('email_key', ''), _negated=True), name='signature_mailbox'),
                    models.Index(models.F('id'), condition=models.Q(('suspicions', []), _negated=True), name='signature_suspicious'),
                    models.Index(models.F('share_code'), condition=models.Q(('share_code', ''), _negated=True), name='signature_shared'),
                    models.Index(models.F('statement'), models.F('via'), condition=models.Q(('approved', True), ('state', 'confirmed'), models.Q(('via', ''), _negated=True)), name='signature_brought'),
                    models.Index(models.F('renamed_at'), condition=models.Q(('renamed_at__isnull', False)), name='signature_renamed'),
                    models.Index(models.F('created_at'), condition=models.Q(('state', 'pending')), name='signature_waiting'),
                    models.Index(condition=models.Q(('mail_trouble', ''), _negated=True), fields=['-id'], name='signature_mail_trouble'),
                    models.Index(models.F('statement'), models.OrderBy(models.F('withdrawn_at'), descending=True), condition=models.Q(('withdrawal_shown', True)), name='signature_withdrew'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'confirmed', 'hidden', 'withdrawn', 'invalidated'])), name='signature_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'person'), ('organization__isnull', True), models.Q(('name', ''), _negated=True)), models.Q(('kind', 'organization'), ('organization__isnull', False)), _connector='OR'), name='signature_person_or_organization'),
                    models.UniqueConstraint(models.F('statement'), models.F('email_key'), models.F('mailbox_place'), condition=models.Q(('kind', 'person'), models.Q(('email_key', ''), _negated=True), models.Q(('state', 'withdrawn'), _negated=True)), name='signature_one_per_person'),
                    models.UniqueConstraint(models.F('statement'), models.F('organization'), models.F('email_key'), condition=models.Q(('kind', 'organization'), models.Q(('state', 'withdrawn'), _negated=True)), name='signature_one_try_per_representative'),
                    models.UniqueConstraint(models.F('statement'), models.F('organization'), condition=models.Q(('kind', 'organization'), ('state__in', ['confirmed', 'hidden'])), name='signature_one_per_organization'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='signature_confirmed_has_a_date'),
                    models.CheckConstraint(condition=models.Q(('edition__isnull', False), ('lead_position__isnull', False), _connector='OR'), name='signature_has_edition_or_is_lead'),
                ],
            },
        ),
        migrations.CreateModel(
            name='CorrectionMailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='statements.statement')),
                ('edition_number', models.PositiveIntegerField()),
                ('last_signature', models.PositiveBigIntegerField(default=0)),
                ('queued', models.PositiveIntegerField(default=0)),
                ('finished_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('statement'), models.F('edition_number'), name='correction_mailed_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='UpdateMailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='update_mailings', to='statements.statement')),
                ('kind', models.CharField(choices=[('update', 'News'), ('thanks', 'Thanks at the end')], default='update', help_text='Thanks can be sent once signing is closed.', max_length=6, verbose_name='kind')),
                ('update', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mailings', to='statements.update', verbose_name='update')),
                ('state', models.CharField(choices=[('draft', 'Being written'), ('sending', 'Being sent'), ('stopped', 'Stopped'), ('finished', 'Sent')], default='draft', editable=False, max_length=8, verbose_name='state')),
                ('last_signature', models.PositiveBigIntegerField(default=0, editable=False)),
                ('queued', models.PositiveIntegerField(default=0, editable=False, verbose_name='mails')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written')),
                ('begun_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
                ('begun_at', models.DateTimeField(editable=False, null=True, verbose_name='begun')),
                ('stopped_at', models.DateTimeField(editable=False, null=True, verbose_name='stopped')),
                ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
            ],
            options={
                'verbose_name': 'mailing',
                'verbose_name_plural': 'mailings',
                'ordering': ('-pk',),
                'permissions': [('send_update', 'Can mail news to signers')],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'sending', 'stopped', 'finished'])), name='mailing_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('begun_at__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('begun_at__isnull', False), ('begun_by__isnull', False)), _connector='OR'), name='mailing_sent_by_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalUpdateMailing',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('update', 'News'), ('thanks', 'Thanks at the end')], default='update', help_text='Thanks can be sent once signing is closed.', max_length=6, verbose_name='kind')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='written')),
                ('begun_at', models.DateTimeField(editable=False, null=True, verbose_name='begun')),
                ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement')),
                ('update', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.update', verbose_name='update')),
                ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                ('begun_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical mailing',
                'verbose_name_plural': 'historical mailings',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='UpdateWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='signatories.updatemailing')),
                ('language', models.CharField(help_text='Who signed in a language that is missing here gets the statement’s own.', max_length=12, verbose_name='language')),
                ('subject', models.CharField(help_text='What happened, in under 60 characters.', max_length=59, verbose_name='subject')),
                ('body', models.TextField(help_text='A few sentences. Who signed what, and how to stop, is added by itself.', verbose_name='what you tell them')),
            ],
            options={
                'verbose_name': 'words',
                'verbose_name_plural': 'words',
                'ordering': ('pk',),
                'constraints': [
                    models.UniqueConstraint(models.F('mailing'), models.F('language'), name='mailing_words_one_per_language', violation_error_message='There is already a text in this language.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HistoricalUpdateWords',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('language', models.CharField(help_text='Who signed in a language that is missing here gets the statement’s own.', max_length=12, verbose_name='language')),
                ('subject', models.CharField(help_text='What happened, in under 60 characters.', max_length=59, verbose_name='subject')),
                ('body', models.TextField(help_text='A few sentences. Who signed what, and how to stop, is added by itself.', verbose_name='what you tell them')),
                ('mailing', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.updatemailing')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical words',
                'verbose_name_plural': 'historical words',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='UpdateRecipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mailing', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='recipients', to='signatories.updatemailing')),
                ('mailbox', models.CharField(help_text='Keyed hash of the canonical address.', max_length=64)),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='signatories.signature')),
                ('mail', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='mail.outgoingmail')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('mailing'), models.F('mailbox'), name='mailing_once_per_mailbox'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RateCount',
            fields=[
                ('key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('count', models.PositiveIntegerField()),
                ('ends_at', models.DateTimeField(db_index=True, help_text='The row is of no use after this.')),
            ],
            options={
                'verbose_name': 'rate count',
                'verbose_name_plural': 'rate counts',
            },
        ),
        migrations.CreateModel(
            name='DailySalt',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('salt', models.CharField(max_length=40)),
            ],
            options={
                'verbose_name': 'daily salt',
                'verbose_name_plural': 'daily salts',
            },
        ),
        migrations.CreateModel(
            name='SignatureEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('signature', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='signatories.signature')),
                ('from_state', models.CharField(blank=True, choices=[('pending', 'Waiting for confirmation'), ('confirmed', 'Confirmed'), ('hidden', 'Hidden'), ('withdrawn', 'Withdrawn'), ('invalidated', 'Invalid')], max_length=12)),
                ('to_state', models.CharField(choices=[('pending', 'Waiting for confirmation'), ('confirmed', 'Confirmed'), ('hidden', 'Hidden'), ('withdrawn', 'Withdrawn'), ('invalidated', 'Invalid')], max_length=12)),
                ('from_edition', models.ForeignKey(help_text='Where it changed.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statements.edition')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='TallySlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tally_slots', to='statements.statement')),
                ('kind', models.CharField(choices=[('person', 'Person'), ('organization', 'Organization')], max_length=12)),
                ('slot', models.PositiveSmallIntegerField()),
                ('count', models.IntegerField(default=0)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('statement'), models.F('kind'), models.F('slot'), name='tally_slot_one_row'),
                ],
            },
        ),
        append_only("signatories_signatureevent", "update"),  # erasing a signature deletes them
        append_only("signatories_organizationevent", "update"),
        append_only("signatories_exportlog", "update", "delete"),
        migrations.RunPython(make_unlogged, migrations.RunPython.noop),
        search_index(
            "signatories_signature",
            "search_words",
            condition=" WHERE state = 'confirmed' AND approved AND NOT name_withheld",
        ),
        search_index("signatories_organization", "sort_key"),
    ]

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


def unlogged(table):
    """Let PostgreSQL write no log of `table`: a crash may lose its rows, and they are worth no
    disk flush. With one, counting a post would cost as much as storing it."""

    def make(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE {table} SET UNLOGGED")

    return migrations.RunPython(make, migrations.RunPython.noop)


# Public names are found for each statement, kind and country apart.
MARKS = ("statement_id::text || kind || '@'", "statement_id::text || kind || country || '@'")
MARKED = " || ".join(
    f"array_to_tsvector(string_to_array({mark} || replace(search_words, ' ', ' ' || {mark}), ' '))"
    for mark in MARKS
)


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
        ('mail', '0001_initial'),
        ('statements', '0001_initial'),
    ]

    operations = [
        CreateModels(
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
                    ('search_words', models.TextField(default='', editable=False, help_text='Of all its names.')),
                    ('slug', models.SlugField(editable=False, help_text="Its page's address; it stays when the name changes.", max_length=80, unique=True)),
                    ('kind', models.CharField(choices=[('association', 'Association'), ('trade_union', 'Trade union'), ('foundation', 'Foundation'), ('party', 'Political party'), ('network', 'Network or alliance'), ('company', 'Company'), ('public', 'Public body'), ('university', 'University'), ('education', 'School or other education'), ('religious', 'Religious community'), ('other', 'Other')], default='association', help_text='Visitors can filter the directory by it.', max_length=12, verbose_name='kind')),
                    ('website', models.URLField(blank=True, help_text='Its own site, which its name links to.', max_length=300, verbose_name='website')),
                    ('ror', models.CharField(blank=True, help_text='As the registry ror.org names it, for universities and institutes.', max_length=9, verbose_name='ROR ID')),
                    ('registration', models.CharField(blank=True, help_text='With the register it stands in: “Charity Register 123456”.', max_length=120, verbose_name='registration number')),
                    ('verification', models.CharField(choices=[('open', 'Not checked'), ('verified', 'Verified'), ('rejected', 'Rejected')], default='open', editable=False, max_length=10, verbose_name='verification')),
                    ('verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='verified')),
                    ('verified_domain', models.CharField(blank=True, editable=False, help_text='Its website and its representative’s mailbox share it. Empty if staff did.', max_length=253, verbose_name='verified by the domain')),
                    ('to_check', models.CharField(blank=True, choices=[('no_website', 'no website was given'), ('other_domain', 'the mailbox is of another domain than the website'), ('free_mail', 'the mailbox is of a provider that anybody can use'), ('other_website', 'another website was given than the directory has'), ('double', 'the directory has one of a similar name'), ('alike', 'its name is like another one’s, and nobody said whether both are one')], editable=False, max_length=16, verbose_name='to be checked, since')),
                    ('to_renew', models.CharField(blank=True, choices=[('website', 'its website was changed to another domain'), ('representative', 'another mailbox, of another domain, signed for it'), ('old', 'it was verified long ago')], editable=False, max_length=16, verbose_name='to be verified again, since')),
                    ('asked_again_at', models.DateTimeField(editable=False, null=True, verbose_name='asked to verify again')),
                    ('request_mailed_at', models.DateTimeField(editable=False, null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                    ('merged_into', models.ForeignKey(editable=False, help_text='It left the directory; its address leads to this one.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='signatories.organization', verbose_name='merged into')),
                    ('stands_from', models.DateTimeField(editable=False, help_text='When the first statement it signed went public; kept by core/standing.py.', null=True)),
                    ('is_compared', models.BooleanField(default=False, editable=False, help_text='No while the worker has to look for others of like names.')),
                ],
                options={
                    'verbose_name': 'organization',
                    'verbose_name_plural': 'organizations',
                    'ordering': ('sort_key', 'pk'),
                    'permissions': [('verify_organization', 'Can verify and reject organizations')],
                    'indexes': [models.Index(models.F('sort_key'), models.F('id'), name='organization_directory'), models.Index(condition=models.Q(('merged_into', None), models.Q(('verification', 'rejected'), _negated=True), models.Q(('stands_from__isnull', False), models.Q(('verification', 'verified'), ('verified_domain', '')), _connector='OR')), fields=['sort_key', 'id'], include=('stands_from', 'verification', 'verified_domain'), name='organization_public'), models.Index(models.F('asked_again_at'), condition=models.Q(('asked_again_at__isnull', False)), name='organization_asked_again'), models.Index(models.F('to_check'), condition=models.Q(('to_check', ''), _negated=True), name='organization_to_check'), models.Index(models.F('id'), condition=models.Q(('is_compared', False)), name='organization_to_compare')],
                    'constraints': [models.UniqueConstraint(models.F('name_key'), models.F('country'), condition=models.Q(('merged_into', None)), name='organization_one_per_name_and_country'), models.UniqueConstraint(models.F('ror'), condition=models.Q(models.Q(('ror', ''), _negated=True), ('merged_into', None)), name='organization_one_per_ror')],
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
                    ('kind', models.CharField(choices=[('association', 'Association'), ('trade_union', 'Trade union'), ('foundation', 'Foundation'), ('party', 'Political party'), ('network', 'Network or alliance'), ('company', 'Company'), ('public', 'Public body'), ('university', 'University'), ('education', 'School or other education'), ('religious', 'Religious community'), ('other', 'Other')], default='association', help_text='Visitors can filter the directory by it.', max_length=12, verbose_name='kind')),
                    ('website', models.URLField(blank=True, help_text='Its own site, which its name links to.', max_length=300, verbose_name='website')),
                    ('ror', models.CharField(blank=True, help_text='As the registry ror.org names it, for universities and institutes.', max_length=9, verbose_name='ROR ID')),
                    ('registration', models.CharField(blank=True, help_text='With the register it stands in: “Charity Register 123456”.', max_length=120, verbose_name='registration number')),
                    ('verification', models.CharField(choices=[('open', 'Not checked'), ('verified', 'Verified'), ('rejected', 'Rejected')], default='open', editable=False, max_length=10, verbose_name='verification')),
                    ('verified_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='verified')),
                    ('verified_domain', models.CharField(blank=True, editable=False, help_text='Its website and its representative’s mailbox share it. Empty if staff did.', max_length=253, verbose_name='verified by the domain')),
                    ('to_check', models.CharField(blank=True, choices=[('no_website', 'no website was given'), ('other_domain', 'the mailbox is of another domain than the website'), ('free_mail', 'the mailbox is of a provider that anybody can use'), ('other_website', 'another website was given than the directory has'), ('double', 'the directory has one of a similar name'), ('alike', 'its name is like another one’s, and nobody said whether both are one')], editable=False, max_length=16, verbose_name='to be checked, since')),
                    ('to_renew', models.CharField(blank=True, choices=[('website', 'its website was changed to another domain'), ('representative', 'another mailbox, of another domain, signed for it'), ('old', 'it was verified long ago')], editable=False, max_length=16, verbose_name='to be verified again, since')),
                    ('asked_again_at', models.DateTimeField(editable=False, null=True, verbose_name='asked to verify again')),
                    ('request_mailed_at', models.DateTimeField(editable=False, null=True)),
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
                name='ConsentWording',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(max_length=12, verbose_name='language')),
                    ('text', models.TextField()),
                    ('sha256', models.CharField(max_length=64)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(models.F('language'), models.F('sha256'), name='consent_one_per_wording')],
                },
            ),
            migrations.CreateModel(
                name='ImportBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='statements.statement', verbose_name='statement')),
                    ('by', models.ForeignKey(help_text='Nobody for a command.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='imported')),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                    ('source', models.CharField(choices=[('pasted', 'Pasted text'), ('file', 'File'), ('one', 'One signature, typed'), ('release', 'Press release')], max_length=8, verbose_name='source')),
                    ('file_name', models.CharField(blank=True, max_length=200, verbose_name='file')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('kind', models.CharField(blank=True, help_text='Of the document: “csv”.', max_length=16)),
                    ('encoding', models.CharField(blank=True, max_length=24, verbose_name='encoding')),
                    ('encoding_guessed', models.BooleanField(default=False)),
                    ('looks_like', models.CharField(blank=True, help_text='What the reader took it.', max_length=200)),
                    ('columns', models.JSONField(blank=True, default=list, help_text='[[heading, field], …]')),
                    ('notes', models.JSONField(blank=True, default=list, help_text='[[line, sentence], …]')),
                    ('consent', models.CharField(choices=[('paper', 'On paper'), ('mail', 'By letter or e-mail'), ('partner', 'Through a partner organization'), ('form', 'By a form elsewhere')], help_text='How those who are named agreed to be named under this statement.', max_length=8, verbose_name='how consent was given')),
                    ('as_leads', models.BooleanField(default=False, verbose_name='among the lead signatories')),
                    ('asks_first', models.BooleanField(default=False, help_text='Whoever has an e-mail address gets a mail, and counts once they confirm.', verbose_name='asked to confirm')),
                    ('state', models.CharField(choices=[('reading', 'Being read'), ('review', 'Under review'), ('applying', 'Being put under the statement'), ('applied', 'Done'), ('refused', 'Not readable'), ('discarded', 'Discarded'), ('undoing', 'Being undone'), ('undone', 'Undone')], default='reading', max_length=9, verbose_name='state')),
                    ('refusal', models.TextField(blank=True, help_text='Why it was not read.')),
                    ('lines_read', models.PositiveIntegerField(default=0, verbose_name='lines')),
                    ('made', models.PositiveIntegerField(default=0, verbose_name='signatures made')),
                    ('merged', models.PositiveIntegerField(default=0)),
                    ('compared_up_to', models.PositiveBigIntegerField(default=0, help_text='The newest signature that its lines were compared with.')),
                    ('worked_through', models.PositiveIntegerField(default=0, help_text='Of what a worker does now.')),
                    ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='undone')),
                    ('undone_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                    ('removed', models.PositiveIntegerField(default=0, help_text='Signatures, by undoing it.')),
                    ('stayed', models.JSONField(blank=True, default=dict, help_text='{why: how many stayed}')),
                ],
                options={
                    'verbose_name': 'import',
                    'verbose_name_plural': 'imports',
                    'ordering': ('-pk',),
                    'permissions': [('import_names', 'Can import names, and undo an import')],
                    'indexes': [models.Index(models.F('state'), condition=models.Q(('state__in', ['reading', 'applying', 'undoing'])), name='import_worked_on')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'review', 'applying', 'applied', 'refused', 'discarded', 'undoing', 'undone'])), name='import_state_known')],
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
                    ('email_key', models.CharField(blank=True, editable=False, max_length=254, verbose_name='mailbox')),
                    ('mailbox_place', models.PositiveSmallIntegerField(default=0, editable=False, help_text='1 for the second of two people who share a mailbox, where the statement lets.', verbose_name='place among those who share the mailbox')),
                    ('nonce', models.CharField(editable=False, max_length=43)),
                    ('code_tries', models.PositiveSmallIntegerField(default=0, editable=False, help_text='Wrong codes typed since the last mail.', verbose_name='wrong codes')),
                    ('reminded_at', models.DateTimeField(editable=False, null=True, verbose_name='reminded')),
                    ('language', models.CharField(max_length=12, verbose_name='language')),
                    ('wants_updates', models.BooleanField(default=False, verbose_name='wants updates')),
                    ('mail_trouble', models.CharField(blank=True, choices=[('soft', 'Not delivered yet'), ('hard', 'The address does not exist'), ('complaint', 'Marked as unwanted')], editable=False, max_length=9, verbose_name='trouble with mail')),
                    ('mail_trouble_at', models.DateTimeField(editable=False, null=True, verbose_name='trouble with mail since')),
                    ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='statements.statement', verbose_name='statement')),
                    ('edition', models.ForeignKey(help_text='The words they signed. Empty for a lead signatory who was placed before publication: they stand under edition 1.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='statements.edition', verbose_name='edition')),
                    ('kind', models.CharField(choices=[('person', 'Person'), ('organization', 'Organization')], max_length=12, verbose_name='signs as')),
                    ('state', models.CharField(choices=[('pending', 'Waiting for confirmation'), ('confirmed', 'Confirmed'), ('hidden', 'Hidden'), ('withdrawn', 'Withdrawn'), ('invalidated', 'Invalid')], default='pending', max_length=12, verbose_name='state')),
                    ('approved', models.BooleanField(default=True, help_text='No while a moderator has yet to check the name.', verbose_name='approved')),
                    ('honorific', models.CharField(blank=True, help_text='Before the name: “Dr.”.', max_length=60, verbose_name='form of address')),
                    ('name', models.CharField(blank=True, help_text='The person, or the person who signs for the organization.', max_length=200, verbose_name='name')),
                    ('credentials', models.CharField(blank=True, help_text='After the name: “PhD”.', max_length=100, verbose_name='credentials')),
                    ('role', models.CharField(blank=True, help_text='Profession or office: “Librarian”.', max_length=200, verbose_name='role')),
                    ('affiliation', models.CharField(blank=True, help_text="A person's organization, for identification; it does not sign.", max_length=200, verbose_name='affiliation')),
                    ('affiliation_mark', models.CharField(blank=True, choices=[('personal_capacity', 'in a personal capacity'), ('identification_only', 'for identification only')], help_text='What stands beside the affiliation, where its signer asked for it.', max_length=19, verbose_name='affiliation signs')),
                    ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='signatories.organization', verbose_name='organization')),
                    ('postal_code', models.CharField(blank=True, help_text='Never shown in public.', max_length=20, verbose_name='postal code')),
                    ('comment', models.TextField(blank=True, help_text='Never shown in public.', max_length=1000, verbose_name='comment')),
                    ('name_withheld', models.BooleanField(default=False, help_text='Counted, and not named in public.', verbose_name='name withheld')),
                    ('sort_key', models.CharField(editable=False, max_length=400, verbose_name='name, as it is sorted')),
                    ('search_words', models.TextField(default='', editable=False, help_text='What it is found by in public; written by states.py too.', verbose_name='public words, as they are searched')),
                    ('consent', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to='signatories.consentwording', verbose_name='what was agreed to')),
                    ('consented_at', models.DateTimeField(editable=False, null=True, verbose_name='agreed')),
                    ('declared_age', models.PositiveSmallIntegerField(editable=False, help_text='The minimum age that the signer declared to have.', null=True, verbose_name='declared age')),
                    ('claimed_website', models.URLField(blank=True, editable=False, help_text='Typed for an organization that the directory may know by another one.', max_length=300, verbose_name='website given with it')),
                    ('is_another', models.BooleanField(default=False, editable=False, help_text='Said to be none of the organizations of similar names that were shown.', verbose_name='another organization than similar ones')),
                    ('share_code', models.CharField(blank=True, editable=False, help_text='Stands in links the signer passes on; says nothing of them.', max_length=16, verbose_name='code of the link to pass on')),
                    ('via', models.CharField(blank=True, editable=False, help_text='The share code of the signer whose link was followed.', max_length=16, verbose_name='came through')),
                    ('number', models.PositiveBigIntegerField(editable=False, help_text='How many of its kind were counted once this one was, this one included.', null=True, verbose_name='number')),
                    ('renamed_at', models.DateTimeField(blank=True, editable=False, help_text='When the signer last changed words that everybody sees.', null=True, verbose_name='changed by the signer')),
                    ('network', models.CharField(blank=True, editable=False, help_text='Keyed hash of where the form was posted from; the key changes and is not kept.', max_length=32, verbose_name='network, as a keyed hash')),
                    ('suspicions', models.JSONField(blank=True, default=list, editable=False, help_text='Keys of spam rules.', verbose_name='suspicions')),
                    ('lead_position', models.PositiveIntegerField(blank=True, null=True, verbose_name='place among the lead signatories')),
                    ('original_line', models.TextField(blank=True, help_text='Where the name was imported from a list.', verbose_name='line as it came')),
                    ('import_notes', models.TextField(blank=True, verbose_name='unsure about')),
                    ('import_confidence', models.FloatField(blank=True, null=True, verbose_name='confidence')),
                    ('batch', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='signatories.importbatch', verbose_name='import')),
                    ('consent_source', models.CharField(blank=True, choices=[('paper', 'On paper'), ('mail', 'By letter or e-mail'), ('partner', 'Through a partner organization'), ('form', 'By a form elsewhere')], editable=False, help_text='Empty where the signer signed on this site.', max_length=8, verbose_name='how consent was given')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='signed')),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                    ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn')),
                    ('withdrawal_shown', models.BooleanField(default=False, editable=False, help_text='Listed in public as “withdrew on …”.', verbose_name='listed as withdrawn')),
                ],
                options={
                    'verbose_name': 'signature',
                    'verbose_name_plural': 'signatures',
                    'ordering': ('-pk',),
                    'permissions': [('moderate_signature', 'Can approve, hide, restore and invalidate'), ('export_signature', 'Can export signatures'), ('view_contact_data', 'Can see e-mail addresses')],
                    'indexes': [models.Index(models.F('statement'), models.F('kind'), models.OrderBy(models.F('confirmed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('approved', True), ('state', 'confirmed')), name='signature_public_newest'), models.Index(models.F('statement'), models.F('lead_position'), condition=models.Q(('lead_position__isnull', False)), name='signature_leads'), models.Index(models.F('statement'), models.F('state'), models.F('id'), name='signature_moderation_list'), models.Index(models.F('statement'), models.F('kind'), models.F('country'), models.OrderBy(models.F('confirmed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), models.F('region'), condition=models.Q(('approved', True), ('state', 'confirmed'), ('name_withheld', False)), name='signature_public_place'), models.Index(models.F('statement'), models.F('kind'), condition=models.Q(('approved', True), ('state', 'confirmed'), ('name_withheld', True)), name='signature_withheld'), models.Index(models.F('statement'), models.F('edition'), models.F('kind'), condition=models.Q(('approved', True), ('state', 'confirmed')), name='signature_by_edition'), models.Index(models.F('confirmed_at'), models.F('kind'), condition=models.Q(('approved', True), ('state', 'confirmed')), name='signature_per_day'), models.Index(models.F('id'), condition=models.Q(('approved', False)), name='signature_unapproved'), models.Index(models.F('import_confidence'), condition=models.Q(('import_confidence__isnull', False)), name='signature_imported'), models.Index(models.F('batch'), condition=models.Q(('batch__isnull', False)), name='signature_batch'), models.Index(models.F('statement'), models.F('kind'), condition=models.Q(('approved', True), ('state', 'confirmed'), models.Q(('consent_source', ''), _negated=True)), name='signature_collected'), models.Index(models.F('email_key'), condition=models.Q(('email_key', ''), _negated=True), name='signature_mailbox'), models.Index(models.F('id'), condition=models.Q(('suspicions', []), _negated=True), name='signature_suspicious'), models.Index(models.F('share_code'), condition=models.Q(('share_code', ''), _negated=True), name='signature_shared'), models.Index(models.F('statement'), models.F('via'), condition=models.Q(('approved', True), ('state', 'confirmed'), models.Q(('via', ''), _negated=True)), name='signature_brought'), models.Index(models.F('renamed_at'), condition=models.Q(('renamed_at__isnull', False)), name='signature_renamed'), models.Index(models.F('created_at'), condition=models.Q(('state', 'pending')), name='signature_waiting'), models.Index(condition=models.Q(('mail_trouble', ''), _negated=True), fields=['-id'], name='signature_mail_trouble'), models.Index(models.F('statement'), models.OrderBy(models.F('withdrawn_at'), descending=True), condition=models.Q(('withdrawal_shown', True)), name='signature_withdrew')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'confirmed', 'hidden', 'withdrawn', 'invalidated'])), name='signature_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'person'), ('organization__isnull', True), models.Q(('name', ''), _negated=True)), models.Q(('kind', 'organization'), ('organization__isnull', False)), _connector='OR'), name='signature_person_or_organization'), models.UniqueConstraint(models.F('statement'), models.F('email_key'), models.F('mailbox_place'), condition=models.Q(('kind', 'person'), models.Q(('email_key', ''), _negated=True), models.Q(('state', 'withdrawn'), _negated=True)), name='signature_one_per_person'), models.UniqueConstraint(models.F('statement'), models.F('organization'), models.F('email_key'), condition=models.Q(('kind', 'organization'), models.Q(('state', 'withdrawn'), _negated=True)), name='signature_one_try_per_representative'), models.UniqueConstraint(models.F('statement'), models.F('organization'), condition=models.Q(('kind', 'organization'), ('state__in', ['confirmed', 'hidden'])), name='signature_one_per_organization'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='signature_confirmed_has_a_date'), models.CheckConstraint(condition=models.Q(('edition__isnull', False), ('lead_position__isnull', False), _connector='OR'), name='signature_has_edition_or_is_lead')],
                },
            ),
            migrations.CreateModel(
                name='Decision',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verb', models.CharField(choices=[('approve', 'Approve'), ('hide', 'Hide'), ('restore', 'Show again'), ('invalidate', 'Mark as invalid'), ('verify', 'Verify'), ('reject', 'Reject'), ('ask_again', 'Ask to verify again')], editable=False, max_length=10, verbose_name='decision')),
                    ('state', models.CharField(choices=[('draft', 'Not begun'), ('running', 'Being carried out'), ('stopped', 'Stopped'), ('done', 'Carried out'), ('undoing', 'Being undone'), ('undo_stop', 'Undoing is stopped'), ('undone', 'Undone'), ('discarded', 'Discarded')], default='draft', editable=False, max_length=9, verbose_name='state')),
                    ('statement', models.ForeignKey(editable=False, help_text='Where all rows are of one.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statements.statement', verbose_name='statement')),
                    ('title', models.CharField(blank=True, max_length=120, verbose_name='title')),
                    ('criteria', models.JSONField(editable=False, null=True, verbose_name='criteria')),
                    ('reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='reason')),
                    ('made_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                    ('begun_at', models.DateTimeField(editable=False, null=True, verbose_name='begun')),
                    ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                    ('undone_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                    ('chosen', models.PositiveIntegerField(default=0, editable=False, verbose_name='chosen')),
                    ('done', models.PositiveIntegerField(default=0, editable=False, verbose_name='changed')),
                    ('left', models.PositiveIntegerField(default=0, editable=False, verbose_name='left as they were')),
                    ('undone', models.PositiveIntegerField(default=0, editable=False, verbose_name='undone')),
                    ('kept', models.PositiveIntegerField(default=0, editable=False, verbose_name='kept when it was undone')),
                    ('last_event', models.PositiveBigIntegerField(default=0, editable=False)),
                    ('attempts', models.PositiveSmallIntegerField(default=0, editable=False)),
                    ('due_at', models.DateTimeField(editable=False, null=True)),
                ],
                options={
                    'verbose_name': 'decision on many',
                    'verbose_name_plural': 'decisions on many',
                    'ordering': ('-pk',),
                    'indexes': [models.Index(models.F('id'), condition=models.Q(('state__in', ['running', 'undoing'])), name='decision_at_work')],
                },
            ),
            migrations.CreateModel(
                name='DecisionRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='signatories.decision')),
                    ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decision_rows', to='signatories.signature')),
                    ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decision_rows', to='signatories.organization')),
                    ('outcome', models.CharField(choices=[('waiting', 'Waiting'), ('done', 'Changed'), ('left', 'Left as it was'), ('undone', 'Undone'), ('kept', 'Kept when it was undone')], default='waiting', max_length=7)),
                    ('why', models.CharField(blank=True, default='', max_length=12)),
                    ('seen', models.CharField(blank=True, default='', max_length=8)),
                    ('before', models.JSONField(null=True)),
                    ('event', models.PositiveBigIntegerField(null=True)),
                    ('undo_event', models.PositiveBigIntegerField(null=True)),
                ],
                options={
                    'indexes': [models.Index(models.F('decision'), models.F('outcome'), models.F('id'), name='decision_row_next')],
                    'constraints': [models.UniqueConstraint(models.F('decision'), models.F('signature'), condition=models.Q(('signature__isnull', False)), name='decision_once_per_signature'), models.UniqueConstraint(models.F('decision'), models.F('organization'), condition=models.Q(('organization__isnull', False)), name='decision_once_per_organization'), models.CheckConstraint(condition=models.Q(('signature__isnull', False), ('organization__isnull', False), _connector='XOR'), name='decision_row_of_one')],
                },
            ),
            migrations.CreateModel(
                name='Burst',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statements.statement')),
                    ('by', models.CharField(choices=[('network', 'network'), ('domain', 'domain of the address'), ('source', 'link that was passed on')], max_length=7)),
                    ('values', models.JSONField(default=list)),
                    ('number', models.PositiveIntegerField(default=0)),
                    ('first_at', models.DateTimeField()),
                    ('last_at', models.DateTimeField()),
                    ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='burst', to='signatories.decision')),
                ],
                options={
                    'ordering': ('-pk',),
                    'indexes': [models.Index(models.F('statement'), models.F('by'), models.F('last_at'), name='burst_latest')],
                },
            ),
            migrations.CreateModel(
                name='DirectoryChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('verb', models.CharField(choices=[('merge', 'Merge'), ('split', 'Split')], editable=False, max_length=5, verbose_name='what')),
                    ('state', models.CharField(choices=[('done', 'Carried out'), ('undone', 'Undone')], default='done', editable=False, max_length=6, verbose_name='state')),
                    ('organization', models.ForeignKey(editable=False, help_text='Which the others were merged into, or which was split.', on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='signatories.organization', verbose_name='organization')),
                    ('filled', models.JSONField(default=dict, editable=False, help_text='{column: [before, after]} of the organization.')),
                    ('made_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                    ('undone_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                    ('undone_at', models.DateTimeField(editable=False, null=True, verbose_name='undone')),
                ],
                options={
                    'verbose_name': 'merge or split',
                    'verbose_name_plural': 'merges and splits',
                    'ordering': ('-pk',),
                },
            ),
            migrations.CreateModel(
                name='DirectoryChangeRow',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='signatories.directorychange')),
                    ('what', models.CharField(choices=[('org', 'organization'), ('signature', 'signature'), ('alias', 'other name'), ('logo', 'logo')], max_length=9)),
                    ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='directory_change_rows', to='signatories.signature')),
                    ('number', models.PositiveBigIntegerField(help_text='The key of what is no signature; it may be deleted since.', null=True)),
                    ('from_organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signatories.organization')),
                    ('to_organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signatories.organization')),
                    ('was_state', models.CharField(blank=True, help_text='Of a signature that stood twice.', max_length=12)),
                    ('event', models.PositiveBigIntegerField(null=True)),
                    ('outcome', models.CharField(choices=[('done', 'Changed'), ('undone', 'Undone'), ('kept', 'Kept when it was undone')], default='done', max_length=6)),
                    ('why', models.CharField(blank=True, choices=[('changed', 'changed by somebody since'), ('gone', 'deleted or replaced since'), ('twice', 'the organization stands there already and counts once')], max_length=7)),
                ],
                options={
                    'indexes': [models.Index(models.F('number'), condition=models.Q(('what', 'org')), name='directory_change_of')],
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
                    'indexes': [models.Index(models.F('statement'), models.F('mailbox_hash'), name='erasure_mailbox'), models.Index(models.F('statement'), models.F('name_hash'), name='erasure_name')],
                    'constraints': [models.UniqueConstraint(models.F('signature_number'), name='erasure_once')],
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
                name='ExportLog',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                    ('statement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statements.statement')),
                    ('columns', models.JSONField(default=list)),
                    ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
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
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'indexes': [models.Index(models.F('email_key'), name='follower_mailbox'), models.Index(models.F('created_at'), condition=models.Q(('confirmed_at__isnull', True)), name='follower_waiting')],
                    'constraints': [models.UniqueConstraint(models.F('statement'), models.F('email_key'), name='follower_one_per_mailbox')],
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
                    'constraints': [models.UniqueConstraint(models.F('follower'), models.F('delivery'), name='follower_noticed_once')],
                },
            ),
            migrations.CreateModel(
                name='ProtectedName',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='As it is written. Other spellings of it are found too, in any order and with other names between; a single word is found only where it is the whole name.', max_length=200, verbose_name='name')),
                    ('key', models.CharField(editable=False, max_length=400, unique=True)),
                    ('note', models.CharField(blank=True, help_text='For colleagues: who that is, and whom to ask.', max_length=200, verbose_name='note')),
                    ('made_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ],
                options={
                    'verbose_name': 'protected name',
                    'verbose_name_plural': 'protected names',
                    'ordering': ('key',),
                },
            ),
            migrations.CreateModel(
                name='HistoricalProtectedName',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('name', models.CharField(help_text='As it is written. Other spellings of it are found too, in any order and with other names between; a single word is found only where it is the whole name.', max_length=200, verbose_name='name')),
                    ('note', models.CharField(blank=True, help_text='For colleagues: who that is, and whom to ask.', max_length=200, verbose_name='note')),
                    ('made_at', models.DateTimeField(blank=True, editable=False, verbose_name='added')),
                    ('made_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical protected name',
                    'verbose_name_plural': 'historical protected names',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='AccessRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('action', models.CharField(choices=[('allow', 'Allow more than from others'), ('slow', 'Always ask for the check against scripts'), ('block', 'Take no signatures')], help_text='Where several are for one form: blocking goes first, then allowing.', max_length=5, verbose_name='what happens')),
                    ('title', models.CharField(help_text='For colleagues: “Rally on the square”.', max_length=120, verbose_name='title')),
                    ('network', models.CharField(blank=True, help_text='An address or a network in CIDR form: “192.0.2.0/24”, “2001:db8::/48”.', max_length=50, verbose_name='network')),
                    ('domain', models.CharField(blank=True, help_text='What stands after the @, with all names below it: “example.org”.', max_length=253, verbose_name='domain of addresses')),
                    ('country', models.CharField(blank=True, help_text='As the proxy tells it, whatever is typed in the form.', max_length=2, verbose_name='country the form comes from')),
                    ('starts_at', models.DateTimeField(blank=True, help_text='Empty means at once.', null=True, verbose_name='from')),
                    ('ends_at', models.DateTimeField(blank=True, help_text='A network is listed for 30 days at most, and then forgotten.', null=True, verbose_name='until')),
                    ('made_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ],
                options={
                    'verbose_name': 'network or domain',
                    'verbose_name_plural': 'networks and domains',
                    'ordering': ('-pk',),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('country', ''), ('domain', ''), models.Q(('network', ''), _negated=True)), models.Q(('country', ''), ('network', ''), models.Q(('domain', ''), _negated=True)), models.Q(('domain', ''), ('network', ''), models.Q(('country', ''), _negated=True)), _connector='OR'), name='access_rule_of_one')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalAccessRule',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('action', models.CharField(choices=[('allow', 'Allow more than from others'), ('slow', 'Always ask for the check against scripts'), ('block', 'Take no signatures')], help_text='Where several are for one form: blocking goes first, then allowing.', max_length=5, verbose_name='what happens')),
                    ('title', models.CharField(help_text='For colleagues: “Rally on the square”.', max_length=120, verbose_name='title')),
                    ('network', models.CharField(blank=True, help_text='An address or a network in CIDR form: “192.0.2.0/24”, “2001:db8::/48”.', max_length=50, verbose_name='network')),
                    ('domain', models.CharField(blank=True, help_text='What stands after the @, with all names below it: “example.org”.', max_length=253, verbose_name='domain of addresses')),
                    ('country', models.CharField(blank=True, help_text='As the proxy tells it, whatever is typed in the form.', max_length=2, verbose_name='country the form comes from')),
                    ('starts_at', models.DateTimeField(blank=True, help_text='Empty means at once.', null=True, verbose_name='from')),
                    ('ends_at', models.DateTimeField(blank=True, help_text='A network is listed for 30 days at most, and then forgotten.', null=True, verbose_name='until')),
                    ('made_at', models.DateTimeField(blank=True, editable=False, verbose_name='added')),
                    ('made_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical network or domain',
                    'verbose_name_plural': 'historical networks and domains',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HeldForm',
                fields=[
                    ('key', models.UUIDField(help_text="A hash of the URL's secret.", primary_key=True, serialize=False)),
                    ('form', models.CharField(help_text='Which form it was.', max_length=8)),
                    ('statement', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='statements.statement')),
                    ('signature', models.ForeignKey(help_text='What was made of it; empty where there was one before, or none was stored.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='signatories.signature')),
                    ('mailbox', models.CharField(help_text='A keyed hash of it.', max_length=32, verbose_name='mailbox')),
                    ('typed', models.JSONField(help_text='Names of fields, and their values.', verbose_name='what was typed')),
                    ('ends_at', models.DateTimeField(db_index=True)),
                ],
                options={
                    'verbose_name': 'held form',
                    'verbose_name_plural': 'held forms',
                    'indexes': [models.Index(fields=['mailbox'], name='held_form_mailbox')],
                },
            ),
            migrations.CreateModel(
                name='ImportSource',
                fields=[
                    ('batch', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='original', serialize=False, to='signatories.importbatch')),
                    ('data', models.BinaryField()),
                ],
            ),
            migrations.CreateModel(
                name='ImportLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='signatories.importbatch')),
                    ('position', models.PositiveIntegerField(help_text='Among the signatories of the batch.')),
                    ('number', models.PositiveIntegerField(help_text='Of the file.', verbose_name='line')),
                    ('original', models.TextField(blank=True, verbose_name='line as it came')),
                    ('fields', models.JSONField(blank=True, default=dict, verbose_name='what was understood')),
                    ('confidence', models.FloatField(default=0, verbose_name='confidence')),
                    ('doubts', models.JSONField(blank=True, default=list, verbose_name='unsure about')),
                    ('why', models.CharField(blank=True, help_text='Why it is held or left out.', max_length=16)),
                    ('decision', models.CharField(choices=[('sure', 'Sure, not yet taken'), ('held', 'To be decided'), ('accepted', 'Taken'), ('merged', 'Merged'), ('skipped', 'Left out')], default='held', max_length=8, verbose_name='decision')),
                    ('alike', models.JSONField(blank=True, default=list, help_text='[“signature:12”, “line:7”, …]')),
                    ('same_as', models.CharField(blank=True, help_text='One of those: “line:7”.', max_length=40)),
                    ('signature', models.ForeignKey(help_text='What it was made into, or merged into.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='import_lines', to='signatories.signature')),
                    ('made_organization', models.ForeignKey(help_text='Which the directory did not have before.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='signatories.organization')),
                    ('is_applied', models.BooleanField(default=False)),
                    ('filled', models.JSONField(blank=True, default=dict, help_text='Where it was merged.', verbose_name='filled in by it')),
                    ('version', models.PositiveIntegerField(default=0, help_text='How often it was changed.')),
                    ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('edited_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'line of an import',
                    'verbose_name_plural': 'lines of imports',
                    'ordering': ('position', 'pk'),
                    'indexes': [models.Index(models.F('batch'), models.F('decision'), models.F('position'), name='import_line_by_decision')],
                    'constraints': [models.UniqueConstraint(models.F('batch'), models.F('position'), name='import_line_in_its_place'), models.CheckConstraint(condition=models.Q(('decision__in', ['sure', 'held', 'accepted', 'merged', 'skipped'])), name='import_line_decision_known')],
                },
            ),
            migrations.CreateModel(
                name='ImportProof',
                fields=[
                    ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='proof', serialize=False, to='signatories.importline')),
                    ('words', models.TextField(blank=True, verbose_name='words of the mail')),
                    ('file_name', models.CharField(blank=True, max_length=200, verbose_name='file')),
                    ('content_type', models.CharField(blank=True, max_length=100)),
                    ('data', models.BinaryField(default=b'')),
                ],
            ),
            migrations.CreateModel(
                name='InvitationRound',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitation_rounds', to='statements.statement', verbose_name='statement')),
                    ('title', models.CharField(help_text='For the office alone, as in “First signatories”.', max_length=120, verbose_name='title')),
                    ('deadline', models.DateTimeField(help_text='Until then they can sign or decline by their link. You can move it later.', verbose_name='answers until')),
                    ('reminder_days', models.CharField(blank=True, default='7, 2', help_text='Who is silent gets a mail so many days before the deadline. Empty for none.', max_length=20, verbose_name='reminders, days before')),
                    ('answers_to', models.EmailField(blank=True, help_text='Where replies to the mail go, and shown to who is asked. Else the office’s.', max_length=254, verbose_name='who answers')),
                    ('stopped_at', models.DateTimeField(editable=False, null=True, verbose_name='stopped')),
                    ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended')),
                    ('ended_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                    ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ],
                options={
                    'verbose_name': 'invitation round',
                    'verbose_name_plural': 'invitation rounds',
                    'ordering': ('-pk',),
                },
            ),
            migrations.CreateModel(
                name='HistoricalInvitationRound',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('title', models.CharField(help_text='For the office alone, as in “First signatories”.', max_length=120, verbose_name='title')),
                    ('deadline', models.DateTimeField(help_text='Until then they can sign or decline by their link. You can move it later.', verbose_name='answers until')),
                    ('reminder_days', models.CharField(blank=True, default='7, 2', help_text='Who is silent gets a mail so many days before the deadline. Empty for none.', max_length=20, verbose_name='reminders, days before')),
                    ('answers_to', models.EmailField(blank=True, help_text='Where replies to the mail go, and shown to who is asked. Else the office’s.', max_length=254, verbose_name='who answers')),
                    ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='made')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement', verbose_name='statement')),
                    ('created_by', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                    ('history_id', models.AutoField(primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_change_reason', models.CharField(max_length=100, null=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical invitation round',
                    'verbose_name_plural': 'historical invitation rounds',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='signatories.invitationround')),
                    ('link', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='invitation', to='statements.previewlink')),
                    ('kind', models.CharField(choices=[('person', 'Person'), ('organization', 'Organization')], max_length=12, verbose_name='who is asked')),
                    ('name', models.CharField(blank=True, max_length=200, verbose_name='name of the person')),
                    ('organization', models.CharField(blank=True, max_length=200, verbose_name='organization')),
                    ('organization_key', models.CharField(blank=True, editable=False, max_length=400, verbose_name='organization')),
                    ('role', models.CharField(blank=True, max_length=200, verbose_name='role')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                    ('phone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
                    ('email_key', models.CharField(blank=True, editable=False, max_length=254, verbose_name='mailbox')),
                    ('language', models.CharField(max_length=12, verbose_name='language')),
                    ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who of us asks')),
                    ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                    ('original', models.TextField(blank=True, editable=False, verbose_name='line as it came')),
                    ('needs_check', models.BooleanField(default=False, editable=False, verbose_name='waits for a yes')),
                    ('doubt', models.CharField(blank=True, editable=False, max_length=300, verbose_name='why it waits')),
                    ('due', models.CharField(blank=True, choices=[('ask', 'Asking'), ('remind', 'Reminder')], editable=False, max_length=6)),
                    ('sent_at', models.DateTimeField(editable=False, null=True, verbose_name='asked')),
                    ('reminded_at', models.DateTimeField(editable=False, null=True, verbose_name='reminded')),
                    ('reminders', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='reminders')),
                    ('answer', models.CharField(blank=True, choices=[('declined', 'Declined'), ('promised', 'Said yes'), ('erased', 'Erased')], editable=False, max_length=8, verbose_name='answer')),
                    ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='answered')),
                    ('answered_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answer noted by')),
                    ('reason', models.TextField(blank=True, max_length=1000, verbose_name='reason for declining')),
                    ('no_mail', models.BooleanField(default=False, editable=False, verbose_name='wants no such mail')),
                    ('mail_trouble', models.CharField(blank=True, choices=[('soft', 'Not delivered yet'), ('hard', 'The address does not exist'), ('complaint', 'Marked as unwanted')], editable=False, max_length=9, verbose_name='trouble with mail')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
                ],
                options={
                    'verbose_name': 'invitation',
                    'verbose_name_plural': 'invitations',
                    'ordering': ('pk',),
                    'indexes': [models.Index(models.F('email_key'), name='invitation_mailbox'), models.Index(models.F('round'), condition=models.Q(('due', ''), _negated=True), name='invitation_due')],
                    'constraints': [models.UniqueConstraint(models.F('round'), models.F('email_key'), condition=models.Q(('email_key', ''), _negated=True), name='invitation_once_per_mailbox')],
                },
            ),
            migrations.CreateModel(
                name='InvitationEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='signatories.invitation')),
                    ('what', models.CharField(choices=[('added', 'added'), ('accepted', 'looked at: may be asked'), ('sent', 'asked by mail'), ('sent_by_hand', 'asked by a colleague’s own mail'), ('reminded', 'reminded by mail'), ('called', 'rung by a colleague'), ('declined', 'declined'), ('promised', 'said yes'), ('reopened', 'answer taken back'), ('no_mail', 'wants no such mail'), ('bounced', 'mail came back'), ('edited', 'edited')], max_length=12)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ],
                options={
                    'ordering': ('pk',),
                },
            ),
            migrations.CreateModel(
                name='LikelyDuplicate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='signatories.organization')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='signatories.organization')),
                    ('likeness', models.PositiveSmallIntegerField()),
                    ('why', models.CharField(choices=[('same', 'The same name but for spelling, order, form or place.'), ('shortened', 'One is an abbreviation of the other.'), ('joined', 'The same letters; words are written as one.'), ('slipped', 'A letter or two differ.')], max_length=9)),
                    ('not_same_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('not_same_at', models.DateTimeField(null=True)),
                ],
                options={
                    'verbose_name': 'likely duplicate',
                    'verbose_name_plural': 'likely duplicates',
                    'indexes': [models.Index(models.OrderBy(models.F('likeness'), descending=True), models.F('id'), condition=models.Q(('not_same_at', None)), name='likely_duplicate_open')],
                    'constraints': [models.UniqueConstraint(models.F('one'), models.F('other'), name='likely_duplicate_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='likely_duplicate_order')],
                },
            ),
            migrations.CreateModel(
                name='LogoUpload',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded')),
                    ('changed_at', models.DateTimeField(auto_now=True)),
                    ('language', models.CharField(help_text='Its refusals are told in it.', max_length=10)),
                    ('state', models.CharField(choices=[('reading', 'Being read'), ('review', 'Under review'), ('done', 'Done'), ('discarded', 'Discarded'), ('undone', 'Undone')], default='reading', max_length=9, verbose_name='state')),
                    ('shown', models.PositiveIntegerField(default=0, verbose_name='logos shown by it')),
                ],
                options={
                    'verbose_name': 'upload of logos',
                    'verbose_name_plural': 'logos in bulk',
                    'ordering': ('-pk',),
                    'indexes': [models.Index(models.F('id'), condition=models.Q(('state', 'reading')), name='logos_being_read')],
                },
            ),
            migrations.CreateModel(
                name='LogoFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='signatories.logoupload')),
                    ('position', models.PositiveIntegerField()),
                    ('name', models.CharField(max_length=200, verbose_name='file')),
                    ('data', models.BinaryField(help_text='As it came; empty once it is read.')),
                    ('is_read', models.BooleanField(default=False)),
                    ('refusal', models.CharField(blank=True, help_text='Why it is no logo.', max_length=400)),
                    ('certainty', models.CharField(choices=[('sure', 'sure'), ('unsure', 'unsure'), ('none', 'none found')], default='none', max_length=6)),
                    ('alike', models.JSONField(blank=True, default=list, help_text='Organizations it may be of.')),
                    ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='signatories.organization')),
                    ('outcome', models.CharField(blank=True, choices=[('', 'not decided'), ('shown', 'shown'), ('left', 'left out'), ('has', 'left out: the organization keeps the logo that it has'), ('undone', 'undone'), ('kept', 'kept: somebody changed the logo since')], default='', max_length=6)),
                ],
                options={
                    'ordering': ('position',),
                },
            ),
            migrations.CreateModel(
                name='LogoPicture',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='signatories.logofile')),
                    ('is_before', models.BooleanField(default=False)),
                    ('content_type', models.CharField(max_length=20)),
                    ('width', models.PositiveIntegerField()),
                    ('height', models.PositiveIntegerField()),
                    ('data', models.BinaryField()),
                ],
                options={
                    'ordering': ('width', 'pk'),
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
                    'constraints': [models.UniqueConstraint(models.F('organization'), models.F('width'), models.F('content_type'), models.F('approved'), name='logo_one_per_size')],
                },
            ),
            migrations.CreateModel(
                name='MailboxBudget',
                fields=[
                    ('mailbox', models.CharField(help_text='A keyed hash of it.', max_length=32, primary_key=True, serialize=False, verbose_name='mailbox')),
                    ('since', models.DateTimeField(db_index=True, verbose_name='mails counted since')),
                    ('sent', models.PositiveIntegerField(verbose_name='mails sent lately')),
                ],
                options={
                    'verbose_name': 'mailbox budget',
                    'verbose_name_plural': 'mailbox budgets',
                },
            ),
            migrations.CreateModel(
                name='DomainBudget',
                fields=[
                    ('domain', models.CharField(max_length=253, primary_key=True, serialize=False, verbose_name='domain')),
                    ('clear_at', models.FloatField(db_index=True, help_text='Seconds since 1970.')),
                ],
                options={
                    'verbose_name': 'domain budget',
                    'verbose_name_plural': 'domain budgets',
                },
            ),
            migrations.CreateModel(
                name='CorrectionMailing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to='statements.statement')),
                    ('edition_number', models.PositiveIntegerField()),
                    ('language', models.CharField(blank=True, max_length=12, verbose_name='language')),
                    ('last_signature', models.PositiveBigIntegerField(default=0)),
                    ('queued', models.PositiveIntegerField(default=0)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('created_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(models.F('statement'), models.F('edition_number'), models.F('language'), name='correction_mailed_once')],
                },
            ),
            migrations.CreateModel(
                name='UpdateMailing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='update_mailings', to='statements.statement', verbose_name='statement')),
                    ('kind', models.CharField(choices=[('update', 'News'), ('thanks', 'Thanks at the end')], default='update', help_text='Thanks can be sent once signing is closed.', max_length=6, verbose_name='kind')),
                    ('update', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mailings', to='statements.update', verbose_name='update')),
                    ('state', models.CharField(choices=[('draft', 'Being written'), ('waiting', 'About to leave'), ('sending', 'Being sent'), ('stopped', 'Stopped'), ('finished', 'Sent')], default='draft', editable=False, max_length=8, verbose_name='state')),
                    ('last_signature', models.PositiveBigIntegerField(default=0, editable=False)),
                    ('queued', models.PositiveIntegerField(default=0, editable=False, verbose_name='mails')),
                    ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written')),
                    ('begun_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
                    ('begun_at', models.DateTimeField(editable=False, null=True, verbose_name='begun')),
                    ('leaves_at', models.DateTimeField(editable=False, null=True, verbose_name='leaves')),
                    ('stopped_at', models.DateTimeField(editable=False, null=True, verbose_name='stopped')),
                    ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                ],
                options={
                    'verbose_name': 'mailing',
                    'verbose_name_plural': 'mailings',
                    'ordering': ('-pk',),
                    'permissions': [('send_update', 'Can mail news to signers')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'waiting', 'sending', 'stopped', 'finished'])), name='mailing_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('begun_at__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('begun_at__isnull', False), ('begun_by__isnull', False)), _connector='OR'), name='mailing_sent_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('leaves_at__isnull', False), _connector='OR'), name='mailing_waits_for_a_moment')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalUpdateMailing',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('update', 'News'), ('thanks', 'Thanks at the end')], default='update', help_text='Thanks can be sent once signing is closed.', max_length=6, verbose_name='kind')),
                    ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='written')),
                    ('begun_at', models.DateTimeField(editable=False, null=True, verbose_name='begun')),
                    ('statement', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='statements.statement', verbose_name='statement')),
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
                    'constraints': [models.UniqueConstraint(models.F('mailing'), models.F('language'), name='mailing_words_one_per_language', violation_error_message='There is already a text in this language.')],
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
                    'constraints': [models.UniqueConstraint(models.F('mailing'), models.F('mailbox'), name='mailing_once_per_mailbox')],
                },
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
                    'constraints': [models.UniqueConstraint(models.F('name_key'), name='organization_alias_one_owner')],
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
                    'constraints': [models.UniqueConstraint(models.F('organization'), models.F('key'), name='organization_key_once')],
                },
            ),
            migrations.CreateModel(
                name='OwnerMailing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owner_mailings', to='statements.statement', verbose_name='statement')),
                    ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='owner_mailings', to='signatories.importbatch', verbose_name='import')),
                    ('state', models.CharField(choices=[('sending', 'Being sent'), ('stopped', 'Stopped'), ('finished', 'Sent')], default='sending', max_length=8, verbose_name='state')),
                    ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='sent by')),
                    ('begun_at', models.DateTimeField(auto_now_add=True, verbose_name='begun')),
                    ('ended_at', models.DateTimeField(null=True, verbose_name='finished')),
                ],
                options={
                    'verbose_name': 'question to imported people',
                    'verbose_name_plural': 'questions to imported people',
                    'ordering': ('-pk',),
                    'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['sending', 'stopped', 'finished'])), name='owner_mailing_state_known')],
                },
            ),
            migrations.CreateModel(
                name='AskedOwner',
                fields=[
                    ('signature', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='asked', serialize=False, to='signatories.signature')),
                    ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked', to='signatories.ownermailing')),
                    ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked to confirm')),
                    ('answer', models.CharField(blank=True, choices=[('confirmed', 'confirmed'), ('objected', 'withdrew')], max_length=9, verbose_name='answer')),
                    ('answered_at', models.DateTimeField(null=True, verbose_name='answered')),
                ],
                options={
                    'verbose_name': 'person who was asked',
                    'verbose_name_plural': 'people who were asked',
                },
            ),
            migrations.CreateModel(
                name='PaperCount',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paper_counts', to='statements.statement', verbose_name='statement')),
                    ('number', models.PositiveIntegerField(help_text='How many stand on the sheets, without crossed-out and doubled ones.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='signatures on paper')),
                    ('counted', models.PositiveIntegerField(default=0, help_text='The number that was checked last; 0 for none.', verbose_name='told in public')),
                    ('collected_on', models.DateField(help_text='The day, or the last one of several.', verbose_name='collected on')),
                    ('place', models.CharField(blank=True, help_text='A stall, a street, a meeting.', max_length=200, verbose_name='where')),
                    ('collected_by', models.CharField(help_text='Who held the sheets and answers for them.', max_length=200, verbose_name='collected by')),
                    ('note', models.TextField(blank=True, help_text='For staff alone.', max_length=2000, verbose_name='note')),
                    ('numbered_by', models.ForeignKey(help_text='Who said the number last; where four eyes are wanted, another one checks it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='declared by')),
                    ('declared_at', models.DateTimeField(auto_now_add=True, verbose_name='declared')),
                    ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn')),
                    ('version', models.PositiveIntegerField(default=0, help_text='How often it was changed.')),
                ],
                options={
                    'verbose_name': 'declaration of signatures on paper',
                    'verbose_name_plural': 'signatures on paper',
                    'ordering': ('-collected_on', '-pk'),
                    'permissions': [('declare_paper', 'Can declare signatures on paper')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('counted', 0), _connector='OR'), name='paper_withdrawn_is_not_told'), models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 1000000)), name='paper_number_in_bounds')],
                },
            ),
            migrations.CreateModel(
                name='PaperSheet',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='signatories.papercount')),
                    ('file_name', models.CharField(max_length=100, verbose_name='file')),
                    ('content_type', models.CharField(max_length=100)),
                    ('size', models.PositiveIntegerField(help_text='Bytes.')),
                    ('pages', models.PositiveSmallIntegerField(default=0, help_text='0 where nobody counted them.', verbose_name='pages')),
                    ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                    ('data', models.BinaryField()),
                    ('added_at', models.DateTimeField(auto_now_add=True, db_index=True)),
                ],
                options={
                    'verbose_name': 'scanned sheet',
                    'verbose_name_plural': 'scanned sheets',
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(models.F('paper'), models.F('sha256'), name='paper_sheet_once')],
                },
            ),
            migrations.CreateModel(
                name='PaperEvent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='signatories.papercount')),
                    ('verb', models.CharField(choices=[('declared', 'declared'), ('corrected', 'corrected'), ('checked', 'checked by a second person'), ('withdrawn', 'withdrawn'), ('sheet_added', 'sheet added'), ('sheet_removed', 'sheet removed'), ('sheet_opened', 'sheet opened'), ('forgotten', 'sheets deleted after a year')], max_length=13)),
                    ('at', models.DateTimeField()),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('number', models.PositiveIntegerField(help_text='Declared after it.')),
                    ('before', models.JSONField(default=dict, help_text='{field: what stood in it}')),
                    ('reason', models.TextField(blank=True)),
                    ('sheet', models.CharField(blank=True, help_text='SHA-256 of the one it is about.', max_length=64)),
                ],
                options={
                    'verbose_name': 'event',
                    'verbose_name_plural': 'events',
                    'ordering': ('pk',),
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
                name='InvitationWords',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='signatories.invitationround')),
                    ('language', models.CharField(help_text='Each reader gets the mail in their language.', max_length=12, verbose_name='language')),
                    ('subject', models.CharField(help_text='Under 60 characters. The title of the statement is not yet public.', max_length=59, verbose_name='subject')),
                    ('body', models.TextField(help_text='Plain paragraphs. Greeting, link, deadline and how to decline are added by themselves.', max_length=4000, verbose_name='what you ask')),
                ],
                options={
                    'verbose_name': 'words',
                    'verbose_name_plural': 'words',
                    'ordering': ('pk',),
                    'constraints': [models.UniqueConstraint(models.F('round'), models.F('language'), name='invitation_words_one_per_language', violation_error_message='There is already a text in this language.')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalInvitationWords',
                fields=[
                    ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                    ('language', models.CharField(help_text='Each reader gets the mail in their language.', max_length=12, verbose_name='language')),
                    ('subject', models.CharField(help_text='Under 60 characters. The title of the statement is not yet public.', max_length=59, verbose_name='subject')),
                    ('body', models.TextField(help_text='Plain paragraphs. Greeting, link, deadline and how to decline are added by themselves.', max_length=4000, verbose_name='what you ask')),
                    ('round', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.invitationround')),
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
                name='TallySlot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('statement', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='tally_slots', to='statements.statement')),
                    ('kind', models.CharField(choices=[('person', 'Person'), ('organization', 'Organization')], max_length=12)),
                    ('slot', models.PositiveSmallIntegerField()),
                    ('count', models.IntegerField(default=0)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(models.F('statement'), models.F('kind'), models.F('slot'), name='tally_slot_one_row')],
                },
            ),
        ),
        append_only("signatories_signatureevent", "update"),  # erasing a signature deletes them
        append_only("signatories_organizationevent", "update"),
        append_only("signatories_paperevent", "update"),
        append_only("signatories_exportlog", "update", "delete"),
        unlogged("signatories_ratecount"),
        unlogged("signatories_heldform"),
        words_index(
            "signatories_signature_search_words_words",
            "signatories_signature",
            f"to_tsvector('simple', search_words) || {MARKED}",
            condition=" WHERE state = 'confirmed' AND approved AND NOT name_withheld",
        ),
        # Staff find a signature by its names, whatever its state is.
        words_index(
            "signatories_signature_office_words",
            "signatories_signature",
            "to_tsvector('simple', sort_key || ' ' || name || ' ' || affiliation)",
        ),
        words_index(
            "signatories_organization_search_words_words",
            "signatories_organization",
            "to_tsvector('simple', search_words)",
        ),
    ]

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OutgoingMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60, verbose_name='kind')),
                ('to', models.EmailField(help_text='The address as mail servers take it.', max_length=254, verbose_name='to')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('params', models.JSONField(default=dict, help_text='Record numbers; never an address or a token.', verbose_name='about')),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('dropped', 'No longer wanted'), ('dead', 'Failed')], default='queued', max_length=8, verbose_name='state')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('due_at', models.DateTimeField(help_text='When a worker may take it. While it is being sent: when the worker’s time is up. Empty once there is nothing left to do.', null=True, verbose_name='next try')),
                ('last_error', models.CharField(blank=True, max_length=120, verbose_name='last error')),
                ('message_id', models.CharField(max_length=300, verbose_name='Message-ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('sent_at', models.DateTimeField(null=True, verbose_name='sent')),
                ('provider_id', models.CharField(blank=True, editable=False, max_length=300)),
                ('trouble', models.CharField(blank=True, choices=[('soft', 'Not delivered yet'), ('hard', 'The address does not exist'), ('complaint', 'Marked as unwanted')], editable=False, max_length=9, verbose_name='trouble')),
                ('trouble_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'outgoing mail',
                'verbose_name_plural': 'outgoing mail',
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='mail_claim'), models.Index(condition=models.Q(('state', 'dead')), fields=['-id'], name='mail_dead_letters'), models.Index(condition=models.Q(('provider_id', ''), _negated=True), fields=['provider_id'], name='mail_at_provider'), models.Index(django.db.models.functions.text.Lower('to'), name='mail_to_mailbox')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', False), ('state__in', ['queued', 'sending'])), models.Q(('due_at__isnull', True), ('state__in', ['sent', 'dropped', 'dead'])), _connector='OR'), name='mail_state_known_and_due_while_open'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='mail_sent_has_its_time')],
            },
        ),
        migrations.CreateModel(
            name='MailStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mailbox', models.CharField(help_text='A keyed hash of it.', max_length=32, verbose_name='mailbox')),
                ('about', models.CharField(blank=True, help_text='Empty for all mail.', max_length=40, verbose_name='no mail about')),
                ('since', models.DateTimeField(auto_now_add=True, verbose_name='since')),
            ],
            options={
                'verbose_name': 'mailbox without mail',
                'verbose_name_plural': 'mailboxes without mail',
                'constraints': [models.UniqueConstraint(models.F('mailbox'), models.F('about'), name='mail_stop_once')],
            },
        ),
    ]

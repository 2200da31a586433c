import secrets
from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import migrations
from django.utils.crypto import salted_hmac

PHONE, CODE = 'second-factor.phone', 'second-factor.recovery-code'


def seal(apps, schema_editor):
    """As casa/lib/sealing.py does."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=PHONE.encode())
    cipher = ChaCha20Poly1305(derive.derive(settings.SECRET_KEY.encode()))
    for phone in apps.get_model('otp_totp', 'TOTPDevice').objects.all():
        nonce, owner = secrets.token_bytes(12), str(phone.user_id).encode()
        sealed = nonce + cipher.encrypt(nonce, bytes.fromhex(phone.key), owner)
        phone.key = urlsafe_b64encode(sealed).decode()
        phone.save(update_fields=['key'])
    tokens = apps.get_model('otp_static', 'StaticToken').objects.select_related('device')
    for token in tokens:
        value = f'{token.device.user_id}:{token.token}'
        digest = salted_hmac(CODE, value, secret=settings.SECRET_KEY, algorithm='sha256').digest()
        token.token = urlsafe_b64encode(digest[:12]).decode()
        token.save(update_fields=['token'])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_sign_in'),
        ('otp_static', '0003_add_timestamps'),
        ('otp_totp', '0003_add_timestamps'),
    ]

    operations = [
        migrations.CreateModel(
            name='Phone',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('otp_totp.totpdevice',),
        ),
        migrations.CreateModel(
            name='RecoveryCodes',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('otp_static.staticdevice',),
        ),
        migrations.RunPython(seal),
    ]

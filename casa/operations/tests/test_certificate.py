"""How long the certificate is still good, asked of a real server."""

import socket
import ssl
import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone

from casa.lib.testing import free_port
from casa.operations import alarms, conditions
from casa.operations.checks.certificate import certificate
from casa.operations.findings import Level
from casa.operations.models import Alarm


def made(folder, days):
    """A file with a key and a certificate of its own that ends in so many days."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "letters.example.org")])
    now = timezone.now()
    signed = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60)).not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = folder / f"{days}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return file


@contextmanager
def site_with(settings, file):
    """SITE_URL leads to a server with this certificate, as long as it is asked once."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.HTTPS = True
        settings.SITE_URL = f"https://127.0.0.1:{server.getsockname()[1]}"

        def answer():
            asking, _address = server.accept()
            with context.wrap_socket(asking, server_side=True) as secure:
                secure.recv(1)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield
        thread.join(10)


@pytest.mark.parametrize(
    ("days", "level", "words"),
    [
        (15, Level.FINE, "The site’s certificate is good until"),
        (13, Level.LOOK, "The site’s certificate ends on"),
        (-1, Level.LOOK, "The site’s certificate ended on"),
    ],
)
def test_what_is_about_to_end_is_looked_at(settings, tmp_path, days, level, words):
    with site_with(settings, made(tmp_path, days)):
        (finding,) = certificate()
    assert finding.level == level
    assert finding.words.startswith(words)
    assert bool(finding.remedy) == (level != Level.FINE)


def test_without_https_nothing_is_asked(settings):
    settings.HTTPS, settings.SITE_URL = False, f"http://127.0.0.1:{free_port()}"
    assert [*certificate()] == []
    assert conditions.BY_NAME["certificate"].look() == []


@pytest.mark.django_db
def test_the_alarm_stays_on_while_nothing_answers(settings, tmp_path, clock, monkeypatch):
    only = (conditions.BY_NAME["certificate"],)
    monkeypatch.setattr(alarms, "CONDITIONS", only)
    with site_with(settings, made(tmp_path, 13)):
        alarms.look()
    assert Alarm.objects.get().name == "certificate"

    settings.SITE_URL = f"https://127.0.0.1:{free_port()}"
    clock.move(minutes=30)
    alarms.look()
    assert alarms.on().exists()

    with site_with(settings, made(tmp_path, 80)):
        alarms.look()
    clock.move(minutes=11)
    with site_with(settings, made(tmp_path, 81)):
        alarms.look()
    assert not alarms.on().exists()

"""Cookies are the back office's; over https their names keep other sites of the domain out."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.urls import reverse
from playwright.sync_api import sync_playwright

from casa.accounts.testing import PASSWORD, make_staff, sign_in
from casa.lib.testing import DATA_KEYS, free_port, own_database, wait_until
from statements.testing import make_edition
from tools import chromium

ROOT = Path(__file__).resolve().parents[2]
MAKE_STAFF = "from casa.accounts.testing import make_staff; make_staff(is_superuser=True)"


@pytest.mark.django_db
def test_over_http_they_are_for_the_back_office_alone(client):
    make_staff()
    client.get(reverse("admin:login"))
    sign_in(client)
    assert {(one.key, one["path"]) for one in client.cookies.values()} == {
        (name, "/admin/") for name in ("sessionid", "csrftoken", "known_browser")
    }


@pytest.mark.medium
@pytest.mark.django_db
def test_no_other_page_sees_one(client):
    statement = make_edition().statement
    client.force_login(make_staff(is_superuser=True))
    for url in (
        "/",
        statement.get_absolute_url(),
        reverse("signatories:sign", args=[statement.slug]),
    ):
        answer = client.get(url)
        assert answer.status_code == 200
        assert not answer.wsgi_request.COOKIES
        assert "Cookie" not in answer.wsgi_request.headers
        assert "Cookie" not in answer.get("Vary", "")
    assert client.get("/admin/").status_code == 200


def certificate(folder):
    """Of nobody, for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    host = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(host, critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    (folder / "key.pem").write_bytes(key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))  # fmt: skip
    return ["--ssl-certificate", str(folder / "certificate.pem"),
            "--ssl-keyfile", str(folder / "key.pem")]  # fmt: skip


@pytest.fixture
def site(tmp_path, migrated_database, static_files, django_db_blocker):
    """granian with https, set up as in production; its address."""
    port = free_port()
    (tmp_path / "static").symlink_to(static_files)
    with django_db_blocker.unblock(), own_database(tmp_path, migrated_database) as database:
        environment = {
            "PATH": str(Path(sys.executable).parent), "ENV_FILE": "", "DEBUG": "0",
            "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF",
            "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": f"https://127.0.0.1:{port}",
            "DATABASE_URL": database, "EMAIL_URL": "smtp://127.0.0.1:9", "VAR_DIR": str(tmp_path),
            **DATA_KEYS,
        }  # fmt: skip
        subprocess.run(
            [sys.executable, "manage.py", "shell", "--command", MAKE_STAFF, "--verbosity=0"],
            cwd=ROOT, env=environment, check=True, capture_output=True,
        )  # fmt: skip
        command = ["granian", "casa.wsgi:application", "--interface", "wsgi", "--workers", "1",
                   "--host", "127.0.0.1", "--port", str(port), *certificate(tmp_path)]  # fmt: skip
        log = tmp_path / "log.txt"
        with log.open("w") as file:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=file, stderr=subprocess.STDOUT
            )
        try:
            wait_until(lambda: "Started worker" in log.read_text(), 60)
            yield f"https://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(60)


@pytest.mark.slow
@pytest.mark.page
@pytest.mark.browser
def test_over_https_a_browser_takes_them_from_this_host_alone_and_signs_in(site):
    if not chromium.find():
        pytest.fail("No Chromium: run `python tools/chromium.py`, which finds or installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_options())
        context = browser.new_context(base_url=site, ignore_https_errors=True)
        page = context.new_page()
        page.goto("/admin/")
        page.get_by_label("E-mail address").fill("edda@example.org")
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("#login-form [type=submit]").click()
        page.get_by_text("What needs me").wait_for()
        cookies = context.cookies()
        page.goto("/")
        assert context.cookies() == cookies
        browser.close()
    assert {one["name"] for one in cookies} == {
        "__Host-sessionid", "__Host-csrftoken", "__Host-known_browser",
    }  # fmt: skip
    assert all(one["secure"] and one["path"] == "/" for one in cookies)
    assert all(one["domain"] == "127.0.0.1" for one in cookies)

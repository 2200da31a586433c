"""The demo's login and mailbox cannot exist when DEBUG is off."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from casa.accounts.models import User
from casa.demo import content
from signatories.core import tally
from signatories.models import Logo, Organization, Signature
from statements.models import Delivery, Edition, Statement, Update
from statements.testing import make_user

ROOT = Path(__file__).resolve().parents[3]

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.page]


def test_demo_content_shows_every_state_and_is_loaded_once():
    assert content.load_if_empty()
    assert set(Statement.objects.values_list("status", flat=True)) == {
        "draft", "published", "closed",
    }  # fmt: skip
    assert tally.differences() == []
    verified = Organization.objects.filter(verification="verified")
    assert {one.verified_domain for one in verified} == {"", "example.org"}
    assert Logo.objects.filter(approved=True).exists()
    assert Edition.objects.filter(number=2).exists() and Update.objects.exists()
    assert Delivery.objects.exclude(answer="").exists()
    addresses = Signature.objects.exclude(email="").values_list("email", flat=True)
    assert {one.rpartition("@")[2] for one in addresses} == {"example.org"}
    assert not content.load_if_empty()


def test_demo_content_never_joins_real_content():
    make_user()
    assert not content.load_if_empty()
    assert not Statement.objects.exists()


def test_the_demo_login_works_in_the_demo_alone(settings, client, rf):
    content.load_if_empty()
    settings.DEBUG = True
    request = rf.post("/admin/login/")
    assert authenticate(request, username=content.LOGIN, password=content.PASSWORD)
    client.force_login(User.objects.get(is_demo=True))
    assert client.get("/admin/").status_code == 200
    settings.DEBUG = False
    assert authenticate(request, username=content.LOGIN, password=content.PASSWORD) is None
    assert client.get("/admin/").status_code == 302  # the session that was open has ended


def test_the_demo_does_not_start_in_production(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG=1"):
        call_command("demo")


@pytest.mark.parametrize(("debug", "found"), [("1", "True"), ("0", "False")])
def test_the_demo_mailbox_has_an_address_in_the_demo_alone(tmp_path, debug, found):
    environment = {
        "PATH": os.environ["PATH"], "ENV_FILE": "", "VAR_DIR": str(tmp_path), "DEBUG": debug,
        "DJANGO_SETTINGS_MODULE": "casa.settings", "ALLOWED_HOSTS": "letters.example.org",
        "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
        "EMAIL_URL": "smtp://mail.example.org:25",
    }  # fmt: skip
    code = (
        "import django; django.setup(); from django.urls import get_resolver;"
        "print('demo' in get_resolver().namespace_dict)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == found

"""Bad settings stop the start with the variable's name and the remedy; all are documented."""

import ast
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

from casa import checks, engines
from casa import variables as variables_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "for-this-test-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "ALLOWED_HOSTS": "letters.example.org",
    "DATABASE_URL": "postgres://casa:very-secret@localhost/casa",
    "EMAIL_URL": "smtp://mail.example.org:25",
}


def start(tmp_path, **environment):
    """`manage.py check` as a program of its own, in an environment of nothing but these."""
    base = {"PATH": os.environ["PATH"], "ENV_FILE": "", "VAR_DIR": str(tmp_path)}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, env={**base, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Reads casa/settings.py in an environment of nothing but what it is given."""

    def read(**given):
        base = {"ENV_FILE": "", "VAR_DIR": str(tmp_path)}
        monkeypatch.setattr(os, "environ", {**base, **given})
        monkeypatch.setattr(environ.Env, "ENVIRON", os.environ)
        return runpy.run_path(str(ROOT / "casa/settings.py"))

    return read


def test_the_demo_needs_no_variable(tmp_path):
    assert start(tmp_path).returncode == 0


def test_production_starts_with_good_ones(tmp_path):
    done = start(tmp_path, **PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("SECRET_KEY", "", "is missing. Set it to the output of"),
        ("SECRET_KEY", "short", "is too weak"),
        ("SECRET_KEY", "a" * 80, "is too weak"),
        ("SECRET_KEY", "django-insecure-" + "abcdefghij" * 6, "is too weak"),
        ("SECRET_KEY_FALLBACKS", "short", "holds a key that is too weak. List what SECRET_KEY was"),
        ("ALLOWED_HOSTS", "", "is empty. List the names"),
        (
            "ALLOWED_HOSTS",
            "https://letters.example.org",
            "holds https://letters.example.org, which",
        ),
        ("DEFAULT_FROM_EMAIL", "letters.example.org", "is not an e-mail address. Write"),
        ("FOUR_EYES", "ja", "is neither yes nor no. Write FOUR_EYES=1 or FOUR_EYES=0"),
        ("DATABSE_URL", "postgres:///x", "is no setting of this site. Did you mean DATABASE_URL?"),
        ("DATABASE_REPLICA_URL", "nonsense", "cannot be read. Write sqlite"),
        ("DATABASE_REPLICA_URL", "sqlite:///x", "and DATABASE_URL are not both PostgreSQL"),
        ("REPLICA_LAG_SECONDS", "0", "is out of range. Give a number from 1 to 60"),
        ("DATABASE_URL", "nonsense", "is not an address this site can use. Write"),
        ("DATABASE_URL", "mysql://casa:very-secret@localhost/casa", "is not an address"),
        ("DATABASE_URL", "postgres://", "is not an address"),
        ("DATABASE_URL", "postgres://u:very-secret@host:port/casa", "is not an address"),
        ("EMAIL_URL", "", "is missing. Write smtp"),
        ("SECURITY_CONTACT", "nobody", "is no address to write to. Write"),
        ("EMAIL_URL", "post-office", "cannot be read. Write smtp"),
        ("PAPER_SIZE", "a3", "is not known. Write one of a4, us-letter"),
        ("FONTS_DIR", "docs", "is no folder with fonts. Name a folder"),
        ("FONTS_DIR", "nowhere", "is no folder with fonts. Name a folder"),
        ("THEME_DIR", "docs", "is no theme. Name a folder"),
        ("EXTRA_APPS", "no_such_app", "names no_such_app, which is not there. List Python"),
        ("EXTRA_APPS", "no.such.app", "names no.such.app, which is not there"),
        ("PORT", "http", "cannot be read. Give a number"),
        ("PORT", "99999", "is out of range. Give a number from 1 to 65535"),
        ("WORKERS", "0", "is out of range"),
        ("SESSION_IDLE_HOURS", "never", "cannot be read. Give a number from 1 to 336"),
        ("SESSION_IDLE_HOURS", "0", "is out of range. Give a number from 1 to 336"),
        ("SESSION_DAYS", "91", "is out of range. Give a number from 1 to 90"),
        ("MAIL_LEASE_SECONDS", "0", "is out of range"),
        ("REMINDER_HOURS", "313", "is out of range. Give a number from 0 to 312"),
        ("REVERIFY_AFTER_DAYS", "soon", "cannot be read. Give a number from 0 to 3650"),
        ("MAIL_PROVIDER", "pigeon", "is not known. Write one of brevo, mailgun"),
        ("MAIL_PROVIDER", "postmark", "is set beside EMAIL_URL. Leave one"),
        ("DEBUG", "maybe", "is neither yes nor no. Write DEBUG=1 or DEBUG=0"),
        ("SSL_REDIRECT", "foo", "is neither yes nor no"),
        ("VAR_DIR", "/proc/nowhere", "cannot be made"),
        ("SITE_URL", "http://[x", "is not an address. Write it in full"),
        ("LANGUAGES", "en,en", "is empty or names one twice"),
        ("ENV_FILE", "nowhere.env", "names a file that is not there"),
        ("SITE_URL", "letters.example.org", "is not an address. Write it in full"),
        ("SITE_ACCENT_COLOR", "blue", "is not a hex colour. Give a hex colour"),
        ("LANGUAGES", "en,klingon", "cannot be read. List language codes"),
        ("TIME_ZONE", "Mars/Olympus", "is not a time zone. Write"),
        ("CACHE_URL", "cupboard://", "cannot be read. Write"),
    ],
)
def test_a_bad_one_is_refused(read, variable, value, says):
    with pytest.raises(ImproperlyConfigured) as error:
        read(**PRODUCTION | {variable: value})
    assert f"{variable} {says}" in str(error.value)
    assert "very-secret" not in str(error.value)


def test_a_bad_one_stops_the_start(tmp_path):
    done = start(tmp_path, **PRODUCTION | {"DATABASE_URL": "mysql://casa:very-secret@localhost/x"})
    assert done.returncode == 1
    assert "DATABASE_URL is not an address this site can use. Write" in done.stderr
    assert "Traceback" not in done.stderr
    assert "very-secret" not in done.stderr + done.stdout


PROVIDER = {
    "EMAIL_URL": "",
    "MAIL_PROVIDER": "mailgun",
    "MAIL_PROVIDER_KEY": "very-secret",
    "MAIL_PROVIDER_URL": "https://api.eu.mailgun.net/v3",
    "MAIL_WEBHOOK_SECRET": "casa:0123456789abcdefghijklm-very-secret",
}


def test_a_mail_provider_takes_the_place_of_a_mail_server(tmp_path):
    done = start(tmp_path, **PRODUCTION | PROVIDER)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("MAIL_PROVIDER_KEY", "", "is missing. Copy the key"),
        ("MAIL_PROVIDER_URL", "api.eu.mailgun.net", "is not an address. Write it in full"),
        ("MAIL_WEBHOOK_SECRET", "", "is missing or too short. Write NAME:PASSWORD"),
        ("MAIL_WEBHOOK_SECRET", "a:b", "is missing or too short. Write NAME:PASSWORD"),
        ("MAIL_WEBHOOK_SECRET", "without-a-colon" * 3, "is missing or too short"),
    ],
)
def test_a_bad_one_of_a_provider_is_refused_too(read, variable, value, says):
    with pytest.raises(ImproperlyConfigured) as error:
        read(**PRODUCTION | PROVIDER | {variable: value})
    assert f"{variable} {says}" in str(error.value)
    assert "very-secret" not in str(error.value)


def variables():
    """Every name that casa/settings.py asks the environment for."""
    tree = ast.parse((ROOT / "casa/settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.func.attr != "read_env"
    }


NONSENSE = ("ja", "-1", "https://letters.example.org/x y")
SENDER = {"DEFAULT_FROM_EMAIL": "letters@example.org"}  # else of the host's name
FREE = {
    "SITE_NAME", "SITE_TAGLINE", "SITE_POSTAL_ADDRESS",  # words
    "HOST", "VAR_DIR",  # names of a machine's own, which the system refuses
    "SECRET_KEY_FALLBACKS", "MAIL_PROVIDER_KEY", "MAIL_PROVIDER_SIGNING_KEY",  # of any form
}  # fmt: skip


@pytest.mark.parametrize("variable", sorted(variables() - FREE - set(PROVIDER) - {"ENV_FILE"}))
def test_nonsense_in_any_of_them_is_refused_by_name(read, variable):
    refused = []
    for value in NONSENSE:
        try:
            read(**PRODUCTION | SENDER | {variable: value})
        except ImproperlyConfigured as error:
            refused.append(str(error))
    assert refused
    assert all(sentence.startswith(f"{variable} ") for sentence in refused)


@pytest.mark.parametrize("variable", ["SECRET_KEY", "SITE_NAME", "SECRET_KEY_FALLBACKS"])
def test_a_value_may_begin_with_a_dollar(read, variable):
    value = "$" + PRODUCTION["SECRET_KEY"]
    found = read(**PRODUCTION | {variable: value})[variable]
    assert found in (value, [value])


@pytest.mark.parametrize(
    "line", ["FOUR_EYES = 1", "FOUR_EYES: 1", 'SITE_NAME="Us" # all of us', "please"]
)
def test_a_line_that_would_be_passed_over_stops_the_start(tmp_path, line):
    file = tmp_path / "settings.env"
    file.write_text(f"# The office\n\nexport SITE_NAME='Us'\n{line}\n", encoding="utf-8")
    with pytest.raises(ImproperlyConfigured, match=r"settings.env, line 4 is no setting. Write"):
        variables_of.read_file(environ.Env(), file, is_named=True)


def test_a_file_in_another_encoding_stops_the_start(tmp_path):
    file = tmp_path / "settings.env"
    file.write_bytes("SITE_NAME=Müller".encode("latin-1"))
    with pytest.raises(ImproperlyConfigured, match=r"cannot be read. Save it in UTF-8"):
        variables_of.read_file(environ.Env(), file, is_named=True)


def test_the_example_needs_a_key_and_nothing_else(read):
    found = read(ENV_FILE=".env.example", SECRET_KEY=PRODUCTION["SECRET_KEY"])
    assert found["DEBUG"] is False
    assert found["ALLOWED_HOSTS"] == ["letters.example.org"]


def test_every_variable_is_documented_and_nothing_else_is():
    documented = re.findall(
        r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE
    )
    example = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(documented) == sorted(variables())
    assert sorted(set(example)) == sorted(variables() - {"ENV_FILE"})


@pytest.mark.parametrize("color", ["#1f5f8b", "#ffff00", "#000", "#ffffff", "#808080"])
def test_any_accent_colour_is_made_readable(color):
    from casa.appearance import theme

    accent = theme.Accent.from_hex(color)
    assert theme.contrast(accent.on_light, theme.LIGHT_GROUND) >= 4.5
    assert theme.contrast(accent.on_dark, theme.DARK_GROUND) >= 4.5


def test_the_dark_ground_is_the_stylesheets():
    from casa.appearance import theme

    assert theme.DARK_GROUND in (ROOT / "static/casa/site/foundation.css").read_text()


@pytest.mark.parametrize(("on", "warnings"), [(True, 0), (False, 1)])
def test_signing_without_limits_is_warned_of(settings, on, warnings):
    settings.SIGN_LIMITS = on
    assert len(checks.limits_are_on()) == warnings


@pytest.mark.parametrize(
    ("mail", "database", "warnings"),
    [
        ("smtp+tls://u:p@mail.example.org:587", "postgres://casa@/casa?host=/run/postgresql", []),
        ("smtp+ssl://u:p@mail.example.org:465", "sqlite:///x.sqlite3", []),
        ("smtp://127.0.0.1:25", "postgres://c:p@db.example.org/casa?sslmode=verify-full", []),
        ("smtp://mail.example.org:25", "postgres://c:p@db.example.org/casa",
         ["casa.W003", "casa.W004"]),
        ("smtp+tls://u:p@mail.example.org:587",
         "postgres://c:p@db.example.org/casa?sslmode=require", ["casa.W004"]),
    ],
)  # fmt: skip
def test_it_warns_where_others_could_read_along(monkeypatch, mail, database, warnings):
    read = environ.Env.email_url_config(mail)
    production = SimpleNamespace(
        EMAIL_BACKEND=read["EMAIL_BACKEND"],
        EMAIL_HOST=read["EMAIL_HOST"],
        EMAIL_USE_TLS=read.get("EMAIL_USE_TLS", False),
        EMAIL_USE_SSL=read.get("EMAIL_USE_SSL", False),
        DATABASES={"default": engines.database(database, ROOT)},
    )
    monkeypatch.setattr(checks, "settings", production)
    assert [found.id for found in checks.others_cannot_read_along()] == warnings


def test_an_app_of_the_offices_own_is_found(tmp_path):
    (tmp_path / "ourchat").mkdir()
    (tmp_path / "ourchat" / "__init__.py").touch()
    path = {"PYTHONPATH": str(tmp_path), "EXTRA_APPS": "ourchat"}
    assert start(tmp_path, **PRODUCTION | path).returncode == 0


def test_a_language_that_nobody_translated_is_warned_of(settings):
    assert checks.every_language_has_words() == []
    settings.LANGUAGES = [("en", "English"), ("az", "Azərbaycanca"), ("eo", "Esperanto")]
    (warning,) = checks.every_language_has_words()
    assert "into eo: pages are in “en” there" in warning.msg
    assert "take it out of LANGUAGES" in warning.hint


def test_reports_of_errors_need_their_package_which_the_site_does_not(read, monkeypatch):
    assert read()["SENTRY_DSN"] == ""
    dsn = "https://public@sentry.example.org/7"
    assert read(SENTRY_DSN=dsn)["SENTRY_DSN"] == dsn
    monkeypatch.setattr("casa.monitoring.find_spec", lambda name: None)
    assert read()["SENTRY_DSN"] == ""
    with pytest.raises(ImproperlyConfigured, match=r"pip install .*requirements-sentry\.txt"):
        read(SENTRY_DSN=dsn)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SENTRY_DSN": "sentry.example.org/7"}, "SENTRY_DSN is no address to report errors to"),
        ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN is too short, or not plain letters"),
        ({"ALARM_MAIL_TO": "nobody"}, "ALARM_MAIL_TO is not an e-mail address"),
        ({"LOG_FORMAT": "xml"}, "LOG_FORMAT is not known. Write one of text, json"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is not known. Write one of debug, info"),
    ],
)
def test_what_watches_the_site_is_refused_too(read, given, said):
    with pytest.raises(ImproperlyConfigured, match=re.escape(said)):
        read(**given)

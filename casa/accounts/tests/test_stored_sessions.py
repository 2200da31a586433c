"""A copy of the database opens no session of staff."""

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from casa.accounts.stored_sessions import SessionStore, hash_of
from casa.accounts.testing import make_staff, sign_in

pytestmark = pytest.mark.django_db


def test_what_the_database_has_opens_no_session(client):
    make_staff()
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    row = Session.objects.get()
    assert row.session_key == hash_of(key) != key
    assert "_auth_user" not in row.session_data
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = row.session_key
    assert thief.get("/admin/").status_code == 302


def test_it_is_kept_renewed_and_forgotten_under_its_hash():
    session = SessionStore()
    session["word"] = "ə"
    session.save()
    key = session.session_key
    assert SessionStore(key)["word"] == "ə"
    assert session.exists(key)
    again = SessionStore(key)
    again["word"] = "other"
    again.save()
    again.cycle_key()
    assert again.session_key != key
    assert not again.exists(key)
    assert SessionStore(again.session_key)["word"] == "other"
    again.flush()
    assert not Session.objects.exists()


def test_with_another_secret_key_it_ends(settings):
    session = SessionStore()
    session["word"] = "one"
    session.save()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-key" * 6, [settings.SECRET_KEY]
    assert SessionStore(session.session_key)["word"] == "one"
    settings.SECRET_KEY_FALLBACKS = []
    assert SessionStore(session.session_key).get("word") is None

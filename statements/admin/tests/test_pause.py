"""Signing can be stopped and resumed, here or everywhere; what was begun can be confirmed."""

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.urls import reverse

from casa.lib.concurrent_edits.testing import opened_with
from signatories.models import Signature
from signatories.signing.confirmation import ConfirmationResult, confirm
from signatories.testing import form_data, make_signature
from statements import lifecycle
from statements.models import SigningPause, Statement
from statements.testing import make_draft, make_edition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.page]

WHY = "We check a figure and go on on Monday."


@pytest.fixture
def statement():
    return make_edition().statement


def sign(client, statement):
    url = reverse("signatories:sign", args=[statement.slug])
    consent = {"consent": "on", "edition": statement.edition_number}
    return client.post(url, {**form_data(), **consent})


def stop_everywhere():
    SigningPause.objects.update_or_create(pk=1, defaults={"is_on": True, "sentence": WHY})
    cache.clear()


def stop_here(statement):
    lifecycle.pause(statement, by=None, sentence=WHY)


def stop_site(statement):
    stop_everywhere()


@pytest.mark.medium
@pytest.mark.parametrize("stop", [stop_here, stop_site])
def test_visitors_read_a_sentence_in_place_of_the_form(client, statement, stop):
    url = statement.get_absolute_url()
    assert "<form" in client.get(url).text
    stop(statement)
    for page in (url, reverse("signatories:sign", args=[statement.slug])):
        text = client.get(page).text
        assert WHY in text
        assert "<form" not in text
    assert "stopped for the moment" in client.get("/statements/").text


@pytest.mark.medium
@pytest.mark.parametrize("stop", [stop_here, stop_site])
def test_nobody_can_begin_to_sign(client, statement, stop):
    stop(statement)
    answer = sign(client, statement)
    assert answer.status_code == 409
    assert WHY in answer.text
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_a_post_asks_the_database_and_not_what_is_kept(client, statement):
    assert not SigningPause.lately().is_on
    SigningPause.objects.bulk_create([SigningPause(pk=1, is_on=True)])  # by another process
    assert not SigningPause.lately().is_on
    assert sign(client, statement).status_code == 409
    SigningPause.objects.filter(pk=1).update(is_on=False)
    assert sign(client, statement).status_code == 302


@pytest.mark.parametrize("stop", [stop_here, stop_site])
def test_what_was_begun_can_be_confirmed(statement, stop):
    pending = make_signature(statement.editions.get(), state=Signature.State.PENDING)
    stop(statement)
    assert confirm(Signature.objects.get(pk=pending.pk)) == ConfirmationResult.CONFIRMED


def test_it_goes_on_again(client, statement):
    stop_here(statement)
    lifecycle.resume(statement, by=None)
    assert statement.is_open()
    assert sign(client, statement).status_code == 302


def test_each_is_in_the_history(statement):
    editor = make_user()
    lifecycle.pause(statement, by=editor, sentence=WHY)
    lifecycle.resume(statement, by=editor)
    steps = list(statement.events.values_list("from_status", "to_status", "by", "note"))[1:]
    assert steps == [
        ("published", "published", editor.pk, f"signing paused: {WHY}"),
        ("published", "published", editor.pk, "signing resumed"),
    ]


def test_it_is_done_once(statement):
    copy = Statement.objects.get(pk=statement.pk)
    lifecycle.pause(statement, by=None, sentence=WHY)
    with pytest.raises(lifecycle.LifecycleError):
        lifecycle.pause(copy, by=None, sentence="Another")
    assert statement.events.count() == 2
    with pytest.raises(lifecycle.LifecycleError):
        lifecycle.pause(make_draft(), by=None, sentence=WHY)


@pytest.mark.slow
def test_it_is_a_button_that_asks_for_a_sentence(client, statement):
    client.force_login(make_user())
    url = reverse("admin:statements_statement_pause", args=[statement.pk])
    page = client.get(reverse("admin:statements_statement_change", args=[statement.pk])).text
    assert 'name="_step" value="pause"' in page
    answer = client.post(url, {"sentence": " ", "wanted": "pause"})
    assert "Say in a sentence" in answer.text
    answer = client.post(url, {"sentence": WHY, "wanted": "pause"}, follow=True)
    assert "Signing is stopped" in answer.text
    assert WHY in answer.text
    client.post(url, {"sentence": WHY, "wanted": "pause"})  # a second press stops nothing more
    other = client.post(url, {"sentence": "We rest.", "wanted": "pause"}, follow=True).text
    assert f"Visitors read: “{WHY}”. Yours is not stored: “We rest.”" in other
    statement.refresh_from_db()
    assert statement.signing_paused
    client.post(url, {"wanted": "resume"})
    statement.refresh_from_db()
    assert not statement.signing_paused


@pytest.mark.medium
def test_it_needs_the_permission(client, statement):
    user = make_user(is_superuser=False)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["edit_any_statement", "change_statement"])
    )
    client.force_login(user)
    url = reverse("admin:statements_statement_pause", args=[statement.pk])
    data = {"sentence": WHY, "wanted": "pause"}
    assert client.post(url, data).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="close_statement"))
    assert client.post(url, data).status_code == 302


SITE = "admin:statements_signingpause_change"


@pytest.mark.medium
def test_the_whole_site_has_one_switch(client, statement):
    editor = make_user()
    client.force_login(editor)
    listing = reverse("admin:statements_signingpause_changelist")
    assert client.get(listing, follow=True).redirect_chain == [(reverse(SITE, args=[1]), 302)]
    opened = opened_with(SigningPause.now())
    answer = client.post(reverse(SITE, args=[1]), {"is_on": "on", "sentence": "", **opened})
    assert "Say in a sentence" in answer.text
    data = {"is_on": "on", "sentence": WHY, **opened}
    answer = client.post(reverse(SITE, args=[1]), data, follow=True)
    assert "stopped on the whole site" in answer.text
    assert SigningPause.now().by == editor
    assert not Statement.objects.get(pk=statement.pk).is_open()  # at once, in this process
    for name in ("add", "delete"):
        args = [1] if name == "delete" else []
        url = reverse(f"admin:statements_signingpause_{name}", args=args)
        assert client.post(url, {"post": "yes"}).status_code == 403


@pytest.mark.medium
def test_the_switch_needs_the_permission(client):
    user = make_user(is_superuser=False)
    client.force_login(user)
    SigningPause.objects.create(pk=1)
    listing = reverse("admin:statements_signingpause_changelist")
    data = {"is_on": "on", "sentence": WHY, **opened_with(SigningPause.now())}
    for name in ("", "view_signingpause"):
        if name:
            user.user_permissions.add(Permission.objects.get(codename=name))
        assert client.get(listing).status_code == (302 if name else 403)
        assert client.post(reverse(SITE, args=[1]), data).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename="change_signingpause"))
    assert client.post(reverse(SITE, args=[1]), data).status_code == 302
    assert SigningPause.now().is_on

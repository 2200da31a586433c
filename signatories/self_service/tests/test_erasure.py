"""Erasure leaves no name and no address in any table, and no import undoes it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from casa.lib.addresses.sealed import address_hash
from casa.lib.concurrent_edits.testing import opened_with
from casa.mail.models import OutgoingMail
from casa.mail.outbox import queue
from signatories.core import tally, tokens
from signatories.leads import placement
from signatories.mailings import followers, updates
from signatories.models import Erasure, Follower, Organization, Signature, UpdateRecipient
from signatories.moderation import decisions
from signatories.parser import parse_block
from signatories.self_service import privacy
from signatories.testing import (
    begin_mailing,
    form_data,
    make_mailing,
    make_organization,
    make_signature,
    own_url,
    press_confirm,
)
from statements import lifecycle, previews
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

NAME, ADDRESS = "Quirina Zephyrsdottir", "quirina.z@example.org"


def dump():
    """Every row of every table, as the database has it, and what the cache holds."""
    rows = []
    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")
            rows += [repr(row) for row in cursor.fetchall()]
    return "\n".join([*rows, repr(getattr(cache, "_cache", {}))]).casefold()


def traces():
    everything = dump()
    # An address lies encrypted behind a hash of it.
    words = (*NAME.casefold().split(), address_hash(ADDRESS).casefold(), "quirina")
    return [word for word in words if word in everything]


def erase(client, signature, what="this"):
    return client.post(own_url(signature, "erase"), {"what": what})


@pytest.fixture
def signature(client):
    """One that left traces: signed by the form, corrected, edited by staff, mailed."""
    edition = make_edition()
    url = reverse("signatories:sign", args=[edition.statement.slug])
    client.post(url, form_data(name=NAME, email=ADDRESS))
    signature = Signature.objects.get()
    press_confirm(client, signature)
    details = form_data(name=f"{NAME} Berg", role="Diver")
    client.post(own_url(signature, "correct"), details)
    decisions.edit(signature, {"role": "Diver of Quirina"}, by=make_user())
    client.post(reverse("signatories:request_link"), {"email": ADDRESS.upper()})
    client.post(url, form_data(name=NAME, email=f"{ADDRESS.replace('@', '+b@')}"))
    signature.refresh_from_db()
    return signature


@pytest.mark.slow
def test_nothing_is_left_in_any_table(client, signature):
    assert len(traces()) == 4
    assert erase(client, signature).status_code == 200
    assert traces() == []
    assert tally.of(signature.statement).people == 0
    assert tally.differences() == []


@pytest.mark.slow
def test_the_log_of_the_admin_forgets_the_name(client, signature):
    client.force_login(make_user("other@example.org"))
    url = reverse("admin:signatories_signature_change", args=[signature.pk])
    answer = client.post(
        url,
        {
            **opened_with(signature),
            "name": NAME,
            "city": "Oslo",
            "events-TOTAL_FORMS": 0,
            "events-INITIAL_FORMS": 0,
        },
    )
    assert answer.status_code == 302
    erase(client, signature)
    assert traces() == []


@pytest.mark.medium
def test_its_links_say_that_it_was_erased(client, signature):
    manage = own_url(signature)
    confirm = reverse("signatories:confirm", args=[tokens.make(signature, tokens.CONFIRM)])
    erase(client, signature)
    for url in (manage, confirm):
        answer = client.get(url)
        assert answer.status_code == 410
        assert "erased" in answer.text
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.medium
def test_it_asks_what_to_erase_first(client, signature):
    assert "cannot be undone" in client.get(own_url(signature, "erase")).text
    assert client.post(own_url(signature, "erase")).status_code == 422
    assert Signature.objects.count() == 1


@pytest.mark.medium
def test_the_mark_that_stays_tells_nobody_who_it_was(client, signature):
    erase(client, signature)
    mark = Erasure.objects.get()
    assert (len(mark.mailbox_hash), len(mark.name_hash)) == (64, 64)
    assert mark.signature_number == signature.pk


@pytest.mark.medium
def test_an_import_does_not_bring_the_name_back(client, signature, tmp_path, capsys):
    erase(client, signature)
    names = tmp_path / "names.txt"
    names.write_text(f"Ada Abel, Teacher, Leeds\n{NAME.upper()} Berg, Diver, Oslo\n")
    call_command("import_signatories", signature.statement.slug, str(names))
    assert [one.name for one in Signature.objects.all()] == ["Ada Abel"]
    assert "erased: line 2" in capsys.readouterr().out


@pytest.mark.medium
def test_another_statement_may_name_somebody_of_that_name(client, signature):
    erase(client, signature)
    other = make_edition("Clean the river")
    lines = parse_block([(1, f"{NAME} Berg, Diver, Oslo")])
    assert len(placement.place(other.statement, lines).placed) == 1


@pytest.mark.slow
def test_whoever_was_erased_may_sign_again(client, signature):
    erase(client, signature)
    url = reverse("signatories:sign", args=[signature.statement.slug])
    client.post(url, form_data(name=NAME, email=ADDRESS))
    again = Signature.objects.get()
    press_confirm(client, again)
    assert tally.of(signature.statement).people == 1


@pytest.mark.medium
def test_an_organization_stays_and_counts_without_its_representative(client):
    edition = make_edition()
    signature = make_signature(
        edition, NAME, email=ADDRESS, role="Chair", organization=make_organization()
    )
    queue("signatories.confirm", to=ADDRESS, language="en", params={"signature": signature.pk})
    client.post(own_url(signature, "correct"), {"name": f"{NAME} Berg"})
    url = own_url(signature)
    erase(client, signature, "representative")
    assert traces() == []
    assert tally.of(edition.statement).organizations == 1
    assert tally.differences() == []
    assert client.get(url).status_code == 410
    listed = client.get(reverse("signatories:list", args=[edition.statement.slug]))
    assert "River Trust" in listed.text


@pytest.mark.medium
def test_an_organizations_signature_can_be_erased_too(client):
    signature = make_signature(
        make_edition(), NAME, email=ADDRESS, organization=make_organization()
    )
    erase(client, signature)
    assert not Signature.objects.exists()
    assert Organization.objects.exists()
    assert traces() == []
    assert tally.differences() == []


@pytest.mark.slow
def test_all_of_an_address_is_erased_at_once(client, signature):
    other = make_edition("Clean the river")
    make_signature(other, NAME, email=ADDRESS, state="pending")
    make_signature(other, NAME, email=ADDRESS, organization=make_organization())
    stranger = make_signature(other, "Ada Abel")
    queue(
        "signatories.confirm", to=stranger.email, language="en", params={"signature": stranger.pk}
    )
    erase(client, signature, "all")
    assert traces() == []
    assert Signature.objects.count() == 2  # the stranger, and the organization
    assert OutgoingMail.objects.count() == 1
    assert tally.differences() == []


@pytest.mark.medium
def test_erasing_twice_is_harmless(client, signature):
    privacy.erase(signature)
    privacy.erase(signature)
    assert Erasure.objects.count() == 1
    assert tally.differences() == []


@pytest.mark.medium
def test_an_organizations_representative_leaves_no_trace_in_any_new_place(client):
    """Every column and table that may hold who signed is filled before."""
    by, draft = make_user("other@example.org"), make_draft()
    previews.give(
        draft, name=NAME, email=ADDRESS, expires_at=timezone.now() + timedelta(days=2), by=by
    )
    edition = lifecycle.publish(draft, by=None)[0]
    signature = make_signature(
        edition, NAME, email=ADDRESS, organization=make_organization(), role="Quirina’s role",
        claimed_website="https://quirina.example.org", is_another=True, comment="I am Quirina",
        postal_code="QUIRINA", suspicions=["same_name"], network="quirina", via="quirina",
        original_line=NAME, import_notes=NAME, wants_updates=True, mail_trouble="soft",
        honorific="Quirina", credentials="Quirina", declared_age=16, share_code="quirina",
    )  # fmt: skip
    followers.follow(edition.statement, ADDRESS.title())
    followers.confirm(Follower.objects.get())
    decisions.verify(signature.organization, by=by, reason=f"{NAME} rang us up")
    mailing = make_mailing(edition.statement, by=by)
    begin_mailing(mailing, by=by)
    assert updates.send_updates() == 1
    for kind in ("reminder", "welcome", "organization_verified", "private_links", "update"):
        queue(f"signatories.{kind}", to=ADDRESS, language="en", params={"signature": signature.pk})
    assert len(traces()) == 4
    privacy.erase_representative(signature)
    assert traces() == []
    assert not UpdateRecipient.objects.exists()
    decision = signature.organization.events.get()
    assert (decision.to_verification, decision.by, decision.reason) == ("verified", by, "–")
    assert tally.differences() == []


@pytest.mark.slow
def test_what_the_address_follows_goes_with_it_and_is_in_the_file_before(client, signature):
    other = make_edition("Clean the river").statement
    for statement in (signature.statement, other):
        followers.follow(statement, ADDRESS)
    followed = client.get(own_url(signature, "data")).json()["follows"]
    assert [one["statement"][-16:] for one in followed][1] == "clean-the-river/"
    erase(client, signature)
    assert Follower.objects.get().statement == other
    again = make_signature(make_edition("Plant trees"), NAME, email=ADDRESS)
    erase(client, again, "all")
    assert traces() == []


@pytest.mark.medium
def test_what_another_request_erased_is_not_erased_again(signature):
    privacy.erase(signature)
    privacy.erase_representative(signature)
    assert not Signature.objects.exists()


def test_a_signature_without_a_mailbox_leaves_others_mail_alone():
    lead = make_signature(make_edition(), NAME, email="", lead_position=1)
    queue("mail.test", to=ADDRESS, language="en")
    privacy.erase(lead)
    assert OutgoingMail.objects.count() == 1
    assert not Signature.objects.exists()

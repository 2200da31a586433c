"""The private page shows what is stored, and changes it without staff; GET changes nothing."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.mail.outbox import queue
from signatories.core import states, tally, tokens
from signatories.models import Signature
from signatories.self_service import editing
from signatories.self_service.forms import OwnDetailsForm
from signatories.signing import submission as typed
from signatories.testing import make_organization, make_signature, own_url
from statements import lifecycle
from statements.models import Statement
from statements.testing import make_edition, make_user

pytestmark = pytest.mark.django_db

DETAILS = {"name": "Nora Berg", "role": "Teacher", "affiliation": "", "city": "", "country": "NO"}


@pytest.fixture
def signature():
    return make_signature(make_edition(), "Nora Lind", country="NO", email="nora@example.org")


def post(client, signature, action, data=None, **more):
    return client.post(own_url(signature, action), data or {}, **more)


def test_it_shows_what_is_stored(client, signature):
    params = {"signature": signature.pk}
    queue("signatories.confirm", to="Nora@example.org", language="en", params=params)
    signature.consent_id = typed._consent_wording("I agree to this sentence.")
    signature.save()
    page = client.get(own_url(signature)).text
    for stored in ("Nora Lind", "nora@example.org", "Norway", "I agree to this sentence.",
                   "Keep the reading room open", "Edition 1", "Confirm a signature"):  # fmt: skip
        assert stored in page, stored


@pytest.mark.page
@pytest.mark.slow
def test_nobody_keeps_or_finds_the_pages(client, signature):
    for action in ("", "correct", "withdraw", "erase"):
        answer = client.get(own_url(signature, action))
        assert answer["Cache-Control"] == "private, no-store"
        assert "noindex" in answer.text
        assert answer["Referrer-Policy"] == "same-origin"
        assert not answer.cookies


@pytest.mark.slow
def test_following_every_link_changes_nothing(client, signature):
    before = Signature.objects.values().get()
    actions = ("", "correct", "withhold", "show", "subscribe", "unsubscribe", "hide-withdrawal",
               "withdraw", "erase", "data")  # fmt: skip
    for action in actions:
        assert client.get(own_url(signature, action), follow=True).status_code == 200
    assert Signature.objects.values().get() == before


@pytest.mark.slow
def test_a_signer_corrects_their_name_and_staff_see_it(client, signature):
    assert post(client, signature, "correct", DETAILS).status_code == 302
    signature.refresh_from_db()
    assert (signature.name, signature.role, signature.sort_key) == (
        "Nora Berg", "Teacher", "nora berg",
    )  # fmt: skip
    assert "“Nora Lind” → “Nora Berg”" in signature.events.last().reason
    client.force_login(make_user())
    url = reverse("admin:signatories_signature_changelist")
    assert "Nora Berg" in client.get(url, {"changed": "yes"}).text
    assert tally.differences() == []


@pytest.mark.page
def test_what_is_wrong_is_said_and_kept(client, signature):
    answer = post(client, signature, "correct", {**DETAILS, "name": "", "role": "Diver"})
    assert answer.status_code == 422
    assert "Diver" in answer.text
    assert Signature.objects.get().name == "Nora Lind"


def test_where_names_are_checked_first_a_changed_one_is_checked_again(client):
    edition = make_edition(premoderated=True)
    signature = make_signature(edition, "Nora Lind", country="NO")
    post(client, signature, "correct", DETAILS)
    signature.refresh_from_db()
    assert not signature.is_counted
    assert tally.of(edition.statement).people == 0
    assert tally.differences() == []


def test_nothing_but_the_signers_own_answers_is_changed(client, signature):
    post(client, signature, "correct", {**DETAILS, "email": "x@example.org", "state": "hidden"})
    signature.refresh_from_db()
    assert (signature.email, signature.state) == ("nora@example.org", "confirmed")


@pytest.mark.medium
def test_a_name_is_withheld_and_shown(client, signature):
    action = own_url(signature, "show")
    assert client.get(action)["Location"] == action.removesuffix("show/")
    post(client, signature, "withhold")
    assert Signature.objects.get().name_withheld
    listed = reverse("signatories:list", args=[signature.statement.slug])
    assert "Nora Lind" not in client.get(listed).text
    post(client, signature, "show")
    assert "Nora Lind" in client.get(listed).text


@pytest.mark.medium
def test_no_name_is_withheld_where_the_statement_does_not_let(client, signature):
    Statement.objects.update(may_withhold=False)
    assert post(client, signature, "withhold").status_code == 409
    assert not Signature.objects.get().name_withheld


def test_updates_are_asked_for_and_left(client, signature):
    for action, wants in (("subscribe", True), ("subscribe", True), ("unsubscribe", False)):
        post(client, signature, action)
        assert Signature.objects.get().wants_updates is wants


@pytest.mark.medium
def test_the_file_holds_everything_under_the_mailbox(client, signature):
    other = make_edition("Clean the river")
    make_signature(other, "Nora Lind", email="Nora@example.org", role="Swimmer")
    third = make_edition("Plant more trees")
    make_signature(third, "Ida Quist", email="nora+x@example.org")
    answer = client.get(own_url(signature, "data"))
    held = json.loads(answer.content)
    assert [one["statement"]["title"] for one in held["signatures"]] == [
        "Keep the reading room open", "Clean the river",
    ]  # fmt: skip
    assert held["signatures"][1]["role"] == "Swimmer"
    assert "Ida" not in answer.text
    assert signature.nonce not in answer.text


@pytest.mark.medium
def test_an_organizations_representative_corrects_their_own_part(client):
    signature = make_signature(make_edition(), organization=make_organization())
    page = client.get(own_url(signature, "correct")).text
    assert 'name="organization"' not in page
    post(client, signature, "correct", {"name": "Ida Quist", "role": "Chair", "city": "Oslo"})
    signature.refresh_from_db()
    assert (signature.name, signature.role, signature.city) == ("Ida Quist", "Chair", "")


@pytest.mark.medium
def test_a_pending_signature_is_not_confirmed_by_it(client):
    signature = make_signature(make_edition(), state="pending", country="NO")
    for action in ("", "correct", "subscribe", "withhold"):
        post(client, signature, action, DETAILS)
    signature.refresh_from_db()
    assert signature.state == "pending"


def test_a_link_dies_when_the_address_changes(client, signature):
    url = own_url(signature)
    changed = {"email": "other@example.org", "email_key": "other@example.org"}
    Signature.objects.update(**changed)
    assert client.get(url).status_code == 404


@pytest.mark.medium
def test_expired_tampered_and_foreign_tokens_are_refused(client, signature, monkeypatch):
    token = tokens.make(signature, tokens.MANAGE)
    foreign = tokens.make(signature, tokens.CONFIRM)
    for bad in (token[:-1], token.upper(), foreign, "x", "é"):
        assert client.get(reverse("signatories:manage", args=[bad])).status_code == 404
        url = reverse("signatories:own_action", args=[bad, "withdraw"])
        assert client.post(url).status_code == 404
    assert client.get(reverse("signatories:confirm", args=[token])).status_code == 404
    monkeypatch.setitem(tokens.LIFETIME, tokens.MANAGE, timedelta(seconds=-1))
    assert client.get(own_url(signature)).status_code == 410
    assert Signature.objects.get().state == "confirmed"


@pytest.mark.page
@pytest.mark.parametrize("action", ["correct", "withhold", "subscribe", "withdraw", "erase"])
def test_another_site_cannot_press_a_button(client, signature, action):
    headers = {"Sec-Fetch-Site": "cross-site"}
    data = {**DETAILS, "what": "this"}
    assert post(client, signature, action, data, headers=headers).status_code == 403
    assert Signature.objects.get().name == "Nora Lind"


@pytest.mark.medium
def test_no_word_of_a_withdrawn_statement_is_shown(client):
    edition = make_edition("Zanzibarium")
    signature = make_signature(edition)
    lifecycle.withdraw(edition.statement, by=None)
    for action in ("", "correct", "withdraw", "erase", "data"):
        answer = client.get(own_url(signature, action))
        assert answer.status_code == 200
        assert "zanzibarium" not in answer.text.lower().replace("/zanzibarium", "")


def test_a_region_is_shown_and_corrected_as_on_the_sign_form():
    edition = make_edition(ask_country="required", ask_region="optional")
    signature = make_signature(edition, city="Albany", region="NY", country="US")
    form = OwnDetailsForm(signature)
    assert form.initial["region"] == "US-NY"
    typed = {"name": "Nora Lind", "city": "Toronto", "region": "CA-ON", "country": "CA"}
    right = OwnDetailsForm(signature, typed)
    assert right.is_valid(), right.errors
    assert right.cleaned_data["region"] == "ON"
    wrong = OwnDetailsForm(signature, typed | {"country": "US"})
    assert "is not in United States" in str(wrong.errors["region"])


def test_typing_the_same_again_changes_nothing(signature):
    events = signature.events.count()
    assert not editing.correct(signature, {"name": "Nora Lind", "country": "NO"})
    assert signature.events.count() == events


def test_a_name_changed_while_withheld_is_checked_before_it_is_shown():
    signature = make_signature(make_edition(premoderated=True), "Nora Lind", country="NO")
    editing.withhold(signature)
    assert not editing.withhold(signature)
    Signature.objects.update(renamed_at=timezone.now())
    assert editing.show(signature)
    assert not signature.is_counted
    assert not editing.show(signature)
    assert tally.differences() == []


def test_a_name_that_nobody_changed_is_shown_at_once():
    signature = make_signature(make_edition(premoderated=True), "Nora Lind")
    editing.withhold(signature)
    assert editing.show(signature)
    assert signature.is_counted


@pytest.mark.medium
def test_what_is_gone_is_not_changed(client, signature):
    withdrawn = make_signature(make_edition("Clean the river"), state="withdrawn")
    for verb in (editing.withhold, editing.show):
        with pytest.raises(states.StateError):
            verb(withdrawn)
    action = own_url(withdrawn, "correct")
    assert client.get(action)["Location"] == action.removesuffix("correct/")
    assert post(client, withdrawn, "correct", DETAILS).status_code == 409


@pytest.mark.page
def test_a_step_that_does_not_exist_is_not_found(client, signature):
    assert client.get(own_url(signature, "dance")).status_code == 404
    assert post(client, signature, "dance").status_code == 404


@pytest.mark.medium
def test_an_organization_alone_can_stay_without_its_representative(client, signature):
    assert post(client, signature, "erase", {"what": "representative"}).status_code == 409
    assert Signature.objects.get().name == "Nora Lind"

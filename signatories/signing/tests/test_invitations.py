"""A lead signatory signs by a private preview link, before anything is public."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from signatories.core import tally
from signatories.leads import placement
from signatories.models import Signature, SignatureEvent
from signatories.parser import parse_block
from signatories.signing import invitations
from signatories.signing.antispam import rate_limits
from signatories.signing.submission import Submission
from signatories.testing import make_organization, make_signature
from statements import lifecycle, previews
from statements.models import PreviewLink, StatementText
from statements.testing import make_draft, make_edition, make_user

pytestmark = pytest.mark.django_db

TYPED = {"kind": "person", "name": "Lena Lead", "role": "Librarian", "country": "NO"}


def make_invitation(statement, email="lena@example.org", **fields):
    until = timezone.now() + timedelta(days=7)
    by = make_user(f"staff{PreviewLink.objects.count()}@example.org")
    link, path = previews.give(
        statement, name="Lena Lead", email=email, expires_at=until, by=by,
        **{"may_sign": True, **fields},
    )  # fmt: skip
    return link, path, reverse("signatories:invitation", args=[previews.token_of(link)])


def seen_in(statement):
    return previews.mark(previews.words_of(statement)[0])


def sign(client, url, statement, **fields):
    return client.post(url, {**TYPED, "seen": seen_in(statement), **fields})


def warnings(statement):
    page = Template("{% include 'admin/statements/preview_signers.html' %}")
    return page.render(Context({"statement": statement})).count("words-changed")


@pytest.mark.medium
def test_the_form_stands_under_the_words_with_the_name_filled_in(client):
    _link, path, url = make_invitation(make_draft())
    page = client.get(path).text
    assert f'action="{url}"' in page
    assert 'value="Lena Lead"' in page
    assert 'name="email"' not in page
    assert "csrf" not in page
    answer = client.get(url)
    assert (answer.status_code, answer["Location"]) == (302, path)


@pytest.mark.medium
def test_whoever_signs_by_the_link_is_confirmed_at_once_and_stands_last_among_the_first(client):
    statement = make_draft()
    _link, path, url = make_invitation(statement)
    assert sign(client, url, statement)["Location"] == f"{path}#sign"
    signature = Signature.objects.get()
    assert (signature.state, signature.lead_position) == ("confirmed", 1)
    assert (signature.email, signature.edition) == ("lena@example.org", None)
    assert "among the first when it is published" in signature.consent.text
    event = signature.events.get()
    assert (event.from_state, event.to_state) == ("", "confirmed")
    assert seen_in(statement) in event.reason
    assert tally.of(statement).people == 1
    assert tally.differences() == []
    assert "You have signed" in client.get(path).text
    edition = lifecycle.publish(statement, by=None)[0]
    assert edition.sha256 in event.reason
    assert "Lena Lead" in client.get(statement.get_absolute_url()).text


@pytest.mark.medium
def test_it_has_a_number_and_a_link_to_pass_on_like_any_other(client):
    statement = make_draft()
    for number, name in enumerate(("lena", "mira"), start=1):
        _link, _path, url = make_invitation(statement, email=f"{name}@example.org")
        sign(client, url, statement, name=name.title())
        signature = Signature.objects.get(name=name.title())
        assert signature.number == number
        assert len(signature.share_code) == 12
        assert signature.search_words == name


@pytest.mark.medium
def test_under_embargo_they_sign_the_edition(client):
    statement = make_draft(publish_at=timezone.now() + timedelta(hours=1))
    edition = lifecycle.publish(statement, by=None)[0]
    make_signature(edition, "Placed Before", lead_position=4)
    _link, _path, url = make_invitation(statement)
    sign(client, url, statement)
    signature = Signature.objects.get(name="Lena Lead")
    assert (signature.edition, signature.lead_position) == (edition, 5)
    assert "Lena Lead" not in client.get(f"/statements/{statement.slug}/signatories/").text


@pytest.mark.medium
def test_a_mailbox_signs_once_whatever_link_it_uses(client):
    statement = make_draft()
    _link, path, url = make_invitation(statement)
    _other, _path, other_url = make_invitation(statement, email="Lena@Example.org")
    sign(client, url, statement)
    sign(client, url, statement, name="Somebody Else")
    organization = {"kind": "organization", "organization": "River Trust", "authorized": "on"}
    sign(client, other_url, statement, **organization)
    assert [one.name for one in Signature.objects.all()] == ["Lena Lead"]
    assert "You have signed" in client.get(path).text
    assert tally.differences() == []


@pytest.mark.medium
def test_an_organization_signs_once(client):
    statement = make_draft()
    Signature.objects.create(
        statement=statement, kind="organization", organization=make_organization(),
        state="confirmed", confirmed_at=timezone.now(), lead_position=1,
    )  # fmt: skip
    tally.adjust(statement.pk, "organization", 1)
    _link, path, url = make_invitation(statement)
    organization = {"kind": "organization", "organization": "river trust", "authorized": "on"}
    answer = sign(client, url, statement, **organization)
    assert answer.status_code == 409
    assert "This organization has signed already" in answer.text
    assert Signature.objects.count() == 1
    assert tally.differences() == []
    assert "You have signed" not in client.get(path).text


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_ten_posts_at_once_leave_one_signature():
    statement = make_draft()
    _link, _path, url = make_invitation(statement)
    seen = seen_in(statement)

    def post(number):
        try:
            return Client().post(url, {**TYPED, "name": f"Lena {number}", "seen": seen}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert set(pool.map(post, range(10))) == {302}
    assert Signature.objects.count() == 1
    assert tally.differences() == []


@pytest.mark.medium
def test_nobody_signs_words_they_have_not_seen(client):
    statement = make_draft()
    _link, _path, url = make_invitation(statement)
    seen = seen_in(statement)
    StatementText.objects.update(ask="Now we ask for the opposite.")
    for stale in (seen, ""):
        answer = client.post(url, {**TYPED, "seen": stale})
        assert answer.status_code == 409
        assert "The words were changed while you read" in answer.text
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_words_changed_after_signing_are_told_to_both_until_the_signer_agrees(client):
    statement = make_draft()
    _link, path, url = make_invitation(statement)
    sign(client, url, statement)
    assert warnings(statement) == 0
    StatementText.objects.update(ask="Now we ask for the opposite.")
    assert warnings(statement) == 1
    client.force_login(make_user())
    step = reverse("admin:statements_statement_action", args=[statement.pk, "publish"])
    assert "words-changed" in client.get(step).text
    assert "I sign these words too" in client.get(path).text
    assert client.post(url, {"action": "agree", "seen": "0" * 64}).status_code == 409
    assert warnings(statement) == 1
    client.post(url, {"action": "agree", "seen": seen_in(statement)})
    assert warnings(statement) == 0
    assert "I sign these words too" not in client.get(path).text
    assert tally.of(statement).people == 1


@pytest.mark.medium
@pytest.mark.page
def test_pages_behind_private_links_have_their_limit(client, settings, monkeypatch):
    settings.SIGN_LIMITS = True
    few = (rate_limits.Limit(rate_limits.BURST, 2, 60),)
    monkeypatch.setitem(rate_limits.LIMITS, "private_page", few)
    _link, path, url = make_invitation(make_draft())
    assert [client.get(path).status_code for _time in range(3)] == [200, 200, 429]
    assert client.post(url, {"action": "withdraw"}).status_code == 429


@pytest.mark.medium
def test_agreeing_twice_is_kept_once(client):
    statement = make_draft()
    _link, _path, url = make_invitation(statement)
    sign(client, url, statement)
    StatementText.objects.update(ask="Now we ask for the opposite.")
    before = SignatureEvent.objects.count()
    for _press in range(3):
        client.post(url, {"action": "agree", "seen": seen_in(statement)})
    assert SignatureEvent.objects.count() == before + 1
    assert warnings(statement) == 0


@pytest.mark.medium
def test_words_replaced_under_embargo_are_agreed_to_by_name(client):
    statement = make_draft(publish_at=timezone.now() + timedelta(hours=1))
    _link, _path, url = make_invitation(statement)
    sign(client, url, statement)
    lifecycle.publish(statement, by=None)
    assert warnings(statement) == 0
    StatementText.objects.update(ask="Now we ask for the opposite.")
    edition = lifecycle.replace_unread(statement, by=None)[0]
    assert warnings(statement) == 1
    client.post(url, {"action": "agree", "seen": edition.sha256})
    assert warnings(statement) == 0
    assert Signature.objects.get().edition == edition


@pytest.mark.medium
def test_a_publication_that_is_stopped_leaves_who_signed_where_a_draft_does(client):
    statement = make_draft(publish_at=timezone.now() + timedelta(hours=1))
    edition = lifecycle.publish(statement, by=None)[0]
    make_signature(edition, "Placed Before", lead_position=1)
    make_signature(edition, "No Longer First")
    _link, path, url = make_invitation(statement)
    sign(client, url, statement)
    counted = tally.of(statement)
    lifecycle.stop_publication(statement, by=None)
    found = Signature.objects.order_by("pk").values_list("name", "edition", "lead_position")
    assert list(found) == [
        ("Placed Before", None, 1), ("No Longer First", None, 3), ("Lena Lead", None, 2),
    ]  # fmt: skip
    assert edition.sha256 in Signature.objects.latest("pk").events.latest("pk").reason
    assert tally.of(statement) == counted
    assert tally.differences() == []
    assert warnings(statement) == 0
    assert "You have signed" in client.get(path).text
    StatementText.objects.update(ask="Now we ask for the opposite.")
    assert warnings(statement) == 1
    anew = lifecycle.publish(statement, by=None)[0]
    assert warnings(statement) == 1
    client.post(url, {"action": "agree", "seen": anew.sha256})
    assert warnings(statement) == 0
    assert Signature.objects.get(name="Lena Lead").edition == anew


def test_nobody_signs_an_edition_that_was_discarded_meanwhile():
    statement = make_draft(publish_at=timezone.now() + timedelta(hours=1))
    lifecycle.publish(statement, by=None)
    link, _path, _url = make_invitation(statement)
    read = previews.words_of(statement)[0]
    lifecycle.stop_publication(statement, by=None)
    typed = Submission(kind="person", name="Lena Lead", email=link.email, consent="I agree.")
    result = invitations.sign(link, read, typed, seen=previews.mark(read))
    assert result == invitations.InvitationResult.CHANGED
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_they_can_withdraw_by_the_link_and_sign_anew(client):
    statement = make_draft()
    _link, path, url = make_invitation(statement)
    sign(client, url, statement)
    client.post(url, {"action": "withdraw"})
    client.post(url, {"action": "withdraw"})
    assert tally.of(statement).people == 0
    assert "You have signed" not in client.get(path).text
    sign(client, url, statement)
    states = Signature.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "confirmed"]
    assert tally.differences() == []


@pytest.mark.medium
def test_only_an_invited_reader_signs(client):
    statement = make_draft()
    _link, path, url = make_invitation(statement, may_sign=False)
    assert url not in client.get(path).text
    assert sign(client, url, statement).status_code == 409
    link, _path, url = make_invitation(statement)
    cross_site = {"Sec-Fetch-Site": "cross-site"}
    answer = client.post(url, {**TYPED, "seen": seen_in(statement)}, headers=cross_site)
    assert answer.status_code == 403
    previews.revoke(link, by=link.created_by)
    assert sign(client, url, statement).status_code == 410
    assert not Signature.objects.exists()


def test_who_may_sign_at_all_holds_for_the_first_too(client):
    statement = make_draft(signers="organizations")
    _link, _path, url = make_invitation(statement)
    assert sign(client, url, statement).status_code == 422
    assert not Signature.objects.exists()


@pytest.mark.medium
def test_a_checked_statement_checks_the_first_names_too(client):
    statement = make_draft(premoderated=True)
    _link, path, url = make_invitation(statement)
    sign(client, url, statement)
    signature = Signature.objects.get()
    assert (signature.approved, signature.number) == (False, None)
    assert tally.of(statement).people == 0
    assert "We check each name first" in client.get(path).text


@pytest.mark.page
def test_what_is_missing_is_said_next_to_the_field_and_nothing_is_lost(client):
    statement = make_draft(ask_country="required")
    _link, _path, url = make_invitation(statement)
    answer = sign(client, url, statement, country="", role="Head of school")
    assert answer.status_code == 422
    assert "Choose your country." in answer.text
    assert 'value="Head of school"' in answer.text
    assert seen_in(statement) in answer.text


def test_once_it_is_public_the_link_signs_no_more(client):
    statement = make_draft()
    link, path, url = make_invitation(statement)
    seen = seen_in(statement)
    lifecycle.publish(statement, by=None)
    answer = client.post(url, {**TYPED, "seen": seen})
    assert answer["Location"] == path
    link.refresh_from_db()
    assert not invitations.is_open(link)
    assert not Signature.objects.exists()


def test_a_link_without_a_mailbox_belongs_to_no_signature():
    statement = make_draft()
    link, _path, _url = make_invitation(statement, email="", may_sign=False)
    make_signature(make_edition(), email="")
    assert invitations.signature_of(link) is None
    assert not invitations.withdraw(link)


@pytest.mark.medium
def test_nobody_agrees_who_has_not_signed(client):
    statement = make_draft()
    link, _path, url = make_invitation(statement)
    words = previews.words_of(statement)[0]
    outcome = invitations.confirm_reading(link, words, seen=previews.mark(words))
    assert outcome == invitations.InvitationResult.NOT_OPEN
    sign(client, url, statement)
    assert (
        invitations.confirm_reading(link, words, seen="other words")
        == invitations.InvitationResult.CHANGED
    )


def test_what_staff_made_invalid_is_not_withdrawn_by_the_link(client):
    statement = make_draft()
    link, _path, url = make_invitation(statement)
    sign(client, url, statement)
    Signature.objects.update(state="invalidated")
    assert not invitations.withdraw(link)
    assert Signature.objects.get().state == "invalidated"


@pytest.mark.slow
def test_who_was_placed_by_staff_has_no_words_to_compare(client):
    statement = make_draft()
    link, _path, _url = make_invitation(statement)
    placement.place(statement, parse_block([(1, "Ada Abel, Teacher, Leeds")]))
    Signature.objects.update(email=link.email, email_key=link.email)
    placed = Signature.objects.get()
    assert invitations.invited_signature(link) == invitations.InvitedSignature(
        placed, words_changed=False
    )
